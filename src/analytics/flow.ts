import { CELL, type Day, formatDay } from "../core/index.ts";
import type { Stock } from "./roll.ts";
import type { Behind, Cell, Figure, Period, Report, Row } from "./types.ts";
import { cellSays, counted, grouped, inOrder, money, percent, same, says, shareOf } from "./words.ts";

export interface Asked extends Period {
  readonly currency: string;
  readonly product?: string;
}

/** Figures of a kind added up by one of their names, or by both. */
export function summed(
  figures: readonly Figure[],
  what: string,
  by: (figure: Figure) => string | undefined,
): Map<string, Stock> {
  const sums = new Map<string, Stock>();
  for (const figure of figures) {
    const key = figure.what === what ? by(figure) : undefined;
    if (key === undefined) continue;
    const known = sums.get(key) ?? NOTHING;
    sums.set(key, { n: known.n + figure.n, amount: known.amount + figure.amount });
  }
  return sums;
}

export const NOTHING: Stock = { n: 0, amount: 0 };
export const total = (sums: ReadonlyMap<string, Stock>): Stock =>
  [...sums.values()].reduce((sum, { n, amount }) => ({ n: sum.n + n, amount: sum.amount + amount }), NOTHING);

/** The loans behind facts of some kind in the period. */
export const factsBehind = (
  { from, to, product }: Asked,
  what: string,
  names: { readonly x?: string; readonly y?: string } = {},
): Behind => ({
  of: "fact",
  what,
  from: formatDay(from),
  to: formatDay(to),
  ...names,
  ...(product === undefined ? {} : { product }),
});

/** The loans that stood somewhere at the end of a day. */
const stoodBehind = ({ product }: Asked, on: Day, cell: number): Behind => ({
  of: "stock",
  on: formatDay(on),
  cell: String(cell),
  ...(product === undefined ? {} : { product }),
});

const moves = (figures: readonly Figure[]): { from: number; to: number; n: number; amount: number }[] =>
  figures.flatMap(({ what, x, y, n, amount }) =>
    what === "move" ? [{ from: Number(x), to: Number(y), n, amount }] : [],
  );

/**
 * What became of the loans that were late: how many came into each band, and how they left it.
 *
 * Takes   figures of the period; the stock at the end of the day before it.
 * Holds   for each band, stock at the start + came in - left = stock at the end.
 */
