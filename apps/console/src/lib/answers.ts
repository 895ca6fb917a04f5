import type { Calls } from "../../../../src/client/operations.ts";

/** What each operation of the API answers, by its name: a page that asks for what is not there does not compile. */
export type Answers = { readonly [Name in keyof Calls]: Calls[Name]["answer"] };
