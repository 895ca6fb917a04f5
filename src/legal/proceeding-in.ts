import {
  type Adjudged,
  APPEAL_OUTCOMES,
  type Award,
  CONSENT_FORMS,
  type Day,
  FEES_FOR,
  formatDay,
  hash32,
  type Minor,
  nearest,
  OBJECTION_GROUNDS,
  ok,
  PROCEDURES,
  parseDay,
  parseMoney,
  parseRate,
  type Refusal,
  type Result,
  RULINGS,
  rateToE8,
  SERVED_PAPERS,
  SERVICE_WAYS,
  SIDES,
  SMALL_CLAIM_BARS,
} from "../core/index.ts";
import type { ToldEvent, ToldMove } from "./proceeding-record.ts";

/** An event as text, from options or from a row of a file: each key as a column is called. */
export type EventTexts = Readonly<Record<string, string | undefined>>;

/** What is to be known of the proceeding to read its sums. */
export interface EventReading {
  readonly debts: readonly string[];
  readonly decimals: number;
}

const AWARD = [
  "sum",
  "principal",
  "interest",
  "costs",
  "percent_a_day",
  "counted_to",
  "perform_by",
  "perform_days",
];

/** Each event, and the columns that it takes beside its day. */
export const EVENT_COLUMNS: Readonly<Record<ToldEvent["type"], readonly string[]>> = {
  preserved: [],
  filed: [],
  "fee-noticed": ["amount"],
  "fee-paid": ["amount", "of"],
  "fee-refunded": ["amount", "of"],
  accepted: ["case_number", "procedure", "judge"],
  served: ["paper", "to", "how", "consent"],
  answered: [],
  "jurisdiction-objected": [],
  "jurisdiction-ruled": ["upheld", "court"],
  converted: ["procedure", "bar"],
  extended: ["months"],
  "period-set": ["name", "until", "side"],
  "period-kept": ["name"],
  "hearing-set": ["hearing", "at", "place"],
  adjourned: ["reason", "hearing"],
  heard: [],
  mediated: AWARD,
  "mediation-failed": ["reason"],
  withdrawn: ["reason", "deemed"],
  ruled: ["ruling"],
  judgment: AWARD,
  "claim-dismissed": [],
  appealed: ["side"],
  "appeal-accepted": ["case_number"],
  "appeal-decided": ["outcome", ...AWARD],
  issued: AWARD,
  objected: ["written", "ground"],
  "objection-dismissed": [],
  voided: ["why"],
  "suit-refused": [],
  "became-suit": ["proceeding"],
  agreed: AWARD,
  "confirmation-applied": [],
  confirmed: [],
  "confirmation-refused": ["reason"],
  effective: ["perform_by"],
  "enforcement-applied": [],
  performed: [],
  ended: ["reason"],
};
export const EVENT_NAMES = Object.keys(EVENT_COLUMNS) as readonly ToldEvent["type"][];
/** Every column that an event can have. */
export const ALL_EVENT_COLUMNS: readonly string[] = [...new Set(Object.values(EVENT_COLUMNS).flat())];

class Unread extends Error {
  readonly refusal: Refusal;
  constructor(code: string, says: string, at: string) {
    super(says);
    this.refusal = { code, says, at };
  }
}

/**
 * Reads an event from texts.
 *
 * Takes   its name, `on`, and the columns that it takes; sums for one loan as `principal`, `interest`, `costs`, for several as
 *         `sum`: `L1=10000.00/500.00/250.00;L2=…`, with the interest a day in percent behind a fourth stroke.
 * Gives   the event with a name made of what it says, so that the same text twice is the same event.
 * Refuses `unknown-event`, `missing`, `unknown-column`, `not-a-day`, `not-money`, `not-one-of`, `not-a-number`; `at` names the column.
 */
