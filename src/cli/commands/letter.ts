import { randomBytes, randomInt } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import {
  CASE_RECALL_REASONS,
  CASE_STATES,
  type CaseState,
  dayAt,
  formatDay,
  formatInstant,
  formatMoney,
  LETTER_ANSWERS,
  LETTER_STATES,
  LETTER_WAYS,
  type LetterState,
  type LetterWay,
  parseMoney,
} from "../../core/index.ts";
import type { LetterKind, LetterSubject } from "../../documents/letter.ts";
import {
  type Check,
  casesOf,
  type DeliveryValue,
  leastSample,
  lettersOf,
  STATE_WORDS,
} from "../../legal/index.ts";
import { dayOption, mustBeFile, packFor, shelvesOf } from "../../office/book.ts";
import { amount, count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { moveCases, offerCases } from "../../office/letters/cases.ts";
import { checksOn, mandated } from "../../office/letters/checks.ts";
import { valueOfDelivery } from "../../office/letters/debts.ts";
import { draftLetters } from "../../office/letters/draft.ts";
import { lettersDue } from "../../office/letters/due.ts";
import { EXPORT_FORMATS, exportLetters } from "../../office/letters/export.ts";
import { approveBatch, moveLetters, sampleOfBatch } from "../../office/letters/moves.ts";
import { type Office, type Outcome, openOffice } from "../../office/letters/office.ts";
import { handOverLetters } from "../../office/letters/out.ts";
import { openPressOf } from "../../office/letters/press.ts";
import { letterSentence } from "../../office/letters/sentences.ts";
import { signLetters } from "../../office/letters/signing.ts";
import {
  addDocument,
  atDesk,
  type Database,
  findKeys,
  type KeptLetter,
  keptFile,
  keptLetter,
  type Lender,
  type LetterTerms,
  letterOf,
  letterTerms,
  listCases,
  listLetters,
  ownersOfLoans,
  putLetterTerms,
} from "../../store/index.ts";
import { listOf, oneWordOf, TEXT, verbOf, wholeOf } from "../letters/asked.ts";
import { carriersOf, signerOf } from "../letters/desk.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { SIGNER_OPTIONS } from "../signing.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;

const VERBS = [
  "list",
  "show",
  "terms",
  "cases",
  "offer",
  "accept",
  "decline",
  "recall",
  "preflight",
  "draft",
  "check",
  "approve",
  "send-back",
  "sign",
  "export",
  "hand-over",
  "delivered",
  "refused",
  "returned",
  "answered",
  "stop",
  "withdraw",
  "replace",
  "due",
] as const;
type Verb = (typeof VERBS)[number];

const KINDS: readonly LetterKind[] = [
  "demand",
  "acceleration",
  "final-notice",
  "dispute-reply",
  "withdrawal",
  "settlement-confirmation",
];

export const options = {
  lender: TEXT,
  at: TEXT,
  by: TEXT,
  lawyer: TEXT,
  engagement: TEXT,
  batch: TEXT,
  loans: TEXT,
  all: FLAG,
  "dry-run": FLAG,
  reason: TEXT,
  why: TEXT,
  kind: TEXT,
  language: TEXT,
  again: FLAG,
  about: TEXT,
  clause: TEXT,
  effective: TEXT,
  raised: TEXT,
  "raised-on": TEXT,
  answer: TEXT,
  n: TEXT,
  seed: TEXT,
  state: TEXT,
  way: TEXT,
  on: TEXT,
  proof: TEXT,
  "received-by": TEXT,
  words: TEXT,
  letter: TEXT,
  out: TEXT,
  format: TEXT,
  template: TEXT,
  channels: TEXT,
  ...SIGNER_OPTIONS,
  phone: TEXT,
  pay: TEXT,
  objections: TEXT,
  worth: TEXT,
  small: TEXT,
  "answer-days": TEXT,
  "fresh-days": TEXT,
  verify: TEXT,
  certificate: TEXT,
} as const;

export function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "letter", io);
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    switch (verb) {
      case "list":
        return list(db, lender, asked, io);
      case "terms":
        return terms(db, lender, asked, io);
      case "cases":
        return cases(db, lender, asked, io);
      default:
        return inOffice(db, lender, now, io, (office) => work(verb, office, asked, io, place));
    }
  });
}

