import { readFileSync } from "node:fs";
import { basename } from "node:path";
import {
  decimalsOf,
  formatDay,
  HARDSHIP_REASONS,
  HARDSHIP_STATES,
  type HouseholdTold,
  REQUEST_CHANNELS,
} from "../../core/index.ts";
import { agreementText } from "../../documents/index.ts";
import { HARDSHIP_REASON_WORDS } from "../../legal/index.ts";
import { dayOption } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { waysJson } from "../../office/relief/json.ts";
import {
  addFile,
  agreementOf,
  guarantorOf,
  type HardshipWished,
  hardshipJson,
  moveHardship,
  type OfferAsked,
  openRequests,
  planStanding,
  type RequestDesk,
  requestHardship,
  surplusTold,
  waysFor,
} from "../../office/requests/index.ts";
import { factsOf, listRequests, loanFile, sha256Hex } from "../../store/index.ts";
import { listOf, oneWordOf, TEXT, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { BUDGET_OPTIONS, moneyOption } from "../relief/budget.ts";
import { tellWays } from "../relief/ways.ts";
import {
  hardshipNamed,
  PLAN_WORDS,
  plansOf,
  rowJson,
  stateWords,
  tellHardship,
  todayOf,
  toldToHouse,
} from "../requests/told.ts";
import { refusedOr, tellBecame } from "./complaint.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;
const options = {
  ...BUDGET_OPTIONS,
  lender: TEXT,
  at: TEXT,
  by: TEXT,
  reasons: TEXT,
  words: TEXT,
  channel: TEXT,
  received: TEXT,
  wish: TEXT,
  state: TEXT,
  way: TEXT,
  months: TEXT,
  amount: TEXT,
  "pay-by": TEXT,
  guarantor: TEXT,
  proof: TEXT,
  reason: TEXT,
  "reason-zh": TEXT,
  language: TEXT,
  how: TEXT,
  sha256: TEXT,
  "dry-run": FLAG,
} as const;

const VERBS = [
  "list",
  "request",
  "show",
  "check",
  "ask",
  "inform",
  "file",
  "offer",
  "approve",
  "return",
  "agreement",
  "refuse",
  "review",
  "accept",
  "consent",
  "go-on",
  "decline",
  "withdraw",
  "end",
  "note",
] as const;
type Verb = (typeof VERBS)[number];

type Work = (desk: RequestDesk, asked: Asked, io: Io) => Promise<number>;

const runWith = (asked: Asked, io: Io, place: string, work: Work): Promise<number> =>
  withLender(asked, io, place, async ({ db, lender, now }) => {
    const opened = await openRequests({ db, lender, now, by: asked.text("by") ?? "lender" });
    if (!opened.ok) throw new Declined(opened.says);
    return work(opened.desk, asked, io);
  });

export const hardship = {
  options,
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const verb = verbOf(asked, VERBS, "hardship", io);
    return runWith(asked, io, place, OWN[verb] ?? ((desk, one, to) => move(verb, desk, one, to)));
  },
};

/** Agreed plans and how each stands. */
export const plan = {
  options: { lender: TEXT, at: TEXT, by: TEXT, state: TEXT } as const,
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const verb = verbOf(asked, ["list", "show"] as const, "plan", io);
    return runWith(asked, io, place, verb === "list" ? plans : show);
  },
};

const OWN: Partial<Record<Verb, Work>> = { list, request, show, check, file, agreement };

const refOf = (asked: Asked, verb: string, io: Io): string => {
  const ref = asked.words[1];
  if (!ref) throw new WrongUse(say.missing[io.language]("REFERENCE", `arrears hardship ${verb} H-…`));
  return ref;
};

async function request(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const loan = asked.words[1];
  const example =
    'arrears hardship request L000123 --reasons illness --words "…" --income 6000 --living 4500';
  if (!loan) throw new WrongUse(say.missing[io.language]("LOAN", example));
  const file = await loanFile(desk.db, loan, desk.lender.code);
  if (!file) throw new Declined(say.noLoan[io.language](loan));
  const decimals = decimalsOf(file.product.terms.currency);
  const household = householdAsked(asked, decimals, io);
  const wish = moneyOption(asked, "wish", decimals, io);
  const receivedOn = dayOption(asked.text("received"), "--received", io);
  const dryRun = asked.flag("dry-run");
  const outcome = await requestHardship(
    desk,
    {
      loan,
      reasons: listOf(required(asked, "reasons", "--reasons illness,job-loss", io)).map((one) =>
        oneWordOf(one, HARDSHIP_REASONS, "reasons", io),
      ),
      words: required(asked, "words", '--words "…"', io),
      channel: oneWordOf(asked.text("channel") ?? "phone", REQUEST_CHANNELS, "channel", io),
      ...(receivedOn === undefined ? {} : { receivedOn }),
      ...(household === undefined ? {} : { household }),
      ...(wish === undefined ? {} : { wish }),
    },
    dryRun,
  );
  const { value, known } = refusedOr(outcome, io);
  return afterwards(desk, value.id, value.state, known, dryRun, io);
}

