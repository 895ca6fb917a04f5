import { type Day, formatDay, monthIndex, monthStart } from "../core/index.ts";
import { type Asked, factsBehind, NOTHING, period, summed, total } from "./flow.ts";
import { LEAST_CASES, newcombe, wilson } from "./intervals.ts";
import type { Cell, Figure, Report, Row, Says, Table } from "./types.ts";
import {
  cellSays,
  counted,
  grouped,
  inOrder,
  money,
  monthSays,
  monthText,
  percent,
  same,
  says,
} from "./words.ts";

const FEW = says(
  `Fewer than ${LEAST_CASES} cases: too few to tell a share.`,
  `少于${LEAST_CASES}例，不足以得出比率。`,
);

/** A share with its interval; of too few cases, none. */
function shareCells(hits: number, cases: number): readonly [Cell, Cell] {
  const interval = cases >= LEAST_CASES ? wilson(hits, cases) : undefined;
  if (!interval) return [{ value: null }, { value: null }];
  return [
    { value: percent(hits / cases) },
    { value: `${percent(interval.low)} – ${percent(interval.high)}` },
  ];
}

const SHARE = (key: string, of: Says) => ({ key, kind: "share" as const, says: of });
const RANGE = { key: "range", kind: "range" as const, says: says("95 % interval", "95%置信区间") };

export function promisesReport(figures: readonly Figure[], asked: Asked): Report {
  const kinds = ["promised", "promise-kept", "promise-broken", "promise-lapsed", "promise-dropped"] as const;
  const by = kinds.map((what) => summed(figures, what, ({ x }) => x));
  const bands = inOrder(new Set(by.flatMap((sum) => [...sum.keys()].map(Number))));
  const cash = money(asked.currency);
  const rowOf = (
    key: string,
    name: Says,
    of: (i: number) => { n: number; amount: number },
    x?: string,
  ): Row => {
    const [kept, broken] = [of(1).n, of(2).n];
    return {
      key,
      says: name,
      cells: [
        ...kinds.map((what, i) => counted(of(i).n, factsBehind(asked, what, x === undefined ? {} : { x }))),
        cash(of(0).amount),
        cash(of(1).amount),
        ...shareCells(kept, kept + broken),
      ],
      ...(kept + broken < LEAST_CASES ? { caution: FEW } : {}),
    };
  };
  const all = by.map(total);
  const [kept, broken] = [all[1]!.n, all[2]!.n];
  return {
    id: "promises",
    ...period(asked),
    says: [
      kept + broken === 0
        ? says("No promise came due in these days.", "期间没有到期的承诺。")
        : says(
            `${grouped(kept)} of ${grouped(kept + broken)} promises that were judged in these days were kept.`,
            `期间判定的${grouped(kept + broken)}项承诺中有${grouped(kept)}项守约。`,
          ),
    ],
    tables: [
      {
        key: "bands",
        says: says("Promises, by the band the loan stood in", "按账龄段的承诺还款"),
        of: says("Band", "账龄段"),
        columns: [
          { key: "made", kind: "count", says: says("Made", "作出") },
          { key: "kept", kind: "count", says: says("Kept", "守约") },
          { key: "broken", kind: "count", says: says("Broken", "失约") },
          { key: "lapsed", kind: "count", says: says("No longer needed", "不再需要") },
          { key: "dropped", kind: "count", says: says("Replaced or withdrawn", "替换或撤回") },
          { key: "promised", kind: "money", says: says("Promised", "承诺金额") },
          { key: "paid", kind: "money", says: says("Paid on those kept", "守约实付") },
          SHARE("share", says("Kept, %", "守约率（%）")),
          RANGE,
        ],
        rows: [
          ...bands.map((band) =>
            rowOf(String(band), cellSays(band), (i) => by[i]!.get(String(band)) ?? NOTHING, String(band)),
          ),
          ...(bands.length > 1 ? [rowOf("all", says("All", "合计"), (i) => all[i]!)] : []),
        ],
      },
    ],
    means: [
      says(
        "Kept and broken are counted on the day on which the close judged them, made on the day of the promise: kept, % is of those judged. One that is waited for again after a reversal stays counted as kept on its day.",
        "守约、失约按日终判定日计，作出按承诺日计；守约率以已判定者为分母。冲正后重新等待的承诺，原判定日的计数不变。",
      ),
    ],
  };
}

