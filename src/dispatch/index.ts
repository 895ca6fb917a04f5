export * from "./folder/folder.ts";
export * from "./hand-over.ts";
export * from "./judge.ts";
export * from "./order.ts";
export * from "./run.ts";
export * from "./types.ts";
export { type Owed, textOf } from "./words.ts";
