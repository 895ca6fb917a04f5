import { createHash } from "node:crypto";
import {
  type ComplaintKind,
  type Fact,
  type HardshipReason,
  type HouseholdTold,
  type Key,
  minor,
  parseDay,
  parseMinute,
  type WishKind,
} from "../../core/index.ts";
import { complaintLives, hardshipsOf } from "../../legal/index.ts";
import {
  addFile,
  makeWish,
  moveComplaint,
  moveHardship,
  openComplaint,
  openRequests,
  type RequestDesk,
  type RequestOutcome,
  requestHardship,
} from "../../office/requests/index.ts";
import {
  ASK_FORMS,
  ASKS,
  type Ask,
  type AskShown,
  agreementPage,
  askPage,
  CHOOSE_TO_WHOM,
  checkAnswersPage,
  FILE_WRONG,
  isOpen,
  NEEDED,
  REQUEST_ACTS,
  requestPage,
  requestsPage,
  requestText,
  type Said,
  sumTyped,
  TICK_FIRST,
} from "../../portal/index.ts";
import { forgetKey, keepAnswer, keptFile, takeKey } from "../../store/index.ts";
import { newId } from "../access/secrets.ts";
import { bookDay, loanMeant, loansOn } from "./book.ts";
import { agreementShown, requestsOf } from "./requests.ts";
import { type OwnVisit, own, type Reply } from "./visit.ts";

const MOST_WORDS = 2000;

export async function deskOf({ api, lender, now }: OwnVisit): Promise<RequestDesk> {
  const opened = await openRequests({ db: api.db, lender, now, by: "borrower" });
  if (!opened.ok) throw new Error(opened.says);
  return opened.desk;
}

const ownerOf = ({ files }: OwnVisit): Key => {
  const { bucket, n } = files[0]!.borrower;
  return { bucket, n };
};

export const ownFacts = ({ files }: OwnVisit): readonly Fact[] =>
  files[0]?.ofBorrower.map(({ fact }) => fact) ?? [];

// --- asking ----------------------------------------------------------------------------------------------------------

function shownOf(visit: OwnVisit, ask: Ask): AskShown {
  const { form, lender, files, now } = visit;
  const loans = loansOn(files, bookDay(lender, now));
  const open = loans.filter(isOpen);
  const loan = loanMeant(visit, loans) ?? loans[0];
  const typed: Record<string, readonly string[]> = {};
  for (const { name } of ASK_FORMS[ask].questions) {
    const values = form.getAll(name).map((value) => value.slice(0, MOST_WORDS));
    if (values.length > 0) typed[name] = values;
  }
  const once = form.get("once") ?? newId();
  return {
    ask,
    loan: loan?.id ?? "",
    loans: (open.length > 0 ? open : loans).map(({ id }) => id),
    typed,
    wrongs: [],
    once: /^[\w-]{8,60}$/.test(once) ? once : newId(),
  };
}

const text = (shown: AskShown, name: string): string => (shown.typed[name]?.[0] ?? "").trim();
const all = (shown: AskShown, name: string): readonly string[] =>
  (shown.typed[name] ?? []).filter((value) => value !== "");

