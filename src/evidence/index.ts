export * from "./check.ts";
export * from "./merkle.ts";
export * from "./texts.ts";
export * from "./zip.ts";