async function inOffice(
  db: Database,
  lender: Lender,
  now: number,
  io: Io,
  task: (office: Office) => Promise<number>,
): Promise<number> {
  const pack = await packFor(db, lender);
  if (!pack)
    throw new Declined(io.language === "zh" ? "没有可用的合规包" : "no pack is installed for this lender");
  const { press, close } = openPressOf();
  try {
    const office = await openOffice({
      db,
      lender,
      shelves: { ...shelvesOf(io), now: () => now },
      now,
      pack,
      press,
      randomBytes: (size) => randomBytes(size),
      onProgress: (label, done, of) => io.progress(label, done, of),
    });
    if (!office)
      throw new Declined(
        io.language === "zh"
          ? "尚未登记函件条款：arrears letter terms --phone … --pay … --objections … --verify …"
          : "the lender has not said what its letters say: arrears letter terms --phone … --pay … --objections … --verify …",
      );
    return await task(office);
  } finally {
    await close();
  }
}

/** Work that needs the press, the firms and the pack. */
async function work(verb: Verb, office: Office, asked: Asked, io: Io, place: string): Promise<number> {
  const by = asked.text("by") ?? "lender";
  const dryRun = asked.flag("dry-run");
  switch (verb) {
    case "offer":
      return tell(io, await offerCases(office, offerAsked(asked, by, dryRun, office, io)), dryRun);
    case "accept":
    case "decline":
    case "recall":
      return tell(io, await movedCases(verb, office, asked, by, dryRun, io), dryRun);
    case "preflight":
      return preflight(office, asked, io);
    case "draft":
      return tell(io, await drafted(office, asked, by, dryRun, io), dryRun);
    case "show":
      return show(office, asked, io);
    case "check":
      return check(office, asked, io);
    case "approve":
      return tell(io, await approved(office, asked, dryRun, io), dryRun);
    case "sign": {
      const letters = await lettersNamed(office, asked, ["approved"], io);
      const signer = await signerOf(office, asked, place, io);
      return tell(io, await signLetters(office, letters, by, signer), false);
    }
    case "export":
      return exported(office, asked, io);
    case "hand-over": {
      const letters = await lettersNamed(office, asked, ["signed"], io);
      const way = oneWordOf(asked.text("way") ?? "post", ["post", "email", "portal"] as const, "way", io);
      if (dryRun) {
        for (const { id, loans } of letters) io.object({ letter: id, loans, way, dryRun });
        io.out(count(letters.length));
        return 0;
      }
      const { channels, close } = carriersOf(asked, io, office);
      try {
        const clock = () => office.now;
        return tell(io, await handOverLetters(office, letters, { way, by, channels, clock }), false);
      } finally {
        await close();
      }
    }
    case "due":
      return tell(io, await lettersDue(office), false);
    default:
      return tell(io, await moved(verb, office, asked, by, dryRun, io), dryRun);
  }
}

/** Letters as files: to be read, edited in Word, or printed. */
async function exported(office: Office, asked: Asked, io: Io): Promise<number> {
  const format = oneWordOf(asked.text("format") ?? "pdf", EXPORT_FORMATS, "format", io);
  const template = asked.text("template");
  if (template !== undefined && format !== "docx")
    throw new WrongUse(
      say.missing[io.language]("--format docx", "arrears letter export --all --format docx --template NAME"),
    );
  const letters = await lettersNamed(office, asked, LETTER_STATES, io);
  const folder = asked.text("out") ?? "letters";
  const made = await exportLetters(office, letters, {
    format,
    folder,
    ...(template === undefined ? {} : { template }),
  });
  for (const one of made) {
    io.object({ ...one, folder });
    if (one.refusal) io.out(`${one.letter}  ${one.refusal.code}: ${one.refusal.says}`);
  }
  const files = made.filter(({ file }) => file !== undefined);
  io.out(
    io.language === "zh"
      ? `${folder}：${count(files.length)} 个文件`
      : `${folder}: ${count(files.length)} files`,
  );
  return files.length < made.length ? 1 : 0;
}

