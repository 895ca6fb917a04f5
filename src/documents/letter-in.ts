import { type Day, decimalsOf, type Minor, type Result } from "../core/index.ts";
import {
  dayAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  moneyOrZeroAt,
  oneOf,
  textAt,
  wholeAt,
} from "../core/json-in.ts";
import type {
  Addressee,
  Client,
  DocumentLanguage,
  Firm,
  Letter,
  LetterDebt,
  LetterKind,
  LetterSubject,
  MissedInstallment,
  Statement,
  StatementKind,
} from "./letter.ts";

export const LETTER_KINDS: readonly LetterKind[] = [
  "demand",
  "acceleration",
  "final-notice",
  "dispute-reply",
  "withdrawal",
  "settlement-confirmation",
];
export const DOCUMENT_LANGUAGES: readonly DocumentLanguage[] = ["zh-CN", "en"];
const STATEMENT_KINDS: readonly StatementKind[] = [
  "principal",
  "interest",
  "lateInterest",
  "fee",
  "penalty",
  "recoveryCost",
];
const SUBJECTS = ["acceleration", "dispute", "withdrawal", "settlement", "earlier-letter"] as const;

/**
 * Reads a letter from JSON: the same keys as `Letter`, money as text, days as ISO text.
 *
 * Refuses the first thing that cannot be read, by its place, with the nearest known key.
 */