export function readMove(name: string, texts: EventTexts, reading: EventReading): Result<ToldMove> {
  try {
    return ok(moveOf(name, texts, reading));
  } catch (error) {
    if (error instanceof Unread) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

function moveOf(name: string, texts: EventTexts, reading: EventReading): ToldMove {
  const type = EVENT_NAMES.find((one) => one === name);
  if (!type) {
    const near = nearest(name, EVENT_NAMES);
    throw new Unread(
      "unknown-event",
      `there is no event "${name}"${near ? `; did you mean ${near}?` : `; known are ${EVENT_NAMES.join(", ")}`}`,
      "event",
    );
  }
  const takes = EVENT_COLUMNS[type];
  const given = Object.entries(texts).filter(
    ([key, value]) => value !== undefined && value !== "" && !OUTSIDE.includes(key),
  );
  const strange = given.find(([key]) => !takes.includes(key));
  if (strange)
    throw new Unread(
      "unknown-column",
      `${type} takes no ${strange[0]}${takes.length === 0 ? "; it takes a day and nothing else" : `; it takes ${takes.join(", ")}`}`,
      strange[0],
    );
  const dated = dayIn(texts, "on");
  const what = READERS[type](new Texts(texts, reading, dated));
  const said = given.map(([key, value]) => `${key}=${value!.trim()}`).sort();
  const digest = said.length === 0 ? "" : `#${(hash32(said.join("\u0000")) >>> 0).toString(36)}`;
  return { what, dated, event: texts.id?.trim() || `${type}@${formatDay(dated)}${digest}` };
}

/** Columns that every row has. */
const OUTSIDE = ["on", "id", "event"];

const dayIn = (texts: EventTexts, key: string): Day => {
  const text = texts[key]?.trim();
  const day = text === undefined || text === "" ? undefined : parseDay(text);
  if (day === undefined)
    throw new Unread(
      text ? "not-a-day" : "missing",
      text ? `"${text}" is not a calendar day; write 2026-03-31` : `${key} is missing: a day, 2026-03-31`,
      key,
    );
  return day;
};

/** The texts of one event, each read as what it has to be. */
class Texts {
  readonly #texts: EventTexts;
  readonly #reading: EventReading;
  readonly #dated: Day;
  constructor(texts: EventTexts, reading: EventReading, dated: Day) {
    this.#texts = texts;
    this.#reading = reading;
    this.#dated = dated;
  }
  text(key: string): string | undefined {
    const text = this.#texts[key]?.trim();
    return text === "" ? undefined : text;
  }
  needed(key: string): string {
    const text = this.text(key);
    if (text === undefined) throw new Unread("missing", `${key} is missing`, key);
    return text;
  }
  day(key: string): Day {
    return dayIn(this.#texts, key);
  }
  dayOr(key: string): Day | undefined {
    return this.text(key) === undefined ? undefined : this.day(key);
  }
  money(key: string, usual?: Minor): Minor {
    const text = this.text(key);
    if (text === undefined && usual !== undefined) return usual;
    return moneyOf(text ?? this.needed(key), this.#reading.decimals, key);
  }
  number(key: string): number {
    const text = this.needed(key);
    if (!/^[1-9]\d{0,3}$/.test(text))
      throw new Unread("not-a-number", `"${text}" is no whole number above 0`, key);
    return Number(text);
  }
  yes(key: string, usual: boolean): boolean {
    const text = this.text(key)?.toLowerCase();
    if (text === undefined) return usual;
    if (["yes", "true", "1", "是"].includes(text)) return true;
    if (["no", "false", "0", "否"].includes(text)) return false;
    throw new Unread("not-one-of", `"${text}" is neither yes nor no`, key);
  }
  oneOf<T extends string>(key: string, known: readonly T[], usual?: T): T {
    const text = this.text(key);
    if (text === undefined && usual !== undefined) return usual;
    const found = known.find((one) => one === (text ?? this.needed(key)));
    if (found) return found;
    throw new Unread("not-one-of", `"${text}" is none of ${known.join(", ")}`, key);
  }
  award(): Award {
    const { debts } = this.#reading;
    const several = this.text("sum");
    const sums =
      several === undefined ? [this.#alone(debts)] : several.split(";").map((one) => this.#sum(one));
    const performBy = this.dayOr("perform_by");
    const performDays = this.text("perform_days") === undefined ? undefined : this.number("perform_days");
    return {
      sums,
      countedTo: this.dayOr("counted_to") ?? this.#dated,
      ...(performBy === undefined ? {} : { performBy }),
      ...(performDays === undefined ? {} : { performDays }),
    };
  }
  #alone(debts: readonly string[]): Adjudged {
    if (debts.length !== 1)
      throw new Unread(
        "missing",
        `give sum for each of ${debts.join(", ")}: L1=10000.00/500.00/250.00;L2=…`,
        "sum",
      );
    const rate = this.text("percent_a_day");
    return {
      debt: debts[0]!,
      principal: this.money("principal"),
      interest: this.money("interest", 0 as Minor),
      costs: this.money("costs", 0 as Minor),
      ...(rate === undefined ? {} : { interestE8ADay: rateOf(rate, "percent_a_day") }),
    };
  }
  #sum(text: string): Adjudged {
    const match = /^\s*([^=\s]+)\s*=\s*([^/]+)\/([^/]+)\/([^/]+)(?:\/([^/]+))?\s*$/.exec(text);
    if (!match)
      throw new Unread(
        "not-money",
        `"${text}" is not LOAN=principal/interest/costs, as in L1=10000.00/500.00/250.00`,
        "sum",
      );
    const money = (value: string | undefined): Minor => moneyOf(value!.trim(), this.#reading.decimals, "sum");
    return {
      debt: match[1]!,
      principal: money(match[2]),
      interest: money(match[3]),
      costs: money(match[4]),
      ...(match[5] === undefined ? {} : { interestE8ADay: rateOf(match[5].trim(), "sum") }),
    };
  }
}

function moneyOf(text: string, decimals: number, key: string): Minor {
  const money = parseMoney(text, decimals);
  if (money === undefined || money < 0)
    throw new Unread("not-money", `"${text}" is no sum of money; write 1250.00`, key);
  return money;
}

function rateOf(text: string, key: string): number {
  const rate = parseRate(text, "day");
  const e8 = rate && rateToE8(rate);
  if (e8 === undefined || e8 < 0)
    throw new Unread("not-a-number", `"${text}" is no percent a day; write 0.05`, key);
  return e8;
}

const MINUTES = /^([01]?\d|2[0-3]):([0-5]\d)$/;

const plain =
  <T extends ToldEvent["type"]>(type: T) =>
  () =>
    ({ type }) as unknown as ToldEvent;

const READERS: Readonly<Record<ToldEvent["type"], (texts: Texts) => ToldEvent>> = {
  preserved: plain("preserved"),
  filed: plain("filed"),
  "fee-noticed": (t) => ({ type: "fee-noticed", amount: t.money("amount") }),
  "fee-paid": (t) => ({ type: "fee-paid", amount: t.money("amount"), of: t.oneOf("of", FEES_FOR, "case") }),
  "fee-refunded": (t) => ({
    type: "fee-refunded",
    amount: t.money("amount"),
    of: t.oneOf("of", FEES_FOR, "case"),
  }),
  accepted: (t) => ({
    type: "accepted",
    caseNumber: t.needed("case_number"),
    ...(t.text("procedure") === undefined ? {} : { procedure: t.oneOf("procedure", PROCEDURES) }),
    ...(t.text("judge") === undefined ? {} : { judge: t.text("judge")! }),
  }),
  served: (t) => ({
    type: "served",
    paper: t.oneOf("paper", SERVED_PAPERS),
    to: t.oneOf("to", SIDES),
    way: t.oneOf("how", SERVICE_WAYS, "paper"),
    ...(t.text("consent") === undefined ? {} : { consent: t.oneOf("consent", CONSENT_FORMS) }),
  }),
  answered: plain("answered"),
  "jurisdiction-objected": plain("jurisdiction-objected"),
  "jurisdiction-ruled": (t) => ({
    type: "jurisdiction-ruled",
    upheld: t.yes("upheld", false),
    ...(t.text("court") === undefined ? {} : { court: t.text("court")! }),
  }),
  converted: (t) => ({
    type: "converted",
    procedure: t.oneOf("procedure", PROCEDURES),
    ...(t.text("bar") === undefined ? {} : { bar: t.oneOf("bar", SMALL_CLAIM_BARS) }),
  }),
  extended: (t) => ({ type: "extended", months: t.number("months") }),
  "period-set": (t) => ({
    type: "period-set",
    name: t.needed("name"),
    until: t.day("until"),
    side: t.oneOf("side", SIDES, "us"),
  }),
  "period-kept": (t) => ({ type: "period-kept", name: t.needed("name") }),
  "hearing-set": (t) => {
    const at = t.text("at");
    const time = at === undefined ? undefined : MINUTES.exec(at);
    if (at !== undefined && !time)
      throw new Unread("not-a-number", `"${at}" is no time of day; write 09:30`, "at");
    return {
      type: "hearing-set",
      hearingOn: t.day("hearing"),
      ...(time ? { minute: Number(time[1]) * 60 + Number(time[2]) } : {}),
      ...(t.text("place") === undefined ? {} : { place: t.text("place")! }),
    };
  },
  adjourned: (t) => {
    const hearingOn = t.dayOr("hearing");
    return {
      type: "adjourned",
      reason: t.text("reason") ?? "",
      ...(hearingOn === undefined ? {} : { hearingOn }),
    };
  },
  heard: plain("heard"),
  mediated: (t) => ({ type: "mediated", ...t.award() }),
  "mediation-failed": (t) => ({
    type: "mediation-failed",
    ...(t.text("reason") === undefined ? {} : { reason: t.text("reason")! }),
  }),
  withdrawn: (t) => ({ type: "withdrawn", deemed: t.yes("deemed", false), reason: t.text("reason") ?? "" }),
  ruled: (t) => ({
    type: "ruled",
    ruling: t.oneOf(
      "ruling",
      RULINGS.filter((one): one is "no-acceptance" | "dismissal" => one !== "jurisdiction"),
    ),
  }),
  judgment: (t) => ({ type: "judgment", ...t.award() }),
  "claim-dismissed": plain("claim-dismissed"),
  appealed: (t) => ({ type: "appealed", side: t.oneOf("side", SIDES) }),
  "appeal-accepted": (t) => ({ type: "appeal-accepted", caseNumber: t.needed("case_number") }),
  "appeal-decided": (t) => {
    const outcome = t.oneOf("outcome", APPEAL_OUTCOMES);
    return { type: "appeal-decided", outcome, ...(outcome === "changed" ? { award: t.award() } : {}) };
  },
  issued: (t) => ({ type: "issued", ...t.award() }),
  objected: (t) => ({
    type: "objected",
    written: t.yes("written", true),
    ground: t.oneOf("ground", OBJECTION_GROUNDS),
  }),
  "objection-dismissed": plain("objection-dismissed"),
  voided: (t) => ({ type: "voided", why: t.oneOf("why", ["objection", "unserved", "other"] as const) }),
  "suit-refused": plain("suit-refused"),
  "became-suit": (t) => ({
    type: "became-suit",
    ...(t.text("proceeding") === undefined ? {} : { proceeding: t.text("proceeding")! }),
  }),
  agreed: (t) => ({ type: "agreed", ...t.award() }),
  "confirmation-applied": plain("confirmation-applied"),
  confirmed: plain("confirmed"),
  "confirmation-refused": (t) => ({
    type: "confirmation-refused",
    ...(t.text("reason") === undefined ? {} : { reason: t.text("reason")! }),
  }),
  effective: (t) => {
    const performBy = t.dayOr("perform_by");
    return { type: "effective", ...(performBy === undefined ? {} : { performBy }) };
  },
  "enforcement-applied": plain("enforcement-applied"),
  performed: plain("performed"),
  ended: (t) => ({ type: "ended", reason: t.text("reason") ?? "" }),
};