export function funnelReport(
  figures: readonly Figure[],
  start: ReadonlyMap<number, Stock>,
  asked: Asked,
): Report {
  const all = moves(figures);
  const bands = inOrder(new Set([...all.flatMap(({ from, to }) => [from, to]), ...start.keys()])).filter(
    (cell) => cell > 0 || cell === CELL.writtenOff,
  );
  const sum = (wanted: (from: number, to: number) => boolean): Stock =>
    all.reduce(
      (found, { from, to, n, amount }) =>
        wanted(from, to) ? { n: found.n + n, amount: found.amount + amount } : found,
      NOTHING,
    );
  const rankOf = (cell: number): number => (cell === CELL.writtenOff ? 1000 : cell);
  const link = (from: number | undefined, to: number | undefined): Behind => ({
    ...factsBehind(asked, "move"),
    ...(from === undefined ? {} : { x: String(from) }),
    ...(to === undefined ? {} : { y: String(to) }),
  });
  const rows = bands.map((band): Row => {
    const came = sum((from, to) => to === band && from !== band);
    const worse = sum((from, to) => from === band && rankOf(to) > rankOf(band));
    const better = sum((from, to) => from === band && to > 0 && rankOf(to) < rankOf(band));
    const cured = sum((from, to) => from === band && to === 0);
    const ended = sum((from, to) => from === band && to === CELL.ended);
    const left = worse.n + better.n + cured.n + ended.n;
    return {
      key: String(band),
      says: cellSays(band),
      cells: [
        counted(start.get(band)?.n ?? 0, stoodBehind(asked, (asked.from - 1) as Day, band)),
        counted(came.n, link(undefined, band)),
        money(asked.currency)(came.amount),
        counted(worse.n, { ...link(band, undefined), y: "older" }),
        counted(better.n, { ...link(band, undefined), y: "younger" }),
        counted(cured.n, link(band, 0)),
        counted(ended.n, link(band, CELL.ended)),
        counted((start.get(band)?.n ?? 0) + came.n - left, stoodBehind(asked, asked.to, band)),
        shareOf(cured.n + ended.n, left),
      ],
    };
  });
  const late = sum((from, to) => from <= 0 && to > 0);
  const cured = sum((from, to) => from > 0 && to === 0);
  return {
    id: "funnel",
    ...period(asked),
    says: [
      says(
        `${grouped(late.n)} times a loan became late from ${formatDay(asked.from)} to ${formatDay(asked.to)}; ${grouped(cured.n)} times one was cured.`,
        `${formatDay(asked.from)}至${formatDay(asked.to)}，新进入逾期${grouped(late.n)}笔次，恢复正常${grouped(cured.n)}笔次。`,
      ),
    ],
    tables: [
      {
        key: "bands",
        says: says("Into each band, and out of it", "各账龄段的进入与离开"),
        of: says("Band", "账龄段"),
        columns: [
          { key: "start", kind: "count", says: says("At the start", "期初") },
          { key: "came", kind: "count", says: says("Came in", "进入") },
          { key: "principal", kind: "money", says: says("with principal of", "进入时本金") },
          { key: "worse", kind: "count", says: says("On to an older band", "转入更高段") },
          { key: "better", kind: "count", says: says("Back to a younger one", "退回较低段") },
          { key: "cured", kind: "count", says: says("Cured", "恢复正常") },
          { key: "ended", kind: "count", says: says("Ended", "结清") },
          { key: "end", kind: "count", says: says("At the end", "期末") },
          { key: "out", kind: "share", says: says("Left well, %", "良性离开（%）") },
        ],
        rows,
      },
      curesTable(figures, asked),
      stagesTable(figures, asked),
    ],
    means: [
      says(
        "Cured: nothing is past due any more (arrears back to zero). Ended: nothing is owed any more. Left well: cured or ended, of all that left the band. One loan can come in more than once.",
        "恢复正常：逾期欠款归零。结清：不再欠款。良性离开：恢复正常或结清占全部离开之比。同一笔贷款可多次进入。",
      ),
      says(
        "Stayed cured: not late again within 30 (90) days after the cure; told of cures of a month once so many days are over since it ended.",
        "未再逾期：恢复正常后30天（90天）内未再逾期；须待当月末后满30天（90天）方可定论。",
      ),
      says(
        "Stages are those that a strategy with segments or arms writes down; one without either records none.",
        "阶段取自设有客群或分组的策略的记录；两者皆无的策略不记录阶段。",
      ),
    ],
  };
}

export const period = ({ currency, from, to }: Asked): Pick<Report, "currency" | "from" | "to"> => ({
  currency,
  from,
  to,
});

/** Cures by band, and how many lasted. `relapsed` is told of the month of the cure, so months are looked at whole. */
function curesTable(figures: readonly Figure[], asked: Asked): Report["tables"][number] {
  const cured = summed(figures, "cured", ({ x }) => x);
  const bands = inOrder([...cured.keys()].map(Number));
  return {
    key: "cures",
    says: says("Cures by the band they came from", "按来源账龄段的恢复"),
    of: says("From", "来自"),
    columns: [
      { key: "cured", kind: "count", says: says("Cured", "恢复正常") },
      { key: "principal", kind: "money", says: says("Principal", "本金余额") },
    ],
    rows: bands.map((band): Row => {
      const { n, amount } = cured.get(String(band))!;
      return {
        key: String(band),
        says: cellSays(band),
        cells: [counted(n, factsBehind(asked, "cured", { x: String(band) })), money(asked.currency)(amount)],
      };
    }),
  };
}