function wrongsOf(shown: AskShown): AskShown["wrongs"] {
  const wrongs: { at: string; says: Said }[] = [];
  const asks = ASK_FORMS[shown.ask].questions;
  for (const { name, says, kind, needed, choices } of asks) {
    const values = all(shown, name);
    if (needed && (values.length === 0 || values.every((value) => value.trim() === "")))
      wrongs.push({ at: name, says: { zh: NEEDED.zh + says.zh, en: NEEDED.en + says.en } });
    else if (kind === "money" && values[0] !== undefined && sumTyped(values[0]) === undefined)
      wrongs.push({
        at: name,
        says: { zh: `${says.zh}：请写数字，例如 500。`, en: `${says.en}: write a number, such as 500.` },
      });
    else if (choices && values.some((value) => !choices.some((one) => one.value === value)))
      wrongs.push({ at: name, says: { zh: NEEDED.zh + says.zh, en: NEEDED.en + says.en } });
    else if (kind === "day" && values[0] !== undefined && parseDay(values[0]) === undefined)
      wrongs.push({ at: name, says: { zh: `${says.zh}：请选一天。`, en: `${says.en}: choose a day.` } });
  }
  const half = (text(shown, "income") === "") !== (text(shown, "living") === "");
  if (shown.ask === "cannot-pay" && half)
    wrongs.push({
      at: text(shown, "income") === "" ? "income" : "living",
      says: {
        zh: "收入和生活费请一起填，或都不填。",
        en: "Tell income and living costs together, or neither.",
      },
    });
  if (shown.ask === "contact" && text(shown, "wish") === "only-at-times") {
    const [from, to] = [parseMinute(text(shown, "from")), parseMinute(text(shown, "to"))];
    if (from === undefined || to === undefined || from >= to)
      wrongs.push({
        at: "from",
        says: {
          zh: "请填从几点到几点，例如 18:00 到 20:00。",
          en: "Say from when to when, such as 18:00 to 20:00.",
        },
      });
  }
  return wrongs;
}

const TOPICS: Readonly<Partial<Record<Ask, ComplaintKind>>> = {
  "wrong-sum": "sum-wrong",
  record: "credit-record",
  person: "other",
};

async function recorded(visit: OwnVisit, shown: AskShown): Promise<RequestOutcome<{ readonly id: string }>> {
  const desk = await deskOf(visit);
  const owner = ownerOf(visit);
  const { ask, loan } = shown;
  const words = text(shown, "words");
  const sum = (name: string) => (text(shown, name) === "" ? undefined : sumTyped(text(shown, name)));
  if (ask === "cannot-pay") {
    const [income, living] = [sum("income"), sum("living")];
    const wish = sum("wish");
    const household: HouseholdTold | undefined =
      income !== undefined && living !== undefined
        ? { income, living, dependants: 0, otherDebts: sum("otherDebts") ?? minor(0) }
        : undefined;
    return requestHardship(
      desk,
      {
        loan,
        reasons: all(shown, "reasons") as readonly HardshipReason[],
        words,
        channel: "portal",
        ...(household ? { household } : {}),
        ...(wish === undefined ? {} : { wish }),
      },
      false,
      owner,
    );
  }
  if (ask === "contact" || ask === "helper") {
    const wish = (ask === "helper" ? "representative" : text(shown, "wish")) as WishKind;
    const [from, to] = [parseMinute(text(shown, "from")), parseMinute(text(shown, "to"))];
    return makeWish(
      desk,
      {
        loan,
        wish,
        channel: "portal",
        ...(words === "" ? {} : { words }),
        ...(wish === "stop-channel" ? { kinds: ["call", "visit"] as const } : {}),
        ...(wish === "only-at-times" ? { from: from!, to: to! } : {}),
        ...(wish === "representative" ? { representative: text(shown, "representative") } : {}),
      },
      false,
      owner,
    );
  }
  const disputed = sum("disputed");
  const happenedOn = parseDay(text(shown, "happenedOn"));
  const against = text(shown, "against");
  return openComplaint(
    desk,
    {
      loans: [loan],
      topic: TOPICS[ask] ?? (text(shown, "topic") as ComplaintKind),
      words,
      channel: "portal",
      ...(disputed === undefined || disputed <= 0 ? {} : { disputed }),
      ...(happenedOn === undefined ? {} : { happenedOn }),
      ...(against === "" ? {} : { against }),
    },
    false,
    owner,
  );
}

