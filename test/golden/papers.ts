import { ceilingFor } from "../../packs/cn/index.ts";
import { loadPack } from "../../packs/load.ts";
import {
  day,
  type Fact,
  type LoanBooked,
  type Product,
  parseMoney,
  positionFromFacts,
} from "../../src/core/index.ts";
import type { CaseGiven, PaperKind } from "../../src/documents/papers/index.ts";
import { gatherCase } from "../../src/documents/papers/index.ts";
import { PRODUCT } from "../support/product.ts";

/** Three cases as a clerk meets them: a loan whose ledger is kept here, one that the core system keeps, and one with a new plan. */

export const MICRO: Product = {
  ...PRODUCT,
  lenderKind: "micro-loan",
  lateInterest: { rate: { times: { numerator: 3, denominator: 2 } }, on: "principal" },
};

const yuan = (text: string) => parseMoney(text)!;

export const booked = (id: string, more: Partial<LoanBooked> = {}): LoanBooked => ({
  kind: "LoanBooked",
  on: day("2026-01-01"),
  id,
  product: 1,
  principal: yuan("10000.00"),
  rateE8: 50_000,
  disbursedOn: day("2026-01-01"),
  firstDueOn: day("2026-02-01"),
  installments: 10,
  reach: 0,
  ...more,
});

export const payment = (id: string, on: string, amount: string): Fact => ({
  kind: "PaymentReceived",
  on: day(on),
  id,
  amount: yuan(amount),
  valueOn: day(on),
});

export const SETTINGS_SAID: ReadonlyMap<string, string> = new Map([
  ["lender.address", "上海市浦东新区示例路 1 号"],
  ["lender.registered_at", "上海市浦东新区"],
  ["lender.representative", "陈建国"],
  ["lender.representative_title", "董事长"],
  ["lender.credit_code", "91310000MA1FL00000"],
  ["lender.organisation", "limited-company"],
  ["lender.ownership", "private"],
  ["agent.authority", "special"],
  ["service.address", "上海市示例路 9 号恒信律师事务所"],
  ["service.recipient", "王明"],
  ["service.phone", "021-55550000"],
  ["service.email", "court@hengxin.example"],
  ["service.consent", "yes"],
  ["contract.name", "个人消费借款合同"],
  ["contract.security", "none"],
  ["contract.clauses.rate", "第三条第一款"],
  ["contract.clauses.uplift", "第八条第一款"],
  ["contract.clauses.late", "第八条第一款"],
  ["contract.clauses.acceleration", "第九条第二款"],
  ["contract.clauses.liability", "第八条"],
  ["contract.clauses.jurisdiction", "第十五条"],
  ["contract.clauses.service", "第十四条"],
  ["claims.until_paid", "yes"],
  ["claims.early", "accelerate"],
  ["claims.security", "no"],
  ["claims.recovery_costs", "no"],
  ["claims.court_fees", "yes"],
  ["court.agreed", "因本合同发生的争议，由出借人住所地人民法院管辖"],
  ["court.name", "上海市浦东新区人民法院"],
  ["mediation.body", "上海市示例金融纠纷调解中心"],
  ["mediation.known", "yes"],
  ["mediation.benefits", "yes"],
  ["mediation.first", "yes"],
]);

/** An invented number that is right in its form. */
export const ID_NUMBER = "310115199003070017";

export const PARTICULARS_SAID: ReadonlyMap<string, string> = new Map([
  ["ethnicity", "汉族"],
  ["employer", "上海示例制造有限公司"],
  ["registered_address", "安徽省合肥市示例区示例街 12 号"],
  ["id_number", ID_NUMBER],
  ["contract_number", "XF-2026-000123"],
  ["signed_on", "2025-12-30"],
  ["signed_at", "线上签订"],
  ["preserved", "no"],
]);

const pack = loadPack("cn");
const ceilingOn = (contractOn: string, on: string) => {
  const found = ceilingFor({ lenderKind: "micro-loan", contractOn: day(contractOn), on: day(on) }, pack);
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
};

const SHA = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const EVIDENCE = [
  {
    name: "借款合同",
    proves: "借贷关系成立及约定的金额、利率、期限",
    source: "原告",
    pages: "6",
    sha256: SHA,
  },
  { name: "放款凭证", proves: "借款已实际发放", source: "原告", pages: "1", sha256: SHA },
  { name: "对账单", proves: "还款与欠款情况", source: "原告", pages: "2", sha256: SHA },
  {
    name: "律师函（2026）恒信律函字第 1 号",
    proves: "催告的内容及日期",
    source: "恒信律师事务所",
    pages: "2",
    sha256: SHA,
  },
];