function stagesTable(figures: readonly Figure[], asked: Asked): Report["tables"][number] {
  const came = summed(figures, "stage-in", ({ x }) => x);
  const left = summed(figures, "stage-out", ({ x, y }) => `${x}\n${y}`);
  const out = (stage: string, how: string): Cell => counted(left.get(`${stage}\n${how}`)?.n ?? 0);
  return {
    key: "stages",
    says: says("Stages of the strategy", "策略阶段"),
    of: says("Stage", "阶段"),
    columns: [
      { key: "came", kind: "count", says: says("Entered", "进入") },
      { key: "next", kind: "count", says: says("On to another stage", "转入其他阶段") },
      { key: "paid", kind: "count", says: says("Left by a payment", "因还款离开") },
      { key: "ended", kind: "count", says: says("Ended", "结清") },
      { key: "writtenOff", kind: "count", says: says("Written off", "核销") },
    ],
    rows: [...came].map(
      ([stage, { n }]): Row => ({
        key: stage,
        says: same(stage),
        cells: [
          counted(n, factsBehind(asked, "stage-in", { x: stage })),
          out(stage, "next"),
          out(stage, "paid"),
          out(stage, "ended"),
          out(stage, "written-off"),
        ],
      }),
    ),
  };
}

/** `loanDays`: loans past due at the close of a day, over the days of the period. */
export function contactsReport(figures: readonly Figure[], loanDays: number, asked: Asked): Report {
  const kinds = ["planned", "refused", "asked", "contact"] as const;
  const table = (
    key: string,
    name: ReturnType<typeof says>,
    of: ReturnType<typeof says>,
    by: "x" | "y",
  ): Report["tables"][number] => {
    const sums = kinds.map((what) => summed(figures, what, (figure) => figure[by]));
    const names = [...new Set(sums.flatMap((sum) => [...sum.keys()]))].sort();
    return {
      key,
      says: name,
      of,
      columns: [
        { key: "planned", kind: "count", says: says("Planned", "已计划") },
        { key: "refused", kind: "count", says: says("Refused by a rule", "被规则拒绝") },
        { key: "asked", kind: "count", says: says("Left to a person", "交由人工") },
        { key: "made", kind: "count", says: says("Made", "已触达") },
        {
          key: "intensity",
          kind: "range",
          says: says("Made per 100 loans late, in 30 days", "每百笔逾期贷款每30天触达"),
        },
      ],
      rows: names.map((name): Row => {
        const n = sums.map((sum) => sum.get(name)?.n ?? 0);
        return {
          key: name === "" ? "-" : name,
          says: by === "x" ? channelSays(name) : name === "" ? says("no stage", "无阶段") : same(name),
          cells: [
            ...kinds.map((what, i) => counted(n[i]!, factsBehind(asked, what, { [by]: name }))),
            { value: intensity(n[3]!, loanDays) },
          ],
        };
      }),
    };
  };
  const made = total(summed(figures, "contact", ({ x }) => x)).n;
  const refused = total(summed(figures, "refused", ({ x }) => x)).n;
  const each = intensity(made, loanDays);
  return {
    id: "contacts",
    ...period(asked),
    says: [
      each === null
        ? says("No loan was late in these days.", "期间无逾期贷款。")
        : says(
            `${grouped(made)} contacts were made and ${grouped(refused)} steps refused; ${each} contacts for every 100 loans late, in 30 days.`,
            `触达${grouped(made)}次，被规则拒绝${grouped(refused)}次；每百笔逾期贷款每30天触达${each}次。`,
          ),
    ],
    tables: [
      table("channel", says("By channel", "按渠道"), says("Channel", "渠道"), "x"),
      table("stage", says("By stage", "按阶段"), says("Stage", "阶段"), "y"),
    ],
    means: [
      says(
        "Made: handed over to a channel, whatever came of it; what failed at the hand-over is counted with it. Planned by the close, refused or left to a person by the close. A message about several loans of one person is one.",
        "已触达：已交付渠道，无论结果如何，交付失败的也计入。计划、拒绝、交由人工均为日终所记。同一人多笔贷款合并的一条消息只计一次。",
      ),
      says(
        "Intensity: contacts made x 30 x 100 / loan-days in arrears, a loan-day being a loan past due at the close of a day.",
        "触达强度：触达次数×30×100÷逾期笔日数；一笔日指某日日终处于逾期的一笔贷款。",
      ),
    ],
  };
}

