import { type Day, formatDay, type Hold, type Minor } from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import type { LimitationSummary } from "./limitation.ts";

/** A firm that the lender engages. */
export interface LawFirm {
  readonly id: string;
  readonly name: string;
  /** Practice licence of the firm. */
  readonly licence: string;
  readonly address: string;
  readonly phone: string;
  readonly email?: string;
  /** How it numbers its letters: `{year}` and `{n}` stand for the year and the count in it. */
  readonly numbers?: string;
  readonly active: boolean;
}

/** A lawyer of a firm. His licence is valid on the days from `validFrom` through `validTo`. */
export interface FirmLawyer {
  readonly id: string;
  readonly firm: string;
  readonly name: string;
  readonly licence: string;
  readonly validFrom: Day;
  readonly validTo?: Day;
  readonly active: boolean;
}

/** The written contract by which the lender engages a firm. */
export interface Engagement {
  /** Its number, as it is printed in letters. */
  readonly id: string;
  readonly firm: string;
  readonly scope: string;
  /** As the contract says it. */
  readonly fee?: string;
  readonly signedOn: Day;
  readonly from: Day;
  readonly to?: Day;
  /** Ids of the lawyers whom it names. */
  readonly lawyers: readonly string[];
}

export const engagementInForce = ({ from, to, signedOn }: Engagement, on: Day): boolean =>
  signedOn <= on && from <= on && (to === undefined || on <= to);

export const lawyerInForce = (lawyer: FirmLawyer, engagement: Engagement, on: Day): boolean =>
  lawyer.active &&
  lawyer.firm === engagement.firm &&
  engagement.lawyers.includes(lawyer.id) &&
  lawyer.validFrom <= on &&
  (lawyer.validTo === undefined || on <= lawyer.validTo);

/** What a lender's file holds on a loan, registered with its hash. */
export type LoanDocumentKind = "contract" | "payout" | "ledger" | "identity" | "delivery-address" | "other";
export const LOAN_DOCUMENT_KINDS: readonly LoanDocumentKind[] = [
  "contract",
  "payout",
  "ledger",
  "identity",
  "delivery-address",
  "other",
];
/** Without these no letter is drafted. */
export const DOCUMENTS_NEEDED: readonly LoanDocumentKind[] = ["contract", "payout", "ledger"];

export interface LoanDocument {
  readonly kind: LoanDocumentKind;
  readonly name: string;
  readonly sha256: string;
}

/** An earlier demand on him, and what came back of it. */
export interface EarlierDemand {
  readonly at: string;
  readonly via: string;
  readonly action: string;
  /** The carrier's last word; absent where none came. */
  readonly receipt?: string;
  /** What came of it, in the words of contacts. */
  readonly outcome?: string;
}

/** Of one debt, everything that is asked before a letter on it is drafted. */
export interface PreflightDebt {
  readonly loan: string;
  readonly status: string;
  readonly currency: string;
  /** Past due and unpaid by the contract, and what of it can be claimed; `undefined` where no ceiling is known. */
  readonly contractual: Minor;
  readonly claimable: Minor | undefined;
  readonly dpd: number;
  readonly kept: boolean;
  readonly holds: readonly Hold[];
  readonly documents: readonly LoanDocument[];
  /** As the limitation clock says; absent where it could not be read. */
  readonly limitation?: LimitationSummary;
  /** Why the figures cannot be given, where they cannot. */
  readonly broken?: string;
}

export interface PreflightAsked {
  readonly on: Day;
  readonly firm: LawFirm | undefined;
  readonly engagement: Engagement | undefined;
  readonly lawyer: FirmLawyer | undefined;
  readonly debts: readonly PreflightDebt[];
  readonly name: string | null;
  readonly address: string | null;
  readonly demands: readonly EarlierDemand[];
  /** Least sum that a letter is worth, minor units. */
  readonly worth: Minor;
  /** An open promise or a plan that is kept: a letter waits for it. */
  readonly promiseUntil?: Day;
  /** Days ahead of its end at which limitation is warned of. */
  readonly limitationWarnDays: number;
}

