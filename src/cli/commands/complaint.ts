import { basename } from "node:path";
import {
  addDays,
  COMPLAINT_KINDS,
  COMPLAINT_STATES,
  type ComplaintEvent,
  type Correction,
  ESCALATED_TO,
  formatDay,
  formatInstant,
  type Instant,
  parseDay,
  parseMoney,
  REQUEST_CHANNELS,
} from "../../core/index.ts";
import { readNamedRows } from "../../intake/index.ts";
import {
  COMPLAINT_EVENTS,
  COMPLAINT_KIND_WORDS,
  COMPLAINT_STATE_WORDS,
  complaintKindOf,
} from "../../legal/index.ts";
import { dayOption, mustBeFile, shelvesOf } from "../../office/book.ts";
import { Quarantine } from "../../office/imports/quarantine.ts";
import { count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { refusalWords } from "../../office/refusal-words.ts";
import {
  type Booking,
  bookCorrection,
  bookingsOf,
  type ComplaintAsked,
  complaintJson,
  decideCorrection,
  moveComplaint,
  openComplaint,
  openRequests,
  proposeBookings,
  type RequestDesk,
  type RequestOutcome,
  type WaitingCorrection,
  waitingCorrections,
} from "../../office/requests/index.ts";
import { listRequests } from "../../store/index.ts";
import { oneWordOf, TEXT, verbOf, wholeOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { complaintNamed, rowJson, tellComplaint, todayOf, toldToHouse } from "../requests/told.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;
export const options = {
  lender: TEXT,
  at: TEXT,
  by: TEXT,
  kind: TEXT,
  words: TEXT,
  channel: TEXT,
  on: TEXT,
  received: TEXT,
  disputed: TEXT,
  against: TEXT,
  happened: TEXT,
  id: TEXT,
  state: TEXT,
  within: TEXT,
  outcome: TEXT,
  reason: TEXT,
  "reason-zh": TEXT,
  correct: TEXT,
  entry: TEXT,
  to: TEXT,
  reference: TEXT,
  "approved-by": TEXT,
  quarantine: TEXT,
  "dry-run": FLAG,
} as const;

/** The clock of a command is its `--at`, where one is given. */
const shelvesAt = (io: Io, now: Instant) => ({ ...shelvesOf(io), now: () => now });

const VERBS = [
  "list",
  "open",
  "show",
  "event",
  "propose",
  "approve",
  "return",
  "deadlines",
  "import",
] as const;

export const run = (asked: Asked, io: Io, place: string): Promise<number> => {
  const verb = verbOf(asked, VERBS, "complaint", io);
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    const opened = await openRequests({ db, lender, now, by: asked.text("by") ?? "lender" });
    if (!opened.ok) throw new Declined(opened.says);
    return VERB[verb](opened.desk, asked, io);
  });
};

const VERB: Readonly<
  Record<(typeof VERBS)[number], (desk: RequestDesk, asked: Asked, io: Io) => Promise<number>>
> = {
  list,
  open,
  show,
  event,
  propose: proposeAgain,
  approve: (desk, asked, io) => decide(desk, asked, io, "approved"),
  return: (desk, asked, io) => decide(desk, asked, io, "refused"),
  deadlines,
  import: importFile,
};

/** An outcome as a command tells it: the object, or a refusal as the exit. */
export function refusedOr<T>(
  outcome: RequestOutcome<T>,
  io: Io,
): { readonly value: T; readonly known: boolean } {
  if (outcome.done) return outcome;
  const { code, says } = outcome.refusal;
  io.object({ id: outcome.id, became: "refused", code, says: says.en });
  throw new Declined(`${code}: ${says[io.language]}`);
}

export function tellBecame(known: boolean, dryRun: boolean, io: Io): void {
  const zh = io.language === "zh";
  if (known) io.out(zh ? "此前已登记，未作变动" : "it was recorded before; nothing changed");
  if (dryRun) io.out(zh ? "试运行，未写入" : "dry run: nothing was written");
}

