export * from "./close.ts";
export * from "./outlook.ts";
export * from "./project.ts";
export * from "./promises.ts";
export * from "./run.ts";
export * from "./types.ts";
export * from "./verify.ts";
export * from "./wake.ts";