export type CheckName =
  | "engagement"
  | "lawyer"
  | "debt"
  | "figures"
  | "identity"
  | "address"
  | "demands"
  | "hold"
  | "promise"
  | "limitation"
  | "documents"
  | "worth"
  | "gate";

export interface Check {
  readonly check: CheckName;
  /** `warn` lets the letter go and is shown to the lawyer; `missing` and `stops` do not. */
  readonly state: "ok" | "warn" | "missing" | "stops";
  readonly says: Words;
  /** Where it stands: a contract's number, a document's hash, an action, a command that shows it. */
  readonly proof?: string;
  /** Which debt, where it is about one. */
  readonly loan?: string;
}

/**
 * What has to be there before a lawyer's letter: every check with what proves it.
 *
 * Gives   all checks, also those that pass, so that a lawyer sees what was looked at.
 * Holds   a fact that is not known is `missing` and never `ok`.
 */
export function preflight(asked: PreflightAsked): Check[] {
  return [
    ...mandateChecks(asked),
    ...asked.debts.flatMap((debt) => debtChecks(debt, asked)),
    ...personChecks(asked),
    worthCheck(asked),
  ];
}

/** Whether nothing is missing and nothing stops. */
export const passes = (checks: readonly Check[]): boolean =>
  checks.length > 0 && checks.every(({ state }) => state === "ok" || state === "warn");

type Found = Omit<Check, "says"> & { readonly en: string; readonly zh: string };
const found = ({ en, zh, ...rest }: Found): Check => ({ ...rest, says: { en, zh } });

function mandateChecks({ on, firm, engagement, lawyer }: PreflightAsked): Check[] {
  const stands = engagement !== undefined && firm?.active === true && engagementInForce(engagement, on);
  const licensed = engagement !== undefined && lawyer !== undefined && lawyerInForce(lawyer, engagement, on);
  return [
    !engagement || !firm
      ? found({
          check: "engagement",
          state: "missing",
          en: "no engagement of a firm is recorded; arrears engagement add",
          zh: "未登记委托合同；arrears engagement add",
        })
      : stands
        ? found({
            check: "engagement",
            state: "ok",
            proof: `${engagement.id} ${formatDay(engagement.signedOn)}`,
            en: `engagement ${engagement.id} with ${firm.name} is in force`,
            zh: `与 ${firm.name} 的委托合同 ${engagement.id} 在有效期内`,
          })
        : found({
            check: "engagement",
            state: "stops",
            proof: engagement.id,
            en: `engagement ${engagement.id} is not in force on ${formatDay(on)}`,
            zh: `委托合同 ${engagement.id} 于 ${formatDay(on)} 不在有效期内`,
          }),
    !lawyer
      ? found({
          check: "lawyer",
          state: "missing",
          en: "no lawyer is named for the case",
          zh: "案件未指定承办律师",
        })
      : licensed
        ? found({
            check: "lawyer",
            state: "ok",
            proof: lawyer.licence,
            en: `${lawyer.name} is named in the engagement, licence ${lawyer.licence} is valid`,
            zh: `${lawyer.name} 为合同载明的承办律师，执业证 ${lawyer.licence} 有效`,
          })
        : found({
            check: "lawyer",
            state: "stops",
            proof: lawyer.licence,
            en: `${lawyer.name} is not named in the engagement, or licence ${lawyer.licence} is not valid on ${formatDay(on)}`,
            zh: `${lawyer.name} 非合同载明的承办律师，或执业证 ${lawyer.licence} 于 ${formatDay(on)} 无效`,
          }),
  ];
}

function debtChecks(debt: PreflightDebt, asked: PreflightAsked): Check[] {
  const { loan } = debt;
  return [
    { ...dueCheck(debt), loan },
    { ...figuresCheck(debt, asked.on), loan },
    { ...holdCheck(debt), loan },
    { ...limitationCheck(debt, asked), loan },
    { ...documentsCheck(debt), loan },
  ];
}