export function complaintsReport(figures: readonly Figure[], loanDays: number, asked: Asked): Report {
  const kinds = summed(figures, "complaint", ({ x }) => x);
  const held = total(summed(figures, "complaint-hold", () => ""));
  const made = total(summed(figures, "contact", ({ x }) => x)).n;
  const all = total(kinds).n;
  const per = (n: number, of: number, times: number): string | null =>
    of > 0 ? percent((n * times) / of / 100) : null;
  const rowOf = (key: string, name: Says, n: number, names: { readonly x?: string }): Row => ({
    key,
    says: name,
    cells: [
      counted(n, factsBehind(asked, "complaint", names)),
      { value: per(n, loanDays / 30, 1000) },
      { value: per(n, made, 1000) },
    ],
  });
  return {
    id: "complaints",
    ...period(asked),
    says: [
      says(
        `${grouped(all)} complaints were recorded from ${formatDay(asked.from)} to ${formatDay(asked.to)}.`,
        `${formatDay(asked.from)}至${formatDay(asked.to)}共记录投诉${grouped(all)}件。`,
      ),
    ],
    tables: [
      {
        key: "kinds",
        says: says("Complaints", "投诉"),
        of: says("Kind", "类别"),
        columns: [
          { key: "n", kind: "count", says: says("Complaints", "件数") },
          {
            key: "perLate",
            kind: "range",
            says: says("per 1,000 loans late, in 30 days", "每千笔逾期贷款每30天"),
          },
          { key: "perContact", kind: "range", says: says("per 1,000 contacts made", "每千次触达") },
        ],
        rows: [
          ...[...kinds].sort().map(([kind, { n }]) => rowOf(kind, complaintSays(kind), n, { x: kind })),
          ...(kinds.size > 1 ? [rowOf("all", says("All", "合计"), all, {})] : []),
        ],
      },
      {
        key: "holds",
        says: says("Loans held for a complaint", "因投诉暂停催收的贷款"),
        of: says("What", "项目"),
        columns: [{ key: "n", kind: "count", says: says("Loans held", "笔次") }],
        rows:
          held.n === 0
            ? []
            : [
                {
                  key: "hold",
                  says: says("Holds placed", "设置暂停"),
                  cells: [counted(held.n, factsBehind(asked, "complaint-hold"))],
                },
              ],
      },
    ],
    means: [
      says(
        "Complaints of the register, by what they are about, each on the day on which it was booked and under the first of its loans. A loan held for a complaint is counted apart: one complaint can hold several.",
        "投诉取自投诉登记，按事由、于入账日计入其首笔贷款；因投诉暂停的贷款另计，一次投诉可暂停多笔。",
      ),
    ],
  };
}

const TOPICS: Readonly<Record<string, Says>> = {
  "sum-wrong": says("The sum is wrong", "金额有误"),
  "not-mine": says("Not my debt", "非本人债务"),
  "identity-theft": says("Identity theft", "身份被冒用"),
  conduct: says("Conduct", "催收行为"),
  privacy: says("Privacy", "个人信息"),
  "third-person": says("A third person was contacted", "联系第三人"),
  "letter-false": says("A letter is false", "函件不实"),
  "credit-record": says("Credit record", "征信记录"),
  other: says("Other", "其他"),
};
const complaintSays = (kind: string): Says => TOPICS[kind] ?? same(kind);

interface ArmCohort {
  readonly arm: string;
  late: number;
  older: number;
}

/**
 * What each arm brought, against the hold-out.
 *
 * The outcome was fixed before anybody looked: of the loans that became late in a month, the share that was more than 30
 * days late in the end. Only months that ended at least 31 days before the last close count.
 */
