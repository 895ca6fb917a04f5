import { parseDay, parseMoney } from "../../core/index.ts";
import { LATE_INTEREST, REPAY_ON_TIME } from "../law.ts";
import type { Organisation, Ownership, PaperFacts, PersonParty, Security, Wishes } from "./facts.ts";
import type { CaseGiven } from "./gather.ts";
import { isIdNumber } from "./given.ts";
import type { FieldSource, Known } from "./paper.ts";

/** What people gave beside the book: settings of the lender, particulars of the case. */

/** A key only where there is a value. */
export const maybe = <K extends string, T>(key: K, value: T | undefined): { readonly [key in K]?: T } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [key in K]?: T };

export type Reader = ReturnType<typeof readerOf>;

export function readerOf({ settings, particulars, product }: CaseGiven) {
  const setting = (key: string): Known | undefined => {
    const own = `products.${product.code}.${key}`;
    const at = settings.has(own) ? own : key;
    const value = settings.get(at);
    return value === undefined ? undefined : { value, source: { from: "settings", at } };
  };
  const column = (name: string): Known | undefined => {
    const value = particulars?.get(name);
    return value === undefined ? undefined : { value, source: { from: "particulars", at: name } };
  };
  const as = <T>(known: Known | undefined, of: (text: string) => T | undefined): Known<T> | undefined => {
    const value = known && of(known.value);
    return known && value !== undefined ? { value, source: known.source } : undefined;
  };
  const isYes = (text: string): boolean => text === "yes";
  return {
    setting,
    column,
    word: <T extends string>(key: string) => as(setting(key), (text) => text as T),
    wordColumn: <T extends string>(name: string) => as(column(name), (text) => text as T),
    yesNo: (key: string) => as(setting(key), isYes),
    yesNoColumn: (name: string) => as(column(name), isYes),
    dayColumn: (name: string) => as(column(name), parseDay),
    moneyColumn: (name: string) => as(column(name), (text) => parseMoney(text)),
  };
}

export function lenderOf({ lender }: CaseGiven, read: Reader): PaperFacts["lender"] {
  const book = (at: string, value: string | undefined): Known | undefined =>
    value === undefined ? undefined : { value, source: { from: "lender", at } };
  return {
    name: read.setting("lender.name") ?? book("name in the book", lender.name)!,
    ...maybe("address", read.setting("lender.address")),
    ...maybe("registeredAt", read.setting("lender.registered_at")),
    ...maybe("representative", read.setting("lender.representative")),
    ...maybe("representativeTitle", read.setting("lender.representative_title")),
    ...maybe("phone", read.setting("lender.phone") ?? book("letter terms", lender.phone)),
    ...maybe("creditCode", read.setting("lender.credit_code")),
    ...maybe("organisation", read.word<Organisation>("lender.organisation")),
    ...maybe("ownership", read.word<Ownership>("lender.ownership")),
  };
}

export function borrowerOf({ person }: CaseGiven, read: Reader): PersonParty {
  const book = (at: string, value: string | null): Known | undefined =>
    value === null ? undefined : { value, source: { from: "person", at } };
  const id = read.column("id_number");
  const type = read.column("id_type");
  const isCitizen =
    id !== undefined && isIdNumber(id.value) && (type === undefined || /身份证/.test(type.value));
  const byNumber: FieldSource = { from: "computed", at: "id_number (GB 11643)" };
  const born = isCitizen
    ? parseDay(`${id.value.slice(6, 10)}-${id.value.slice(10, 12)}-${id.value.slice(12, 14)}`)
    : undefined;
  return {
    ...maybe("name", read.column("name") ?? book("name", person.name)),
    ...maybe(
      "sex",
      read.wordColumn<"male" | "female">("sex") ??
        (isCitizen
          ? {
              value: Number(id.value[16]) % 2 === 1 ? ("male" as const) : ("female" as const),
              source: byNumber,
            }
          : undefined),
    ),
    ...maybe(
      "bornOn",
      read.dayColumn("born_on") ?? (born === undefined ? undefined : { value: born, source: byNumber }),
    ),
    ...maybe("ethnicity", read.column("ethnicity")),
    ...maybe("employer", read.column("employer")),
    ...maybe("position", read.column("position")),
    ...maybe("phone", read.column("phone") ?? book("phone", person.phone?.replace(/^\+86/, "") ?? null)),
    // An address in the book is where letters go; nobody said that it is the one of the household register.
    ...maybe("registered", read.column("registered_address")),
    ...maybe("habitual", read.column("habitual_address") ?? book("address", person.address)),
    ...maybe("idType", type ?? (isCitizen ? { value: "居民身份证", source: byNumber } : undefined)),
    ...maybe("idNumber", id),
  };
}

export function securityOf(read: Reader): Security {
  const none = read.setting("contract.security");
  const things = read.column("security_things");
  const guarantor = read.column("guarantor");
  const given = things !== undefined || guarantor !== undefined;
  return {
    ...maybe(
      "none",
      given
        ? { value: false, source: (things ?? guarantor)!.source }
        : none && { value: true, source: none.source },
    ),
    ...maybe("things", things),
    ...maybe("guarantor", guarantor),
    ...maybe("signedOn", read.dayColumn("guarantee_signed_on")),
    ...maybe("kind", read.wordColumn<"general" | "joint">("guarantee_kind")),
    ...maybe("said", read.column("guarantee_terms")),
  };
}

const LAW: Known = {
  value: `${REPAY_ON_TIME.source.zh}、${LATE_INTEREST.source.zh.replace("《中华人民共和国民法典》", "")}`,
  source: { from: "law", at: `${REPAY_ON_TIME.law} ${REPAY_ON_TIME.at}, ${LATE_INTEREST.at}` },
};

export function wishesOf(read: Reader): Wishes {
  const costs = read.setting("claims.recovery_costs");
  return {
    ...maybe("untilPaid", read.yesNo("claims.until_paid")),
    ...maybe("early", read.word<"accelerate" | "terminate" | "no">("claims.early")),
    ...maybe("security", read.yesNo("claims.security")),
    ...maybe(
      "recoveryCosts",
      costs && { value: costs.value === "no" ? (false as const) : costs.value, source: costs.source },
    ),
    ...maybe("courtFees", read.yesNo("claims.court_fees")),
    ...maybe("other", read.column("other") ?? read.setting("claims.other")),
    basis: read.setting("claims.law") ?? LAW,
    ...maybe("mediationKnown", read.yesNo("mediation.known")),
    ...maybe("mediationBenefits", read.yesNo("mediation.benefits")),
    ...maybe("mediation", read.word<"yes" | "no" | "undecided">("mediation.first")),
  };
}

export function agreedOf(read: Reader): Known<string | false> | undefined {
  const agreed = read.setting("court.agreed");
  const clause = read.setting("contract.clauses.jurisdiction");
  if (!agreed) return undefined;
  if (agreed.value === "no") return { value: false, source: agreed.source };
  return {
    value: clause ? `${clause.value}：${agreed.value}` : agreed.value,
    source: clause ? { from: "contract", at: clause.source.at } : agreed.source,
  };
}
