import { accessSync, constants, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packageRoot } from "../../packs/load.ts";
import {
  attempts,
  buildApp,
  clamd,
  isLeaked,
  type LogLine,
  type Pages,
  type Provider,
  proxyList,
  type Scanner,
} from "../api/index.ts";
import type { PortalSettings } from "../api/portal/settings.ts";
import type { Courier } from "../dispatch/index.ts";
import { packFor, shelvesOf } from "../office/book.ts";
import { courtTermsFor } from "../office/court/terms.ts";
import { verifierText } from "../office/evidence/verifier.ts";
import type { Io } from "../office/io.ts";
import type { LetterSigner } from "../office/letters/office.ts";
import { tellUntil, type WorkerAsked } from "../office/webhooks/worker.ts";
import { type Database, lenders } from "../store/index.ts";
import { folderCourier } from "./courier.ts";
import { listOf } from "./letters/asked.ts";
import { publicLetters } from "./letters/public.ts";
import { settingsFrom } from "./papers/given.ts";
import { portalOf } from "./portal.ts";
import { stopped } from "./stopped.ts";
import { telemetryOf } from "./telemetry.ts";

/** Thirty look-ups of letters at once, then one every two seconds: far more than a person needs, far less than a crawler wants. */
const LOOK_UPS = { atOnce: 30, everyMs: 2000 };
/** Two hundred requests at once, then fifty a second: a page of the console asks for a dozen. */
const REQUESTS = { atOnce: 200, everyMs: 20 };
/** A signed letter has some 150 KB; scans that people made of one are compared too, if only to be told apart. */
const MOST_BYTES = 5_000_000;

export interface ServeAsked {
  readonly host: string;
  readonly port: number;
  readonly zone: string;
  readonly proxies: readonly string[];
  readonly secure: boolean;
  /** Where pages of ours are for everybody, as `https://arrears.example`. */
  readonly origin?: string;
  readonly providers?: readonly Provider[];
  /** Minor units. */
  readonly waiverLimit: number;
  /** With whose certificate letters of a firm are signed, where one was set up. */
  readonly signer?: (firm: string, mayTry: boolean) => Promise<LetterSigner>;
  /** How borrowers reach each lender; what is not set is not told. */
  readonly portal?: readonly PortalSettings[];
  /** By him a code to sign in goes out; into the folder `outbox` where none is given. */
  readonly courier?: Courier;
  /** The program that checks a bundle, where the compiled one is not at hand. */
  readonly verifier?: () => string;
  /** Whether endpoints are told of events from here; they are, unless that is left to a process of its own. */
  readonly webhooks?: boolean;
  log(line: LogLine): void;
}

/** The public pages of a book, as a server shows them. */
export const pagesOf = (
  db: Database,
  io: Io,
  { zone, proxies }: Pick<ServeAsked, "zone" | "proxies">,
): Pages => ({
  letters: publicLetters(db),
  attempts: attempts(LOOK_UPS),
  proxies: proxyList(proxies),
  mostBytes: MOST_BYTES,
  zone,
  now: io.now,
  log: io.note,
});

export interface Serving {
  readonly host: string;
  readonly port: number;
  /** Until somebody stops the process; what runs then is let to its end. */
  untilStopped(): Promise<void>;
  close(): Promise<void>;
}

/** What looks into documents and passwords, where this place has it. A list that cannot be opened stops the start, not a person. */
function guardsOf({ ARREARS_SCANNER: scanner, ARREARS_LEAKED_PASSWORDS: list }: NodeJS.ProcessEnv): {
  readonly scan?: Scanner;
  readonly isLeaked?: (password: string) => Promise<boolean>;
} {
  if (list) accessSync(list, constants.R_OK);
  return {
    ...(scanner ? { scan: clamd(scanner) } : {}),
    ...(list ? { isLeaked: (password) => isLeaked(list, password) } : {}),
  };
}

/** Networks of our own in which endpoints may lie, as the one who runs the server names them. */
const webhookAllow = () => proxyList(listOf(process.env.ARREARS_WEBHOOK_ALLOW ?? ""));

/** Endpoints are told by whoever serves, unless that is a process of its own. */
const workerOf = (io: Io, { log }: Pick<ServeAsked, "log">, stop: AbortSignal): WorkerAsked => ({
  now: io.now,
  allowed: webhookAllow(),
  stop,
  failed: (error) => log({ level: "error", job: "webhooks", says: (error as Error).message }),
});

/** The API, the public pages and the worker for webhooks of a book, listening. */
export async function serveBook(db: Database, io: Io, asked: ServeAsked): Promise<Serving> {
  const scratch = join(tmpdir(), "arrears-uploads");
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  const telemetry = await telemetryOf(process.env);
  const { fastify, api } = await buildApp({
    db,
    ...(telemetry ? { tracer: telemetry.tracer } : {}),
    shelves: shelvesOf(io),
    packFor: (lender) => packFor(db, lender),
    now: io.now,
    log: asked.log,
    pages: pagesOf(db, io, asked),
    portal: portalOf(await lenders(db), asked.courier ?? folderCourier("outbox", io), asked.portal ?? []),
    proxies: proxyList(asked.proxies),
    attempts: attempts(REQUESTS),
    secure: asked.secure,
    webhookAllow: webhookAllow(),
    ...(asked.origin === undefined ? {} : { origin: asked.origin }),
    providers: asked.providers ?? [],
    waiverLimit: asked.waiverLimit,
    ...guardsOf(process.env),
    verifier: asked.verifier ?? verifierText,
    ...(asked.signer ? { signer: asked.signer } : {}),
    courtSet: () => {
      const { terms } = courtTermsFor(undefined, io);
      return { terms, settings: settingsFrom(undefined, terms, io) };
    },
    console: join(packageRoot(), "dist/console"),
    scratch,
  });
  await fastify.listen({ host: asked.host, port: asked.port });
  const stop = new AbortController();
  const telling = asked.webhooks === false ? undefined : tellUntil(db, workerOf(io, asked, stop.signal));
  const { port } = fastify.server.address() as { port: number };
  const close = async (): Promise<void> => {
    stop.abort();
    await fastify.close();
    await telling;
    await api.jobs.idle();
    await telemetry?.end();
  };
  return {
    host: asked.host,
    port,
    untilStopped: async () => {
      await stopped();
      await close();
    },
    close,
  };
}
