import { spawn } from "node:child_process";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { addDays } from "../../src/core/index.ts";
import { type Database, openBook, type Shelves } from "../../src/store/index.ts";
import type { ChaosResult } from "./chaos.ts";
import { childEntry } from "./kill.ts";
import {
  at,
  auditSending,
  type Person,
  pay,
  resetBook,
  SENDING_DAY,
  type Seen,
  type Stopped,
  stop,
} from "./sending.ts";
import { draw } from "./world.ts";

const PROCESSES = 8;
const LEASE_MS = 3_000;

/**
 * One seed with processes of their own on a server: eight of them dispatch on one book, each is killed with SIGKILL at a
 * random moment, and others follow. The provider is a server of its own with its own log, and fails in every way. Persons
 * pay and ask to be left alone meanwhile: that wins where it was recorded more than `GRACE_MS` before the hand-over,
 * which is more than the last look at the book can take here.
 */
export async function sendingKillRun(
  url: string,
  shelf: Shelves,
  persons: readonly Person[],
  seed: number,
  processes = PROCESSES,
): Promise<ChaosResult> {
  const db = await openBook(url);
  const provider = await openProvider(seed);
  try {
    await resetBook(db);
    const started = Date.now();
    const from = at(10 * 60 + 30);
    const clock = () => from + Date.now() - started;
    const arriving = arrivals(db, shelf, persons, seed, provider.seen);
    let crashes = 0;
    const lives = Array.from({ length: processes }, async (_, i) => {
      for (const life of [0, 1]) {
        const ms = 50 + draw(seed, `kill ${i} ${life}`, 500);
        if (await liveOnce(url, provider.url, clock(), ms)) crashes += 1;
      }
    });
    await Promise.all(lives);
    const stopped = await arriving;
    // The leases of the dead run out, and one that nobody kills finishes the day; then the next morning.
    await liveOnce(url, provider.url, clock() + LEASE_MS * 4);
    await liveOnce(url, provider.url, at(10 * 60, addDays(SENDING_DAY, 1)));
    const end = at(10 * 60, addDays(SENDING_DAY, 1));
    const wrong = await auditSending(db, provider.seen, stopped, end);
    const [row] = await db.query<{ n: number }>("select count(*)::int4 as n from outbox where state = 4");
    return { seed, crashes, seen: provider.seen.length, unknown: row!.n, stopped: stopped.length, wrong };
  } finally {
    await provider.close();
    await db.close();
  }
}

/** Runs one process; true if it was killed. */
function liveOnce(url: string, provider: string, startsAt: number, killAfterMs?: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [childEntry("sending-child.js"), url, provider, String(startsAt), String(LEASE_MS)],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  return new Promise((resolve, reject) => {
    let errors = "";
    let told = "";
    let kill: NodeJS.Timeout | undefined;
    child.stderr.on("data", (text) => {
      errors += text;
    });
    child.stdout.on("data", (text) => {
      told += text;
      if (killAfterMs !== undefined && kill === undefined && told.includes("open"))
        kill = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
    });
    child.on("close", (code, signal) => {
      clearTimeout(kill);
      if (signal === "SIGKILL" && killAfterMs !== undefined) resolve(true);
      else if (code === 0) resolve(false);
      else reject(new Error(`a dispatching process ended with ${signal ?? code}: ${errors}`));
    });
  });
}

interface Provider {
  readonly url: string;
  readonly seen: Seen[];
  close(): Promise<void>;
}

async function openProvider(seed: number): Promise<Provider> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (text) => {
      body += text;
    });
    request.on("end", () => answer(JSON.parse(body), response));
  });
  const answer = (told: { id: string; via: string; to: string; at: number }, response: ServerResponse) => {
    const { id, via, to, at: when } = told;
    const log = (accepted: boolean, said: Seen["said"]) =>
      seen.push({ id, person: to.split(" ")[1]!, via, at: when, accepted, said });
    const say = (outcome: "sent" | "failed") => response.end(JSON.stringify({ outcome, receipt: id }));
    switch (draw(seed, `fate of ${id}`, 16)) {
      case 0:
        log(true, "nothing");
        return;
      case 1:
        log(true, "nothing");
        response.destroy();
        return;
      case 2:
        log(false, "nothing");
        response.writeHead(200).end("not what was agreed");
        return;
      case 3:
        log(false, "failed");
        say("failed");
        return;
      default:
        log(true, "sent");
        setTimeout(() => say("sent"), draw(seed, `delay of ${id}`, 30));
    }
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const GRACE_MS = 400;

async function arrivals(
  db: Database,
  shelf: Shelves,
  persons: readonly Person[],
  seed: number,
  seen: readonly Seen[],
): Promise<Stopped[]> {
  const stopped: Stopped[] = [];
  const due = persons.filter(({ name }) => draw(seed, `kind ${name}`, 8) === 0);
  const after: Promise<void>[] = [];
  for (const [i, person] of due.entries()) {
    await new Promise((resolve) => setTimeout(resolve, 1500 / due.length));
    const pays = i % 2 === 0;
    await (pays ? pay(db, shelf, person) : stop(db, shelf, person, "cease-contact"));
    after.push(
      new Promise((resolve) =>
        setTimeout(() => {
          const beyond = new Set(seen.map(({ id }) => id));
          stopped.push({ person: person.name, why: pays ? "had paid" : "had stopped us", beyond });
          resolve();
        }, GRACE_MS),
      ),
    );
  }
  await Promise.all(after);
  return stopped;
}