const intensity = (made: number, loanDays: number): string | null =>
  loanDays > 0 ? percent((made * 30) / loanDays) : null;

const CHANNELS: Readonly<Record<string, ReturnType<typeof says>>> = {
  app: says("App", "应用内消息"),
  text: says("Text message", "短信"),
  call: says("Call", "电话"),
  email: says("E-mail", "电子邮件"),
  letter: says("Letter", "信函"),
  person: says("A person", "人工"),
};
const channelSays = (name: string): ReturnType<typeof says> =>
  CHANNELS[name] ?? {
    en: name
      .split(",")
      .map((one) => CHANNELS[one]?.en ?? one)
      .join(" / "),
    zh: name
      .split(",")
      .map((one) => CHANNELS[one]?.zh ?? one)
      .join(" / "),
  };

export function recoveriesReport(
  figures: readonly Figure[],
  start: ReadonlyMap<number, Stock>,
  asked: Asked,
): Report {
  const paid = summed(figures, "paid", ({ x }) => x);
  const bands = inOrder(new Set([...[...paid.keys()].map(Number), ...start.keys()])).filter(
    (cell) => cell > 0 || cell === CELL.writtenOff,
  );
  const cash = money(asked.currency);
  const late = bands.reduce((sum, band) => sum + (paid.get(String(band))?.amount ?? 0), 0);
  const sumIn = (amount: number): string =>
    cash(amount).value!.replace(/^\d+/, (whole) => grouped(Number(whole)));
  const charged = summed(figures, "charged", ({ x }) => x);
  const waived = summed(figures, "waived", ({ x }) => x);
  const writtenOff = total(
    summed(figures, "move", ({ x, y }) => (Number(y) === CELL.writtenOff ? x : undefined)),
  );
  const costRows: Row[] = [
    ...[...charged].map(
      ([kind, sum]): Row =>
        moneyRow(`charged-${kind}`, chargeSays(kind), sum, factsBehind(asked, "charged", { x: kind })),
    ),
    ...[...waived].map(
      ([kind, sum]): Row =>
        moneyRow(
          `waived-${kind}`,
          says(`Given up: ${chargeSays(kind).en}`, `减免：${chargeSays(kind).zh}`),
          sum,
          factsBehind(asked, "waived", { x: kind }),
        ),
    ),
    moneyRow("written-off", says("Principal written off", "核销本金"), writtenOff, {
      ...factsBehind(asked, "move"),
      y: String(CELL.writtenOff),
    }),
  ];
  function moneyRow(key: string, name: ReturnType<typeof says>, { n, amount }: Stock, behind: Behind): Row {
    return { key, says: name, cells: [counted(n, behind), cash(amount)] };
  }
  return {
    id: "recoveries",
    ...period(asked),
    says: [
      says(
        `${asked.currency} ${sumIn(late)} came in on loans that were late.`,
        `逾期贷款共收回${asked.currency} ${sumIn(late)}。`,
      ),
    ],
    tables: [
      {
        key: "bands",
        says: says("Money received, by the band the loan stood in", "按还款时账龄段的回款"),
        of: says("Band", "账龄段"),
        columns: [
          { key: "payments", kind: "count", says: says("Payments", "笔数") },
          { key: "received", kind: "money", says: says("Received", "回款") },
          { key: "start", kind: "money", says: says("Principal at the start", "期初本金") },
          { key: "share", kind: "share", says: says("Received of it, %", "回款占期初本金（%）") },
        ],
        rows: bands.map((band): Row => {
          const { n, amount } = paid.get(String(band)) ?? NOTHING;
          const held = start.get(band)?.amount ?? 0;
          return {
            key: String(band),
            says: cellSays(band),
            cells: [
              counted(n, factsBehind(asked, "paid", { x: String(band) })),
              cash(amount),
              cash(held),
              shareOf(amount, held),
            ],
          };
        }),
      },
      {
        key: "costs",
        says: says("Costs charged, sums given up, write-offs", "费用、减免与核销"),
        of: says("Kind", "类别"),
        columns: [
          { key: "n", kind: "count", says: says("Times", "次数") },
          { key: "amount", kind: "money", says: says("Sum", "金额") },
        ],
        rows: costRows,
      },
    ],
    means: [
      says(
        "By the day a payment is booked, with what it was: a payment that is taken back counts against the day on which that is booked, and days before stay as they were shown. Of loans whose balance is reported, the fall of the principal counts.",
        "按记账日计：被冲正的还款在冲正记账日扣减，此前各日数字不变。对由核心系统报送余额的贷款，以本金减少额计。",
      ),
      says(
        "Costs are those that were charged to the loan (court fees among them, as recovery-cost). What the lender pays its agencies, firms and carriers stands in none of the book's facts and is not in here.",
        "费用为记入贷款的费用（含诉讼费，列为实现债权费用）。放款方付给机构、律所与通道的费用账内无记录，不在其中。",
      ),
    ],
  };
}

