import {
  addMonths,
  type Day,
  type EnforcementFact,
  formatDay,
  formatMoney,
  type ListMoved,
  type RoundEnded,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import { deadline } from "./deadline.ts";
import { type EnforcementRule, longestMeasure } from "./enforcement-deadlines.ts";
import type { EnforcementLife } from "./enforcement-life.ts";
import type { Source } from "./source.ts";

/** Something recorded that departs from a text, or that has to be known beside it; with where that stands. */
export interface Remark {
  readonly code: string;
  readonly says: Words;
  readonly source: Source;
}

/** What is known of the person beside the enforcement; what is not known is left out. */
export interface PersonKnown {
  readonly minor?: boolean;
  readonly student?: boolean;
  /** He is able to perform. Not known where absent, which is not the same as unable. */
  readonly able?: boolean;
  readonly security?: boolean;
  readonly seizedEnough?: boolean;
  readonly laterInOrder?: boolean;
}

/** Why the first ground does not list him whatever his ability. */
export const isExcluded = ({ security, seizedEnough, laterInOrder }: PersonKnown): boolean =>
  security === true || seizedEnough === true || laterInOrder === true;

export interface RoundCondition {
  readonly n: 1 | 2 | 3 | 4 | 5;
  readonly met: boolean;
  readonly says: Words;
}

/** The five conditions for ending a round, each met or not on that day. */
export function roundConditions(
  life: EnforcementLife,
  told: Pick<RoundEnded, "listedIfQualified" | "searched" | "soughtAndSanctioned">,
  on: Day,
  { periods }: EnforcementRule,
): readonly RoundCondition[] {
  const { accepted, noticed, lists } = life;
  const { months } = periods["enforcement.round.conditions"].period as { months: number };
  const condition = (n: RoundCondition["n"], met: boolean, en: string, zh: string): RoundCondition => ({
    n,
    met,
    says: { en, zh },
  });
  return [
    condition(
      1,
      noticed?.assetsOrdered === true,
      "the notice and the order to report assets went out",
      "已发出执行通知、责令报告财产",
    ),
    condition(
      2,
      lists.consumption.facts.some(({ move }) => move === "ordered") && told.listedIfQualified,
      "consumption was limited, and whoever qualified was listed",
      "已发出限制消费令，并将符合条件者纳入失信名单",
    ),
    condition(
      3,
      told.searched,
      "every way to find assets was used, and nothing can be taken",
      "已穷尽财产调查措施，无可供执行财产或不能处置",
    ),
    condition(
      4,
      accepted !== undefined && on > addMonths(accepted.dated, months, "clamp"),
      "more than three months have gone by since it was accepted",
      "自执行案件立案之日起已超过三个月",
    ),
    condition(
      5,
      told.soughtAndSanctioned,
      "a missing debtor was looked for, and what obstructed was sanctioned",
      "下落不明的已依法查找；妨害执行的已依法处置",
    ),
  ];
}

/**
 * What has to be said beside an entry: where a court's act departs from the text, and what follows from a late one.
 *
 * Takes   the life before the entry, none for an application; what is known of the person; the law of the day.
 * Gives   remarks, each with its source; none of them keeps anything from being recorded.
 */
export function remarksOn(
  life: EnforcementLife | undefined,
  fact: EnforcementFact,
  known: PersonKnown,
  rule: EnforcementRule,
): readonly Remark[] {
  const remark = (code: string, param: string, en: string, zh: string): Remark => ({
    code,
    says: { en, zh },
    source: rule.source(param),
  });
  switch (fact.kind) {
    case "EnforcementApplied":
      return fact.late
        ? [
            remark(
              "late",
              "enforcement.late-application",
              `the period to apply ended on ${formatDay(fact.applyBy)}: the court takes the application, and the debtor may object`,
              `申请执行期间已于 ${formatDay(fact.applyBy)} 届满：法院应予受理，但被执行人可提出异议`,
            ),
          ]
        : [];
    case "EnforcementAccepted":
      return lateness(life, fact.dated, "enforcement.accept", rule);
    case "EnforcementNoticed":
      return [
        ...lateness(life, fact.dated, "enforcement.notice", rule),
        ...(fact.warned
          ? []
          : [
              remark(
                "no-warning",
                "dishonest.warning",
                "the notice has to warn of the list of dishonest debtors",
                "执行通知应当载明纳入失信被执行人名单的风险提示",
              ),
            ]),
        ...(fact.assetsOrdered
          ? []
          : [
              remark(
                "no-asset-order",
                "enforcement.asset-report.order",
                "the order to report assets goes out with the notice",
                "报告财产令应当与执行通知同时发出",
              ),
            ]),
      ];
    case "MeasureGranted": {
      const longest = longestMeasure(fact.type, fact.dated, rule);
      return longest !== undefined && fact.until !== undefined && fact.until > longest
        ? [
            remark(
              "too-long",
              "enforcement.measures.longest",
              `such a measure lasts until ${formatDay(longest)} at most`,
              `此类措施最长至 ${formatDay(longest)}`,
            ),
          ]
        : [];
    }
    case "PenaltyImposed":
      return penaltyRemarks(fact, rule, remark);
    case "RoundEnded":
      return roundConditions(life!, fact, fact.dated, rule)
        .filter(({ met }) => !met)
        .map(({ n, says }) =>
          remark(
            `round-condition-${n}`,
            "enforcement.round.conditions",
            `not met: ${says.en}`,
            `条件不足：${says.zh}`,
          ),
        );
    case "ListMoved":
      return listRemarks(life!, fact, known, rule, remark);
    default:
      return [];
  }
}

type MakeRemark = (code: string, param: string, en: string, zh: string) => Remark;

function lateness(
  life: EnforcementLife | undefined,
  on: Day,
  name: "enforcement.accept" | "enforcement.notice",
  { periods, counting }: EnforcementRule,
): Remark[] {
  const found = life && deadline(name, life.applied.dated, periods[name], counting);
  if (!found?.ok || on <= found.value.lastOn) return [];
  const last = formatDay(found.value.lastOn);
  return [
    {
      code: "court-late",
      says: { en: `the court had until ${last}`, zh: `法院期限为 ${last}` },
      source: periods[name].source,
    },
  ];
}

function penaltyRemarks(
  fact: Extract<EnforcementFact, { kind: "PenaltyImposed" }>,
  { fine, detention }: EnforcementRule,
  remark: MakeRemark,
): Remark[] {
  if (fact.penalty === "fine" && fact.amount !== undefined && fact.amount > fine.most)
    return [
      remark(
        "fine-too-high",
        "enforcement.refusal.fine",
        `a person's fine is at most ${formatMoney(fine.most)}`,
        `对个人的罚款不超过 ${formatMoney(fine.most)} 元`,
      ),
    ];
  if (fact.penalty === "detention" && fact.days !== undefined && fact.days > detention.days)
    return [
      remark(
        "detention-too-long",
        "enforcement.refusal.detention",
        `detention lasts ${detention.days} days at most`,
        `拘留期限不超过 ${detention.days} 日`,
      ),
    ];
  return fact.penalty === "crime-reported"
    ? [
        remark(
          "only-if-able",
          "enforcement.refusal.crime",
          "it is a crime only of whoever is able to perform and refuses, in a serious case; what he lives on is deducted first",
          "仅对有能力执行而拒不执行且情节严重者成立；认定能力时应扣除生活必需费用",
        ),
      ]
    : [];
}

function listRemarks(
  life: EnforcementLife,
  fact: ListMoved,
  known: PersonKnown,
  rule: EnforcementRule,
  remark: MakeRemark,
): Remark[] {
  const { dishonest } = life.lists;
  if (fact.list === "consumption") {
    if (fact.move === "ordered" && !mayLimit(life, fact.dated))
      return [
        remark(
          "order-early",
          "consumption.may",
          "the notice's last day to perform is not over, and nobody is listed: no ground for an order is known",
          "执行通知指定的履行期间未届满，亦未纳入失信名单：未见限制消费的依据",
        ),
      ];
    if (fact.move !== "relieved" || fact.until === undefined) return [];
    const { months } = rule.periods["consumption.temporary"].period as { months: number };
    return fact.until > addMonths(fact.dated, months, "clamp")
      ? [
          remark(
            "relief-long",
            "consumption.temporary",
            "by a report that was not verified such a relief lasts a month at most",
            "据未经核实的报道，暂时解除最长不超过一个月",
          ),
        ]
      : [];
  }
  if (fact.move === "removed") return removalRemarks(life, fact, remark);
  if (fact.move !== "decided") return [];
  const remarks: Remark[] = [];
  if (known.minor)
    remarks.push(
      remark(
        "minor",
        "dishonest.minors",
        "a minor is never listed: ask for correction",
        "未成年人不得纳入失信名单：可申请纠正",
      ),
    );
  if (known.student)
    remarks.push(
      remark(
        "student",
        "dishonest.students",
        "by a report that was not verified, full-time students are generally not listed for campus loans",
        "据未经核实的报道，全日制在校生因“校园贷”纠纷一般不纳入",
      ),
    );
  if (fact.ground === "able-but-refusing") {
    if (known.able !== true)
      remarks.push(
        remark(
          "ability",
          "dishonest.ground.able-but-refusing",
          "this ground needs ability to perform, which is not shown here; being unable to pay is no ground",
          "该理由以有履行能力为前提，现有材料未显示；没有履行能力不是纳入理由",
        ),
      );
    if (isExcluded(known))
      remarks.push(
        remark(
          "excluded",
          "dishonest.not-listed",
          "with full security, enough seized, or a later place in order, this ground does not list",
          "已提供充分担保、查控财产足以清偿或顺序在后的，不得依该项纳入",
        ),
      );
    if (fact.years !== undefined)
      remarks.push(
        remark(
          "no-term",
          "dishonest.removal",
          "a listing on this ground has no term; it is deleted when one of the seven cases comes",
          "依该项纳入的没有期限；出现七种情形之一即应删除",
        ),
      );
  } else if (fact.years === undefined)
    remarks.push(
      remark(
        "term-missing",
        "dishonest.term",
        "a listing on this ground has a term of two years, which the decision has to name",
        "依该项纳入的期限为二年，决定书应当写明",
      ),
    );
  else if (!isTerm(fact.years, rule))
    remarks.push(
      remark(
        "term-wrong",
        "dishonest.term.longer",
        "the term is two years, and one to three more for serious violence or several acts",
        "期限为二年；情节严重或多项失信行为的可延长一至三年",
      ),
    );
  if (life.noticed?.warned !== true)
    remarks.push(
      remark(
        "no-warning",
        "dishonest.warning",
        "no notice that warned of the list is on record",
        "未见载明风险提示的执行通知",
      ),
    );
  if (fact.until !== undefined) remarks.push(...graceRemarks(fact.dated, fact.until, rule, remark));
  if (dishonest.state === "removed" && dishonest.removedFor === "creditor-asks")
    remarks.push(
      remark(
        "again",
        "dishonest.again",
        "the court may list again where a ground exists; the creditor's own request is barred for six months",
        "具有法定情形的法院可以重新纳入；申请执行人六个月内申请的不予支持",
      ),
    );
  return remarks;
}

const isTerm = (years: number, { term, longer }: EnforcementRule): boolean =>
  years === term.years || (years >= term.years + longer.least && years <= term.years + longer.most);

function graceRemarks(dated: Day, until: Day, { grace }: EnforcementRule, remark: MakeRemark): Remark[] {
  const [least, most] = [addMonths(dated, grace.least, "clamp"), addMonths(dated, grace.most, "clamp")];
  return until < least || until > most
    ? [
        remark(
          "grace",
          "dishonest.grace",
          `grace is one to three months by the court's opinions as the press gives them: ${formatDay(least)} to ${formatDay(most)}`,
          `据报道的最高法意见，宽限期为一至三个月：${formatDay(least)} 至 ${formatDay(most)}`,
        ),
      ]
    : [];
}

function removalRemarks({ lists }: EnforcementLife, fact: ListMoved, remark: MakeRemark): Remark[] {
  const { years, entitled } = lists.dishonest;
  if (years !== undefined && fact.case !== undefined)
    return [
      remark(
        "term",
        "dishonest.removal.term",
        "the seven cases do not apply to a listing with a term; before its end only a decision deletes it",
        "有纳入期限的不适用七种情形；期限届满前仅得由法院决定提前删除",
      ),
    ];
  return years === undefined && fact.case === undefined && entitled === undefined
    ? [
        remark(
          "no-case",
          "dishonest.removal",
          "none of the seven cases is recorded for it",
          "未登记七种删除情形中的任何一种",
        ),
      ]
    : [];
}

/** An order may come once the notice's last day to perform is over, and must come for whoever is listed. */
export const mayLimit = ({ noticed, lists }: EnforcementLife, on: Day): boolean =>
  lists.dishonest.state === "listed" ||
  lists.dishonest.state === "in-grace" ||
  (noticed !== undefined && on > noticed.performBy);
