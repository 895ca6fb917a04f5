import type { HoldKind } from "../holds.ts";
import type { ContactOutcome } from "../ways.ts";

/**
 * What a collector can say came of a call, or of a question that was put to people. A fixed table: each code with what it
 * counts as for the caps on contacts, what else has to be told with it, and what it does by itself.
 */
export interface ResultRow {
  readonly code: string;
  readonly of: "call" | "question";
  readonly says: { readonly en: string; readonly zh: string };
  /** What the rules on contacts count it as; none for a question. */
  readonly outcome?: ContactOutcome;
  /** What has to be told with it. */
  readonly asks?: readonly ("promise" | "language" | "note")[];
  readonly does: Consequence;
}

export interface Consequence {
  /** Holds that it places. One about the person stands on all his loans, one about a debt on those that the call was about. */
  readonly holds?: readonly HoldKind[];
  /** The number that was called is used no longer. */
  readonly dropsAddress?: boolean;
  /** A supervisor looks at the case: it comes first in the worklist of his team. */
  readonly supervisor?: boolean;
}

const row = <C extends string>(
  code: C,
  outcome: ContactOutcome,
  en: string,
  zh: string,
  rest: Partial<Pick<ResultRow, "asks" | "does">> = {},
) => ({ code, of: "call" as const, outcome, says: { en, zh }, does: {}, ...rest });

const answer = <C extends string>(
  code: C,
  en: string,
  zh: string,
  rest: Partial<Pick<ResultRow, "asks">> = {},
) => ({ code, of: "question" as const, says: { en, zh }, does: {}, ...rest });

const TABLE = [
  row("connected-promised", "connected", "spoke with him; he promised to pay", "接通本人，承诺还款", {
    asks: ["promise"],
  }),
  row("connected-refused", "connected", "spoke with him; he will not pay", "接通本人，拒绝还款"),
  row("connected-no-promise", "connected", "spoke with him; nothing was agreed", "接通本人，未达成约定"),
  row("connected-paid", "connected", "spoke with him; he says that he has paid", "接通本人，称已还款"),
  row(
    "third-person",
    "connected",
    "somebody else answered; the debt was not named",
    "第三人接听，未透露债务",
  ),
  row("wrong-number", "wrong-number", "not his number", "号码错误，非本人", {
    does: { dropsAddress: true },
  }),
  row("no-answer", "no-answer", "nobody answered", "无人接听"),
  row("busy", "busy", "busy", "占线"),
  row("not-in-service", "not-in-service", "the number is out of service", "空号或停机", {
    does: { dropsAddress: true },
  }),
  row("voicemail", "voicemail", "a machine answered", "语音信箱"),
  row("language", "connected", "he speaks another language", "语言不通，需其他语种人员", {
    asks: ["language"],
  }),
  row("deceased-told", "connected", "told that the borrower has died", "获知借款人已去世", {
    does: { holds: ["deceased"], supervisor: true },
  }),
  row("dispute-raised", "connected", "he contests the debt", "对债务提出异议", {
    asks: ["note"],
    does: { holds: ["dispute"] },
  }),
  row("hardship-told", "connected", "he told of trouble paying", "告知经济困难", {
    asks: ["note"],
    does: { holds: ["hardship"] },
  }),
  row("complaint-raised", "connected", "he complains about how he is treated", "提出投诉", {
    asks: ["note"],
    does: { holds: ["complaint"], supervisor: true },
  }),
  row("cease-asked", "connected", "he asked not to be contacted", "要求停止联系", {
    does: { holds: ["cease-contact"] },
  }),
  row("represented", "connected", "a lawyer speaks for him", "已委托律师", {
    asks: ["note"],
    does: { holds: ["represented"] },
  }),
  row("minor-told", "connected", "told that he is a minor", "获知为未成年人", {
    does: { holds: ["minor"], supervisor: true },
  }),
  row("insolvency-told", "connected", "told of insolvency proceedings", "告知已进入破产程序", {
    does: { holds: ["insolvency"] },
  }),
  row("distress", "connected", "he speaks of harming himself, or is in distress", "情绪危机或有自伤表达", {
    asks: ["note"],
    does: { holds: ["hardship"], supervisor: true },
  }),
  row("abuse", "connected", "the collector was abused; the call was ended", "催收员遭辱骂，已结束通话", {
    asks: ["note"],
    does: { supervisor: true },
  }),
  answer("agreed", "agreed", "同意"),
  answer("declined", "declined", "不同意", { asks: ["note"] }),
  answer("needs-more", "more has to be known first", "需补充材料", { asks: ["note"] }),
] as const;

export type ResultCode = (typeof TABLE)[number]["code"];
export const RESULTS: readonly (ResultRow & { readonly code: ResultCode })[] = TABLE;
export const RESULT_CODES: readonly ResultCode[] = TABLE.map(({ code }) => code);

export const resultOf = (code: string): (ResultRow & { readonly code: ResultCode }) | undefined =>
  RESULTS.find((one) => one.code === code);
