export { AGENCY_COLUMNS, type AgencyRow, readAgencyReport } from "./agency-reports.ts";
export { ENCODINGS, type Encoding, encodeText, FileText, type Source } from "./decode.ts";
export { ENFORCEMENT_COLUMNS, type EnforcementRow, readEnforcementRows } from "./enforcement-events.ts";
export { EVENT_COLUMNS, madeEventId, readEvents } from "./events.ts";
export { guessMap } from "./guess.ts";
export {
  type BalancesMap,
  type Derive,
  FIELDS,
  type Field,
  type Formats,
  type IntakeMap,
  type LoansMap,
  type MapLender,
  type MapProduct,
  type MapRefusal,
  type MapResult,
  type PaymentsMap,
  type Places,
  parseMap,
  REQUIRED,
  type Trailer,
} from "./map.ts";
export { type NamedColumns, type NamedRow, readNamedRows } from "./named-rows.ts";
export { csvCell, QuarantineFile, quarantineLine } from "./quarantine.ts";
export { RECEIPT_FILE_COLUMNS, type ReceiptRow, readReceipts } from "./receipts.ts";
export type * from "./records.ts";
export {
  type Batch,
  checkFile,
  type FileSummary,
  type ReadOptions,
  RecordReader,
  readRecords,
} from "./rows.ts";
export { rowsOfCsv } from "./split.ts";