/** The same form sent twice counts once, and leads to the same page. */
async function sent(visit: OwnVisit, shown: AskShown): Promise<Reply> {
  const { api, now, who, show } = visit;
  const named = { who: who.id, key: `portal-${shown.once}` };
  const digest = createHash("sha256")
    .update(JSON.stringify([shown.ask, shown.loan, shown.typed]))
    .digest("base64url");
  const taken = await takeKey(api.db, { ...named, digest }, now);
  if (taken.is === "known") return { to: JSON.parse(taken.body) as string };
  if (taken.is !== "new") return { to: "/me/requests" };
  let outcome: RequestOutcome<{ readonly id: string }>;
  try {
    outcome = await recorded(visit, shown);
  } catch (error) {
    await forgetKey(api.db, named);
    throw error;
  }
  if (!outcome.done) {
    await forgetKey(api.db, named);
    return {
      page: askPage({ ...shown, wrongs: [{ at: "main", says: outcome.refusal.says }] }, show),
      status: 422,
    };
  }
  const to = `/me/requests/${outcome.value.id}?new=1`;
  await keepAnswer(api.db, named, { status: 303, body: JSON.stringify(to) });
  return { to };
}

const ASK_PAGES = ASKS.flatMap((ask) => [
  own("portal.ask", "GET", `/me/ask/${ask}`, async (visit) => {
    const shown = shownOf(visit, ask);
    return shown.loan === "" ? { to: "/me" } : { page: askPage(shown, visit.show) };
  }),
  own("portal.send", "POST", `/me/ask/${ask}`, async (visit): Promise<Reply> => {
    const shown = shownOf(visit, ask);
    if (shown.loan === "") return { to: "/me" };
    const step = visit.form.get("step");
    if (step === "change") return { page: askPage(shown, visit.show) };
    const wrongs = wrongsOf(shown);
    if (wrongs.length > 0) return { page: askPage({ ...shown, wrongs }, visit.show), status: 422 };
    return step === "send" ? sent(visit, shown) : { page: checkAnswersPage(shown, visit.show) };
  }),
]);

// --- what became of it -------------------------------------------------------------------------------------------------

async function oneOf(visit: OwnVisit) {
  const found = (await requestsOf(visit)).find(({ reference }) => reference === visit.params.ref);
  return found;
}

async function one(visit: OwnVisit, wrong?: Said, at = "main"): Promise<Reply> {
  const found = await oneOf(visit);
  if (!found) return { to: "/me/requests" };
  const wrongs = wrong ? [{ at, says: wrong }] : [];
  return {
    page: requestPage(found, visit.query.get("new") === "1", wrongs, visit.show),
    ...(wrong ? { status: 422 } : {}),
  };
}

async function act(visit: OwnVisit): Promise<Reply> {
  const { form, params } = visit;
  const found = await oneOf(visit);
  const what = REQUEST_ACTS.find((name) => name === form.get("act"));
  if (!found || !what || !found.may.includes(what)) return { to: "/me/requests" };
  const desk = await deskOf(visit);
  const reference = params.ref!;
  const asked = { version: Number(form.get("version")), owner: ownerOf(visit) };
  const words = (form.get("words") ?? "").trim().slice(0, MOST_WORDS);
  if ((what === "informed" || what === "review-asked") && words === "")
    return one(visit, { zh: "请写下要说的话。", en: "Please write what you want to say." });
  const to = found.further?.to.find((one) => one === form.get("to"));
  if (what === "escalated" && !to) return one(visit, CHOOSE_TO_WHOM, "to");
  let outcome: RequestOutcome<unknown>;
  if (what === "lift")
    outcome = await makeWish(
      desk,
      { loan: found.loans[0]!, wish: "lift", channel: "portal", of: reference },
      false,
      ownerOf(visit),
    );
  else if (reference.startsWith("C-"))
    outcome = await moveComplaint(
      desk,
      reference,
      what === "informed"
        ? { type: what, words }
        : what === "escalated"
          ? { type: what, to: to!, ...theirNumber(form) }
          : { type: "withdrawn" },
      asked,
      false,
    );
  else
    outcome = await moveHardship(
      desk,
      reference,
      what === "informed" || what === "review-asked"
        ? { type: what, words }
        : { type: what === "declined" ? "declined" : "withdrawn" },
      asked,
      false,
    );
  if (!outcome.done) return one(visit, outcome.refusal.says);
  return { to: what === "lift" ? "/me/requests" : `/me/requests/${reference}` };
}