// --- what the lender says ------------------------------------------------------------------------------------------------

async function terms(db: Database, lender: Lender, asked: Asked, io: Io): Promise<number> {
  const before = await letterTerms(db, lender);
  const given = [
    "phone",
    "pay",
    "objections",
    "worth",
    "small",
    "answer-days",
    "fresh-days",
    "verify",
    "certificate",
  ];
  if (given.some((option) => asked.text(option) !== undefined)) {
    const text = (option: string, old: string | undefined, example: string): string =>
      asked.text(option) ?? old ?? required(asked, option, example, io);
    const money = (option: string, old: string | undefined, usual: string): string => {
      const value = asked.text(option) ?? old ?? usual;
      if (parseMoney(value) === undefined)
        throw new WrongUse(
          io.language === "zh" ? `--${option} 应为金额` : `--${option} is a sum, found ${value}`,
        );
      return value;
    };
    const next: LetterTerms = {
      phone: text("phone", before?.phone, "--phone 95000"),
      waysToPay: asked
        .text("pay")
        ?.split(";")
        .map((way) => way.trim()) ??
        before?.waysToPay ?? [
          required(asked, "pay", '--pay "In the app, under Repay; to account 6222…"', io),
        ],
      objections: text("objections", before?.objections, '--objections "Call 95000 or write to …"'),
      verifyBase: text("verify", before?.verifyBase, "--verify https://letters.example.com"),
      worth: money("worth", before?.worth, "0.00"),
      small: money("small", before?.small, "0.00"),
      answerDays: wholeOf(asked, "answer-days", before?.answerDays ?? 15, io),
      freshDays: wholeOf(asked, "fresh-days", before?.freshDays ?? 7, io),
      certificate: oneWordOf(
        asked.text("certificate") ?? before?.certificate ?? "trial",
        ["trial", "own"] as const,
        "certificate",
        io,
      ),
    };
    await putLetterTerms(db, lender, next);
  }
  const now = await letterTerms(db, lender);
  if (now) {
    io.object({ ...now });
    for (const [key, value] of Object.entries(now))
      io.out(`${key}: ${Array.isArray(value) ? value.join("; ") : value}`);
  } else io.out(io.language === "zh" ? "尚未登记" : "nothing is recorded yet");
  return 0;
}

// --- cases -----------------------------------------------------------------------------------------------------------

function engagementAsked(asked: Asked, office: Office, io: Io): string {
  const named = asked.text("engagement");
  if (named) return named;
  const [only, ...more] = office.engagements;
  if (only && more.length === 0) return only.id;
  return required(asked, "engagement", `--engagement ${only?.id ?? "HX-2026-1"}`, io);
}

const offerAsked = (asked: Asked, by: string, dryRun: boolean, office: Office, io: Io) => {
  const loans = asked.text("loans");
  return {
    engagement: engagementAsked(asked, office, io),
    batch: asked.text("batch") ?? `B-${formatDay(dayAt(office.lender.zone, office.now))}`,
    by,
    ...(loans === undefined ? {} : { loans: listOf(loans) }),
    dryRun,
  };
};

async function movedCases(
  verb: "accept" | "decline" | "recall",
  office: Office,
  asked: Asked,
  by: string,
  dryRun: boolean,
  io: Io,
): Promise<Outcome[]> {
  const to = ({ accept: "accepted", decline: "declined", recall: "recalled" } as const)[verb];
  const from: readonly CaseState[] = verb === "recall" ? ["offered", "accepted"] : ["offered"];
  const loans = asked.text("loans");
  const batch = asked.text("batch");
  const ids = asked.words.slice(1);
  if (loans === undefined && batch === undefined && ids.length === 0 && !asked.flag("all"))
    throw new WrongUse(
      say.missing[io.language](
        "CASE… | --loans | --batch | --all",
        `arrears letter ${verb} --batch B-2026-11-26`,
      ),
    );
  const found = await listCases(office.db, office.lender, {
    ...(ids.length > 0 ? {} : { states: from }),
    ...(loans === undefined ? {} : { loans: listOf(loans) }),
    ...(batch === undefined ? {} : { batch }),
  });
  const some = ids.length > 0 ? found.filter(({ id }) => ids.includes(id)) : found;
  for (const id of ids)
    if (!some.some((one) => one.id === id))
      throw new Declined(io.language === "zh" ? `没有案件 ${id}` : `no case ${id}`);
  const lawyer = asked.text("lawyer");
  const reason = asked.text("reason");
  const why = asked.text("why");
  return moveCases(office, some, {
    to,
    by,
    ...(lawyer === undefined ? {} : { lawyer }),
    ...(reason === undefined ? {} : { reason }),
    ...(verb === "recall" ? { why: oneWordOf(why ?? "other", CASE_RECALL_REASONS, "why", io) } : {}),
    dryRun,
  });
}