export function armsReport(figures: readonly Figure[], asked: Asked & { readonly through: Day }): Report {
  const [first, last] = [monthIndex(asked.from), monthIndex(asked.to)];
  const isDue = (month: number): boolean => monthStart(month + 1) + OUTCOME_DAYS <= asked.through;
  const cohorts = new Map<string, ArmCohort>();
  let waiting = 0;
  for (const { what, x, y, n } of figures) {
    if (what !== "arm-late" && what !== "arm-older") continue;
    const month = Number(y);
    if (month < first || month > last) continue;
    if (!isDue(month)) {
      if (what === "arm-late") waiting += n;
      continue;
    }
    const cohort = cohorts.get(x) ?? { arm: x, late: 0, older: 0 };
    cohorts.set(x, cohort);
    if (what === "arm-late") cohort.late += n;
    else cohort.older += n;
  }
  const paid = summed(figures, "arm-paid", ({ x }) => x);
  const planned = summed(figures, "arm-planned", ({ x }) => x);
  const complaints = summed(figures, "arm-complaint", ({ x }) => x);
  const rows = [...cohorts.values()].sort((a, b) => (a.arm < b.arm ? -1 : 1));
  const holdOutOf = (arm: string): ArmCohort | undefined =>
    rows.find((one) => one.arm.endsWith(HOLD_OUT) && one.arm.split("/")[0] === arm.split("/")[0]);
  const cash = money(asked.currency);
  const table = rows.map((one): Row => {
    const [strategy, name] = one.arm.split("/");
    const isHoldOut = one.arm.endsWith(HOLD_OUT);
    const against = isHoldOut ? undefined : holdOutOf(one.arm);
    const enough = against && one.late >= LEAST_CASES && against.late >= LEAST_CASES;
    const difference = enough
      ? newcombe({ hits: one.older, cases: one.late }, { hits: against.older, cases: against.late })
      : undefined;
    const [share, range] = shareCells(one.older, one.late);
    const apart = difference ? one.older / one.late - against!.older / against!.late : undefined;
    return {
      key: one.arm,
      says: isHoldOut
        ? says(`${strategy} · ${name} (hold-out)`, `${strategy} · ${name}（对照组）`)
        : same(`${strategy} · ${name}`),
      cells: [
        counted(one.late),
        counted(one.older),
        share,
        range,
        { value: apart === undefined ? null : percent(apart) },
        { value: difference ? `${percent(difference.low)} – ${percent(difference.high)}` : null },
        counted(planned.get(one.arm)?.n ?? 0),
        cash(paid.get(one.arm)?.amount ?? 0),
        counted(complaints.get(one.arm)?.n ?? 0),
      ],
      ...(one.late < LEAST_CASES ? { caution: FEW } : {}),
    };
  });
  return {
    id: "arms",
    ...period(asked),
    says: armSentences(rows, holdOutOf, waiting),
    tables: [
      {
        key: "arms",
        says: says("Arms of a strategy, against its hold-out", "策略分组与对照组"),
        of: says("Arm", "分组"),
        columns: [
          { key: "late", kind: "count", says: says("Became late", "新进入逾期") },
          { key: "older", kind: "count", says: says("Of these over 30 days", "其中超30天") },
          SHARE("share", says("Over 30 days, %", "超30天（%）")),
          RANGE,
          { key: "difference", kind: "share", says: says("Less hold-out, points", "较对照组（百分点）") },
          { key: "differenceRange", kind: "range", says: says("95 % interval of it", "其95%置信区间") },
          { key: "planned", kind: "count", says: says("Steps planned", "计划动作") },
          { key: "paid", kind: "money", says: says("Received while late", "逾期期间回款") },
          { key: "complaints", kind: "count", says: says("Complaints", "投诉") },
        ],
        rows: table,
      },
    ],
    means: [
      says(
        `The one outcome by which arms are compared was fixed beforehand: of the loans that became late in a month, the share that was more than 30 days late in the end. Months count from ${OUTCOME_DAYS} days after their end.`,
        `分组比较的唯一结果指标事先确定：当月新进入逾期的贷款中最终逾期超过30天的占比；各月在月末后满${OUTCOME_DAYS}天方计入。`,
      ),
      says(
        "An interval that does not hold 0 tells a difference that chance alone brings in one of twenty looks. Who looks every day and stops at the first one finds such differences where there are none. Borrowers are drawn, and loans counted: several loans of one borrower make the intervals too narrow.",
        "区间不含0，表示仅凭偶然约二十次查看才出现一次；天天查看、见好即停会得出并不存在的差异。抽签以借款人为单位而计数以贷款为单位，一人多笔会使区间偏窄。",
      ),
      says(
        "Planned steps, money received and complaints are of the days asked for, whatever month the loan became late in.",
        "计划动作、回款与投诉按所选日期计，与进入逾期的月份无关。",
      ),
    ],
  };
}

const HOLD_OUT = "/hold-out";
/** A loan that became late on the last day of a month is more than 30 days late 31 days after it. */
const OUTCOME_DAYS = 31;

function armSentences(
  rows: readonly ArmCohort[],
  holdOutOf: (arm: string) => ArmCohort | undefined,
  waiting: number,
): Says[] {
  if (rows.length === 0)
    return [
      waiting > 0
        ? says(
            `${grouped(waiting)} loans became late in arms of a strategy, and their outcome is not due yet.`,
            `分组内有${grouped(waiting)}笔进入逾期，结果尚未到期。`,
          )
        : says("No strategy with arms was in use in these months.", "期间未使用设有分组的策略。"),
    ];
  return rows.flatMap((one) => {
    const against = holdOutOf(one.arm);
    if (!against || against === one) return [];
    const name = one.arm.split("/")[1]!;
    if (one.late < LEAST_CASES || against.late < LEAST_CASES)
      return [
        says(`${name}: too few cases to compare with the hold-out.`, `${name}：例数太少，无法与对照组比较。`),
      ];
    const range = newcombe(
      { hits: one.older, cases: one.late },
      { hits: against.older, cases: against.late },
    )!;
    if (range.low <= 0 && range.high >= 0)
      return [
        says(
          `${name}: no difference from the hold-out that chance would not bring.`,
          `${name}：与对照组的差异未超出偶然范围。`,
        ),
      ];
    const better = range.high < 0;
    return [
      says(
        `${name}: ${better ? "fewer" : "more"} loans over 30 days than in the hold-out, by ${percent(Math.min(Math.abs(range.low), Math.abs(range.high)))} to ${percent(Math.max(Math.abs(range.low), Math.abs(range.high)))} points.`,
        `${name}：超30天的占比比对照组${better ? "低" : "高"}${percent(Math.min(Math.abs(range.low), Math.abs(range.high)))}至${percent(Math.max(Math.abs(range.low), Math.abs(range.high)))}个百分点。`,
      ),
    ];
  });
}

