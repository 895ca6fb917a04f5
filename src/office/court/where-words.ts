import type { ConsentForm } from "../../core/index.ts";
import type { CourtFound, JurisdictionRule, MissingFact } from "../../legal/index.ts";
import type { Language } from "../io.ts";

export const CONSENT_WORDS: Readonly<Record<ConsentForm, Both>> = {
  express: { en: "he says so", zh: "明确表示同意" },
  "agreed-before": { en: "a clause or promise before the suit", zh: "诉前约定或承诺" },
  "address-given": { en: "an electronic address in his pleading", zh: "在诉状、答辩状中提供电子地址" },
  "acted-on": { en: "he answered or took part and did not object", zh: "接受已完成的电子送达且未反对" },
};

/** What a court found has to do with the debt and what is missing, each in both languages. */
export const courtWords = ({ basis, standing, because, missing }: CourtFound) => ({
  basis: BASIS[basis],
  standing: STANDING[standing],
  because: because.map(({ rule }) => RULE_WORDS[rule]),
  missing: missing.map((one) => MISSING[one]),
});

export const courtName = ({ court, area }: CourtFound, language: Language): string =>
  court ??
  (area === undefined
    ? UNKNOWN[language]
    : `${area}${language === "zh" ? "的基层人民法院" : ": its basic court"}`);

export type Both = Readonly<Record<Language, string>>;
const UNKNOWN: Both = { en: "a court that is not known", zh: "法院不明" };
export const STANDING: Readonly<Record<CourtFound["standing"], Both>> = {
  competent: { en: "competent", zh: "有管辖权" },
  displaced: { en: "displaced by the clause", zh: "因协议管辖而排除" },
  void: { en: "NOT by this clause", zh: "该约定无效" },
  "not-decided": { en: "not decided", zh: "不能判断" },
};
export const BASIS: Readonly<Record<CourtFound["basis"], Both>> = {
  agreed: { en: "agreed in the contract", zh: "合同约定" },
  defendant: { en: "where the borrower lives", zh: "被告住所地/经常居住地" },
  performance: { en: "where the money is received", zh: "合同履行地" },
};

export const MISSING: Readonly<Record<MissingFact, Both>> = {
  "where-he-lives": { en: "his address is not on file", zh: "缺借款人住址" },
  "since-when": { en: "since when he lives there: --since DAY", zh: "自何时起居住：--since 日期" },
  "lender-area": { en: "lender.area in the court terms", zh: "court-terms 的 lender.area" },
  "court-of-area": {
    en: "the court of this area: courts in the court terms",
    zh: "该地区的法院：court-terms 的 courts",
  },
  "which-court": { en: "the clause names no court that can be found", zh: "条款未约定可确定的法院" },
  "proof-of-connection": {
    en: "what proves that this place is connected with the dispute: proof in the clause",
    zh: "该地点与争议有实际联系的证据：条款的 proof",
  },
  "pointed-out": {
    en: "whether the clause was pointed out to him: pointed_out (he may claim that it is void)",
    zh: "条款是否已提请注意：pointed_out（否则其可主张无效）",
  },
  "made-online": {
    en: "whether all was signed and performed online: made_online",
    zh: "是否全程在线订立履行：made_online",
  },
  "courts-of-level": {
    en: "which sums go to a higher court was not read: ask the court",
    zh: "级别管辖标准未读到，请咨询法院",
  },
  "special-court": { en: "what the financial courts take was not read", zh: "金融法院管辖范围未读到" },
  "law-before": { en: "no text of before 2025-12-31 says what follows", zh: "2025-12-31 之前无相应规定" },
};

export const RULE_WORDS: Readonly<Record<JurisdictionRule, Both>> = {
  level: { en: "the basic court, unless the law says another", zh: "一审由基层人民法院管辖" },
  defendant: { en: "a person is sued where he lives", zh: "由被告住所地或经常居住地法院管辖" },
  "several-defendants": { en: "several defendants: the court of any", zh: "数被告：各该法院均有管辖权" },
  domicile: { en: "his domicile is where he is registered", zh: "住所地为户籍所在地" },
  habitual: {
    en: "habitual residence: a year without a break before filing",
    zh: "经常居住地：起诉时已连续居住一年以上",
  },
  plaintiff: {
    en: "where the plaintiff lives is no ground for a debt",
    zh: "原告住所地管辖不适用于一般债务",
  },
  contract: {
    en: "a contract: the defendant's court or that of performance",
    zh: "合同纠纷：被告住所地或合同履行地",
  },
  "performance.agreed": { en: "the place of performance that was agreed", zh: "约定的履行地点" },
  "performance.money": {
    en: "for money, the place of whoever receives it",
    zh: "给付货币：接收货币一方所在地",
  },
  "performance.not-performed": {
    en: "nothing was performed: the defendant's court",
    zh: "未实际履行：被告住所地",
  },
  agreed: { en: "a connected court may be agreed in writing", zh: "可书面约定有实际联系地点的法院" },
  "agreed.in-writing": {
    en: "in the contract, or in writing before the suit",
    zh: "书面合同条款或诉前书面协议",
  },
  "agreed.determinable": {
    en: "it holds where the court can be determined",
    zh: "起诉时能确定法院的从其约定",
  },
  "agreed.several": {
    en: "several connected courts: the plaintiff chooses",
    zh: "约定两个以上法院：原告可选其一",
  },
  "agreed.standard-terms": {
    en: "standard terms that were not pointed out are void if he says so",
    zh: "格式条款未提请注意，消费者可主张无效",
  },
  "agreed.moved": { en: "a party that moved: its place at the signing", zh: "住所变更：以签订时住所地为准" },
  "agreed.assigned": {
    en: "it binds the buyer of the claim, unless he did not know",
    zh: "对合同受让人有效，不知情的除外",
  },
  "agreed.proof": {
    en: "outside the five places it needs proof of the connection",
    zh: "五类地点之外须证明有实际联系",
  },
  "agreed.special-court": { en: "a special court's case stays with it", zh: "专门法院管辖不得另行约定" },
  "agreed.area": { en: "an area is enough where its court can be found", zh: "约定地域可确定法院即可" },
  "agreed.arbitration-or-suit": { en: "arbitration or suit: the suit stands", zh: "或裁或审：诉讼约定有效" },
  arbitration: { en: "arbitration agreed: apply there", zh: "有仲裁协议：向仲裁机构申请" },
  "payment-order": { en: "a payment order: the debtor's basic court", zh: "支付令：债务人住所地基层法院" },
  objection: { en: "an objection comes within the time to answer", zh: "管辖异议应在答辩期内提出" },
  answered: { en: "who answers without objecting accepts the court", zh: "未提异议并应诉答辩视为有管辖权" },
  internet: { en: "what the internet courts take", zh: "互联网法院管辖案件" },
  "internet.pending": { en: "cases accepted before stay where they are", zh: "施行前已受理的继续审理" },
  "internet.designated": {
    en: "other kinds only by designation of a High Court",
    zh: "其他类型须经高级法院指定",
  },
};
