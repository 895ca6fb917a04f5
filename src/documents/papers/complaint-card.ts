import { type Minor, subtract } from "../../core/index.ts";
import { chineseDay } from "../compose.ts";
import {
  COMPLAINT,
  claimHome,
  commonClaims,
  demandsSaid,
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
import type { PaperFacts } from "./facts.ts";
import { type Asked, Form, line, yuan } from "./form.ts";
import type { Known, Line, Paper, PaperBlock } from "./paper.ts";

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
