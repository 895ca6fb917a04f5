export * from "./folder/folder.ts";
export * from "./judge.ts";
export * from "./run.ts";
export * from "./types.ts";
export { type Owed, textOf } from "./words.ts";
