import { add, type Minor } from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import {
  COMPLAINT,
  claimHome,
  commonClaims,
  FREE_FACTS,
  FREE_TEXT,
  lastRows,
  settings,
} from "./complaint-rows.ts";
import {
  band,
  box,
  courtBlocks,
  dayOr,
  NOTICE,
  partyBlocks,
  row,
  SIGNED_BY,
  securityRows,
} from "./element-form.ts";
import { mediationBlocks } from "./element-mediation.ts";
import type { Clause, PaperFacts, RepaymentMethod } from "./facts.ts";
import { type Asked, Form, line, yuan } from "./form.ts";
import type { Known, Line, Paper, PaperBlock, Piece } from "./paper.ts";

/** 民事起诉状（金融借款合同纠纷）, the element form. */
export function complaintLoan(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  const blocks: PaperBlock[] = [
    NOTICE,
    ...partyBlocks(form, facts),
    band("诉讼请求", FREE_TEXT),
    ...loanClaims(form, facts),
    ...courtBlocks(form, facts),
    band("事实与理由", FREE_FACTS),
    ...loanFacts(form, facts),
    ...mediationBlocks(form, facts),
  ];
  return {
    kind: "complaint-loan",
    on: facts.on,
    title: "民事起诉状",
    subtitle: "（金融借款合同纠纷）",
    blocks,
    signature: SIGNED_BY(facts.lender),
    fields: form.fields,
  };
}

// --- claims ----------------------------------------------------------------------------------------------------------

function loanClaims(form: Form, facts: PaperFacts): PaperBlock[] {
  const { claim, wishes } = facts;
  const until = claim ? chineseDay(claim.asOf) : dayOr("");
  const money = (id: string, label: string, gloss: string, known: Known<Minor> | undefined): string =>
    form.money(`claim.${id}`, label, known, {
      gloss,
      need: "stops",
      cite: COMPLAINT,
      home: claimHome(facts, id),
    });
  const principal = money("principal", "尚欠本金", "principal owed", claim?.principal);
  const interest = money("interest", "期内利息", "interest in term", claim?.interest);
  const compound = money("compound", "复利", "compound interest", claim?.compound);
  const late = money("late", "罚息（违约金）", "late interest or agreed penalty", claim?.late);
  const all =
    claim?.interest && claim.compound && claim.late
      ? yuan(add(claim.interest.value, claim.compound.value, claim.late.value), facts.currency)
      : "";
  const calculation = form.say(
    "claim.calculation",
    "计算方式",
    claim && { value: claim.calculation, source: claim.principal.source },
    { gloss: "how it was counted", need: "stops", cite: COMPLAINT, home: claimHome(facts, "calculation") },
    (told) => told.join(""),
  );
  const after =
    wishes.untilPaid?.value === true && claim !== undefined
      ? [[`自${until}之次日起的利息、罚息，按上述标准计算至实际清偿之日止。`] as Line]
      : [];
  const untilPaid = form.yesNo("claim.until-paid", "是否请求支付至实际清偿之日止", wishes.untilPaid, {
    gloss: "asks for interest until it is paid",
    need: "stops",
    home: settings("claims.until_paid"),
  });
  const early = wishes.early;
  form.say(
    "claim.early",
    "是否要求提前还款或解除合同",
    early,
    { gloss: "calls the loan in, or ends the contract", need: "stops", home: settings("claims.early") },
    (value) => (value === "accelerate" ? "提前还款（加速到期）" : value === "terminate" ? "解除合同" : "否"),
  );
  const reduced = claim?.reduced
    ? [
        [
          `按合同约定计算合计${yuan(claim.contractual, facts.currency)}；超过综合成本年化${claim.reduced.percent}%的部分${yuan(claim.reduced.amount, facts.currency)}，原告在本案中不主张。`,
        ],
      ]
    : [];
  return [
    row("1. 本金", [
      `截至${until}止，尚欠本金${principal || "　　　　元"}（人民币，下同；如外币需特别注明）`,
    ]),
    row(
      "2. 利息（期内利息、复利、罚息）",
      [
        `截至${until}止，欠利息${all || "　　　　元"}，其中期内利息${interest || "　　　　元"}、复利${compound || "　　　　元"}、罚息（违约金）${late || "　　　　元"}`,
      ],
      [`计算方式：${calculation}`],
      ...after,
      ...reduced,
      line("是否请求支付至实际清偿之日止：", untilPaid),
    ),
    row(
      "3. 是否要求提前还款或解除合同",
      line(
        "是",
        box(early !== undefined && early.value !== "no"),
        "　提前还款（加速到期）",
        box(early?.value === "accelerate"),
        "／解除合同",
        box(early?.value === "terminate"),
      ),
      line("否", box(early?.value === "no")),
    ),
    ...commonClaims(form, facts, 4),
  ];
}

