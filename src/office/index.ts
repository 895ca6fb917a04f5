export { packOf } from "./book.ts";
export { creditRecord } from "./bureau/record.ts";
export { reasonWords } from "./gate/reasons.ts";
export { Declined, type Io, type Language, WrongUse } from "./io.ts";
export { refusalWords } from "./refusal-words.ts";
