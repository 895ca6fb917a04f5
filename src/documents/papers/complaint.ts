import { add, type Minor, subtract } from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import {
  band,
  box,
  courtBlocks,
  dayOr,
  mediationBlocks,
  NOTICE,
  partyBlocks,
  row,
  SIGNED_BY,
  securityRows,
} from "./element-form.ts";
import {
  CLAUSES,
  type Clause,
  type Demand,
  type EvidenceItem,
  type PaperFacts,
  type RepaymentMethod,
} from "./facts.ts";
import { type Asked, Form, line, yuan } from "./form.ts";
import type { Home, Known, Line, Paper, PaperBlock, Piece } from "./paper.ts";

const COMPLAINT = "cn/civil-procedure-law art. 124";
const FREE_TEXT = "（可完整表述诉讼请求；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）";
const FREE_FACTS =
  "（可完整表述纠纷涉及的事实与理由；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）";

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

const settings = (at: string): Home => ({ from: "settings", at });

export function claimHome(facts: PaperFacts, head: string): Home {
  return facts.kept
    ? { from: "ledger", at: `${head}（无适用的成本上限 / no ceiling on the cost of this loan is known）` }
    : { from: "report", at: `core_${head}` };
}

/** Claims that every element form ends with: security, costs, court fees, others, the sum. */
function commonClaims(form: Form, facts: PaperFacts, first: number): PaperBlock[] {
  const { wishes, claim } = facts;
  const need = "stops" as const;
  const security = wishes.security?.value;
  form.say(
    "claim.security",
    "是否主张担保权利",
    wishes.security,
    { gloss: "claims on security", need: "warn", home: settings("claims.security") },
    (yes) => (yes ? "是" : "否"),
  );
  const costs = form.say(
    "claim.recovery-costs",
    "是否主张实现债权的费用",
    wishes.recoveryCosts,
    {
      gloss: "claims the costs of recovery, with details",
      need: "warn",
      home: settings("claims.recovery_costs"),
    },
    (value) => (value === false ? "否" : value),
  );
  const asksCosts = wishes.recoveryCosts !== undefined && wishes.recoveryCosts.value !== false;
  const fees = form.yesNo("claim.court-fees", "是否主张诉讼费用", wishes.courtFees, {
    gloss: "claims the court fees",
    need: "warn",
    home: settings("claims.court_fees"),
  });
  const other = form.text("claim.other", "其他请求", wishes.other, {
    gloss: "other claims",
    home: settings("claims.other"),
  });
  const total = form.money("claim.total", "标的总额", claim?.total, {
    gloss: "sum in dispute",
    need,
    cite: COMPLAINT,
    home: facts.kept
      ? claimHome(facts, "total")
      : { from: "computed", at: "claim.principal, claim.interest, claim.late" },
  });
  const { security: secured } = facts;
  const said = [secured.things?.value, secured.guarantor?.value]
    .filter((one) => one !== undefined)
    .join("；");
  const n = (at: number, label: string): string => `${first + at}. ${label}`;
  const fee =
    claim?.fees !== undefined && claim.fees.value > 0
      ? `另有费用${yuan(claim.fees.value, facts.currency)}`
      : "";
  if (fee !== "")
    form.money("claim.fees", "费用", claim?.fees, {
      gloss: "fees and costs already charged",
      home: claimHome(facts, "fees"),
    });
  return [
    row(
      n(0, "是否主张担保权利"),
      line("是", box(security === true), `　内容：${security === true ? said : ""}`),
      line("否", box(security === false)),
    ),
    row(
      n(1, "是否主张实现债权的费用"),
      line("是", box(asksCosts), `　明细：${asksCosts ? costs : ""}`),
      line("否", box(wishes.recoveryCosts?.value === false)),
    ),
    row(n(2, "是否主张诉讼费用"), line(fees)),
    row(n(3, "其他请求"), [[other, fee].filter((one) => one !== "").join("；") || "无"]),
    row(n(4, "标的总额"), [total === "" ? "" : `${total}（暂计至${chineseDay(claim!.asOf)}）`]),
  ];
}

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

/** Demands as one sentence each, newest last, at most so many. */
const DEMANDS_TOLD = 10;
export function demandSentences(demands: readonly Demand[]): string[] {
  const left = demands.slice(-DEMANDS_TOLD);
  const told = left.map(
    ({ on, how, came }) => `${chineseDay(on)}${how}${came === undefined ? "" : `（${came}）`}`,
  );
  return demands.length > left.length
    ? [`共催告${demands.length}次，最近${left.length}次为：`, ...told]
    : told;
}

function demandsSaid(form: Form, { demands, loan }: PaperFacts, label: string, need: Asked["need"]): string {
  return form.say(
    "demands",
    label,
    demands.value.length > 0 ? demands : undefined,
    { gloss: "demands made", need, home: { from: "contacts", at: loan } },
    (made) => demandSentences(made).join("；"),
  );
}

