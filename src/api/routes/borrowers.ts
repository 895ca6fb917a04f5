import { z } from "zod";
import {
  arrearsOn,
  askableOn,
  bandName,
  bandOf,
  type Day,
  decimalsOf,
  dpdOn,
  formatMoney,
  type Minor,
  personOf,
} from "../../core/index.ts";
import { personJson } from "../../office/people/known.ts";
import { personFactsOf } from "../../store/index.ts";
import { maskDeep, ownValues } from "../access/fields.ts";
import { maskedPerson, PERSONAL_FIELDS, type PersonalField } from "../access/mask.ts";
import { route } from "../route.ts";
import { LoanParams } from "./loans.ts";
import { LOAN_READS, LOAN_WORK_READS, REVEALS } from "./rows.ts";
import { AskedFor, Id, Money, OfPerson, Reason } from "./shapes.ts";

const BorrowerParams = z.strictObject({ borrower: Id });

const Personal = z.object({
  name: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  app: z.string().nullable(),
  address: z.string().nullable(),
});

export const BORROWER_ROUTES = [
  route({
    id: "borrower.read",
    method: "GET",
    url: "/v1/borrowers/:borrower",
    says: {
      en: "A borrower with his loans; his personal values are masked",
      zh: "借款人及其贷款（个人信息已遮蔽）",
    },
    of: "borrower",
    may: LOAN_READS,
    scope: "loans:read",
    params: BorrowerParams,
    answers: z.object({
      borrower: z.string(),
      lender: z.string(),
      language: z.string().nullable(),
      zone: z.string(),
      contact: Personal,
      loans: z.array(
        z.object({
          loan: z.string(),
          product: z.string(),
          status: z.string(),
          dpd: z.int(),
          bucket: z.string(),
          arrears: Money,
          ...AskedFor,
          currency: z.string(),
        }),
      ),
      person: z.array(OfPerson),
    }),
    handle: async ({ lender, borrower, who }) => {
      const [first] = borrower.files;
      const row = first!.borrower;
      const zone = row.zone ?? lender.zone;
      const facts = personFactsOf(first!);
      const own = ownValues(first!);
      const isHouse = who.role !== "borrower" && who.role !== "agency" && who.role !== "agency-collector";
      return {
        borrower: borrower.externalId,
        lender: lender.code,
        language: row.language,
        zone,
        contact: maskedPerson(row),
        loans: borrower.files.map(({ id, stored: loan, product, waiting }) => {
          const asOf = Math.max(lender.closedThrough, loan.lateOn, loan.disbursedOn) as Day;
          const dpd = dpdOn(loan, product, asOf);
          const money = (sum: Minor): string => formatMoney(sum, decimalsOf(product.terms.currency));
          const arrears = arrearsOn(loan, product, asOf);
          const since = waiting.map(({ fact }) => fact);
          const { sum, disputed } = askableOn(loan, product, asOf, { since, arrears });
          return {
            loan: id,
            product: product.code,
            status: loan.status,
            dpd,
            bucket: bandName(bandOf(product, dpd)),
            arrears: money(arrears.total),
            disputed: money(disputed),
            askable: money(sum),
            currency: product.terms.currency,
          };
        }),
        person:
          isHouse && facts.length > 0 ? (maskDeep(personJson(personOf(facts), zone), own) as never) : [],
      };
    },
  }),
  route({
    id: "borrower.reveal",
    method: "POST",
    url: "/v1/borrowers/:borrower/reveal",
    says: {
      en: "Show personal values in full, for a reason that is kept with who asked",
      zh: "显示完整个人信息；须说明理由并留痕",
    },
    of: "borrower",
    guard: { none: "keeps" },
    may: REVEALS,
    // The answer must not be kept beside a key.
    once: true,
    params: BorrowerParams,
    body: z.strictObject({
      fields: z
        .array(z.enum(PERSONAL_FIELDS as unknown as [PersonalField, ...PersonalField[]]))
        .min(1)
        .max(5),
      reason: Reason,
    }),
    answers: z.object({ borrower: z.string(), contact: Personal.partial() }),
    handle: async ({ borrower, body, remark }) => {
      const row = borrower.files[0]!.borrower;
      const fields = [...new Set(body.fields)];
      remark(`shown in full: ${fields.join(", ")}; ${body.reason}`);
      return {
        borrower: borrower.externalId,
        contact: Object.fromEntries(fields.map((field) => [field, row[field]])),
      };
    },
  }),
  route({
    id: "loan.borrower",
    method: "GET",
    url: "/v1/loans/:loan/borrower",
    says: { en: "Whose loan this is, by the lender's number", zh: "贷款所属借款人编号" },
    of: "loan",
    may: { ...LOAN_WORK_READS, agency: "never", "agency-collector": "never" },
    params: LoanParams,
    answers: z.object({ loan: z.string(), borrower: z.string() }),
    handle: async ({ file }) => ({ loan: file.id, borrower: file.borrower.external_id }),
  }),
];
