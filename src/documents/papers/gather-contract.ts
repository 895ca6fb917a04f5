import {
  formatPercent,
  lateRateADay,
  type PlanReplaced,
  type Product,
  rateFromE8,
  schedule,
  termsOf,
} from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import { type KeptRead, percentAYear, timesText } from "./claim.ts";
import { CLAUSES, type Contract, type RepaymentMethod } from "./facts.ts";
import type { CaseGiven } from "./gather.ts";
import { maybe, type Reader } from "./gather-given.ts";
import type { FieldSource, Known } from "./paper.ts";

export function contractOf(given: CaseGiven, read: Reader, ledger: KeptRead | undefined): Contract {
  const { product, booked, facts, on } = given;
  const terms = termsOf(booked, product);
  const source: FieldSource = { from: "ledger", at: "LoanBooked" };
  const rate = rateFromE8(booked.rateE8, terms.ratePer);
  const plan = schedule(terms);
  const through = read.dayColumn("through") ?? {
    value: plan.at(-1)!.dueOn,
    source: { from: "ledger" as const, at: "LoanBooked, plan" },
  };
  const replans = facts.filter(
    (fact): fact is PlanReplaced => fact.kind === "PlanReplaced" && fact.valueOn <= on,
  );
  // A loan that was called in has one last day, and no plan any more.
  const planned = ledger && !ledger.accelerated ? ledger.position.installments.at(-1) : undefined;
  const throughNow =
    planned && replans.length > 0 && planned.dueOn !== through.value
      ? {
          value: planned.dueOn,
          source: { from: "ledger" as const, at: `PlanReplaced ${replans.at(-1)!.id}` },
        }
      : undefined;
  const late = product.lateInterest;
  const clause = (known: Known | undefined): Known | undefined =>
    known && {
      value: known.value,
      source: {
        from: "contract",
        at: `${read.setting("contract.name")?.value ?? "contract"}, ${known.source.at}`,
      },
    };
  const clauses = Object.fromEntries(
    CLAUSES.flatMap((which) => {
      const known = clause(read.setting(`contract.clauses.${which}`));
      return known ? [[which, known] as const] : [];
    }),
  );
  const method = read.word<RepaymentMethod>("contract.method") ?? {
    value: methodOf(product),
    source: { from: "ledger" as const, at: `product ${product.code}` },
  };
  const said = read.setting("contract.method_said");
  const matured = ledger
    ? { value: ledger.matured, source: { from: "ledger" as const, at: "plan" } }
    : (read.yesNoColumn("matured") ??
      (through.value < on
        ? { value: true, source: { from: "computed" as const, at: "contract.through" } }
        : undefined));
  return {
    ...maybe("name", read.column("contract_name") ?? read.setting("contract.name")),
    ...maybe("number", read.column("contract_number")),
    ...maybe("signedOn", read.dayColumn("signed_on")),
    ...maybe("signedAt", read.column("signed_at")),
    principal: { value: booked.principal, source },
    disbursed: { value: booked.principal, source },
    disbursedOn: { value: booked.disbursedOn, source },
    through,
    ...maybe("throughNow", throughNow),
    ...maybe("matured", matured),
    rate: { value: { percent: formatPercent(rate), per: terms.ratePer }, source },
    ...maybe(
      "late",
      late && {
        value: {
          percentAYear: percentAYear(lateRateADay(rate, product), product),
          ...("times" in late.rate ? { uplift: timesText(late.rate.times) } : {}),
        },
        source: { from: "ledger" as const, at: `product ${product.code}` },
      },
    ),
    ...maybe(
      "compound",
      late && {
        value: late.compound === true,
        source: { from: "ledger" as const, at: `product ${product.code}` },
      },
    ),
    method,
    ...maybe("methodSaid", said?.value),
    clauses,
    replans: replans.map((fact) => ({
      value: replanSaid(fact, product),
      source: { from: "ledger", at: `PlanReplaced ${fact.id}` },
    })),
  };
}

function methodOf({ terms }: Product): RepaymentMethod {
  if (terms.method !== "interest-only") return terms.method === "flat" ? "other" : terms.method;
  const months = "months" in terms.every ? terms.every.months : 0;
  const known: Readonly<Record<number, RepaymentMethod>> = {
    1: "monthly-interest",
    3: "quarterly-interest",
    12: "yearly-interest",
  };
  return known[months] ?? "other";
}

const HOW: Readonly<Record<PlanReplaced["how"], string>> = {
  deferral: "延期还款",
  extension: "展期",
  restructure: "债务重组",
  "re-age": "重新安排还款计划",
};
const INTEREST = {
  carry: "截至变更日的利息于变更后首期归还",
  capitalise: "截至变更日的利息计入本金",
  waive: "截至变更日的利息予以减免",
};
const LATE = { keep: "罚息及费用继续计欠", capitalise: "罚息及费用计入本金", waive: "罚息及费用予以减免" };
const PER = { day: "日", month: "月", year: "年" } as const;

function replanSaid(fact: PlanReplaced, { terms }: Product): string {
  const parts = [
    `自${chineseDay(fact.firstDueOn)}起${fact.installments === undefined ? "按剩余期数" : `分${fact.installments}期`}归还`,
    ...(fact.rateE8 === undefined
      ? []
      : [`利率变更为${PER[terms.ratePer]}利率${formatPercent(rateFromE8(fact.rateE8, terms.ratePer))}%`]),
    INTEREST[fact.interest],
    LATE[fact.late],
  ];
  return `合同变更：${chineseDay(fact.valueOn)}，双方变更还款安排（${HOW[fact.how]}），${parts.join("；")}。`;
}
