import { chineseDay } from "../compose.ts";
import { claimHome, demandSentences } from "./complaint-rows.ts";
import type { PaperFacts } from "./facts.ts";
import { type Asked, type Form, orBlank, yuan } from "./form.ts";
import type { PaperBlock } from "./paper.ts";
import { lenderFields, personFields } from "./party-fields.ts";

/** Papers in running text: parties, what is owed and why, the court, the signature. */

export const heading = (text: string): PaperBlock => ({ kind: "heading", text });
export const paragraph = (text: string): PaperBlock => ({ kind: "paragraph", text });
export const plain = (text: string): PaperBlock => ({ kind: "plain", text });

/** Claimant and the other side, as applications name them. */
export function parties(form: Form, facts: PaperFacts, as: readonly [string, string]): PaperBlock[] {
  const { agents } = facts;
  return [
    plain(`${as[0]}：${lenderSaid(form, facts)}`),
    ...agents.map((agent, n) => {
      const at = (what: string): Asked => ({
        gloss: `agent's ${what}`,
        home: { from: "engagement", at: what },
      });
      const id = `agent.${n + 1}`;
      const name = form.text(`${id}.name`, "委托诉讼代理人", agent.name, at("name"));
      const unit = form.text(`${id}.unit`, "单位", agent.unit, at("firm"));
      const title = form.text(`${id}.title`, "职务", agent.title, at("position"));
      const phone = form.text(`${id}.phone`, "联系电话", agent.phone, at("telephone"));
      const parts = [name, `${unit}${title}`, phone === "" ? "" : `联系电话：${phone}`].filter(
        (part) => part !== "",
      );
      return plain(`委托诉讼代理人：${parts.join("，")}。`);
    }),
    plain(`${as[1]}：${personSaid(form, facts)}`),
  ];
}

export function lenderSaid(form: Form, { lender }: PaperFacts): string {
  const ask = lenderFields(form, lender);
  const name = ask.name();
  const address = ask.address("住所地");
  const code = ask.creditCode();
  const head = ask.representative();
  const title = ask.representativeTitle();
  const phone = ask.phone();
  return `${name}，住所地${orBlank(address)}，统一社会信用代码${orBlank(code)}。法定代表人/负责人：${orBlank(head)}，职务：${orBlank(title)}，联系电话：${orBlank(phone)}。`;
}

export function personSaid(form: Form, { borrower }: PaperFacts): string {
  const ask = personFields(form, borrower);
  const name = ask.name();
  const sex = form.say("defendant.sex", "性别", borrower.sex, ask.at("sex", "sex", "warn"), (one) =>
    one === "male" ? "男" : "女",
  );
  const born = ask.bornOn();
  const ethnicity = ask.ethnicity();
  const home = ask.registered("住所地", "domicile");
  const habitual = ask.habitual();
  const idType = ask.idType();
  const id = ask.idNumber();
  const phone = ask.phone();
  return `${[
    orBlank(name),
    sex,
    born === "" ? "" : `${born}出生`,
    ethnicity,
    `住${orBlank(home)}`,
    habitual === "" || habitual === home ? "" : `经常居住地${habitual}`,
    `${idType || "证件"}号码${orBlank(id)}`,
    phone === "" ? "" : `联系电话：${phone}`,
  ]
    .filter((part) => part !== "")
    .join("，")}。`;
}

/** The sums, in one sentence: `截至…，尚欠借款本金…、期内利息…，合计…`. */
export function owedSaid(form: Form, facts: PaperFacts): string {
  const { claim, currency } = facts;
  const money = (id: string, label: string, gloss: string, known: Parameters<Form["money"]>[2]): string =>
    form.money(`claim.${id}`, label, known, { gloss, need: "stops", home: claimHome(facts, id) });
  const principal = money("principal", "尚欠本金", "principal owed", claim?.principal);
  const interest = money("interest", "期内利息", "interest in term", claim?.interest);
  const compound = money("compound", "复利", "compound interest", claim?.compound);
  const late = money("late", "罚息（违约金）", "late interest or agreed penalty", claim?.late);
  const total = money("total", "合计", "sum", claim?.total);
  const fees =
    claim?.fees !== undefined && claim.fees.value > 0 ? `、费用${yuan(claim.fees.value, currency)}` : "";
  const until = claim ? chineseDay(claim.asOf) : orBlank("");
  return `截至${until}，尚欠借款本金${orBlank(principal)}、期内利息${orBlank(interest)}、复利${orBlank(compound)}、罚息（违约金）${orBlank(late)}${fees}，合计${orBlank(total)}`;
}

