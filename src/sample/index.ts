export {
  type SampleBorrower,
  type SampleLoan,
  type SampleOptions,
  type SamplePayment,
  type SampleWindow,
  sampleBorrowers,
  windowOf,
} from "./borrowers.ts";
export {
  csvOfLoans,
  csvOfPayments,
  LOANS_HEADER,
  PAYMENTS_HEADER,
  sampleMaps,
  sampleReadme,
} from "./files.ts";
export { PRODUCT as SAMPLE_PRODUCT } from "./product.ts";
export {
  ROLL_TARGETS,
  type RollAnchor,
  type RollLine,
  type RollName,
  RollRates,
  type RollTarget,
} from "./rolls.ts";
