/** A sentence of law that letters quote, word for word; a test finds it in `law/`. */
export interface Quoted {
  readonly law: string;
  readonly at: string;
  readonly quote: string;
  readonly force: string;
  readonly verification: string;
  readonly from: string;
  readonly source: { readonly zh: string; readonly en: string };
  /** Our own rendering, which has no force. */
  readonly english: string;
}

const CIVIL_CODE = {
  law: "cn/civil-code",
  force: "law",
  from: "2021-01-01",
} as const;

export const REPAY_ON_TIME: Quoted = {
  ...CIVIL_CODE,
  at: "art. 675",
  quote: "借款人应当按照约定的期限返还借款。",
  verification: "verified-reprint",
  source: { zh: "《中华人民共和国民法典》第六百七十五条", en: "Civil Code, article 675" },
  english: "The borrower shall return the loan within the agreed time.",
};

export const LATE_INTEREST: Quoted = {
  ...CIVIL_CODE,
  at: "art. 676",
  quote: "借款人未按照约定的期限返还借款的，应当按照约定或者国家有关规定支付逾期利息。",
  verification: "verified",
  source: { zh: "《中华人民共和国民法典》第六百七十六条", en: "Civil Code, article 676" },
  english:
    "A borrower who does not return the loan within the agreed time shall pay late interest as agreed or as the State provides.",
};

export const VARIATION: Quoted = {
  ...CIVIL_CODE,
  at: "art. 543",
  quote: "当事人协商一致，可以变更合同。",
  verification: "verified",
  source: { zh: "《中华人民共和国民法典》第五百四十三条", en: "Civil Code, article 543" },
  english: "The parties may vary the contract by agreement.",
};

/** All that letters quote. */
export const LETTER_LAW: readonly Quoted[] = [REPAY_ON_TIME, LATE_INTEREST, VARIATION];