function householdAsked(asked: Asked, decimals: number, io: Io): HouseholdTold | undefined {
  const [income, living] = [
    moneyOption(asked, "income", decimals, io),
    moneyOption(asked, "living", decimals, io),
  ];
  if (income === undefined && living === undefined) return undefined;
  if (income === undefined || living === undefined)
    throw new WrongUse(say.missing[io.language]("--income --living", "--income 6000 --living 4500"));
  const dependants = asked.text("dependants") ?? "0";
  if (!/^\d{1,2}$/.test(dependants))
    throw new WrongUse(say.missing[io.language]("--dependants", "--dependants 2"));
  const need = moneyOption(asked, "dependants-need", decimals, io);
  return {
    income,
    living,
    dependants: Number(dependants),
    ...(need === undefined ? {} : { dependantsNeed: need }),
    otherDebts: moneyOption(asked, "other-debts", decimals, io) ?? (0 as HouseholdTold["otherDebts"]),
  };
}

async function afterwards(
  desk: RequestDesk,
  ref: string,
  state: string,
  known: boolean,
  dryRun: boolean,
  io: Io,
): Promise<number> {
  tellBecame(known, dryRun, io);
  if (dryRun) {
    io.object({ reference: ref, state, became: known ? "known" : "would-record", dryRun });
    return 0;
  }
  const one = await hardshipNamed(desk, ref, io);
  io.object({
    ...hardshipJson(one.life, desk.hardship, toldToHouse(desk, one.file), one.file.stored),
    became: known ? "known" : "recorded",
  });
  tellHardship(io, desk, one);
  return 0;
}

async function show(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const one = await hardshipNamed(desk, refOf(asked, "show", io), io);
  io.object({ ...hardshipJson(one.life, desk.hardship, toldToHouse(desk, one.file), one.file.stored) });
  tellHardship(io, desk, one);
  return 0;
}

/** What could be offered today, side by side; what cannot, with why. */
async function check(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const { life, file } = await hardshipNamed(desk, refOf(asked, "check", io), io);
  const household = surplusTold(life.household);
  const months = asked.text("months");
  const made = waysFor(
    {
      facts: factsOf(file),
      product: file.product,
      pack: desk.pack,
      law: desk.hardship,
      today: todayOf(desk),
      surplus: household?.amount,
      guarantor: guarantorOf(
        file.ofBorrower.map((one) => one.fact),
        life.debt,
      ),
    },
    months === undefined ? undefined : Number(months),
  );
  if (!made.ok) throw new Declined(made.refusal.says);
  const decimals = decimalsOf(file.product.terms.currency);
  const budget = { surplus: household?.amount, ...(household ? { household } : {}) };
  io.object({ reference: life.id, ...waysJson(made.value, budget, decimals) });
  io.out(`${life.id} · ${life.debt}`);
  tellWays(made.value, budget, decimals, io);
  return 0;
}

async function file(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const ref = refOf(asked, "file", io);
  const path = asked.words[2];
  if (!path) throw new WrongUse(say.missing[io.language]("FILE", "arrears hardship file H-… hospital.pdf"));
  const dryRun = asked.flag("dry-run");
  const bytes = readFileSync(path);
  const { value, known } = refusedOr(await addFile(desk, ref, { name: basename(path), bytes }, dryRun), io);
  io.object({
    reference: ref,
    sha256: value.sha256,
    bytes: value.bytes,
    became: known ? "known" : dryRun ? "would-record" : "recorded",
  });
  tellBecame(known, dryRun, io);
  io.out(`${value.name} · ${value.type} · ${value.sha256}`);
  return 0;
}

const LANGUAGES = ["zh-CN", "en"] as const;

async function agreement(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const { life, file: loan } = await hardshipNamed(desk, refOf(asked, "agreement", io), io);
  const language = life.accepted?.language ?? languageAsked(asked, io);
  const made = agreementOf(life, loan, language);
  if (!made) throw new Declined(io.language === "zh" ? "尚无方案" : "nothing was offered yet");
  const text = life.accepted?.text ?? agreementText(made);
  io.object({
    reference: life.id,
    language,
    text,
    sha256: sha256Hex(text),
    accepted: life.accepted !== undefined,
  });
  io.out(text);
  io.out(`SHA-256 ${sha256Hex(text)}`);
  return 0;
}

const languageAsked = (asked: Asked, io: Io): (typeof LANGUAGES)[number] =>
  oneWordOf(asked.text("language") ?? (io.language === "zh" ? "zh-CN" : "en"), LANGUAGES, "language", io);

async function move(verb: Verb, desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const ref = refOf(asked, verb, io);
  const one = await hardshipNamed(desk, ref, io);
  const decimals = decimalsOf(one.file.product.terms.currency);
  const dryRun = asked.flag("dry-run");
  const wished = wishedOf(verb, asked, decimals, io);
  const { value, known } = refusedOr(await moveHardship(desk, ref, wished, {}, dryRun), io);
  return afterwards(desk, value.id, value.state, known, dryRun, io);
}

