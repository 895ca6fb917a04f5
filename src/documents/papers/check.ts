import { addDays, type Day, formatDay, ymd } from "../../core/index.ts";
import type { Words } from "../../policy/index.ts";
import type { PaperFacts } from "./facts.ts";
import type { Paper, PaperField, PaperKind } from "./paper.ts";

/** Something that stands in the way of a paper, or that its reader should know. */
export interface PaperFinding {
  readonly code: string;
  readonly state: "stops" | "warn";
  /** The field that it is about, where it is about one. */
  readonly field?: string;
  readonly says: Words;
  readonly next?: Words;
  readonly cite?: string;
}

/**
 * What has to be looked at before a paper is filed.
 *
 * Gives   one finding an empty field that the court needs, and those between fields; fields that may be empty give none.
 * Holds   a paper without a `stops` has every field that its law or its form requires.
 */
export function checkPaper(paper: Paper, facts: PaperFacts): PaperFinding[] {
  return [...paper.fields.flatMap(emptyOf), ...betweenFields(paper, facts)];
}

export const mayBeFiled = (findings: readonly PaperFinding[]): boolean =>
  findings.every(({ state }) => state !== "stops");

function emptyOf({ id, label, gloss, need, empty, cite }: PaperField): PaperFinding[] {
  if (!empty || need === "may-be-empty") return [];
  return [
    {
      code: "empty",
      state: need,
      field: id,
      says: { zh: `${label}：${empty.why.zh}`, en: `${gloss}: ${empty.why.en}` },
      next: empty.next,
      ...(cite === undefined ? {} : { cite }),
    },
  ];
}

/** Papers that say that something is owed and late. */
const DEMANDING: readonly PaperKind[] = ["complaint-loan", "complaint-card", "payment-order"];
/** Papers that state the sums. */
const WITH_SUMS: readonly PaperKind[] = [
  ...DEMANDING,
  "preservation-before-suit",
  "preservation-in-suit",
  "mediation",
  "settlement",
];
const CONFIRM_DAYS = 30;

function betweenFields({ kind, on }: Paper, facts: PaperFacts): PaperFinding[] {
  const found: PaperFinding[] = [];
  const add: Add = (state, code, zh, en, next, cite) => {
    found.push({ code, state, says: { zh, en }, ...(next ? { next } : {}), ...(cite ? { cite } : {}) });
  };
  const { claim, wishes, contract, daysLate, court, competent } = facts;
  if (DEMANDING.includes(kind) && court && competent && court.value !== competent.value)
    add(
      "warn",
      "another-court",
      `写明的法院为 ${court.value}，按管辖规则为 ${competent.value}`,
      `it is addressed to ${court.value}; by the law on jurisdiction it is ${competent.value}`,
      { zh: "arrears court where LOAN", en: "arrears court where LOAN" },
    );
  if (DEMANDING.includes(kind) && daysLate?.value === 0)
    add("stops", "nothing-late", "没有逾期款项", "nothing is past due");
  if (WITH_SUMS.includes(kind) && claim) {
    if (claim.unapplied > 0)
      add(
        "stops",
        "unapplied",
        "有未分配的还款，标的额会多计",
        "money lies unapplied: the sum would ask for too much",
        {
          zh: "先入账或者退还",
          en: "apply it or give it back first",
        },
      );
    if (claim.asOf !== on)
      add(
        "warn",
        "figures-of-another-day",
        `金额为 ${formatDay(claim.asOf)} 的数额，本状日期为 ${formatDay(on)}`,
        `the figures are of ${formatDay(claim.asOf)}, the paper of ${formatDay(on)}`,
      );
    if (!facts.kept)
      add(
        "warn",
        "ceiling-not-tested",
        "账务由核心系统记载，未按综合成本上限核算",
        "the core system keeps the ledger: whether the cost of the loan stays under its ceiling was not tested",
      );
  }
  if (kind === "complaint-loan") suitFindings(facts, add);
  if (kind === "payment-order" && facts.conditions?.value === false)
    add(
      "stops",
      "no-payment-order",
      "不符合申请支付令的条件",
      "the conditions of a payment order are not met",
      undefined,
      "cn/civil-procedure-law art. 225(1)",
    );
  if (
    kind === "payment-order" &&
    wishes.early?.value === "accelerate" &&
    contract.matured?.value === false &&
    claim?.scope === "whole"
  )
    add(
      "warn",
      "called-in",
      "未到期部分须已宣布提前到期",
      "what is not due by the plan must have been called in before",
    );
  if (kind === "judicial-confirmation" && facts.mediatedOn && isPast(facts.mediatedOn.value, on))
    add(
      "stops",
      "too-late-to-confirm",
      "自调解协议生效之日起已超过三十日",
      "more than thirty days have passed since the agreement took effect",
      undefined,
      "cn/civil-procedure-law art. 205",
    );
  if (kind === "enforcement" && facts.judgment) enforcementFindings(facts.judgment.performBy.value, on, add);
  if (facts.agents.length > 2)
    add(
      "stops",
      "agents",
      "诉讼代理人为一至二人",
      "one or two agents, not more",
      undefined,
      "cn/civil-procedure-law art. 61(1)",
    );
  return found;
}

type Add = (
  state: PaperFinding["state"],
  code: string,
  zh: string,
  en: string,
  next?: Words,
  cite?: string,
) => void;

const YEARS_TO_APPLY = 2;

function enforcementFindings(performBy: Day, on: Day, add: Add): void {
  if (performBy >= on)
    add(
      "stops",
      "may-still-perform",
      `履行期限至 ${formatDay(performBy)}，尚未届满`,
      `he may perform through ${formatDay(performBy)}: there is nothing to enforce yet`,
    );
  const { year, month, day } = ymd(on);
  const last = ymd(performBy);
  const late =
    year - last.year > YEARS_TO_APPLY ||
    (year - last.year === YEARS_TO_APPLY && (month > last.month || (month === last.month && day > last.day)));
  if (late)
    add(
      "warn",
      "two-years",
      "自履行期限届满已逾二年；未见中止、中断的，被执行人可以提出异议",
      "more than two years have passed since the last day to perform: unless they were suspended or interrupted, he has a defence",
      undefined,
      "cn/civil-procedure-law art. 250(1)",
    );
}

/** Beyond any day off on which the last day may fall: the calendar is asked where the deadline is kept. */
const isPast = (from: Day, on: Day): boolean => on > addDays(from, CONFIRM_DAYS);

function suitFindings({ claim, wishes, contract }: PaperFacts, add: Add): void {
  const early = wishes.early?.value;
  if (early === "accelerate" && contract.clauses.acceleration === undefined)
    add(
      "stops",
      "no-acceleration-clause",
      "主张加速到期，但未登记合同的加速到期条款",
      "the loan is called in, and the contract's clause on it is not in the settings",
      {
        zh: "在 papers.yaml 填写 contract.clauses.acceleration",
        en: "write contract.clauses.acceleration in papers.yaml",
      },
    );
  if (early === "no" && claim?.scope === "past-due")
    add(
      "warn",
      "past-due-only",
      "仅主张已到期部分；未到期部分不在本案",
      "only what is past due is claimed; the rest is not part of this case",
    );
}