/** How the debt came about and came to be late: the facts of every application. */
export function storySaid(form: Form, facts: PaperFacts): PaperBlock[] {
  const { contract, borrower, lender, demands, claim, currency } = facts;
  const name = form.text("contract.name", "合同名称", contract.name, {
    gloss: "name of the contract",
    need: "warn",
    home: { from: "settings", at: "contract.name" },
  });
  const number = form.text("contract.number", "合同编号", contract.number, {
    gloss: "its number",
    need: "warn",
    home: { from: "particulars", at: "contract_number" },
  });
  const signed = form.day("contract.signed-on", "签订时间", contract.signedOn, {
    gloss: "signed on",
    need: "warn",
    home: { from: "particulars", at: "signed_on" },
  });
  const lent = form.money("contract.disbursed", "实际发放", contract.disbursed, {
    gloss: "sum paid out",
    need: "stops",
    home: { from: "ledger", at: "disbursed" },
  });
  const on = form.day("contract.disbursed-on", "借款提供时间", contract.disbursedOn, {
    gloss: "paid out on",
    need: "stops",
    home: { from: "ledger", at: "disbursed" },
  });
  const since = form.day("late.since", "逾期时间", facts.lateSince, {
    gloss: "late since",
    need: "stops",
    home: { from: "ledger", at: "oldest unpaid due day" },
  });
  const days = form.say(
    "late.days",
    "至今已逾期",
    facts.daysLate,
    { gloss: "late for", need: "warn", home: { from: "ledger", at: "days past due" } },
    (n) => `${n}天`,
  );
  const made = form.say(
    "demands",
    "催收情况",
    demands.value.length > 0 ? demands : undefined,
    { gloss: "demands made", need: "warn", home: { from: "contacts", at: facts.loan } },
    (list) => demandSentences(list).join("；"),
  );
  return [
    paragraph(
      `${orBlank(signed)}，${lender.name.value}与${orBlank(borrower.name?.value ?? "")}签订《${orBlank(name)}》（合同编号：${orBlank(number)}）。${orBlank(on)}，出借人依约发放借款${orBlank(lent)}。`,
    ),
    ...contract.replans.map(({ value }) => paragraph(value)),
    paragraph(
      `借款人未按约定还款，自${orBlank(since)}应还款项起逾期，至今已逾期${orBlank(days)}。${made === "" ? "" : `期间经催告：${made}。`}`,
    ),
    ...(claim ? [paragraph(claim.calculation.join(""))] : []),
    ...(claim?.reduced
      ? [
          paragraph(
            `按合同约定计算合计${yuan(claim.contractual, currency)}；超过综合成本年化${claim.reduced.percent}%的部分${yuan(claim.reduced.amount, currency)}，本次不主张。`,
          ),
        ]
      : []),
  ];
}

export function courtSaid(form: Form, { court }: PaperFacts): string {
  return orBlank(
    form.text("court", "受理法院", court, {
      gloss: "court",
      need: "stops",
      home: { from: "option", at: "--court NAME, court.name of papers.yaml" },
    }),
  );
}

/** 此致 … */
export const toCourt = (form: Form, facts: PaperFacts): PaperBlock[] => [
  paragraph("此致"),
  plain(courtSaid(form, facts)),
];

export function caseNumber(form: Form, { proceeding }: PaperFacts, need: Asked["need"]): string {
  return form.text("case-number", "案号", proceeding, {
    gloss: "case number",
    need,
    home: { from: "proceeding", at: "case_number" },
  });
}

export const signed = (as: string, name: string): string[] => [
  `${as}（签名或者盖章）：${name}`,
  "　　　　年　　月　　日",
];