function dueCheck({ loan, status, dpd, contractual }: PreflightDebt): Check {
  if (status !== "open" && status !== "written-off")
    return found({
      check: "debt",
      state: "stops",
      proof: `arrears show ${loan}`,
      en: `the loan is ${status}: nothing is claimed for this lender`,
      zh: `贷款状态为 ${status}，不再由该出借人主张`,
    });
  return contractual > 0 && dpd > 0
    ? found({
        check: "debt",
        state: "ok",
        proof: `arrears show ${loan}`,
        en: `past due for ${dpd} days`,
        zh: `已逾期 ${dpd} 天`,
      })
    : found({
        check: "debt",
        state: "stops",
        proof: `arrears show ${loan}`,
        en: "nothing is past due",
        zh: "没有逾期未还款项",
      });
}

function figuresCheck({ loan, kept, claimable, broken }: PreflightDebt, on: Day): Check {
  const missing = (en: string, zh: string): Check =>
    found({ check: "figures", state: "missing", proof: `arrears show ${loan}`, en, zh });
  if (broken !== undefined) return missing(`it cannot be counted: ${broken}`, `无法计算：${broken}`);
  if (!kept)
    return missing(
      "the core system reports only totals: a letter needs the account, installment by installment",
      "核心系统只报送总额，函件须有逐期账目",
    );
  if (claimable === undefined)
    return missing(
      "no ceiling is known, so what can be claimed is not: lender_kind in the product's map",
      "未知综合成本上限，无法确定可主张金额：产品映射须有 lender_kind",
    );
  return found({
    check: "figures",
    state: "ok",
    proof: `arrears show ${loan} --why claimable --as-of ${formatDay(on)}`,
    en: `computed for ${formatDay(on)}, contractual beside claimable`,
    zh: `已按 ${formatDay(on)} 计算，合同金额与可主张金额并列`,
  });
}

function holdCheck({ loan, holds }: PreflightDebt): Check {
  const [hold] = holds;
  return hold
    ? found({
        check: "hold",
        state: "stops",
        proof: `arrears explain ${loan}`,
        en: `held: ${holds.map(({ kind }) => kind).join(", ")}`,
        zh: `已暂停：${holds.map(({ kind }) => kind).join("、")}`,
      })
    : found({
        check: "hold",
        state: "ok",
        proof: `arrears explain ${loan}`,
        en: "no dispute, complaint, hardship, insolvency, death or other hold is recorded",
        zh: "未登记异议、投诉、困难、破产、身故等暂停事由",
      });
}

function limitationCheck(
  { loan, limitation }: PreflightDebt,
  { on, limitationWarnDays }: PreflightAsked,
): Check {
  const proof = `arrears limitation ${loan}`;
  if (!limitation)
    return found({
      check: "limitation",
      state: "missing",
      proof,
      en: "it is not known when limitation ends",
      zh: "尚不清楚诉讼时效何时届满",
    });
  const { expiresOn, worstOn, state } = limitation;
  const worst = formatDay(worstOn);
  if (state === "expired") {
    const until = formatDay(expiresOn ?? worstOn);
    return found({
      check: "limitation",
      state: "warn",
      proof,
      en: `limitation ended on ${until}: he may refuse to pay, and the letter must not say otherwise; the lawyer decides`,
      zh: `诉讼时效已于 ${until} 届满，对方可提出抗辩，函件不得有相反表述，由律师决定`,
    });
  }
  const near = worstOn - on <= limitationWarnDays;
  return found({
    check: "limitation",
    state: near ? "warn" : "ok",
    proof,
    en: near
      ? `limitation ends on ${worst} in the worst case: only proof of delivery by then interrupts it`
      : `limitation has not run out; in the worst case it ends on ${worst}`,
    zh: near
      ? `最不利情形下诉讼时效于 ${worst} 届满，须在此前取得送达凭证方可中断`
      : `诉讼时效未届满，最不利情形下于 ${worst} 届满`,
  });
}

