import {
  addDays,
  book,
  CHANNELS,
  type Day,
  dayAt,
  type Fact,
  formatDay,
  formatInstant,
  type LoanState,
  minor,
  NEVER,
  type Product,
  parseRate,
  rateToE8,
  STEPS_FROM_START,
  toBits,
  usualFirstDue,
} from "../../core/index.ts";
import { type CloseContext, closeBorrower } from "../../dayclose/index.ts";
import { SAMPLE_PRODUCT } from "../../sample/index.ts";
import { loanFile } from "../../store/index.ts";
import { type Strategy, strategyLine } from "../../strategy/index.ts";
import { dayOption, packOf, strategyFrom, textOf, withBook } from "../book.ts";
import { Declined, type Io, table, WrongUse } from "../io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  loan: { type: "string" },
  lender: { type: "string" },
  pack: { type: "string" },
  from: { type: "string" },
} as const;

/** Days past the last step that a try looks at. */
const TAIL = 5;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, file] = asked.words;
  if (verb !== "try" || !file)
    throw new WrongUse(
      say.missing[io.language]("FILE", "arrears strategy try strategies/micro-standard.v1.yaml"),
    );
  const strategy = strategyFrom(textOf(file, io), file, io);
  const loanId = asked.text("loan");
  const example =
    loanId === undefined
      ? exampleLoan(strategy, asked, io)
      : await withBook(place, io, async (db) => {
          const found = await loanFile(db, loanId, asked.text("lender"));
          if (!found) throw new Declined(say.noLoan[io.language](loanId));
          if (found.stored.dueOn === NEVER) throw new Declined(say.nothingDue[io.language](loanId));
          return {
            loan: found.stored,
            product: found.product,
            zone: found.lender.zone,
            pack: found.lender.pack,
          };
        });
  const facts = tryOut(strategy, example);
  tell(io, strategy, example, facts);
  return 0;
}

interface Example {
  readonly loan: LoanState;
  readonly product: Product;
  readonly zone: string;
  readonly pack: string;
}

/** A loan of 1,000.00 in ten monthly installments of which none is paid, with every address on file. */
function exampleLoan(strategy: Strategy, asked: Asked, io: Io): Example {
  const disbursedOn = dayOption(asked.text("from"), "--from", io) ?? dayAt("Asia/Shanghai", io.now());
  const product: Product = { ...SAMPLE_PRODUCT, lender: "example", code: "example", strategy: strategy.name };
  const { terms } = product;
  const loan = book(
    { bucket: 0, n: 1 },
    {
      kind: "LoanBooked",
      on: disbursedOn,
      id: "example",
      product: 1,
      principal: minor(100_000),
      rateE8: rateToE8(parseRate("0.05", "day")!)!,
      disbursedOn,
      firstDueOn: usualFirstDue(disbursedOn, terms.every, "clamp"),
      installments: 10,
      reach: toBits(CHANNELS, CHANNELS),
    },
    product,
  );
  return { loan, product, zone: "Asia/Shanghai", pack: asked.text("pack") ?? "cn" };
}

/** Closes the loan's coming days under the strategy alone, as the close would; nothing is written or sent. */
function tryOut(strategy: Strategy, { loan, product, zone, pack }: Example): readonly Fact[] {
  const context: CloseContext = {
    zone,
    pack: packOf(pack),
    product: () => product,
    // Tried from its first step on, whatever day it will be released.
    strategy: () => strategyLine([{ ...strategy, from: 0 as Day }]),
  };
  const last = strategy.steps.at(-1)?.dpd ?? 0;
  // From before its due day, as if nothing had been done yet.
  const { extra: _extra, ...plain } = loan;
  const wakeOn = addDays(loan.dueOn, Math.min(0, strategy.steps[0]?.dpd ?? 0));
  const fresh: LoanState = { ...plain, band: 0, stepsThrough: STEPS_FROM_START, wakeOn };
  const through = addDays(loan.dueOn, last + TAIL);
  const closed = closeBorrower(
    { bucket: loan.bucket, n: loan.n, loans: [{ loan: fresh, waiting: [] }], contacts: [] },
    through,
    context,
  );
  return closed.loans[0]!.facts;
}

function tell(io: Io, strategy: Strategy, { loan, zone }: Example, facts: readonly Fact[]): void {
  const zh = io.language === "zh";
  const rows: string[][] = [];
  for (const fact of facts) {
    const dpd = fact.on - loan.dueOn;
    const row = rowOf(fact, zone, zh);
    if (!row) continue;
    io.object({ day: formatDay(fact.on), dpd, ...fact, on: formatDay(fact.on) });
    rows.push([formatDay(fact.on), String(dpd), ...row]);
  }
  io.out(`${strategy.name} v${strategy.version} · ${strategy.intent}`);
  io.out(
    zh
      ? `应还日 ${formatDay(loan.dueOn)} 之后一直未还的贷款：`
      : `a loan that stays unpaid after its due day ${formatDay(loan.dueOn)}:`,
  );
  const heads = zh ? ["日期", "逾期天数", "动作", "结果"] : ["day", "dpd", "step", "outcome"];
  io.out(table(heads, rows, ["left", "right", "left", "left"]));
}

function rowOf(fact: Fact, zone: string, zh: boolean): [string, string] | undefined {
  switch (fact.kind) {
    case "BandEntered":
      return [`→ M${fact.band}`, ""];
    case "StepPlanned":
      return [fact.step, `${fact.via} ${formatInstant(zone, fact.slot).slice(11, 16)}`];
    case "StepRefused":
      return [fact.step, `${zh ? "被拒" : "refused"}: ${fact.rules.join(", ")}`];
    case "StepAsked":
      return [fact.step, `${zh ? "待人工" : "asks a person"}: ${fact.rules.join(", ")}`];
    case "StepLapsed":
      return [fact.step, `${zh ? "失效" : "lapsed"}: ${fact.why}`];
    default:
      return undefined;
  }
}
