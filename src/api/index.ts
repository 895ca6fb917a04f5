export * from "./public-letter.ts";
