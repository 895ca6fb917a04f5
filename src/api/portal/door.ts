import { randomInt } from "node:crypto";
import { borrowerN, type ContactReported, dayAt } from "../../core/index.ts";
import {
  AWAY_TITLE,
  codePage,
  DOOR_WRONG,
  devicesPage,
  enterPage,
  linkPage,
  outPage,
  say,
  tagOf,
  whichPage,
} from "../../portal/index.ts";
import {
  addPortalCode,
  addPortalDevice,
  addSession,
  addStaff,
  bookStore,
  borrowerLoans,
  countFailedTry,
  dropOver,
  dropPortalCode,
  dropPortalOver,
  endSession,
  endSessions,
  findLender,
  forgetPortalDevices,
  lenders,
  type PortalPerson,
  portalCodeUsed,
  portalDeviceOf,
  portalDevices,
  portalPeople,
  sessionsOf,
  signInTries,
  staffSecrets,
  takePortalCode,
  useLink,
} from "../../store/index.ts";
import { cookieOf, IDLE_MS, whoAsks } from "../access/authenticate.ts";
import { hashOf, newId, newSecret } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { cookieNames, setCookie } from "./cookies.ts";
import { type OwnVisit, open, own, type Reply, type Visit } from "./visit.ts";

const CODE_MS = 10 * 60_000;
/** So many codes go to one number before somebody has to wait, twice as long each time, up to an hour. */
const FREE_CODES = 3;
const waitMs = (asked: number): number =>
  asked < FREE_CODES ? 0 : Math.min(3_600_000, 60_000 * 2 ** Math.min(10, asked - FREE_CODES));
const SESSION_MS = 2 * 3_600_000;
const DEVICE_MS = 90 * 86_400_000;

/** The name by which a borrower's sessions are kept: the same each time, and it tells nothing. */
export const portalStaff = (lender: string, borrower: string): string =>
  `b.${hashOf(`${lender}\u0000${borrower}`).slice(0, 24)}`.toLowerCase();

/** As it may stand in a book. */
export function phonesOf(typed: string): string[] {
  const digits = typed
    .normalize("NFKC")
    .replaceAll(/\D/g, "")
    .replace(/^0*86(?=1\d{10}$)/, "");
  return digits.length < 5 ? [] : [digits, `+86${digits}`, `86${digits}`, `+${digits}`];
}

const plainName = (name: string): string =>
  name
    .normalize("NFKC")
    .replaceAll(/[\s·.]/g, "")
    .toLowerCase();

// --- going in ------------------------------------------------------------------------------------------------------

/**
 * Asks for a code. The page that comes back is the same whatever was typed, and so is the work before it; the code is sent once the page is
 * on its way.
 */
async function askCode(visit: Visit): Promise<Reply> {
  const { api, form, now, show } = visit;
  const phones = phonesOf(form.get("phone") ?? "");
  const name = plainName(form.get("name") ?? "");
  const who = hashOf(`portal code\u0000${phones[0] ?? ""}`);
  const { waitUntil } = await signInTries(api.db, who);
  if (waitUntil > now)
    return { page: enterPage({ wrong: DOOR_WRONG.tooMany, device: false }, show), status: 429 };
  await countFailedTry(api.db, who, now, waitMs);
  await dropPortalOver(api.db, now);
  const people = await portalPeople(api.db, phones, {
    isName: (kept) => name !== "" && plainName(kept) === name,
    loan: (form.get("name") ?? "").trim().slice(0, 60),
  });
  const ticket = newSecret();
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  await addPortalCode(api.db, {
    ticket: hashOf(ticket),
    code: codeHash(ticket, code),
    people,
    expiresAt: now + CODE_MS,
  });
  setImmediate(() => {
    sendCode(visit, people, code).catch((error: unknown) =>
      api.log({
        level: "error",
        action: "portal.code",
        says: error instanceof Error ? error.message : String(error),
      }),
    );
  });
  return { page: codePage({ ticket }, show) };
}

