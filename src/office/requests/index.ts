export * from "./complaints.ts";
export * from "./desk.ts";
export * from "./files.ts";
export * from "./hardship.ts";
export * from "./json.ts";
export * from "./offers.ts";
export * from "./print.ts";
export * from "./wishes.ts";