async function open(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const loans = asked.words.slice(1);
  if (loans.length === 0)
    throw new WrongUse(
      say.missing[io.language]("LOAN…", 'arrears complaint open L000123 --kind conduct --words "…"'),
    );
  const disputed = asked.text("disputed");
  const sum = disputed === undefined ? undefined : parseMoney(disputed, 2);
  if (disputed !== undefined && sum === undefined)
    throw new WrongUse(say.missing[io.language]("--disputed", "--disputed 100.00"));
  const receivedOn = dayOption(asked.text("received"), "--received", io);
  const happenedOn = dayOption(asked.text("happened"), "--happened", io);
  const against = asked.text("against");
  const outside = asked.text("id");
  const dryRun = asked.flag("dry-run");
  const outcome = await openComplaint(
    desk,
    {
      loans,
      topic: oneWordOf(asked.text("kind"), COMPLAINT_KINDS, "kind", io),
      words: required(asked, "words", '--words "called at night"', io),
      channel: oneWordOf(asked.text("channel") ?? "phone", REQUEST_CHANNELS, "channel", io),
      ...(receivedOn === undefined ? {} : { receivedOn }),
      ...(happenedOn === undefined ? {} : { happenedOn }),
      ...(sum === undefined ? {} : { disputed: sum }),
      ...(against === undefined ? {} : { against }),
      ...(outside === undefined ? {} : { outside }),
    },
    dryRun,
  );
  const { value, known } = refusedOr(outcome, io);
  if (dryRun) {
    io.object({ reference: value.id, state: value.state, kind: value.about, became: "would-record", dryRun });
    tellBecame(known, dryRun, io);
    return 0;
  }
  return shown(desk, value.id, { became: known ? "known" : "recorded" }, io, known);
}

async function shown(
  desk: RequestDesk,
  ref: string,
  more: Readonly<Record<string, unknown>>,
  io: Io,
  known = false,
): Promise<number> {
  const one = await complaintNamed(desk, ref, io);
  const waiting = await waitingCorrections(desk, one.life.id, one.life.debts);
  io.object({
    ...complaintJson(one.life, desk.complaints, toldToHouse(desk, one.file)),
    waiting: waiting.map((each) => waitingJson(desk, each)),
    ...more,
  });
  tellBecame(known, false, io);
  tellComplaint(io, desk, one);
  for (const { approval, asked } of waiting) {
    const until = formatInstant(desk.lender.zone, approval.expiresAt);
    const what = [asked.loan, asked.kind, asked.with.amount, asked.with.claim ?? asked.with.of]
      .filter(Boolean)
      .join(" ");
    io.out(
      io.language === "zh"
        ? `待第二人复核：${what}（${approval.proposedBy} 提交，至 ${until}）· arrears complaint approve ${one.life.id} --by 姓名`
        : `waits for a second person: ${what} (by ${approval.proposedBy}, until ${until}) · arrears complaint approve ${one.life.id} --by NAME`,
    );
  }
  return 0;
}

const waitingJson = ({ lender }: RequestDesk, { approval, asked }: WaitingCorrection) => ({
  approval: approval.id,
  loan: asked.loan,
  entry: asked.id,
  what: asked.kind,
  amount: asked.with.amount ?? null,
  of: asked.with.claim ?? asked.with.of ?? null,
  proposedBy: approval.proposedBy,
  expiresAt: formatInstant(lender.zone, approval.expiresAt),
});

/** Puts before a second person what waits for nobody any more: what waited too long, or was interrupted. */
async function proposeAgain(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const usual = "arrears complaint propose C-… --by mei";
  const [, ref] = asked.words;
  if (!ref) throw new WrongUse(say.missing[io.language]("REFERENCE", usual));
  required(asked, "by", usual, io);
  const { life, file } = await complaintNamed(desk, ref, io);
  const { decimals, today } = toldToHouse(desk, file);
  const all = life.outcome ? bookingsOf(life.outcome, life.id, { decimals, on: today }) : [];
  const open = all.filter(({ correction }) => life.pending.includes(correction));
  await mustBeBookable(desk, open, io);
  await proposeBookings(desk, life.id, open);
  return shown(desk, life.id, {}, io);
}