const engagement = (value: string) => ({ value, source: { from: "engagement" as const, at: "HX-2026-1" } });

function caseOf(loan: string, product: Product, facts: readonly Fact[], more: Partial<CaseGiven>): CaseGiven {
  const first = facts[0] as LoanBooked;
  return {
    on: day("2026-06-30"),
    loan,
    product,
    booked: first,
    facts,
    ...(product.source === "kept" ? { ceiling: ceilingOn("2026-01-01", "2026-06-30") } : {}),
    lender: { name: "示例小额贷款有限公司", phone: "95000" },
    person: { name: "张三", phone: "+8613800000000", address: "上海市示例区示例路 8 弄 3 号 501 室" },
    settings: SETTINGS_SAID,
    particulars: PARTICULARS_SAID,
    agents: [
      {
        name: engagement("王明"),
        unit: engagement("恒信律师事务所"),
        title: engagement("律师"),
        phone: engagement("021-55550000"),
        licence: engagement("13101202010000000"),
      },
    ],
    firm: {
      value: {
        name: "恒信律师事务所",
        licence: "31310000MD0000000X",
        address: "上海市示例路 9 号",
        phone: "021-55550000",
      },
      source: { from: "engagement", at: "HX-2026-1" },
    },
    engagement: engagement("HX-2026-1"),
    demands: [
      { on: day("2026-04-06"), how: "短信催告", came: "已送达" },
      { on: day("2026-04-20"), how: "电话催告", came: "已接通" },
      { on: day("2026-05-20"), how: "发出律师函（2026）恒信律函字第 1 号", came: "已签收" },
    ],
    evidence: EVIDENCE,
    ...more,
  };
}

/** Two installments paid, nothing since. */
export const keptCase = (more: Partial<CaseGiven> = {}): CaseGiven =>
  caseOf(
    "L000123",
    MICRO,
    [booked("L000123"), payment("P1", "2026-02-01", "1155.00"), payment("P2", "2026-03-01", "1126.00")],
    more,
  );

/** The core system keeps the ledger: it reported 2,000.00 of principal, and gave its own statement. */
export function fedCase(more: Partial<CaseGiven> = {}): CaseGiven {
  const product: Product = { ...MICRO, id: 2, code: "micro-fed", source: "fed" };
  const facts: Fact[] = [
    booked("F000007", { product: 2, principal: yuan("3000.00"), installments: 3 }),
    {
      kind: "BalanceReported",
      on: day("2026-06-29"),
      asOf: day("2026-06-29"),
      status: "open",
      principal: yuan("2000.00"),
      interestPaid: yuan("46.50"),
      arrears: yuan("2187.00"),
      charges: yuan("140.00"),
      dueOn: day("2026-03-01"),
    },
  ];
  const position = positionFromFacts({ bucket: 0, n: 1 }, facts, () => product, day("2026-06-30"))!;
  return caseOf("F000007", product, facts, {
    reported: { on: day("2026-06-29"), position, interestPaid: yuan("46.50") },
    particulars: new Map([
      ...PARTICULARS_SAID,
      ["contract_number", "XF-2026-000007"],
      ["core_as_of", "2026-06-29"],
      ["core_principal", "2000.00"],
      ["core_interest", "47.00"],
      ["core_compound", "0.00"],
      ["core_late", "140.00"],
      ["core_paid_through", "2026-02-01"],
    ]),
    ...more,
  });
}

/** A new plan made interest, late interest and charges principal; then nothing was paid. Figures as in `restructure.txt`. */
export const restructuredCase = (more: Partial<CaseGiven> = {}): CaseGiven =>
  caseOf(
    "R000045",
    MICRO,
    [
      booked("R000045", { principal: yuan("3000.00"), installments: 3 }),
      {
        kind: "PlanReplaced",
        on: day("2026-03-15"),
        id: "R1",
        valueOn: day("2026-03-15"),
        how: "restructure",
        firstDueOn: day("2026-04-15"),
        installments: 5,
        rateE8: 40_000,
        interest: "capitalise",
        late: "capitalise",
      },
    ],
    { on: day("2026-05-16"), ceiling: ceilingOn("2026-01-01", "2026-05-16"), ...more },
  );

export const factsFor = (given: CaseGiven, kind: PaperKind) => gatherCase(given, kind)!;