/** What those to whom it was taken call it. */
function theirNumber(form: URLSearchParams): { readonly reference?: string } {
  const reference = (form.get("reference") ?? "")
    .replaceAll(/[^\p{L}\p{N}._/() -]/gu, "")
    .trim()
    .slice(0, 60);
  return reference === "" ? {} : { reference };
}

// --- documents -----------------------------------------------------------------------------------------------------------

async function addDocument(visit: OwnVisit): Promise<Reply> {
  const { document, params } = visit;
  const found = await oneOf(visit);
  if (!found?.mayAdd) return { to: "/me/requests" };
  if (!document || "wrong" in document) return one(visit, FILE_WRONG[document?.wrong ?? "none"], "file");
  const outcome = await addFile(await deskOf(visit), params.ref!, document, false, ownerOf(visit));
  if (!outcome.done) return one(visit, outcome.refusal.says, "file");
  return { to: `/me/requests/${params.ref}#files` };
}

async function document({ api, files, params }: OwnVisit): Promise<Reply> {
  const facts = files[0]?.ofBorrower.map(({ fact }) => fact) ?? [];
  const life = complaintLives(facts).get(params.ref ?? "") ?? hardshipsOf(facts).get(params.ref ?? "");
  const found = life?.files.find(({ sha256 }) => sha256 === params.sha256);
  const bytes = found && (await keptFile(api.db, found.sha256));
  if (!found || !bytes) return { to: "/me/requests" };
  return {
    type: found.type === "pdf" ? "application/pdf" : `image/${found.type}`,
    // Never shown as a page of ours, and under a name of ours.
    file: `${params.ref}.${found.type}`,
    text: bytes,
  };
}

async function agreement(visit: OwnVisit, wrong?: Said): Promise<Reply> {
  const made = agreementShown(visit);
  if (!made) return { to: "/me/requests" };
  return { page: agreementPage(made, wrong, visit.show), ...(wrong ? { status: 422 } : {}) };
}

async function accept(visit: OwnVisit): Promise<Reply> {
  const { form, params, show } = visit;
  if (form.get("read") !== "yes") return agreement(visit, TICK_FIRST);
  const outcome = await moveHardship(
    await deskOf(visit),
    params.ref!,
    {
      type: "accept",
      language: show.language === "zh" ? "zh-CN" : "en",
      sha256: form.get("sha256") ?? "",
      how: "electronic",
    },
    { version: Number(form.get("version")), owner: ownerOf(visit) },
    false,
  );
  if (!outcome.done) return agreement(visit, outcome.refusal.says);
  return { to: `/me/requests/${params.ref}?new=1` };
}

export const REQUEST_PAGES = [
  ...ASK_PAGES,
  own("portal.requests", "GET", "/me/requests", async (visit) => ({
    page: requestsPage(await requestsOf(visit), visit.show),
  })),
  own("portal.request", "GET", "/me/requests/:ref", (visit) => one(visit)),
  own("portal.request-act", "POST", "/me/requests/:ref", act),
  own("portal.add-document", "POST", "/me/requests/:ref/files", addDocument, { takesDocument: true }),
  own("portal.document", "GET", "/me/requests/:ref/files/:sha256", document),
  own("portal.agreement", "GET", "/me/requests/:ref/agreement", (visit) => agreement(visit)),
  own("portal.accept", "POST", "/me/requests/:ref/agreement", accept),
  own("portal.request-file", "GET", "/me/requests/:ref/file", async (visit): Promise<Reply> => {
    const found = await oneOf(visit);
    if (!found) return { to: "/me/requests" };
    const made = agreementShown(visit);
    const head = requestText(found, visit.show);
    return {
      type: "text/plain; charset=utf-8",
      file: `${found.reference}.txt`,
      text: made ? `${head}\n${made.text}` : head,
    };
  }),
] as const;