/** What one agency was given and what came of it while it had it. */
export interface AgencyFigures {
  readonly agency: string;
  /** Loans placed with it in the period or before, and not back before it began. */
  readonly loans: number;
  readonly principal: number;
  readonly received: number;
  readonly payments: number;
  readonly cured: number;
  readonly complaints: number;
}

/** Agencies beside each other. They are given different loans: what stands here is a description and no experiment. */
export function agenciesReport(agencies: readonly AgencyFigures[], asked: Asked): Report {
  const cash = money(asked.currency);
  return {
    id: "agencies",
    ...period(asked),
    says: [
      agencies.length === 0
        ? says("No loan was placed with an agency in these days.", "期间没有委外的贷款。")
        : says(
            `${agencies.length} ${agencies.length === 1 ? "agency" : "agencies"} had ${grouped(agencies.reduce((sum, { loans }) => sum + loans, 0))} loans in hand.`,
            `${agencies.length}家机构共受托${grouped(agencies.reduce((sum, { loans }) => sum + loans, 0))}笔。`,
          ),
    ],
    tables: [
      {
        key: "agencies",
        says: says("Agencies", "委外机构"),
        of: says("Agency", "机构"),
        columns: [
          { key: "loans", kind: "count", says: says("Loans in hand", "受托笔数") },
          { key: "principal", kind: "money", says: says("Principal paid out", "放款本金") },
          { key: "received", kind: "money", says: says("Received meanwhile", "受托期间回款") },
          { key: "payments", kind: "count", says: says("Payments", "还款笔数") },
          { key: "cured", kind: "count", says: says("Cured or ended", "恢复或结清") },
          SHARE("share", says("Of loans in hand, %", "占受托（%）")),
          RANGE,
          { key: "complaints", kind: "count", says: says("Complaints", "投诉") },
        ],
        rows: agencies.map((one): Row => {
          const [share, range] = shareCells(one.cured, one.loans);
          return {
            key: one.agency,
            says: same(one.agency),
            cells: [
              counted(one.loans),
              cash(one.principal),
              cash(one.received),
              counted(one.payments),
              counted(one.cured),
              share,
              range,
              counted(one.complaints),
            ],
            ...(one.loans < LEAST_CASES ? { caution: FEW } : {}),
          };
        }),
      },
    ],
    means: [
      says(
        "In hand: placed with the agency on at least one of these days. Money, cures and complaints count on the days on which it had the loan. Agencies are given different loans; a difference between them is not yet a difference in their work.",
        "受托：期间至少一天委托给该机构。回款、恢复与投诉只计其受托之日。各机构受托的贷款不同，差异不等于工作优劣。",
      ),
    ],
  };
}

/** Cures by month as a table of the funnel. */
export const stayedTable = (rows: readonly Row[]): Table => ({
  key: "stayed",
  says: says("How many cures lasted", "恢复后是否再逾期"),
  of: says("Cured in", "恢复月份"),
  columns: [
    { key: "cured", kind: "count", says: says("Cured", "恢复正常") },
    { key: "stayed30", kind: "count", says: says("Not late again in 30 days", "30天内未再逾期") },
    SHARE("share30", says("Of these, %", "占比（%）")),
    { key: "stayed90", kind: "count", says: says("Not late again in 90 days", "90天内未再逾期") },
    SHARE("share90", says("Of these, %", "占比（%）")),
  ],
  rows,
});

/** Cures of each month, and how many lasted; told once so many days are over. */
export function curesByMonth(
  figures: readonly Figure[],
  curedByMonth: ReadonlyMap<number, number>,
  through: Day,
) {
  const relapsed = summed(figures, "relapsed", ({ x, y }) => `${x} ${y}`);
  return [...curedByMonth]
    .sort(([a], [b]) => a - b)
    .map(([month, cured]): Row => {
      const stayed = (days: 30 | 90): readonly Cell[] => {
        if (monthStart(month + 1) - 1 + days > through) return [{ value: null }, { value: null }];
        const n = cured - (relapsed.get(`${month} ${days}`)?.n ?? 0);
        return [counted(n), shareCells(n, cured)[0]];
      };
      return {
        key: monthText(month),
        says: monthSays(month),
        cells: [counted(cured), ...stayed(30), ...stayed(90)],
        ...(cured < LEAST_CASES ? { caution: FEW } : {}),
      };
    });
}
