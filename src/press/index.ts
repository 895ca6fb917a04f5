export {
  type Batch,
  type BatchItem,
  type BatchProgress,
  fileName as letterFileName,
  printBatch,
} from "./batch.ts";
export { type Bundle, type BundleOptions, bundleLetters } from "./bundle.ts";
export { type FontFile, missingGlyphs, readFont } from "./glyphs.ts";
export {
  openPress,
  type Press,
  type PressOptions,
  type Printed,
  type PrintedPages,
  type PrintedSheet,
} from "./press.ts";
export { checkTemplate, type LetterTemplate } from "./template.ts";