const codeHash = (ticket: string, code: string): string =>
  hashOf(`${ticket}\u0000${code.replaceAll(/\D/g, "")}`);

/** Hands the code to the phone on file, if the gate lets it pass, and notes it as a contact that he asked for. */
async function sendCode(
  { api, portal, show }: Visit,
  people: readonly PortalPerson[],
  code: string,
): Promise<void> {
  const [first] = people;
  if (!first) return;
  const lender = (await findLender(api.db, first[0]))!;
  const [file] = await borrowerLoans(api.db, lender, first[1]);
  const pack = await api.packFor(lender);
  const address = file?.borrower.phone;
  if (!file || !pack || !address) return;
  const owner = { bucket: file.key.bucket, n: borrowerN(file.key.n) };
  const zone = file.borrower.zone ?? lender.zone;
  const { sign = lender.name } = portal.house(lender.code);
  const id = `sign-in/${newId()}`;
  const { language } = show;
  const sent = await portal.courier.code({
    id,
    code,
    phone: address,
    language,
    sign,
    lender: lender.code,
    pack,
    zone,
  });
  if (!sent.sent || sent.outcome === "failed") {
    api.log({ level: "info", action: "portal.code", code: sent.sent ? sent.outcome : sent.why });
    return;
  }
  const { at, outcome } = sent;
  const fact: ContactReported = {
    kind: "ContactReported",
    on: dayAt(zone, at),
    id,
    at,
    via: "text",
    outcome,
    asked: true,
    who: "lender",
  };
  await bookStore(api.db, api.shelves).persons(lender.code, [{ line: 1, owner, fact }]);
}

async function takeCode(visit: Visit): Promise<Reply> {
  const { api, form, now, show } = visit;
  const ticket = form.get("ticket") ?? "";
  const hash = hashOf(ticket);
  const people = await takePortalCode(api.db, {
    ticket: hash,
    code: codeHash(ticket, form.get("code") ?? ""),
    now,
  });
  if (!people) return { page: codePage({ ticket, wrong: DOOR_WRONG.code }, show), status: 401 };
  const keep = form.get("keep") === "yes";
  if (people.length > 1) {
    const all = await lenders(api.db);
    const at = people.map(([code]) => ({
      id: code,
      name: all.find((one) => one.code === code)?.name ?? code,
    }));
    return { page: whichPage({ ticket: keep ? `${ticket}.keep` : ticket, at }, show) };
  }
  await dropPortalCode(api.db, hash);
  return enter(visit, people[0]!, keep);
}

async function takeWhich(visit: Visit): Promise<Reply> {
  const { api, form, now } = visit;
  const [ticket = "", keep] = (form.get("ticket") ?? "").split(".");
  const hash = hashOf(ticket);
  const people = await portalCodeUsed(api.db, hash, now);
  const chosen = people.find(([lender]) => lender === form.get("at"));
  if (!chosen) return { to: "/enter" };
  await dropPortalCode(api.db, hash);
  return enter(visit, chosen, keep !== undefined);
}

/** Somebody who may come in by these pages; made where he comes for the first time, or is sent a link. */
export async function portalMember(
  api: Pick<Api, "db">,
  [lender, party]: PortalPerson,
  now: number,
): Promise<string> {
  const id = portalStaff(lender, party);
  await addStaff(api.db, { id, lender, role: "borrower", name: "-", party }, now);
  return id;
}

async function enter(visit: Visit, person: PortalPerson, keep: boolean): Promise<Reply> {
  const { api, now } = visit;
  const staff = await portalMember(api, person, now);
  const cookies = [await newSession(visit, staff, "code")];
  if (keep) {
    const device = newSecret();
    await addPortalDevice(api.db, staff, { hash: hashOf(device), createdAt: now, endsAt: now + DEVICE_MS });
    cookies.push(setCookie(api.secure, cookieNames(api.secure).device, device, DEVICE_MS));
  }
  return { to: "/me", cookies };
}