export function evidenceLines(evidence: readonly EvidenceItem[]): Line[] {
  return evidence.map(({ name, proves, pages }, n) => [
    `${n + 1}. ${name}（证明：${proves}${pages === "–" ? "" : `；${pages}页`}）`,
  ]);
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
    row("4. 借款期限", line("是否到期：", matured), [`约定期限：${dayOr(lentOn)}起至${dayOr(through)}止`]),
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

/** What the claim rests on, other things to say, and the list of proofs: the last rows of every form's facts. */
function lastRows(form: Form, facts: PaperFacts, first: number, demandsTold: boolean): PaperBlock[] {
  const { wishes, contract, evidence } = facts;
  const agreed = CLAUSES.flatMap((which) =>
    ["liability", "late", "acceleration"].includes(which) && contract.clauses[which]
      ? [contract.clauses[which]]
      : [],
  );
  const [one] = agreed;
  const clauses = form.say(
    "basis.contract",
    "合同约定",
    one && { value: [...new Set(agreed.map(({ value }) => value))].join("、"), source: one.source },
    { gloss: "by the contract", need: "warn", home: { from: "contract", at: "contract.clauses.liability" } },
    (value) => `《${contract.name?.value ?? "合同"}》${value}`,
  );
  const law = form.text("basis.law", "法律规定", wishes.basis, {
    gloss: "by law",
    need: "warn",
    cite: COMPLAINT,
    home: { from: "law", at: "claims.law" },
  });
  const demands = demandsTold ? demandsSaid(form, facts, "催收情况", "warn") : "";
  const told = [
    ...contract.replans.map(({ value }, n) => {
      form.text(`contract.replan.${n + 1}`, "合同变更", contract.replans[n], {
        gloss: "a new plan that was agreed",
        home: { from: "ledger", at: "plan" },
      });
      return value;
    }),
    ...(facts.kept
      ? []
      : ["本笔借款的账务由出借人核心系统记载，本状所列金额以核心系统报送或出具的结欠明细为准。"]),
    ...(demands === "" ? [] : [`催收情况：${demands}。`]),
  ];
  const n = (at: number, label: string): string => `${first + at}. ${label}`;
  form.say(
    "evidence",
    "证据清单",
    evidence.length > 0
      ? { value: evidence, source: { from: "contract", at: "documents and letters of the loan" } }
      : undefined,
    {
      gloss: "list of proofs",
      need: "stops",
      cite: COMPLAINT,
      home: { from: "ledger", at: "arrears document add LOAN FILE --kind contract" },
    },
    (items) => items.map(({ name }, at) => `${at + 1}. ${name}`).join("；"),
  );
  return [
    row(n(0, "请求承担责任的依据"), [`合同约定：${clauses}`], [`法律规定：${law}`]),
    row(
      n(1, "其他需要说明的内容（可另附页）"),
      ...(told.length > 0 ? told.map((text): Line => [text]) : [["无"] as Line]),
    ),
    row(n(2, "证据清单（可另附页）"), ...evidenceLines(evidence)),
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

// --- credit card -----------------------------------------------------------------------------------------------------

/** 民事起诉状（信用卡纠纷）, the element form. */
export function complaintCard(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  return {
    kind: "complaint-card",
    on: facts.on,
    title: "民事起诉状",
    subtitle: "（信用卡纠纷）",
    blocks: [
      NOTICE,
      ...partyBlocks(form, facts),
      band("诉讼请求", FREE_TEXT),
      ...cardClaims(form, facts),
      ...courtBlocks(form, facts),
      band("事实与理由", FREE_FACTS),
      ...cardFacts(form, facts),
      ...mediationBlocks(form, facts),
    ],
    signature: SIGNED_BY(facts.lender),
    fields: form.fields,
  };
}

function cardClaims(form: Form, facts: PaperFacts): PaperBlock[] {
  const { claim, wishes } = facts;
  const until = claim ? chineseDay(claim.asOf) : dayOr("");
  const asked = (gloss: string, at: string): Asked => ({
    gloss,
    need: "stops",
    cite: COMPLAINT,
    home: claimHome(facts, at),
  });
  const principal = form.money(
    "claim.principal",
    "透支本金",
    claim?.principal,
    asked("principal drawn and owed", "principal"),
  );
  const rest =
    claim?.total && claim.principal
      ? {
          value: subtract(claim.total.value, claim.principal.value),
          source: { from: "computed", at: "claim.total - claim.principal" } as const,
        }
      : undefined;
  const others = form.money(
    "claim.others",
    "利息、罚息、复利、滞纳金、违约金、手续费等共计",
    rest,
    asked("all beside principal", "total"),
  );
  const detail = form.say(
    "claim.calculation",
    "明细",
    claim && { value: claim.calculation, source: claim.principal.source },
    asked("how it was counted", "calculation"),
    (told) => told.join(""),
  );
  form.say(
    "claim.until-paid",
    "计算至实际清偿之日止",
    wishes.untilPaid,
    { gloss: "asks for interest until it is paid", need: "stops", home: settings("claims.until_paid") },
    (yes) => (yes ? "是" : "否"),
  );
  const after =
    wishes.untilPaid?.value === true
      ? [
          [
            `自${until}之次日起的利息、罚息、复利、滞纳金、违约金以及手续费等各项费用按照信用卡领用协议计算至实际清偿之日止`,
          ] as Line,
        ]
      : [];
  return [
    row("1. 透支本金", [
      `截至${until}止，尚欠本金${principal || "　　　　元"}（人民币，下同；如为外币需特别注明）`,
    ]),
    row(
      "2. 利息、罚息、复利、滞纳金、违约金、手续费等",
      [`截至${until}止，欠利息、罚息、复利、滞纳金、违约金、手续费等共计${others || "　　　　元"}`],
      ...after,
      [`明细：${detail}`],
    ),
    ...commonClaims(form, facts, 3),
  ];
}

function cardFacts(form: Form, facts: PaperFacts): PaperBlock[] {
  const { card, claim, contract, paid, lateSince } = facts;
  const asked = (gloss: string, column: string, need: Asked["need"] = "warn"): Asked => ({
    gloss,
    need,
    home: { from: "particulars", at: column },
  });
  const number = form.text(
    "card.number",
    "信用卡卡号",
    card?.number,
    asked("number of the card", "card_number", "stops"),
  );
  const holder = form.text(
    "card.holder",
    "登记权利人",
    card?.holder ?? facts.borrower.name,
    asked("registered holder", "name"),
  );
  const issued = form.day("card.issued-on", "办卡时间", card?.issuedOn, asked("issued on", "card_issued_on"));
  const drawn = form.money("card.drawn", "透支金额", contract.principal, {
    gloss: "amount drawn",
    need: "stops",
    cite: COMPLAINT,
    home: { from: "ledger", at: "principal" },
  });
  const fees = form.text("card.fees", "计算标准", card?.fees, {
    gloss: "how interest and fees are counted",
    need: "warn",
    home: settings("card.fees"),
  });
  const liability = form.text("contract.clause.liability", "违约责任", contract.clauses.liability, {
    gloss: "liability for breach",
    need: "warn",
    home: settings("contract.clauses.liability"),
  });
  const ending = form.text("card.termination", "解除条件", card?.termination, {
    gloss: "when it can be ended",
    need: "may-be-empty",
    home: settings("card.termination"),
  });
  const notice = form.text("card.notice", "提示注意", card?.notice, {
    gloss: "how the main terms were pointed out",
    need: "warn",
    home: settings("card.notice"),
  });
  const paidSince = form.money("paid.since-late", "逾期部分已还金额", paid?.sinceLate, {
    gloss: "paid since it was late",
    need: "warn",
    home: { from: facts.kept ? "ledger" : "report", at: "payments since the oldest unpaid due day" },
  });
  const since = form.day("late.since", "逾期时间", lateSince, {
    gloss: "late since",
    need: "stops",
    home: { from: "ledger", at: "oldest unpaid due day" },
  });
  const money = (known: Known<Minor> | undefined): string =>
    known === undefined ? "　　　　元" : yuan(known.value, facts.currency);
  const until = claim ? chineseDay(claim.asOf) : dayOr("");
  const made = demandsSaid(form, facts, "通知和催收", "stops");
  const late =
    claim?.late && claim.penalty
      ? { ...claim.late, value: subtract(claim.late.value, claim.penalty.value) }
      : claim?.late;
  const told = notice !== "";
  return [
    row(
      "1. 信用卡办理情况（信用卡卡号、信用卡登记权利人、办卡时间、办卡行等）",
      [`信用卡卡号：${number}　　登记权利人：${holder}`],
      [`办卡时间：${issued}　　办卡行：${facts.lender.name.value}`],
    ),
    row(
      "2. 信用卡合约的主要约定",
      [`透支金额：${drawn}`],
      [`利息、罚息、复利、滞纳金、违约金、手续费等的计算标准：${fees}`],
      [`违约责任：${liability}`],
      [`解除条件：${ending}`],
    ),
    row(
      "3. 是否就信用卡合约主要条款进行提示注意",
      line("是", box(told), `　提示说明的具体方式以及时间地点：${notice}`),
      line("否", box(false)),
    ),
    row("4. 被告逾期部分已还金额", [paidSince || "　　　　元"]),
    row(
      "5. 被告逾期未还款金额",
      [`逾期时间：${since}`],
      [
        `截至${until}，被告欠付信用卡本金${money(claim?.principal)}、利息${money(claim?.interest)}、罚息${money(late)}、复利${money(claim?.compound)}、滞纳金　　　　元、违约金${money(claim?.penalty)}、手续费${money(claim?.fees)}`,
      ],
    ),
    row(
      "6. 是否向被告进行通知和催收",
      line("是", box(made !== ""), `　具体情况：${made}`),
      line("否", box(false)),
    ),
    ...securityRows(form, facts, 7, "是否签订保证合同"),
    ...lastRows(form, facts, 14, false),
  ];
}
