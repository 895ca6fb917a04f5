import { packWithHouse } from "../../packs/load.ts";
import {
  CN_DEFAULT_ORDER,
  type Day,
  day,
  hash32,
  type Minor,
  minor,
  type ProductTerms,
  parseRate,
  usualFirstDue,
} from "../../src/core/index.ts";
import type { LoanRecord, PaymentRecord } from "../../src/intake/index.ts";
import { limitationWatchOf } from "../../src/office/limitation/json.ts";
import type { Pack } from "../../src/policy/index.ts";
import type { Database, ProductSettings, Shelves } from "../../src/store/index.ts";
import { ensureLender, ensureProduct, freezeStrategy } from "../../src/store/index.ts";
import { readStrategy, type Strategy, strategyLine } from "../../src/strategy/index.ts";

export const OPENED = day("2026-01-01");

export const TERMS: ProductTerms = {
  currency: "CNY",
  every: { months: 1 },
  method: "equal-principal",
  ratePer: "day",
  dayCount: "ACT/365",
  interest: "daily",
  monthEnd: "clamp",
  rounding: { mode: "half-up", residual: "last", installmentMultiple: minor(1) },
};

export const PRODUCT: ProductSettings = {
  code: "micro",
  source: "kept",
  terms: TERMS,
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
  allocation: CN_DEFAULT_ORDER,
  bandEdges: [1, 31, 61, 91],
  strategy: "ladder",
};

/** A short ladder with every act in it. */
export const LADDER = `
strategy: ladder
version: 1
from: "2020-01-01"
intent: For tests.
stages:
  - stage: before
    dpd: -3..0
    steps:
      - { on_dpd: -3, send: reminder, by: [app, text] }
  - stage: early
    dpd: 1..15
    steps:
      - { on_dpd: 1, send: overdue, by: [app, text] }
      - { on_dpd: 5, call: borrower, at: "09:30" }
      - { on_dpd: 10, send: overdue-again, by: [text, email] }
  - stage: late
    dpd: 16..90
    steps:
      - { on_dpd: 20, letter: demand }
      - { on_dpd: 40, ask: lawyers-letter }
`;

const readBefore = new Map<string, Strategy>();

/** A simulation opens some thousand books with the same few strategies; a strategy is plain data, so they can share it. */
export function strategyOf(text: string): Strategy {
  const known = readBefore.get(text);
  if (known) return known;
  const read = readStrategy(text, "test.yaml");
  if (!read.ok) throw new Error(read.refusals.map(({ at, says }) => `${at} ${says}`).join("\n"));
  readBefore.set(text, read.strategy);
  return read.strategy;
}

export function shelves(pack?: Pack, now: () => number = () => 1_767_225_600_000): Shelves {
  return {
    pack: (_, house) => pack && packWithHouse(pack, house),
    readStrategy: strategyOf,
    line: strategyLine,
    limitation: pack?.place === "cn" ? limitationWatchOf : () => undefined,
    now,
  };
}

/** Registers the test lender, its product and its ladder. */
export async function furnish(
  db: Database,
  text = LADDER,
  product: ProductSettings = PRODUCT,
): Promise<void> {
  const lender = await ensureLender(db, {
    code: "test-lender",
    name: "Test lender",
    zone: "Asia/Shanghai",
    pack: "cn",
    openOn: OPENED,
  });
  const strategy = strategyOf(text);
  const { name, version, from } = strategy;
  await freezeStrategy(db, { name, version, from, body: text, sha256: String(hash32(text)) });
  await ensureProduct(db, lender, product);
}

export interface LoanIdea {
  readonly id: string;
  readonly borrower?: string;
  readonly principal?: string;
  readonly percent?: string;
  readonly disbursedOn: string | Day;
  readonly installments?: number;
  readonly phone?: string | undefined;
  readonly hold?: LoanRecord["hold"];
}

export function loanRecord(idea: LoanIdea, line = 2): LoanRecord {
  const disbursedOn = typeof idea.disbursedOn === "string" ? day(idea.disbursedOn) : idea.disbursedOn;
  return {
    kind: "loan",
    line,
    loanId: idea.id,
    borrowerId: idea.borrower ?? `borrower of ${idea.id}`,
    product: "micro",
    principal: minor(Math.round(Number(idea.principal ?? "1000.00") * 100)),
    rate: parseRate(idea.percent ?? "0.05", "day")!,
    disbursedOn,
    firstDueOn: usualFirstDue(disbursedOn, TERMS.every, "clamp"),
    installments: idea.installments ?? 5,
    borrower: { app: "app-1", ...("phone" in idea ? { phone: idea.phone! } : { phone: "19900000000" }) },
    ...(idea.hold ? { hold: idea.hold } : {}),
  };
}

export const paymentRecord = (
  loanId: string,
  paymentId: string,
  amount: number,
  valueOn: Day,
  line = 2,
  bookedOn?: Day,
): PaymentRecord => ({
  kind: "payment",
  line,
  paymentId,
  loanId,
  amount: amount as Minor,
  valueOn,
  ...(bookedOn === undefined ? {} : { bookedOn }),
});
