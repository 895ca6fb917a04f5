export { checkPaper, mayBeFiled, type PaperFinding } from "./check.ts";
export {
  claimOfFed,
  type FedDebt,
  type KeptDebt,
  type KeptRead,
  percentAYear,
  readKept,
  timesText,
} from "./claim.ts";
export { paperDocxParts } from "./docx.ts";
export * from "./facts.ts";
export { type CaseGiven, gatherCase } from "./gather.ts";
export {
  isIdNumber,
  type Kind,
  PARTICULARS,
  type PaperSettings,
  type Particulars,
  PRODUCT_SETTINGS,
  SETTINGS,
  wrongValue,
} from "./given.ts";
export { paperHtml } from "./html.ts";
export { composePaper, PAPER_KINDS, PAPERS } from "./kinds.ts";
export { CONSENT_FORMS } from "./mandate.ts";
export * from "./paper.ts";
export { lineText, paperText } from "./text.ts";
export { paperTypstData } from "./typst.ts";
