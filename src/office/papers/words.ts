import type { SourceKind } from "../../documents/papers/index.ts";
import type { Words } from "../../policy/index.ts";

/** From where a field was filled, as people read it. */
export const SOURCE_WORDS: Readonly<Record<SourceKind, Words>> = {
  ledger: { en: "ledger", zh: "账本" },
  report: { en: "core system", zh: "核心系统" },
  contract: { en: "contract", zh: "合同" },
  person: { en: "borrower in the book", zh: "客户资料" },
  contacts: { en: "contacts", zh: "触达记录" },
  letter: { en: "letter", zh: "律师函" },
  engagement: { en: "engagement", zh: "委托合同" },
  lender: { en: "lender in the book", zh: "出借人资料" },
  settings: { en: "settings", zh: "设置" },
  particulars: { en: "particulars", zh: "案件要素表" },
  proceeding: { en: "proceeding", zh: "在办程序" },
  option: { en: "command line", zh: "命令行" },
  computed: { en: "computed", zh: "推算" },
  law: { en: "law", zh: "法律" },
};