async function cases(db: Database, lender: Lender, asked: Asked, io: Io): Promise<number> {
  const state = asked.text("state");
  const batch = asked.text("batch");
  const all = await listCases(db, lender, {
    ...(state === undefined ? {} : { states: [oneWordOf(state, CASE_STATES, "state", io)] }),
    ...(batch === undefined ? {} : { batch }),
  });
  for (const { owner: _, offeredAt, ...one } of all)
    io.object({ ...one, offeredAt: formatInstant(lender.zone, offeredAt) });
  const zh = io.language === "zh";
  io.out(
    table(
      zh
        ? ["案件", "借据", "律所", "合同", "批次", "状态", "律师"]
        : ["case", "loan", "firm", "engagement", "batch", "state", "lawyer"],
      all.map((one) => [one.id, one.loan, one.firm, one.engagement, one.batch, one.state, one.lawyer ?? ""]),
      ["left", "left", "left", "left", "left", "left", "left"],
    ),
  );
  return 0;
}

// --- checks ----------------------------------------------------------------------------------------------------------

async function preflight(office: Office, asked: Asked, io: Io): Promise<number> {
  const loans = listOf(asked.text("loans") ?? asked.words.slice(1).join(","));
  if (loans.length === 0)
    throw new WrongUse(say.missing[io.language]("LOAN", "arrears letter preflight L000123"));
  const owners = await ownersOfLoans(office.db, office.lender, loans);
  for (const id of loans) if (!owners.has(id)) throw new Declined(say.noLoan[io.language](id));
  let bad = 0;
  await atDesk(office.db, office.lender, [...owners.values()], office.now, (person) => {
    const lives = [...casesOf(person.facts).values()];
    for (const loan of person.loans.filter(({ id }) => loans.includes(id))) {
      const life = lives.findLast(({ offered }) => offered.debt === loan.id);
      const engagement =
        asked.text("engagement") ?? life?.offered.engagement ?? office.engagements[0]?.id ?? "";
      const mandate = mandated(office, engagement, asked.text("lawyer") ?? life?.lawyer);
      const checks = checksOn(office, person, [loan], mandate, asked.text("kind") ?? "demand");
      bad += checks.filter(({ state }) => state === "missing" || state === "stops").length;
      io.object({ loan: loan.id, checks: checks.map((one) => checkJson(one)) });
      io.out(loan.id);
      tellChecks(io, checks);
    }
    return undefined;
  });
  return bad > 0 ? 1 : 0;
}

const checkJson = ({ says, ...check }: Check) => ({ ...check, says: says.en });

const MARK = { ok: "✓", warn: "!", missing: "–", stops: "✗" } as const;

function tellChecks(io: Io, checks: readonly Check[]): void {
  for (const { check, state, says, proof } of checks)
    io.out(
      `  ${MARK[state]} ${check.padEnd(11)} ${says[io.language]}${proof === undefined ? "" : `  [${proof}]`}`,
    );
}

// --- drafting ----------------------------------------------------------------------------------------------------------