function documentsCheck({ loan, documents }: PreflightDebt): Check {
  const missing = DOCUMENTS_NEEDED.filter((kind) => !documents.some((one) => one.kind === kind));
  return missing.length > 0
    ? found({
        check: "documents",
        state: "missing",
        en: `not registered: ${missing.join(", ")}; arrears document add ${loan} FILE --kind ${missing[0]}`,
        zh: `未登记：${missing.join("、")}；arrears document add ${loan} FILE --kind ${missing[0]}`,
      })
    : found({
        check: "documents",
        state: "ok",
        proof: documents.map(({ kind, sha256 }) => `${kind} ${sha256.slice(0, 12)}`).join(", "),
        en: "contract, pay-out and ledger are registered with their hashes",
        zh: "合同、放款凭证、台账均已登记并有哈希值",
      });
}

function personChecks({ name, address, demands, debts, promiseUntil }: PreflightAsked): Check[] {
  const has = (kind: LoanDocumentKind) =>
    debts.flatMap(({ documents }) => documents).find((one) => one.kind === kind);
  const agreed = has("delivery-address");
  const identity = has("identity");
  const sent = demands.filter(({ receipt }) => receipt !== undefined);
  return [
    name
      ? found({
          check: "identity",
          state: identity ? "ok" : "warn",
          ...(identity ? { proof: identity.sha256 } : {}),
          en: identity
            ? "name and identity document"
            : "the name is on file; no identity document is registered",
          zh: identity ? "姓名及身份证明" : "有姓名，未登记身份证明文件",
        })
      : found({
          check: "identity",
          state: "missing",
          en: "no name is on file for him",
          zh: "未登记姓名",
        }),
    address
      ? found({
          check: "address",
          state: agreed ? "ok" : "warn",
          ...(agreed ? { proof: agreed.sha256 } : {}),
          en: agreed
            ? "an address is on file, and the agreement on where to deliver is registered"
            : "an address is on file; no agreement on where to deliver is registered, so a refusal or a return proves less",
          zh: agreed ? "有地址并登记有送达地址约定" : "有地址，未登记送达地址约定，拒收或退回的证明力较弱",
        })
      : found({
          check: "address",
          state: "missing",
          en: "no postal address is on file",
          zh: "未登记邮寄地址",
        }),
    demands.length === 0
      ? found({
          check: "demands",
          state: "missing",
          en: "nobody has asked him to pay yet: a letter is not the first word",
          zh: "此前未作任何催告；律师函不应是第一次通知",
        })
      : found({
          check: "demands",
          state: sent.length > 0 ? "ok" : "warn",
          proof: (sent[0] ?? demands[0]!).action,
          en: `${demands.length} earlier demands, ${sent.length} with a receipt`,
          zh: `此前催告 ${demands.length} 次，其中 ${sent.length} 次有回执`,
        }),
    promiseUntil === undefined
      ? found({
          check: "promise",
          state: "ok",
          en: "no promise to pay is open",
          zh: "没有待履行的还款承诺",
        })
      : found({
          check: "promise",
          state: "stops",
          en: `he promised to pay by ${formatDay(promiseUntil)}; a letter waits for it`,
          zh: `对方承诺于 ${formatDay(promiseUntil)} 前还款，函件应待其期满`,
        }),
  ];
}

function worthCheck({ debts, worth }: PreflightAsked): Check {
  const sum = debts.reduce((total, { claimable }) => total + (claimable ?? 0), 0);
  return found({
    check: "worth",
    state: sum >= worth ? "ok" : "stops",
    proof: "arrears engagement list",
    en: sum >= worth ? "the sum is worth a letter" : "the sum is below what the lender sends a letter for",
    zh: sum >= worth ? "金额达到发函标准" : "金额低于出借人设定的发函标准",
  });
}