function wishedOf(verb: Verb, asked: Asked, decimals: number, io: Io): HardshipWished {
  const words = () => required(asked, "words", '--words "…"', io);
  const reason = () => required(asked, "reason", '--reason "…"', io);
  const maybe = () => {
    const text = asked.text("reason");
    return text === undefined ? {} : { reason: text };
  };
  switch (verb) {
    case "ask":
      return { type: "asked", words: words() };
    case "inform": {
      const household = householdAsked(asked, decimals, io);
      return { type: "informed", words: words(), ...(household === undefined ? {} : { household }) };
    }
    case "offer":
      return { type: "offer", reason: reason(), asked: offerAsked(asked, decimals, io) };
    case "approve":
      return { type: "approve" };
    case "return":
      return { type: "returned", reason: reason() };
    case "refuse":
      return {
        type: "refused",
        reason: { en: reason(), zh: required(asked, "reason-zh", "--reason-zh 理由", io) },
      };
    case "review":
      return { type: "review-asked", words: words() };
    case "accept":
      return {
        type: "accept",
        language: languageAsked(asked, io),
        sha256: required(asked, "sha256", "--sha256 …, as arrears hardship agreement shows it", io),
        how: oneWordOf(asked.text("how") ?? "paper", ["electronic", "paper", "call"] as const, "how", io),
      };
    case "consent":
      return {
        type: "consented",
        guarantor: required(asked, "guarantor", "--guarantor 李四", io),
        proof: required(asked, "proof", "--proof letter-17", io),
      };
    case "go-on":
      return { type: "unconsented", reason: reason() };
    case "decline":
      return { type: "declined", ...maybe() };
    case "withdraw":
      return { type: "withdrawn", ...maybe() };
    case "end":
      return { type: "ended", reason: reason() };
    default:
      return { type: "noted", words: words() };
  }
}

function offerAsked(asked: Asked, decimals: number, io: Io): OfferAsked {
  const months = asked.text("months");
  if (months !== undefined && !/^\d{1,3}$/.test(months))
    throw new WrongUse(say.missing[io.language]("--months", "--months 12"));
  const amount = moneyOption(asked, "amount", decimals, io);
  const by = dayOption(asked.text("pay-by"), "--pay-by", io);
  const guarantor = asked.text("guarantor");
  return {
    way: oneWordOf(asked.text("way"), ["plan", "hardship", "extension", "settlement"] as const, "way", io),
    ...(months === undefined ? {} : { months: Number(months) }),
    ...(amount === undefined ? {} : { amount }),
    ...(by === undefined ? {} : { by }),
    ...(guarantor === undefined ? {} : { guarantor }),
  };
}

async function list(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const state = asked.text("state");
  const rows = await listRequests(desk.db, desk.lender, {
    sort: "hardship",
    ...(state === undefined ? {} : { states: [oneWordOf(state, HARDSHIP_STATES, "state", io)] }),
  });
  const today = todayOf(desk);
  for (const row of rows) io.object(rowJson(row, today));
  const { language } = io;
  io.out(
    table(
      language === "zh"
        ? ["编号", "贷款", "状态", "事由", "收到", "期限", "剩余天数"]
        : ["reference", "loan", "state", "because", "received", "by", "days left"],
      rows.map((row) => [
        row.id,
        row.loans.join(", "),
        stateWords(row.state, language),
        row.about
          .split(" ")
          .map((one) => HARDSHIP_REASON_WORDS[one as keyof typeof HARDSHIP_REASON_WORDS]?.[language] ?? one)
          .join(language === "zh" ? "、" : ", "),
        formatDay(row.receivedOn),
        row.nextOn === null ? "–" : formatDay(row.nextOn),
        row.nextOn === null ? "–" : String(row.nextOn - today),
      ]),
      ["left", "left", "left", "left", "left", "left", "right"],
    ),
  );
  return 0;
}

async function plans(desk: RequestDesk, asked: Asked, io: Io): Promise<number> {
  const rows = await listRequests(desk.db, desk.lender, { sort: "hardship", states: ["running", "ended"] });
  const wanted = asked.text("state");
  const found = (await plansOf(desk, rows))
    .map((one) => ({ ...one, standing: planStanding(one.file.stored, one.life) ?? "" }))
    .filter(({ standing }) => wanted === undefined || standing === wanted);
  for (const { life, file: loan, standing } of found)
    io.object({
      reference: life.id,
      loan: life.debt,
      plan: standing,
      misses: loan.stored.extra?.plan?.misses ?? 0,
      agreedOn: life.accepted ? formatDay(life.accepted.on) : null,
      payments: life.offer?.payments.length ?? 0,
      endsOn: life.offer?.payments.length ? formatDay(life.offer.payments.at(-1)!.on) : null,
    });
  const { language } = io;
  io.out(
    table(
      language === "zh"
        ? ["编号", "贷款", "履行情况", "达成", "期数"]
        : ["reference", "loan", "stands", "agreed", "payments"],
      found.map(({ life, standing }) => [
        life.id,
        life.debt,
        PLAN_WORDS[standing]?.[language] ?? standing,
        life.accepted ? formatDay(life.accepted.on) : "–",
        String(life.offer?.payments.length ?? 0),
      ]),
      ["left", "left", "left", "left", "right"],
    ),
  );
  return 0;
}
