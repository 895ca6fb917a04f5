import type { BlockList } from "node:net";
import type { Tracer } from "@opentelemetry/api";
import type { Instant } from "../core/index.ts";
import type { PaperSettings } from "../documents/papers/index.ts";
import type { CourtTerms } from "../legal/index.ts";
import type { LetterSigner } from "../office/letters/office.ts";
import type { Pack } from "../policy/index.ts";
import type { Database, Lender, Shelves } from "../store/index.ts";
import type { Provider } from "./access/identity.ts";
import type { AccessLog } from "./access/log.ts";
import type { Pages } from "./answer.ts";
import type { Attempts } from "./attempts.ts";
import type { Metrics } from "./http/metrics.ts";
import type { Jobs } from "./jobs.ts";
import type { PortalGiven } from "./portal/visit.ts";
import type { Reads } from "./reads.ts";
import type { Scanner } from "./scanner.ts";

/** A line of the log: no names, numbers, addresses, bodies or ids of loans. */
export type LogLine = Readonly<Record<string, string | number | boolean | undefined>>;

/** Of `court-terms.yaml` and `papers.yaml` beside the book. */
export interface CourtSet {
  readonly terms: CourtTerms;
  readonly settings: PaperSettings;
}

/** What the server is given; everything from outside is here. */
export interface Given {
  readonly db: Database;
  readonly shelves: Shelves;
  readonly packFor: (lender: Lender) => Promise<Pack | undefined>;
  now(): Instant;
  log(line: LogLine): void;
  /** The pages that anybody may ask. */
  readonly pages?: Pages;
  readonly proxies: BlockList;
  /** Requests of one client. */
  readonly attempts: Attempts;
  /** Networks of our own in which endpoints for events may lie; elsewhere they are on the internet, by HTTPS. */
  readonly webhookAllow: BlockList;
  /** Served by HTTPS, through a proxy of ours: cookies are then sent by nothing else. */
  readonly secure: boolean;
  /** Where pages of ours are, as `https://arrears.example`; without it, what each browser calls this server. */
  readonly origin?: string;
  /** Providers of identities by which people may sign in. */
  readonly providers?: readonly Provider[];
  /** Looks into documents that people send; without one nobody does. */
  readonly scan?: Scanner;
  /** Whether a password was ever leaked; without a list nobody knows. */
  readonly isLeaked?: (password: string) => Promise<boolean>;
  /** Waivers above this sum need a second person; minor units. */
  readonly waiverLimit: number;
  /** What the lender supplies about courts and for papers; nothing where it supplies nothing. Throws, in words, where the files have mistakes. */
  readonly courtSet?: () => CourtSet;
  /** With whose certificate letters of a firm are signed on this server; where nobody set one up, nothing is signed here. */
  readonly signer?: (firm: string, mayTry: boolean) => Promise<LetterSigner>;
  /** The pages of borrowers; without it there are none. */
  readonly portal?: PortalGiven;
  /** The folder of the built console; without one there is none. */
  readonly console?: string;
  /** The program that checks a bundle, as it is put into each. */
  readonly verifier: () => string;
  /** Where spans go; without one nothing is traced. */
  readonly tracer?: Tracer;
  /** Reads every answer against its schema before it goes out: for tests. */
  readonly checkAnswers?: boolean;
  /** Where an upload may be put while it is read. */
  readonly scratch: string;
}

export interface Api extends Given {
  readonly accessLog: AccessLog;
  readonly metrics: Metrics;
  readonly jobs: Jobs;
  readonly reads: Reads;
  /** What a route is for, by its name as the log of accesses has it. */
  readonly purpose: (action: string) => { readonly en: string; readonly zh: string } | undefined;
}