const CHARGES: Readonly<Record<string, ReturnType<typeof says>>> = {
  fee: says("fees", "手续费"),
  penalty: says("penalties", "违约金"),
  "recovery-cost": says("costs of recovery", "实现债权的费用"),
  "late-interest": says("late interest", "罚息"),
  interest: says("interest", "利息"),
  principal: says("principal", "本金"),
};
const chargeSays = (kind: string): ReturnType<typeof says> => CHARGES[kind] ?? same(kind);

/** Loans by band at the end of a day, from the stock. */
export function agesReport(stock: ReadonlyMap<number, Stock>, asked: Asked): Report {
  const cells = inOrder(stock.keys()).filter(
    (cell) => cell !== CELL.ended && (stock.get(cell)?.n ?? 0) !== 0,
  );
  const all = total(
    new Map([...stock].filter(([cell]) => cell !== CELL.ended).map(([cell, of]) => [String(cell), of])),
  );
  const late = cells.filter((cell) => cell > 0).reduce((sum, cell) => sum + stock.get(cell)!.n, 0);
  return {
    id: "ages",
    ...period(asked),
    says: [
      says(
        `At the close of ${formatDay(asked.to)}, ${grouped(late)} of ${grouped(all.n)} loans were late.`,
        `${formatDay(asked.to)}日终，${grouped(all.n)}笔中有${grouped(late)}笔逾期。`,
      ),
    ],
    tables: [
      {
        key: "bands",
        says: says("Loans by band", "账龄分布"),
        of: says("Band", "账龄段"),
        columns: [
          { key: "loans", kind: "count", says: says("Loans", "笔数") },
          { key: "share", kind: "share", says: says("Of all, %", "占比（%）") },
          { key: "principal", kind: "money", says: says("Principal", "本金余额") },
          { key: "principalShare", kind: "share", says: says("Of all, %", "余额占比（%）") },
        ],
        rows: cells.map((cell): Row => {
          const { n, amount } = stock.get(cell)!;
          return {
            key: String(cell),
            says: cellSays(cell),
            cells: [
              counted(n, stoodBehind(asked, asked.to, cell)),
              shareOf(n, all.n),
              money(asked.currency)(amount),
              shareOf(amount, all.amount),
            ],
          };
        }),
      },
    ],
    means: [
      says(
        "As the book stood at that close: what was booked later with an earlier value day changes no day before.",
        "以当日日终为准：此后入账、起息日在前的款项不改变此前各日。",
      ),
    ],
  };
}
