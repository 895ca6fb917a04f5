import { type Day, type Fact, formatDay, NEVER, type Product } from "../../core/index.ts";
import { type Limitation, limitation, limitedDebt } from "../../legal/index.ts";
import { factsOf, type Lender, type LoanFile } from "../../store/index.ts";
import { dayOrDash, type Io } from "../io.ts";
import { limitationWatchOf } from "./json.ts";
import { STATE_WORDS } from "./words.ts";

/** A loan's limitation on a day; what refuses it; nothing where its place has no law on it that was read. */
export function limitationOfFile(file: LoanFile, asOf: Day): Limitation | string | undefined {
  return limitationOf(
    { facts: factsOf(file), ofBorrower: file.ofBorrower.map(({ fact }) => fact), product: file.product },
    file.lender,
    asOf,
  );
}

/** The same of a loan whose facts are at hand. */
export function limitationOf(
  booked: {
    readonly facts: readonly Fact[];
    readonly ofBorrower: readonly Fact[];
    readonly product: Product;
  },
  { pack, zone }: Pick<Lender, "pack" | "zone">,
  asOf: Day,
): Limitation | string | undefined {
  const watch = limitationWatchOf(pack);
  if (!watch || asOf < watch.from) return undefined;
  const debt = limitedDebt({ ...booked, zone });
  if (!debt) return undefined;
  const found = limitation(debt, watch.rule(asOf), asOf);
  return found.ok ? found.value : found.refusal.says;
}

/** Only while something is owed to this lender, and where the law of its place was read. */
export function limitationShown(file: LoanFile, asOf: Day): Limitation | undefined {
  const { status, dueOn } = file.stored;
  if ((status !== "open" && status !== "written-off") || dueOn === NEVER) return undefined;
  const found = limitationOfFile(file, asOf);
  return typeof found === "string" ? undefined : found;
}

/** Both ends and the state in one line. */
export function limitationLine(found: Limitation, io: Io): string {
  const { expiresOn, worstOn, state } = found;
  const words = LIMITATION_HEADS[io.language];
  return `${dayOrDash(expiresOn)} · ${words.worst} ${formatDay(worstOn)} · ${STATE_WORDS[state][io.language]}`;
}

export const LIMITATION_HEADS = {
  en: {
    ends: "limitation ends",
    worst: "in the worst case",
    columns: ["loan", "lender", "worst case", "days left", "usual end", "state", "outstanding"],
    note: "Only what is proved counts in the worst case. The end is a defence that the debtor has to raise; the debt stays owed.",
  },
  zh: {
    ends: "诉讼时效届满",
    worst: "最坏情形",
    columns: ["借据号", "出借人", "最坏情形", "剩余天数", "通常推算", "状态", "剩余本金"],
    note: "最坏情形只计有证据证明的事由。届满只产生抗辩，须由义务人提出；债权仍在。",
  },
} as const;