async function drafted(
  office: Office,
  asked: Asked,
  by: string,
  dryRun: boolean,
  io: Io,
): Promise<Outcome[]> {
  const kind = oneWordOf(asked.text("kind") ?? "demand", KINDS, "kind", io);
  const language = oneWordOf(asked.text("language") ?? "zh", ["zh", "en"] as const, "language", io);
  const about = await subjectOf(office, kind, asked, io);
  const base = {
    kind,
    language: language === "zh" ? ("zh-CN" as const) : ("en" as const),
    by,
    ...(about ? { about: about.subject } : {}),
    ...(about?.letter ? { aboutLetter: about.letter.id } : {}),
    dryRun,
  };
  if (asked.flag("again")) {
    const letters = await lettersNamed(office, asked, ["sent-back"], io);
    const owners = letters.map(({ owner }) => owner);
    return draftLetters(office, owners, { ...base, again: letters.map(({ id }) => id) });
  }
  const named = asked.text("loans");
  const loans = named === undefined ? about?.letter?.loans : listOf(named);
  const batch = asked.text("batch");
  if (loans === undefined && batch === undefined && !asked.flag("all"))
    throw new WrongUse(
      say.missing[io.language]("--loans | --batch | --all", "arrears letter draft --all --dry-run"),
    );
  const accepted = await listCases(office.db, office.lender, {
    states: ["accepted"],
    ...(loans === undefined ? {} : { loans }),
    ...(batch === undefined ? {} : { batch }),
  });
  return draftLetters(
    office,
    accepted.map(({ owner }) => owner),
    { ...base, loans: accepted.map(({ loan }) => loan) },
  );
}

interface About {
  readonly subject: LetterSubject;
  readonly letter?: KeptLetter;
}

async function subjectOf(office: Office, kind: LetterKind, asked: Asked, io: Io): Promise<About | undefined> {
  const ref = asked.text("about");
  const letter = ref === undefined ? undefined : await keptLetter(office.db, ref);
  if (ref !== undefined && !letter) throw new Declined(noLetter(ref, io));
  const told = letter ? letterOf(letter) : undefined;
  const day = (option: string, example: string) =>
    dayOption(required(asked, option, example, io), `--${option}`, io)!;
  switch (kind) {
    case "acceleration":
      return {
        subject: {
          kind: "acceleration",
          clause: required(asked, "clause", '--clause "8.2"', io),
          effectiveOn: day("effective", "--effective 2026-12-01"),
        },
      };
    case "dispute-reply":
      return {
        subject: {
          kind: "dispute",
          raised: required(asked, "raised", '--raised "says that he paid in March"', io),
          raisedOn: day("raised-on", "--raised-on 2026-11-20"),
          answer: required(asked, "answer", '--answer "…"', io),
        },
        ...(letter ? { letter } : {}),
      };
    case "withdrawal":
      if (!letter || !told)
        throw new WrongUse(
          say.missing[io.language](
            "--about LETTER",
            `arrears letter draft --kind withdrawal --about hengxin-2026-000001 --reason "…"`,
          ),
        );
      return {
        subject: {
          kind: "withdrawal",
          number: told.number,
          of: told.on,
          why: required(asked, "reason", '--reason "…"', io),
        },
        letter,
      };
    case "settlement-confirmation":
      return {
        subject: {
          kind: "settlement",
          agreedOn: day("on", "--on 2026-11-20"),
          amount: parseMoney(required(asked, "worth", "--worth 1000.00", io)) ?? (0 as never),
        },
        ...(letter ? { letter } : {}),
      };
    default:
      return letter && told
        ? { subject: { kind: "earlier-letter", number: told.number, of: told.on }, letter }
        : undefined;
  }
}

const noLetter = (ref: string, io: Io): string =>
  io.language === "zh" ? `没有函件 ${ref}；arrears letter list` : `no letter ${ref}; arrears letter list`;

/** The letters that the words name, or with --all or --batch every one in these states. */
async function lettersNamed(
  office: Office,
  asked: Asked,
  states: readonly LetterState[],
  io: Io,
): Promise<KeptLetter[]> {
  const ids = asked.words.slice(1);
  if (ids.length > 0) {
    const found: KeptLetter[] = [];
    for (const id of ids) {
      const letter = await keptLetter(office.db, id);
      if (!letter) throw new Declined(noLetter(id, io));
      found.push(letter);
    }
    return found;
  }
  const batch = asked.text("batch");
  if (batch === undefined && !asked.flag("all"))
    throw new WrongUse(say.missing[io.language]("LETTER… | --batch | --all", "arrears letter list"));
  const lawyer = asked.text("lawyer");
  const all = await listLetters(office.db, office.lender, { states, ...(lawyer ? { lawyer } : {}) });
  if (batch === undefined) return all;
  const loans = (await listCases(office.db, office.lender, { batch })).map(({ loan }) => loan);
  return all.filter((letter) => letter.loans.some((loan) => loans.includes(loan)));
}