// --- facts -----------------------------------------------------------------------------------------------------------

const clauseText = (known: Known | undefined): string => `（合同条款：${known?.value ?? "第　　条"}）`;

const METHODS: readonly (readonly [RepaymentMethod, string])[] = [
  ["equal-installment", "等额本息"],
  ["equal-principal", "等额本金"],
  ["bullet", "到期一次性还本付息"],
  ["monthly-interest", "按月计息、到期一次性还本"],
  ["quarterly-interest", "按季计息、到期一次性还本"],
  ["yearly-interest", "按年计息、到期一次性还本"],
  ["other", "其他"],
];

const PER = { day: "日", month: "月", year: "年" } as const;

function rateLines(form: Form, { contract }: PaperFacts): Line[] {
  const { rate, late, compound, clauses } = contract;
  const clause = (which: Clause, gloss: string, need: Asked["need"]): Known | undefined => {
    form.text(`contract.clause.${which}`, "合同条款", clauses[which], {
      gloss,
      need,
      home: { from: "contract", at: `contract.clauses.${which}` },
    });
    return clauses[which];
  };
  const said = form.say(
    "contract.rate",
    "利率",
    rate,
    { gloss: "rate of interest", need: "stops", cite: COMPLAINT, home: { from: "ledger", at: "rate" } },
    ({ percent, per }) => `${percent}%/${PER[per]}`,
  );
  const asked = (gloss: string, at: string): Asked => ({ gloss, home: { from: "contract", at } });
  const lateSaid = late
    ? form.say(
        "contract.late",
        "罚息",
        late,
        asked("price of lateness", "late interest of the product"),
        ({ percentAYear }) => `${percentAYear}%/年`,
      )
    : "";
  const up = late?.value.uplift;
  const compounds = compound?.value === true;
  if (compound)
    form.say("contract.compound", "复利", compound, asked("compound interest", "compound"), (yes) =>
      yes ? "计收" : "不计收",
    );
  return [
    line("利率", box(true), ` ${said}${clauseText(clause("rate", "clause on the rate", "warn"))}`),
    line(
      "逾期上浮",
      box(up !== undefined),
      up === undefined
        ? " 　　%/年（合同条款：第　　条）"
        : ` 为合同利率的${up}倍${clauseText(clause("uplift", "clause on the uplift", "warn"))}`,
    ),
    line(
      "复利",
      box(compounds),
      compounds
        ? clauseText(clause("compound", "clause on compound interest", "warn"))
        : "（合同条款：第　　条）",
    ),
    line(
      "罚息（违约金）",
      box(late !== undefined),
      late
        ? ` ${lateSaid}${clauseText(clause("late", "clause on late interest", "warn"))}`
        : " 　　%/年（合同条款：第　　条）",
    ),
  ];
}