/** A second person agrees to what an outcome corrects in the ledger, and it is booked; or sends it back. */
async function decide(
  desk: RequestDesk,
  asked: Asked,
  io: Io,
  state: "approved" | "refused",
): Promise<number> {
  const [verb, ref] = asked.words;
  const usual = `arrears complaint ${verb} C-… --by sun`;
  if (!ref) throw new WrongUse(say.missing[io.language]("REFERENCE", usual));
  required(asked, "by", usual, io);
  const remark = state === "refused" ? required(asked, "reason", `${usual} --reason "…"`, io) : "agreed";
  const { life } = await complaintNamed(desk, ref, io);
  const waiting = await waitingCorrections(desk, life.id, life.debts);
  if (waiting.length === 0)
    throw new Declined(
      io.language === "zh"
        ? `nothing-waits：${life.id} 没有待复核的更正`
        : `nothing-waits: no correction of ${life.id} waits for a second person`,
    );
  const shelves = shelvesAt(io, desk.now);
  const given = { state, remark: asked.text("reason") ?? remark };
  let refused = 0;
  for (const one of waiting) {
    if (asked.flag("dry-run")) {
      const would = await bookCorrection(desk, shelves, one.asked.loan, one.asked, true);
      io.object({
        ...waitingJson(desk, one),
        became: "refused" in would ? "refused" : would.became,
        dryRun: true,
      });
      continue;
    }
    const done = await decideCorrection(desk, shelves, one, given);
    io.object({ ...waitingJson(desk, one), became: done.became });
    if (done.became === "unknown") continue;
    if (done.became === "same-person" || done.became === "over" || done.became === "decided")
      throw new Declined(`${done.became}: ${UNDECIDED[done.became][io.language](one.approval.proposedBy)}`);
    if ("no" in done && done.no) {
      refused += 1;
      io.out(`${one.asked.id}  ${done.no.code}: ${refusalWords(done.no, io.language)}`);
    }
  }
  if (asked.flag("dry-run")) tellBecame(false, true, io);
  else tellComplaint(io, desk, await complaintNamed(desk, life.id, io));
  return refused > 0 ? 1 : 0;
}

const UNDECIDED = {
  "same-person": {
    en: (by: string) => `${by} proposed it; somebody else has to agree`,
    zh: (by: string) => `由 ${by} 提交，须由另一人复核`,
  },
  over: {
    en: () => "it waited too long; arrears complaint propose puts it before somebody anew",
    zh: () => "已超过复核期限；可用 arrears complaint propose 重新提交",
  },
  decided: { en: () => "somebody decided it meanwhile", zh: () => "已由他人复核" },
} as const;

function show(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const ref = asked.words[1];
  if (!ref) throw new WrongUse(say.missing[io.language]("REFERENCE", "arrears complaint show C-…"));
  return shown(desk, ref, {}, io);
}

async function event(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const [, ref, type] = asked.words;
  if (!ref)
    throw new WrongUse(
      say.missing[io.language]("REFERENCE EVENT", "arrears complaint event C-… acknowledged"),
    );
  const what = eventAsked(oneWordOf(type, COMPLAINT_EVENTS, "event", io), asked, io);
  const dated = dayOption(asked.text("on"), "--on", io);
  const dryRun = asked.flag("dry-run");
  const name = asked.text("id");
  const bookings = await triedBookings(desk, asked, ref, what, io);
  const outcome = await moveComplaint(
    desk,
    ref,
    what,
    { ...(dated === undefined ? {} : { dated }), ...(name === undefined ? {} : { event: name }) },
    dryRun,
  );
  const { value, known } = refusedOr(outcome, io);
  if (!dryRun) await proposeBookings(desk, value.id, bookings);
  if (!dryRun) return shown(desk, value.id, { became: known ? "known" : "recorded" }, io, known);
  io.object({ reference: value.id, state: value.state, became: known ? "known" : "would-record", dryRun });
  tellBecame(known, dryRun, io);
  return 0;
}

/** What an outcome corrects in the ledger, each tried: an outcome that promises what cannot be booked is not given. */
async function triedBookings(
  desk: RequestDesk,
  asked: Asked,
  ref: string,
  what: ComplaintEvent,
  io: Io,
): Promise<readonly Booking[]> {
  if (what.type !== "answered" || !what.corrections) return [];
  const { life, file } = await complaintNamed(desk, ref, io);
  const { decimals, today } = toldToHouse(desk, file);
  const bookings = bookingsOf(what, life.id, { decimals, on: today });
  // It waits for somebody else than whoever decided: that takes a name.
  if (bookings.length > 0) required(asked, "by", "--by mei", io);
  await mustBeBookable(desk, bookings, io);
  return bookings;
}

async function mustBeBookable(desk: RequestDesk, bookings: readonly Booking[], io: Io): Promise<void> {
  for (const { correction, asked: entry } of bookings) {
    const tried = await bookCorrection(desk, shelvesAt(io, desk.now), correction.debt, entry, true);
    if ("refused" in tried)
      throw new Declined(`${tried.refused.code}: ${refusalWords(tried.refused, io.language)}`);
  }
}

