import { addDays, type Day, decimalsOf, formatDay, parseMoney } from "../../core/index.ts";
import { FORECAST_REFUSALS, type Forecast, forecast, type Thought } from "../../forecast/index.ts";
import { dayOption, shelvesOf, withBook } from "../../office/book.ts";
import { standingOf } from "../../office/forecast/borrower.ts";
import { feesOf } from "../../office/forecast/fees.ts";
import { changesJson, forecastJson } from "../../office/forecast/json.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { type LoanFile, loanFile } from "../../store/index.ts";
import { tellForecast } from "../forecast/timeline.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  "as-of": { type: "string" },
  through: { type: "string" },
  pay: { type: "string" },
  on: { type: "string" },
  lender: { type: "string" },
} as const;

/** Days that are looked at where none are named: half a year shows every step of the usual plans. */
const USUAL_DAYS = 180;

/** What comes of a loan if nothing is paid, or if a sum is; with what stops each thing. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  if (!id)
    throw new WrongUse(
      say.missing[io.language]("LOAN", "arrears forecast L000123 --pay 500 --on 2026-04-02"),
    );
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const asOf = asOfAsked(asked, file, io);
    const through = dayOption(asked.text("through"), "--through", io) ?? addDays(asOf, USUAL_DAYS);
    const pay = payAsked(asked, file, asOf, io);
    const { borrower, context } = await standingOf(db, file, asOf, shelvesOf(io));
    const question = { borrower, n: file.key.n, asOf, through, context, courtFees: feesOf(file.lender.pack) };
    const nothing = found(forecast(question), io);
    const zone = file.borrower.zone ?? file.lender.zone;
    const told = pay ? found(forecast({ ...question, pay }), io) : nothing;
    io.object({
      lender: file.lender.code,
      ...forecastJson(told, zone),
      ...(pay ? changesJson(nothing, told, zone) : {}),
    });
    io.out(`${file.id} · ${file.lender.name} · ${file.product.code}`);
    tellForecast(told, zone, io);
    return 0;
  });
}

/** The last closed day, or an earlier one as it was known then. */
export function asOfAsked(asked: Asked, file: LoanFile, io: Io): Day {
  const usual = usualDay(file, io);
  const asOf = dayOption(asked.text("as-of"), "--as-of", io) ?? usual;
  const last = Math.max(usual, file.lender.closedThrough) as Day;
  if (asOf > last) throw new Declined(WORDS.notClosed[io.language](formatDay(last)));
  if (asOf < file.stored.disbursedOn)
    throw new Declined(WORDS.notYet[io.language](formatDay(file.stored.disbursedOn)));
  return asOf;
}

function payAsked(asked: Asked, file: LoanFile, asOf: Day, io: Io): Thought | undefined {
  const text = asked.text("pay");
  const on = dayOption(asked.text("on"), "--on", io);
  if (text === undefined) {
    if (on !== undefined)
      throw new WrongUse(say.missing[io.language]("--pay", "--pay 500.00 --on 2026-04-02"));
    return undefined;
  }
  const amount = parseMoney(text, decimalsOf(file.product.terms.currency));
  if (amount === undefined) throw new WrongUse(WORDS.notMoney[io.language](text));
  return { amount, on: on ?? asOf };
}

function found(made: ReturnType<typeof forecast>, { language }: Io): Forecast {
  if (made.ok) return made.value;
  const { code, says } = made.refusal;
  throw new Declined((language === "zh" ? FORECAST_REFUSALS[code] : undefined) ?? says);
}

const WORDS = {
  notClosed: {
    en: (last: string) =>
      `the book is closed through ${last}: close the days up to it first, or ask about ${last}`,
    zh: (last: string) => `账本已日终至 ${last}：请先执行日终，或查询 ${last}`,
  },
  notYet: {
    en: (on: string) => `there is no such loan on that day: paid out on ${on}`,
    zh: (on: string) => `该日尚无此贷款：放款日 ${on}`,
  },
  notMoney: {
    en: (text: string) => `--pay: "${text}" is not an amount; write it as 500.00`,
    zh: (text: string) => `--pay：“${text}” 不是金额，请写作 500.00`,
  },
} as const;