// --- the lawyer's check ------------------------------------------------------------------------------------------------

async function check(office: Office, asked: Asked, io: Io): Promise<number> {
  const lawyer = required(asked, "lawyer", "--lawyer wang", io);
  const letters = await lettersNamed(office, asked, ["drafted"], io);
  const n = wholeOf(asked, "n", leastSample(letters.length), io);
  const seed = wholeOf(asked, "seed", randomInt(1, 1_000_000_000), io);
  const batch = asked.text("batch") ?? "all";
  const { sample, unopened } = await sampleOfBatch(office, letters, { lawyer, batch, n, seed });
  io.object({ batch, lawyer, of: letters.length, n, seed, sample, unopened });
  const zh = io.language === "zh";
  io.out(
    zh
      ? `共 ${count(letters.length)} 封待审，抽样 ${n} 封（种子 ${seed}），未查看 ${unopened.length} 封：`
      : `${count(letters.length)} letters wait; a sample of ${n} (seed ${seed}), ${unopened.length} not opened yet:`,
  );
  for (const id of unopened) io.out(`  arrears letter show ${id} --lawyer ${lawyer}`);
  if (unopened.length === 0)
    io.out(
      say.seeIt[io.language](
        `arrears letter approve ${asked.text("batch") ? `--batch ${batch}` : "--all"} --lawyer ${lawyer} --n ${n} --seed ${seed}`,
      ),
    );
  return unopened.length > 0 ? 1 : 0;
}

async function approved(office: Office, asked: Asked, dryRun: boolean, io: Io): Promise<Outcome[]> {
  const lawyer = required(asked, "lawyer", "--lawyer wang", io);
  const letters = await lettersNamed(office, asked, ["drafted"], io);
  if (asked.words.length > 1) return moveLetters(office, letters, lawyer, { kind: "LetterApproved" }, dryRun);
  const n = Number(required(asked, "n", `--n ${leastSample(letters.length)}`, io));
  const seed = wholeOf(asked, "seed", Number.NaN, io);
  if (Number.isNaN(seed) || !Number.isInteger(n))
    throw new WrongUse(say.missing[io.language]("--seed", "arrears letter check --all --lawyer wang"));
  return approveBatch(office, letters, { lawyer, batch: asked.text("batch") ?? "all", n, seed }, dryRun);
}

// --- one letter --------------------------------------------------------------------------------------------------------