function eventAsked(type: ComplaintEvent["type"], asked: Asked, io: Io): ComplaintEvent {
  const words = () => required(asked, "words", '--words "…"', io);
  const reason = () => required(asked, "reason", '--reason "…"', io);
  const text = <K extends string>(key: K, option: string) => {
    const value = asked.text(option);
    return (value === undefined ? {} : { [key]: value }) as { [Name in K]?: string };
  };
  switch (type) {
    case "acknowledged":
      return { type };
    case "asked":
    case "informed":
    case "noted":
      return { type, words: words() };
    case "extended":
      return { type, reason: reason(), ...text("approvedBy", "approved-by") };
    case "answered": {
      const corrections = correctionsOf(asked.text("correct"), io);
      return {
        type,
        outcome: oneWordOf(asked.text("outcome"), ["upheld", "partly", "rejected"] as const, "outcome", io),
        reason: { en: reason(), zh: required(asked, "reason-zh", "--reason-zh 理由", io) },
        ...(corrections.length === 0 ? {} : { corrections }),
      };
    }
    case "corrected":
      return { type, entry: required(asked, "entry", "--entry W-17", io), reason: reason() };
    case "escalated":
      return {
        type,
        to: oneWordOf(asked.text("to"), ESCALATED_TO, "to", io),
        ...text("reference", "reference"),
      };
    case "withdrawn":
      return { type, ...text("reason", "reason") };
    case "closed":
      return { type, reason: reason() };
  }
}

const CORRECTIONS: readonly Correction["what"][] = [
  "waiver",
  "reversal",
  "bureau-correction",
  "stop",
  "letter-withdrawn",
];

/** `L1 waiver 12.00 late-interest; L1 reversal P-17`. */
function correctionsOf(text: string | undefined, io: Io): Correction[] {
  if (text === undefined) return [];
  return text.split(/[;；]/).map((one): Correction => {
    const [debt, word, ...rest] = one.trim().split(/\s+/);
    const what = oneWordOf(word, CORRECTIONS, "correct", io);
    const amount = what === "waiver" ? parseMoney(rest[0] ?? "", 2) : undefined;
    const of = what === "waiver" ? rest[1] : rest[0];
    return {
      debt: debt!,
      what,
      ...(amount === undefined ? {} : { amount }),
      ...(of === undefined ? {} : { of }),
    };
  });
}

async function list(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const [state, kind] = [asked.text("state"), asked.text("kind")];
  const rows = await listRequests(desk.db, desk.lender, {
    sort: "complaint",
    ...(state === undefined ? {} : { states: [oneWordOf(state, COMPLAINT_STATES, "state", io)] }),
    ...(kind === undefined ? {} : { about: oneWordOf(kind, COMPLAINT_KINDS, "kind", io) }),
  });
  return tellRows(desk, rows, io);
}

async function deadlines(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const nextBy = addDays(todayOf(desk), wholeOf(asked, "within", 30, io));
  return tellRows(desk, await listRequests(desk.db, desk.lender, { sort: "complaint", nextBy }), io);
}

function tellRows(desk: RequestDesk, rows: Awaited<ReturnType<typeof listRequests>>, io: Io): number {
  const today = todayOf(desk);
  const { language } = io;
  for (const row of rows) io.object(rowJson(row, today));
  io.out(
    table(
      language === "zh"
        ? ["编号", "事由", "状态", "贷款", "收到", "答复期限", "剩余天数"]
        : ["reference", "about", "state", "loans", "received", "answer by", "days left"],
      rows.map((row) => [
        row.id,
        COMPLAINT_KIND_WORDS[row.about as keyof typeof COMPLAINT_KIND_WORDS]?.[language] ?? row.about,
        COMPLAINT_STATE_WORDS[row.state as keyof typeof COMPLAINT_STATE_WORDS][language],
        row.loans.join(", "),
        formatDay(row.receivedOn),
        row.nextOn === null ? "–" : formatDay(row.nextOn),
        row.nextOn === null ? "–" : String(row.nextOn - today),
      ]),
      ["left", "left", "left", "left", "left", "left", "right"],
    ),
  );
  return 0;
}

// --- a register of somebody else ---------------------------------------------------------------------------------------

const COLUMNS = {
  known: ["id", "loan", "kind", "received", "words", "channel", "disputed", "against", "happened"],
  needed: ["id", "loan", "kind", "received", "words"],
};

