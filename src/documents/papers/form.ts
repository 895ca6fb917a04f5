import type { Day, Minor } from "../../core/index.ts";
import { chineseDay, plainMoney } from "../compose.ts";
import { BLANK, type Home, type Known, type Line, type Need, type PaperField, type Piece } from "./paper.ts";

export const yuan = (amount: Minor, currency: string): string =>
  currency === "CNY" ? `${plainMoney(currency)(amount)}元` : `${currency} ${plainMoney(currency)(amount)}`;

export interface Asked {
  /** A reader's gloss of the label. */
  readonly gloss: string;
  readonly need?: Need | undefined;
  readonly cite?: string;
  /** Where it would stand; said where it is empty. */
  readonly home: Home;
}

const HOMES: Readonly<
  Record<Home["from"], (at: string) => { zh: string; en: string; nextZh: string; nextEn: string }>
> = {
  ledger: (at) => ({
    zh: `账本没有：${at}`,
    en: `the ledger does not have it: ${at}`,
    nextZh: "核对该笔贷款的账本记录",
    nextEn: "look at the loan: arrears show LOAN",
  }),
  report: (at) => ({
    zh: `核心系统没有分项报送：${at}`,
    en: `the core system does not report it apart: ${at}`,
    nextZh: `在案件要素表中填写核心系统结欠明细的列 ${at}`,
    nextEn: `give it from the core system's own statement, column ${at} of the particulars`,
  }),
  contract: (at) => ({
    zh: `未登记合同条款：${at}`,
    en: `the clause is not in the settings: ${at}`,
    nextZh: `在 papers.yaml 填写 ${at}`,
    nextEn: `write ${at} in papers.yaml`,
  }),
  person: (at) => ({
    zh: `账册中没有借款人的${at}`,
    en: `the book does not have the borrower's ${at}`,
    nextZh: `导入客户资料，或在案件要素表填写 ${at}`,
    nextEn: `import it with the loans, or give the column ${at} of the particulars`,
  }),
  contacts: (at) => ({
    zh: `没有催告记录：${at}`,
    en: `no demand is recorded: ${at}`,
    nextZh: "登记触达记录，或先发律师函",
    nextEn: "record the contacts made elsewhere, or send a letter first",
  }),
  letter: (at) => ({
    zh: `没有已签署的律师函：${at}`,
    en: `no signed letter: ${at}`,
    nextZh: "arrears letter draft",
    nextEn: "arrears letter draft",
  }),
  engagement: (at) => ({
    zh: `没有有效的委托合同：${at}`,
    en: `no engagement in force names it: ${at}`,
    nextZh: "arrears engagement add，并由律所接收案件",
    nextEn: "arrears engagement add, and let the firm accept the case",
  }),
  lender: (at) => ({
    zh: `出借人资料缺：${at}`,
    en: `the lender's particulars lack ${at}`,
    nextZh: `在 papers.yaml 填写 ${at}`,
    nextEn: `write ${at} in papers.yaml`,
  }),
  settings: (at) => ({
    zh: `未作选择：${at}`,
    en: `nobody has decided: ${at}`,
    nextZh: `在 papers.yaml 填写 ${at}`,
    nextEn: `write ${at} in papers.yaml`,
  }),
  particulars: (at) => ({
    zh: `案件要素表没有：${at}`,
    en: `the particulars do not have ${at}`,
    nextZh: `在案件要素表（--particulars）填写列 ${at}`,
    nextEn: `fill the column ${at} of the particulars (--particulars)`,
  }),
  proceeding: (at) => ({
    zh: `没有在办程序：${at}`,
    en: `no proceeding is known: ${at}`,
    nextZh: `登记案号，或在案件要素表填写 ${at}`,
    nextEn: `record the case number, or give the column ${at} of the particulars`,
  }),
  option: (at) => ({
    zh: `未指定：${at}`,
    en: `not given: ${at}`,
    nextZh: `加上 ${at}`,
    nextEn: `give ${at}`,
  }),
  computed: (at) => ({
    zh: `其所依据的要素尚缺：${at}`,
    en: `what it is made from is not known: ${at}`,
    nextZh: `先补齐 ${at}`,
    nextEn: `fill ${at} first`,
  }),
  law: (at) => ({ zh: at, en: at, nextZh: at, nextEn: at }),
};

/** Collects the fields of one paper while its lines are written. */
export class Form {
  readonly fields: PaperField[] = [];
  readonly currency: string;
  constructor(currency: string) {
    this.currency = currency;
  }

  /** Keeps the field and gives its text; empty where nothing is known. */
  say<T>(
    id: string,
    label: string,
    known: Known<T> | undefined,
    asked: Asked,
    as: (value: T) => string,
  ): string {
    const { gloss, need = "may-be-empty", cite, home } = asked;
    const more = cite === undefined ? {} : { cite };
    if (known === undefined) {
      const { zh, en, nextZh, nextEn } = HOMES[home.from](home.at);
      this.fields.push({
        id,
        label,
        gloss,
        need,
        ...more,
        empty: { why: { zh, en }, next: { zh: nextZh, en: nextEn } },
      });
      return "";
    }
    const value = as(known.value);
    this.fields.push({ id, label, gloss, need, ...more, value, source: known.source });
    return value;
  }

  text(id: string, label: string, known: Known | undefined, asked: Asked): string {
    return this.say(id, label, known, asked, (value) => value);
  }

  day(id: string, label: string, known: Known<Day> | undefined, asked: Asked): string {
    return this.say(id, label, known, asked, chineseDay);
  }

  money(id: string, label: string, known: Known<Minor> | undefined, asked: Asked): string {
    return this.say(id, label, known, asked, (value) => yuan(value, this.currency));
  }

  /** Boxes of which one is ticked: `男☑　女□`. */
  choice<T>(
    id: string,
    label: string,
    known: Known<T> | undefined,
    asked: Asked,
    options: readonly (readonly [value: T, text: string])[],
  ): Piece[] {
    this.say(
      id,
      label,
      known,
      asked,
      (value) => options.find(([one]) => one === value)?.[1] ?? String(value),
    );
    return options.flatMap(([value, text], n) => [
      `${n === 0 ? "" : "　"}${text}`,
      { box: known?.value === value },
    ]);
  }

  yesNo(id: string, label: string, known: Known<boolean> | undefined, asked: Asked): Piece[] {
    return this.choice(id, label, known, asked, [
      [true, "是"],
      [false, "否"],
    ]);
  }
}

export const line = (...pieces: readonly (Piece | readonly Piece[])[]): Line => pieces.flat() as Piece[];

/** In running text, what is not known is a line to write on. */
export const orBlank = (text: string): string => (text === "" ? BLANK : text);
