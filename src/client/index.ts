export * from "./client.ts";
export { type Calls, PLACES } from "./operations.ts";
