import { chineseDay } from "../compose.ts";
import { box, row } from "./element-form.ts";
import { CLAUSES, type Demand, type EvidenceItem, type PaperFacts } from "./facts.ts";
import { type Asked, type Form, line, yuan } from "./form.ts";
import type { Home, Line, PaperBlock } from "./paper.ts";

/** Rows that the complaints of both causes share, and sentences that other papers take from them. */

/** What a complaint has to state. */
export const COMPLAINT = "cn/civil-procedure-law art. 124";
export const FREE_TEXT = "（可完整表述诉讼请求；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）";
export const FREE_FACTS =
  "（可完整表述纠纷涉及的事实与理由；为方便、准确梳理要点，相关内容请在下方要素式表格中填写）";

export const settings = (at: string): Home => ({ from: "settings", at });

export function claimHome(facts: PaperFacts, head: string): Home {
  return facts.kept
    ? { from: "ledger", at: `${head}（无适用的成本上限 / no ceiling on the cost of this loan is known）` }
    : { from: "report", at: `core_${head}` };
}

/** Claims that every element form ends with: security, costs, court fees, others, the sum. */
export function commonClaims(form: Form, facts: PaperFacts, first: number): PaperBlock[] {
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

export function demandsSaid(
  form: Form,
  { demands, loan }: PaperFacts,
  label: string,
  need: Asked["need"],
): string {
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

/** What the claim rests on, other things to say, and the list of proofs: the last rows of every form's facts. */
export function lastRows(form: Form, facts: PaperFacts, first: number, demandsTold: boolean): PaperBlock[] {
  const { wishes, contract, evidence, evidenceSource } = facts;
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
    evidence.length > 0 ? { value: evidence, source: evidenceSource } : undefined,
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