export function readLetter(value: unknown): Result<Letter> {
  try {
    return { ok: true, value: letterAt(value) };
  } catch (error) {
    if (error instanceof Impossible) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

/** Reads what an object holds, key by key, and refuses a key that nobody asked for. */
class Keys {
  readonly #map: Json;
  readonly #at: string;
  readonly #decimals: number;
  constructor(value: unknown, keys: readonly string[], at: string, decimals = 2) {
    this.#map = mapAt(value, at);
    this.#at = at;
    this.#decimals = decimals;
    known(this.#map, keys, at);
  }
  at = (key: string): string => (this.#at === "" ? key : `${this.#at}.${key}`);
  raw = (key: string): unknown => this.#map[key];
  text = (key: string): string => textAt(this.raw(key), this.at(key));
  day = (key: string): Day => dayAt(this.raw(key), this.at(key));
  money = (key: string): Minor => moneyOrZeroAt(this.raw(key), this.#decimals, this.at(key));
  whole = (key: string, least = 0): number => wholeAt(this.raw(key), least, 100_000, this.at(key));
  list = <T>(key: string, each: (one: unknown, at: string) => T): readonly T[] =>
    listAt(this.raw(key), this.at(key)).map((one, n) => each(one, `${this.at(key)}[${n}]`));
  maybe = <K extends string, T>(key: K, read: (key: string) => T): { readonly [key in K]?: T } =>
    (this.raw(key) === undefined ? {} : { [key]: read(key) }) as { readonly [key in K]?: T };
}

const LETTER = [
  "kind",
  "language",
  "number",
  "code",
  "verifyUrl",
  "on",
  "firm",
  "lawyer",
  "client",
  "addressee",
  "mandate",
  "currency",
  "debts",
  "demanded",
  "answerBy",
  "about",
  "enclosures",
  "development",
];

function letterAt(value: unknown): Letter {
  const currency = textAt(mapAt(value, "letter").currency, "currency");
  const decimals = decimalsOf(currency);
  const keys = new Keys(value, LETTER, "", decimals);
  const mandate = new Keys(keys.raw("mandate"), ["number", "signedOn"], "mandate");
  const lawyer = new Keys(keys.raw("lawyer"), ["name", "licence"], "lawyer");
  return {
    kind: oneOf(keys.raw("kind"), LETTER_KINDS, "kind"),
    language: oneOf(keys.raw("language"), DOCUMENT_LANGUAGES, "language"),
    number: keys.text("number"),
    code: keys.text("code"),
    verifyUrl: keys.text("verifyUrl"),
    on: keys.day("on"),
    firm: firmAt(keys.raw("firm")),
    lawyer: { name: lawyer.text("name"), licence: lawyer.text("licence") },
    client: clientAt(keys.raw("client")),
    addressee: addresseeAt(keys.raw("addressee")),
    mandate: { number: mandate.text("number"), signedOn: mandate.day("signedOn") },
    currency,
    debts: keys.list("debts", (one, at) => debtAt(one, at, decimals)),
    demanded: keys.money("demanded"),
    answerBy: keys.day("answerBy"),
    ...(keys.raw("about") === undefined ? {} : { about: aboutAt(keys.raw("about"), decimals) }),
    enclosures: keys.list("enclosures", textAt),
    ...(keys.raw("development") === true ? { development: true as const } : {}),
  };
}

function firmAt(value: unknown): Firm {
  const keys = new Keys(value, ["name", "licence", "address", "phone", "email"], "firm");
  return {
    name: keys.text("name"),
    licence: keys.text("licence"),
    address: keys.text("address"),
    phone: keys.text("phone"),
    ...keys.maybe("email", keys.text),
  };
}

function clientAt(value: unknown): Client {
  const keys = new Keys(value, ["name", "phone", "waysToPay", "objections"], "client");
  return {
    name: keys.text("name"),
    phone: keys.text("phone"),
    waysToPay: keys.list("waysToPay", textAt),
    objections: keys.text("objections"),
  };
}

function addresseeAt(value: unknown): Addressee {
  const keys = new Keys(value, ["name", "idTail", "address"], "addressee");
  return {
    name: keys.text("name"),
    ...keys.maybe("idTail", keys.text),
    ...keys.maybe("address", keys.text),
  };
}

const DEBT = [
  "loan",
  "contractNumber",
  "contractOn",
  "principal",
  "disbursedOn",
  "installments",
  "rate",
  "dpd",
  "missed",
  "statement",
];

function debtAt(value: unknown, at: string, decimals: number): LetterDebt {
  const keys = new Keys(value, DEBT, at, decimals);
  return {
    loan: keys.text("loan"),
    contractNumber: keys.text("contractNumber"),
    ...keys.maybe("contractOn", keys.day),
    principal: keys.money("principal"),
    disbursedOn: keys.day("disbursedOn"),
    installments: keys.whole("installments", 1),
    rate: keys.text("rate"),
    dpd: keys.whole("dpd"),
    missed: keys.list("missed", (one, place) => missedAt(one, place, decimals)),
    statement: statementAt(keys.raw("statement"), keys.at("statement"), decimals),
  };
}

function missedAt(value: unknown, at: string, decimals: number): MissedInstallment {
  const keys = new Keys(value, ["n", "dueOn", "due", "paid", "open"], at, decimals);
  return {
    n: keys.whole("n", 1),
    dueOn: keys.day("dueOn"),
    due: keys.money("due"),
    paid: keys.money("paid"),
    open: keys.money("open"),
  };
}

function statementAt(value: unknown, at: string, decimals: number): Statement {
  const keys = new Keys(
    value,
    ["asOf", "lines", "contractual", "claimable", "working", "ceiling"],
    at,
    decimals,
  );
  return {
    asOf: keys.day("asOf"),
    lines: keys.list("lines", (one, place) => {
      const line = new Keys(one, ["kind", "contractual", "claimable"], place, decimals);
      return {
        kind: oneOf(line.raw("kind"), STATEMENT_KINDS, line.at("kind")),
        contractual: line.money("contractual"),
        claimable: line.money("claimable"),
      };
    }),
    contractual: keys.money("contractual"),
    claimable: keys.money("claimable"),
    working: keys.list("working", (one, place) => {
      const row = new Keys(one, ["from", "to", "base", "days", "rate", "product"], place, decimals);
      return {
        from: row.day("from"),
        to: row.day("to"),
        base: row.money("base"),
        days: row.whole("days"),
        rate: row.text("rate"),
        product: row.text("product"),
      };
    }),
    ...keys.maybe("ceiling", keys.text),
  };
}

function aboutAt(value: unknown, decimals: number): LetterSubject {
  const kind = oneOf(mapAt(value, "about").kind, SUBJECTS, "about.kind");
  const keys = (...names: readonly string[]): Keys => new Keys(value, ["kind", ...names], "about", decimals);
  switch (kind) {
    case "acceleration": {
      const about = keys("clause", "effectiveOn");
      return { kind, clause: about.text("clause"), effectiveOn: about.day("effectiveOn") };
    }
    case "dispute": {
      const about = keys("raised", "raisedOn", "answer");
      return {
        kind,
        raised: about.text("raised"),
        raisedOn: about.day("raisedOn"),
        answer: about.text("answer"),
      };
    }
    case "withdrawal": {
      const about = keys("number", "of", "why");
      return { kind, number: about.text("number"), of: about.day("of"), why: about.text("why") };
    }
    case "settlement": {
      const about = keys("agreedOn", "amount", "paidOn", "settledOn");
      return {
        kind,
        agreedOn: about.day("agreedOn"),
        amount: about.money("amount"),
        ...about.maybe("paidOn", about.day),
        ...about.maybe("settledOn", about.day),
      };
    }
    case "earlier-letter": {
      const about = keys("number", "of");
      return { kind, number: about.text("number"), of: about.day("of") };
    }
  }
}