async function show(office: Office, asked: Asked, io: Io): Promise<number> {
  const [, ref] = asked.words;
  if (!ref) throw new WrongUse(say.missing[io.language]("LETTER", "arrears letter show hengxin-2026-000001"));
  const kept = await keptLetter(office.db, ref);
  if (!kept) throw new Declined(noLetter(ref, io));
  const lawyer = asked.text("lawyer");
  let refused = 0;
  if (lawyer !== undefined) {
    const [outcome] = await moveLetters(office, [kept], lawyer, { kind: "LetterOpened" });
    if (outcome && !outcome.done) refused = tell(io, [outcome], false);
  }
  const out = asked.text("out");
  if (out !== undefined) {
    const bytes = kept.file === null ? undefined : await keptFile(office.db, kept.file);
    const pdf = bytes ?? (await office.press.pdf(letterOf(kept)));
    writeFileSync(out, pdf);
    io.note(`${out}: ${count(pdf.length)}`);
  }
  await atDesk(office.db, office.lender, [kept.owner], office.now, (person) => {
    const life = lettersOf(person.facts).get(kept.id)!;
    const letter = letterOf(kept);
    const value = valueOfDelivery(office, life);
    const { owner: _, body: __, stateAt, handedOverAt, dated, answerBy, signature, ...rest } = kept;
    io.object({
      ...rest,
      dated: formatDay(dated),
      answerBy: formatDay(answerBy),
      stateAt: formatInstant(person.zone, stateAt),
      handedOverAt: handedOverAt === null ? null : formatInstant(person.zone, handedOverAt),
      demanded: formatMoney(letter.demanded),
      signature,
      checks: life.drafted.checks,
      ...(value ? { delivery: deliveryJson(value) } : {}),
      history: life.facts.map((fact) => ({
        at: formatInstant(person.zone, fact.at),
        kind: fact.kind,
        by: fact.by,
        says: letterSentence(fact, person.zone).en,
      })),
      text: office.press.text(letter),
    });
    io.out(`${kept.id} · ${letter.number} · ${STATE_WORDS[kept.state][io.language]}`);
    for (const fact of life.facts)
      io.out(`  ${formatInstant(person.zone, fact.at)}  ${letterSentence(fact, person.zone)[io.language]}`);
    for (const one of life.drafted.checks)
      io.out(`  ${MARK[one.state]} ${one.check}${one.proof === undefined ? "" : `  [${one.proof}]`}`);
    if (value) io.out(deliveryLine(value, io));
    io.out("");
    io.out(office.press.text(letter));
    return undefined;
  });
  return refused;
}

const deliveryJson = ({ proof, grade, says, sources }: DeliveryValue) => ({
  proof,
  towardsLimitation: grade,
  says: says.en,
  sources: sources.map(({ param, cite, verification }) => ({
    param,
    law: cite.law,
    at: cite.at,
    verification,
  })),
});

const GRADE_WORDS = {
  holds: { en: "interrupts limitation in the worst case too", zh: "最不利情形下亦中断时效" },
  doubtful: {
    en: "may interrupt limitation; not counted in the worst case",
    zh: "或可中断时效，最不利情形下不计",
  },
  nothing: { en: "does not interrupt limitation", zh: "不中断时效" },
} as const;

function deliveryLine({ grade, says, sources }: DeliveryValue, { language }: Io): string {
  const [{ cite }] = sources as readonly [DeliveryValue["sources"][number]];
  return `  ${says[language]} · ${GRADE_WORDS[grade][language]} [${cite.law} ${cite.at}]`;
}

async function list(db: Database, lender: Lender, asked: Asked, io: Io): Promise<number> {
  const state = asked.text("state");
  const lawyer = asked.text("lawyer");
  const engagement = asked.text("engagement");
  const all = await listLetters(db, lender, {
    ...(state === undefined ? {} : { states: [oneWordOf(state, LETTER_STATES, "state", io)] }),
    ...(lawyer === undefined ? {} : { lawyer }),
    ...(engagement === undefined ? {} : { engagement }),
  });
  const zh = io.language === "zh";
  const rows = all.map((one) => {
    const { demanded, addressee } = letterOf(one);
    io.object({
      letter: one.id,
      number: one.number,
      kind: one.kind,
      state: one.state,
      loans: one.loans,
      lawyer: one.lawyer,
      dated: formatDay(one.dated),
      answerBy: formatDay(one.answerBy),
      demanded: formatMoney(demanded),
      file: one.file,
    });
    return [
      one.id,
      one.kind,
      addressee.name,
      amount(demanded),
      formatDay(one.answerBy),
      STATE_WORDS[one.state][io.language],
    ];
  });
  io.out(
    table(
      zh
        ? ["函件", "种类", "收件人", "催款金额", "答复期限", "状态"]
        : ["letter", "kind", "addressee", "demanded", "answer by", "state"],
      rows,
      ["left", "left", "left", "right", "left", "left"],
    ),
  );
  return 0;
}

// --- the rest of a life ----------------------------------------------------------------------------------------------

