export type { Provider } from "./access/identity.ts";
export { isLeaked } from "./access/leaked-passwords.ts";
export { readProviders } from "./access/providers-file.ts";
export { answer, type Pages } from "./answer.ts";
export type { Api, Given, LogLine } from "./api.ts";
export { type App, buildApp } from "./app.ts";
export { type Attempts, attempts, type Pace, proxyList } from "./attempts.ts";
export type { Answer, Request } from "./http.ts";
export {
  type MaskedName,
  maskName,
  type PublicLetter,
  type PublicLetters,
  type PublicSignature,
  type PublicStanding,
} from "./public-letter.ts";
export { clamd, type Scanner } from "./scanner.ts";
export { publicServer } from "./server.ts";
