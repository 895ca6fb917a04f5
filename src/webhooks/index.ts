export * from "./events.ts";
export * from "./post.ts";
export * from "./retry.ts";