/** A new session with a new secret, whatever the browser had before. */
async function newSession({ api, now }: Visit, staff: string, how: string): Promise<string> {
  const secret = newSecret();
  await dropOver(api.db, now, IDLE_MS);
  await addSession(api.db, hashOf(secret), {
    id: newId(),
    staff,
    how,
    createdAt: now,
    seenAt: now,
    endsAt: now + SESSION_MS,
  });
  return setCookie(api.secure, cookieNames(api.secure).session, secret, SESSION_MS);
}

async function takeLink(visit: Visit): Promise<Reply> {
  const { api, form, now, show } = visit;
  const used = await useLink(api.db, hashOf(form.get("link") ?? ""), now);
  const member = used && (await staffSecrets(api.db, used.staff));
  if (member?.role !== "borrower")
    return { page: enterPage({ wrong: DOOR_WRONG.link, device: false }, show), status: 401 };
  return { to: "/me", cookies: [await newSession(visit, member.id, "link")] };
}

const deviceSecret = ({ api, request }: Visit): string | undefined =>
  cookieOf(request.headers.cookie, cookieNames(api.secure).device);

async function deviceOf(visit: Visit): Promise<string | undefined> {
  const secret = deviceSecret(visit);
  return secret === undefined || secret.length > 100
    ? undefined
    : portalDeviceOf(visit.api.db, hashOf(secret), visit.now);
}

// --- going out -----------------------------------------------------------------------------------------------------

/** Ends the session where there is one. Anybody may be made to leave; nothing else comes of it. */
async function leave({ api, request }: Visit): Promise<string> {
  const names = cookieNames(api.secure);
  const who = await whoAsks(api, request, names.session);
  if (who?.session) await endSession(api.db, who.id, who.session.id);
  return setCookie(api.secure, names.session, "", 0);
}

async function devices(visit: OwnVisit, ended: boolean): Promise<Reply> {
  const { api, who, now, show } = visit;
  const mine = hashOf(deviceSecret(visit) ?? "");
  const kept = await portalDevices(api.db, who.id, now);
  const sessions = await sessionsOf(api.db, who.id);
  return {
    page: devicesPage(
      {
        ended,
        sessions: sessions.map((one) => ({ ...one, isThis: one.id === who.session!.id })),
        devices: kept.map((one) => ({ ...one, isThis: one.hash === mine })),
      },
      show,
    ),
  };
}

export const DOOR_PAGES = [
  open("GET", "/enter", async (visit) =>
    visit.show.csrf !== undefined
      ? { to: "/me" }
      : { page: enterPage({ device: (await deviceOf(visit)) !== undefined }, visit.show) },
  ),
  open("POST", "/enter", askCode),
  open("POST", "/enter/code", takeCode),
  open("POST", "/enter/which", takeWhich),
  open("POST", "/enter/device", async (visit) => {
    const staff = await deviceOf(visit);
    return staff === undefined
      ? { to: "/enter" }
      : { to: "/me", cookies: [await newSession(visit, staff, "device")] };
  }),
  open("GET", "/in/:secret", async ({ params, show }) => ({ page: linkPage(params.secret ?? "", show) })),
  open("POST", "/in", takeLink),
  open("POST", "/leave", async (visit) => ({ to: "/away", cookies: [await leave(visit)] })),
  open("GET", "/away", async ({ show }) => ({
    type: "text/html; charset=utf-8",
    text: `<!doctype html><html lang="${tagOf(show.language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say(AWAY_TITLE, show)}</title></head><body></body></html>`,
  })),
  open("POST", "/out", async (visit) => ({ to: "/out", cookies: [await leave(visit)] })),
  open("GET", "/out", async ({ show }) => ({ page: outPage(show) })),
] as const;

export const DEVICE_PAGES = [
  own("portal.devices", "GET", "/me/devices", (visit) => devices(visit, false)),
  own("portal.end-devices", "POST", "/me/devices", async (visit) => {
    await endSessions(visit.api.db, visit.who.id, visit.who.session!.id);
    await forgetPortalDevices(visit.api.db, visit.who.id);
    return devices(visit, true);
  }),
] as const;