async function moved(
  verb: Verb,
  office: Office,
  asked: Asked,
  by: string,
  dryRun: boolean,
  io: Io,
): Promise<Outcome[]> {
  const letters = await lettersNamed(office, asked, [], io);
  const reason = asked.text("reason");
  const because = reason === undefined ? {} : { reason };
  const dated = () => dayOption(asked.text("on"), "--on", io) ?? dayAt(office.lender.zone, office.now);
  const go = (wish: Parameters<typeof moveLetters>[3], who = by) =>
    moveLetters(office, letters, who, wish, dryRun);
  switch (verb) {
    case "send-back":
      return go({ kind: "LetterSentBack", reason }, required(asked, "lawyer", "--lawyer wang", io));
    case "delivered":
    case "refused":
    case "returned": {
      const delivery = {
        way: wayAsked(asked, io),
        dated: dated(),
        proof: await proofOf(office, letters, asked, by, io),
      };
      const receivedBy = asked.text("received-by");
      if (verb === "delivered")
        return go({
          kind: "LetterDelivered",
          ...delivery,
          ...(receivedBy === undefined ? {} : { receivedBy }),
        });
      return go({ kind: verb === "refused" ? "LetterRefused" : "LetterReturned", ...delivery, ...because });
    }
    case "answered": {
      const words = asked.text("words");
      const proof =
        asked.text("proof") === undefined ? undefined : await proofOf(office, letters, asked, by, io);
      return go({
        kind: "LetterAnswered",
        answer: oneWordOf(asked.text("answer"), LETTER_ANSWERS, "answer", io),
        dated: dated(),
        ...(words === undefined ? {} : { words }),
        ...(proof === undefined ? {} : { proof }),
      });
    }
    case "stop":
      return go({ kind: "LetterStopped", why: "held", says: required(asked, "reason", '--reason "…"', io) });
    default: {
      const letter = asked.text("letter");
      const kind = verb === "replace" ? "LetterReplaced" : "LetterWithdrawn";
      return go({ kind, reason, ...(letter === undefined ? {} : { letter }) });
    }
  }
}

const wayAsked = (asked: Asked, io: Io): LetterWay =>
  oneWordOf(asked.text("way") ?? "post", LETTER_WAYS, "way", io);

/** A file is registered as a document of the letter's first loan, and its hash is the proof; any other word is a receipt's id. */
async function proofOf(
  office: Office,
  letters: readonly KeptLetter[],
  asked: Asked,
  by: string,
  io: Io,
): Promise<string> {
  const proof = required(asked, "proof", "--proof receipt.pdf (a file), or the id of a receipt", io);
  if (!/[./\\]/.test(proof)) return proof;
  mustBeFile(proof, io);
  const bytes = readFileSync(proof);
  const { db, lender, now } = office;
  let sha256 = "";
  for (const { loans } of letters) {
    const key = (await findKeys(db, lender, [loans[0]!])).get(loans[0]!)!;
    const asOther = { kind: "other" as const, name: basename(proof), bytes, by };
    sha256 = (await db.tx((sql) => addDocument(sql, key, asOther, now))).sha256;
  }
  return sha256;
}

// --- telling ---------------------------------------------------------------------------------------------------------

function tell(io: Io, outcomes: readonly Outcome[], dryRun: boolean): number {
  const counts: Record<string, number> = {};
  for (const { id, done, code, says, checks = [], rules } of outcomes) {
    counts[code] = (counts[code] ?? 0) + 1;
    const open = checks.filter(({ state }) => state === "missing" || state === "stops");
    io.object({
      id,
      ...(done ? { became: code } : { refused: code }),
      ...(says ? { says: says.en } : {}),
      ...(open.length > 0 ? { checks: open.map((one) => checkJson(one)) } : {}),
      ...(rules && rules.length > 0 ? { rules } : {}),
      dryRun,
    });
    if (done) continue;
    io.out(`${id}  ${code}${says ? `: ${says[io.language]}` : ""}`);
    tellChecks(io, open);
  }
  io.object({ counts, dryRun });
  const zh = io.language === "zh";
  const told = Object.entries(counts).map(([code, times]) => `${code} ${count(times)}`);
  io.out(
    `${dryRun ? (zh ? "试算：" : "would be: ") : ""}${told.join(zh ? "；" : "; ") || (zh ? "无" : "nothing to do")}`,
  );
  return outcomes.some(({ done, code }) => !done && code !== "stopped") ? 1 : 0;
}
