import { type Finding, findingsOf, formatDay, formatMoney, replay, type Seen } from "../../core/index.ts";
import { factsOf, type LoanFile } from "../../store/index.ts";
import { dayOrDash, type Io } from "../io.ts";

/** Where a fed loan's last report, as known on a day, and its contract's own arithmetic part. */
export function reportedFindings(file: LoanFile, { asOf, knownOn }: Seen): Finding[] {
  const known = factsOf(file).filter(
    (fact) =>
      (knownOn === undefined || fact.on <= knownOn) &&
      (fact.kind === "LoanBooked" || (fact.kind === "BalanceReported" && fact.asOf <= asOf)),
  );
  const loan = replay(file.key, known, () => file.product);
  return loan ? findingsOf(loan, file.product) : [];
}

export const findingJson = (finding: Finding, decimals: number): Record<string, unknown> =>
  "reported" in finding
    ? {
        code: finding.code,
        reported: formatMoney(finding.reported, decimals),
        derived: formatMoney(finding.derived, decimals),
      }
    : {
        code: finding.code,
        reported: finding.reportedOn === undefined ? null : formatDay(finding.reportedOn),
        derived: finding.derivedOn === undefined ? null : formatDay(finding.derivedOn),
      };

const FINDING_WORDS = {
  "principal-above-lent": { en: "principal above what was lent", zh: "剩余本金高于放款本金" },
  "ended-with-principal": { en: "paid off, with principal left", zh: "已结清但仍有本金" },
  "not-a-due-day": {
    en: "the oldest unpaid day is none of the contract's due days",
    zh: "最早未还日并非合同应还日",
  },
  "due-day-differs": { en: "oldest unpaid due day", zh: "最早未还应还日" },
  "arrears-differ": { en: "past due without charges", zh: "逾期欠款（不含费用）" },
} as const;

export function findingLine(finding: Finding, io: Io, money: (value: number) => string): string {
  const [reported, derived] =
    "reported" in finding
      ? [money(finding.reported), money(finding.derived)]
      : [dayOrDash(finding.reportedOn), dayOrDash(finding.derivedOn)];
  const words = FINDING_WORDS[finding.code][io.language];
  return io.language === "zh"
    ? `${words}：报送 ${reported}，推算 ${derived}`
    : `${words}: reported ${reported}, by the contract ${derived}`;
}