function contractRows(form: Form, facts: PaperFacts): PaperBlock[] {
  const { contract, borrower, lender } = facts;
  const particulars = (gloss: string, column: string, need: Asked["need"] = "warn"): Asked => ({
    gloss,
    need,
    home: { from: "particulars", at: column },
  });
  const name = form.text("contract.name", "合同名称", contract.name, {
    gloss: "name of the contract",
    need: "stops",
    cite: COMPLAINT,
    home: settings("contract.name"),
  });
  const number = form.text(
    "contract.number",
    "合同编号",
    contract.number,
    particulars("its number", "contract_number"),
  );
  const on = form.day(
    "contract.signed-on",
    "签订时间",
    contract.signedOn,
    particulars("signed on", "signed_on"),
  );
  const at = form.text(
    "contract.signed-at",
    "签订地点",
    contract.signedAt,
    particulars("signed at", "signed_at", "may-be-empty"),
  );
  const agreed = form.money("contract.principal", "约定", contract.principal, {
    gloss: "sum agreed",
    need: "stops",
    cite: COMPLAINT,
    home: { from: "ledger", at: "principal" },
  });
  const lent = form.money("contract.disbursed", "实际发放", contract.disbursed, {
    gloss: "sum paid out",
    need: "stops",
    cite: COMPLAINT,
    home: { from: "ledger", at: "disbursed" },
  });
  const ledger = (gloss: string, what: string, need: Asked["need"] = "stops"): Asked => ({
    gloss,
    need,
    cite: COMPLAINT,
    home: facts.kept ? { from: "ledger", at: what } : { from: "particulars", at: what },
  });
  const matured = form.yesNo(
    "contract.matured",
    "是否到期",
    contract.matured,
    ledger("whether all of it has fallen due", "matured", "warn"),
  );
  const lentOn = form.day(
    "contract.disbursed-on",
    "借款提供时间",
    contract.disbursedOn,
    ledger("paid out on", "disbursed_on"),
  );
  const through = form.day(
    "contract.through",
    "约定期限届满日",
    contract.through,
    ledger("agreed until", "through", "warn"),
  );
  const now = contract.throughNow
    ? form.day(
        "contract.through-now",
        "变更后期限届满日",
        contract.throughNow,
        ledger("until, by the plan that replaced it", "plan", "may-be-empty"),
      )
    : "";
  const method = form.choice(
    "contract.method",
    "还款方式",
    contract.method,
    {
      gloss: "how it is repaid",
      need: "warn",
      home: settings("contract.method"),
    },
    METHODS,
  );
  const methodLines: Line[] = METHODS.map((_, n) => [
    (method[n * 2] as string).replace(/^　/, ""),
    method[n * 2 + 1] as Piece,
    ...(n === METHODS.length - 1 && contract.methodSaid !== undefined && contract.method?.value === "other"
      ? [`　${contract.methodSaid}`]
      : []),
  ]);
  return [
    row(
      "1. 合同签订情况（名称、编号、签订时间、地点等）",
      [`合同名称：${name}`],
      [`合同编号：${number}`],
      [`签订时间：${on}　　签订地点：${at}`],
    ),
    row("2. 合同主体", [`贷款人：${lender.name.value}`], [`借款人：${borrower.name?.value ?? ""}`]),
    row("3. 借款金额", [`约定：${agreed}`], [`实际发放：${lent}`]),
    row("4. 借款期限", line("是否到期：", matured), [
      `约定期限：${dayOr(lentOn)}起至${dayOr(through)}止${now === "" ? "" : `（变更后至${now}止）`}`,
    ]),
    row("5. 借款利率", ...rateLines(form, facts)),
    row("6. 借款提供时间", [`${dayOr(lentOn)}，${lent || "　　　　元"}`]),
    row("7. 还款方式", ...methodLines),
  ];
}

function repaymentRows(form: Form, facts: PaperFacts): PaperBlock[] {
  const { paid, lateSince, daysLate } = facts;
  const asked = (gloss: string, at: string, need: Asked["need"] = "warn"): Asked => ({
    gloss,
    need,
    home: facts.kept ? { from: "ledger", at } : { from: "report", at },
  });
  const principal = form.money(
    "paid.principal",
    "已还本金",
    paid?.principal,
    asked("principal paid", "principal paid"),
  );
  const interest = form.money(
    "paid.interest",
    "已还利息",
    paid?.interest,
    asked("interest paid", "interest paid"),
  );
  const through = form.day(
    "paid.through",
    "还息至",
    paid?.through,
    asked(
      "interest paid through",
      facts.kept
        ? "还息至：尚无已付清利息的期次 / no period's interest is paid in full"
        : "core_paid_through",
      "may-be-empty",
    ),
  );
  const since = form.day(
    "late.since",
    "逾期时间",
    lateSince,
    asked("late since", "oldest unpaid due day", "stops"),
  );
  const days = form.say(
    "late.days",
    "至今已逾期",
    daysLate,
    asked("late for", "days past due", "stops"),
    (n) => `${n}天`,
  );
  const isLate = daysLate !== undefined && daysLate.value > 0;
  return [
    row(
      "8. 还款情况",
      [`已还本金：${principal || "　　　　元"}`],
      [`已还利息：${interest || "　　　　元"}，还息至${dayOr(through)}`],
    ),
    row(
      "9. 是否存在逾期还款",
      line(
        "是",
        box(isLate),
        `　逾期时间：${isLate ? `自${since}应还款起` : ""}　　至今已逾期${isLate ? days : ""}`,
      ),
      line("否", box(daysLate !== undefined && !isLate)),
    ),
  ];
}

function loanFacts(form: Form, facts: PaperFacts): PaperBlock[] {
  return [
    ...contractRows(form, facts),
    ...repaymentRows(form, facts),
    ...securityRows(form, facts, 10, "是否签订保证合同/保函"),
    ...lastRows(form, facts, 17, true),
  ];
}