/** Takes a register of complaints, row by row; the same id again changes nothing. Several loans of one stand with blanks between. */
async function importFile(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const file = asked.words[1];
  if (!file)
    throw new WrongUse(say.missing[io.language]("FILE", "arrears complaint import complaints.csv --dry-run"));
  mustBeFile(file, io);
  const dryRun = asked.flag("dry-run");
  const quarantine = new Quarantine(asked.text("quarantine") ?? `${basename(file)}.quarantine.csv`);
  const total = { added: 0, same: 0, bad: 0 };
  const reader = readNamedRows(file, COLUMNS);
  for await (const batch of reader) {
    const bad = [...batch.bad];
    const refuse = (line: number, column: string, value: string, code: string, says: string): void => {
      bad.push({ line, column, value, code, says, fileColumn: column, raw: "" });
      io.object({ line, became: "refused", code, says });
      io.out(`  ${line}  ${column}  ${value}  ${code}: ${says}`);
    };
    for (const { line, texts } of batch.records) {
      const row = rowAsked(texts);
      if ("column" in row) {
        refuse(line, row.column, texts[row.column] ?? "", row.code, row.says[io.language]);
        continue;
      }
      const outcome = await openComplaint(desk, row.asked, dryRun);
      if (!outcome.done) {
        refuse(line, "loan", texts.loan ?? "", outcome.refusal.code, outcome.refusal.says[io.language]);
        continue;
      }
      if (outcome.known) total.same += 1;
      else total.added += 1;
      io.object({
        line,
        outside: texts.id,
        reference: outcome.value.id,
        became: outcome.known ? "known" : dryRun ? "would-record" : "recorded",
      });
    }
    total.bad += bad.length;
    if (!dryRun) await quarantine.add(bad);
  }
  await quarantine.close();
  const { summary } = reader;
  io.object({ file, ...(dryRun ? { dryRun } : {}), rows: summary.rows, ...total });
  io.out(
    io.language === "zh"
      ? `${basename(file)}：${count(summary.rows)} 行，新登记 ${total.added}，已有 ${total.same}，未采纳 ${total.bad}${dryRun ? "（试运行，未写入）" : ""}`
      : `${basename(file)}: ${count(summary.rows)} rows, ${total.added} new, ${total.same} known, ${total.bad} refused${dryRun ? " (dry run: nothing was written)" : ""}`,
  );
  if (summary.refusals.length > 0 || !summary.complete)
    throw new Declined(
      `${say.fileRefused[io.language](file)}\n${summary.refusals.map(({ says }) => `  ${says}`).join("\n")}`,
    );
  return total.bad > 0 ? 1 : 0;
}

type RowTrouble = {
  readonly column: string;
  readonly code: string;
  readonly says: { readonly en: string; readonly zh: string };
};

function rowAsked(
  texts: Readonly<Record<string, string | undefined>>,
): { readonly asked: ComplaintAsked } | RowTrouble {
  const trouble = (column: string, code: string, en: string, zh: string): RowTrouble => ({
    column,
    code,
    says: { en, zh },
  });
  const topic = complaintKindOf(texts.kind ?? "");
  if (!topic)
    return trouble(
      "kind",
      "unknown-kind",
      `known are ${COMPLAINT_KINDS.join(", ")}`,
      `可用：${COMPLAINT_KINDS.join("、")}`,
    );
  const receivedOn = parseDay(texts.received ?? "");
  if (receivedOn === undefined)
    return trouble("received", "not-a-day", "write 2026-03-31", "应写作 2026-03-31");
  const channel = texts.channel || "regulator";
  if (!REQUEST_CHANNELS.some((one) => one === channel))
    return trouble(
      "channel",
      "unknown-channel",
      `known are ${REQUEST_CHANNELS.join(", ")}`,
      `可用：${REQUEST_CHANNELS.join("、")}`,
    );
  const disputed = texts.disputed ? parseMoney(texts.disputed, 2) : undefined;
  if (texts.disputed && disputed === undefined)
    return trouble("disputed", "not-money", "write 100.00", "应写作 100.00");
  const happenedOn = texts.happened ? parseDay(texts.happened) : undefined;
  return {
    asked: {
      loans: (texts.loan ?? "").split(/[\s,;]+/).filter((one) => one !== ""),
      topic,
      words: texts.words ?? "",
      channel: channel as ComplaintAsked["channel"],
      receivedOn,
      ...(texts.id ? { outside: texts.id } : {}),
      ...(disputed === undefined ? {} : { disputed }),
      ...(texts.against ? { against: texts.against } : {}),
      ...(happenedOn === undefined ? {} : { happenedOn }),
    },
  };
}
