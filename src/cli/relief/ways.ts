import { decimalsOf, formatDay, type PersonFacts, personOf } from "../../core/index.ts";
import { packFor, withBook } from "../../office/book.ts";
import { amount, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { type BudgetAsked, waysJson } from "../../office/relief/json.ts";
import {
  EXPOSURE_WORDS,
  guarantorWords,
  type OpenWay,
  RESTARTS_LIMITATION,
  recordWords,
  WAY_WORDS,
  type WaysOut,
  waysOut,
  whyNotWords,
} from "../../relief/index.ts";
import { factsOf, loanFile, personFactsOf } from "../../store/index.ts";
import { asOfAsked } from "../commands/forecast.ts";
import { wrap } from "../forecast/timeline.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { budgetAsked, declined, moneyOption } from "./budget.ts";

/** Every way out of one loan side by side. */
export async function ways(asked: Asked, io: Io, place: string): Promise<number> {
  const id = asked.words[1];
  if (!id) throw new WrongUse(say.missing[io.language]("LOAN", "arrears relief ways L000123 --surplus 800"));
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const asOf = asOfAsked(asked, file, io);
    const decimals = decimalsOf(file.product.terms.currency);
    const budget = budgetAsked(asked, decimals, io);
    const now = moneyOption(asked, "now", decimals, io);
    const past = asOf < file.lender.closedThrough;
    const made = waysOut({
      facts: factsOf(file).filter(({ on }) => !past || on <= asOf),
      product: file.product,
      asOf,
      pack: await packFor(db, file.lender),
      ...(budget.surplus === undefined ? {} : { surplus: budget.surplus }),
      ...(now === undefined ? {} : { now }),
      ...(asked.flag("card") ? { card: true } : {}),
      ...maybeGuarantor(personOf(personFactsOf(file)), file.id),
    });
    if (!made.ok) throw declined(made.refusal, io);
    io.object({ lender: file.lender.code, ...waysJson(made.value, budget, decimals) });
    io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(asOf)}`);
    tellWays(made.value, budget, decimals, io);
    return 0;
  });
}

function maybeGuarantor({ guarantors }: PersonFacts, loan: string): { guarantor?: string } {
  const name = guarantors.find(({ debt }) => debt === loan)?.name;
  return name === undefined ? {} : { guarantor: name };
}

const WORDS = {
  en: {
    now: (late: string, all: string) => `late today ${late} · to pay off everything ${all}`,
    surplus: (sum: string) => `you can really pay ${sum} a month`,
    short: (sum: string) =>
      `the month falls short by ${sum}: no plan is honest; ask for free advice before paying`,
    heads: ["way", "in all", "beyond principal", "months", "most in a month", "fits", "who agrees"],
    yes: "yes",
    no: "no",
    needs: { nobody: "nobody", lender: "the lender" },
    not: "Not possible now",
    least: (sum: string) => `at least ${sum} a month`,
    note: "Sums are the ledger's own, each way kept to its end. What the lender agrees to is its decision. No advice of a lawyer.",
  },
  zh: {
    now: (late: string, all: string) => `今日逾期 ${late} · 全部结清 ${all}`,
    surplus: (sum: string) => `每月真正付得起 ${sum}`,
    short: (sum: string) => `每月缺口 ${sum}：任何方案都不现实，还款前请先寻求免费咨询`,
    heads: ["出路", "合计", "本金之外", "月数", "单月最多", "付得起", "须谁同意"],
    yes: "是",
    no: "否",
    needs: { nobody: "无须", lender: "出借人" },
    not: "目前不可行",
    least: (sum: string) => `每月至少 ${sum}`,
    note: "金额均由账务计算，按每条出路履行到底得出；是否同意由出借人决定。不构成法律意见。",
  },
} as const;

export function tellWays(
  { position, surplus, guarantor, ways: all }: WaysOut,
  { household }: BudgetAsked,
  decimals: number,
  io: Io,
): void {
  const { language } = io;
  const words = WORDS[language];
  const money = (sum: number): string => amount(sum, decimals);
  io.out(words.now(money(position.arrears.total), money(position.payoff)));
  if (surplus !== undefined) io.out(words.surplus(money(surplus)));
  if (household && household.short > 0) io.out(words.short(money(household.short)));
  io.out("");
  const open = all.filter((way): way is OpenWay => way.possible);
  const fits = ({ affordable }: OpenWay): string =>
    affordable === undefined ? "–" : affordable ? words.yes : words.no;
  const rows = open.map((way) => [
    WAY_WORDS[way.way][language],
    money(way.total),
    money(way.cost),
    String(way.months),
    money(way.monthly),
    fits(way),
    words.needs[way.needs],
  ]);
  io.out(table(words.heads, rows, ["left", "right", "right", "right", "right", "left", "left"]));
  io.out("");
  for (const way of open) {
    const after = way.restartsLimitation ? `; ${RESTARTS_LIMITATION[language]}` : "";
    const cites = way.because
      .map(({ cite, verification }) => `${cite.law} ${cite.at} (${verification})`)
      .join(", ");
    const answers =
      guarantor === undefined || way.heavier === undefined
        ? ""
        : `; ${guarantorWords(guarantor, way.heavier > 0 ? money(way.heavier) : undefined)[language]}`;
    const line = `${WAY_WORDS[way.way][language]}: ${EXPOSURE_WORDS[way.exposure][language]}${after}; ${recordWords(way.record, language)}${answers}${cites ? ` [${cites}]` : ""}`;
    for (const part of wrap(line, 92)) io.out(part);
  }
  const shut = all.filter((way) => !way.possible);
  if (shut.length > 0) io.out(`\n${words.not}`);
  for (const way of shut) {
    const least = way.least === undefined ? "" : ` (${words.least(money(way.least))})`;
    wrap(`${WAY_WORDS[way.way][language]}: ${whyNotWords(way, language)}${least}`, 86).forEach((part, i) => {
      io.out(`${i === 0 ? "  " : "    "}${part}`);
    });
  }
  io.out(`\n${words.note}`);
}
