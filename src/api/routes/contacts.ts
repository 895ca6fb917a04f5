import { z } from "zod";
import {
  type ContactEnded,
  type ContactResult,
  type ContactStarted,
  formatInstant,
  RESULTS,
} from "../../core/index.ts";
import { maskText, ownValues } from "../access/fields.ts";
import { route } from "../route.ts";
import { LoanParams } from "./loans.ts";
import { AUDITS } from "./rows.ts";
import { Says } from "./shapes.ts";

export const CONTACT_ROUTES = [
  route({
    id: "loan.contacts",
    method: "GET",
    url: "/v1/loans/:loan/contacts",
    says: {
      en: "Every contact made with the borrower, each with its permit",
      zh: "对借款人的每次触达及其许可",
    },
    of: "loan",
    may: AUDITS,
    params: LoanParams,
    answers: z.object({
      loan: z.string(),
      borrower: z.string(),
      items: z.array(
        z.object({
          action: z.string(),
          at: z.string(),
          via: z.string(),
          address: z.string(),
          verdict: z.string(),
          pack: z.string(),
          rules: z.array(z.string()),
          outcome: z.string().nullable(),
          result: Says.nullable(),
        }),
      ),
    }),
    handle: async ({ file }) => {
      const zone = file.borrower.zone ?? file.lender.zone;
      const own = ownValues(file);
      const facts = file.ofBorrower.map(({ fact }) => fact);
      const isEnd = (fact: { readonly kind: string }): fact is ContactEnded => fact.kind === "ContactEnded";
      const isResult = (fact: { readonly kind: string }): fact is ContactResult =>
        fact.kind === "ContactResult";
      const isStart = (fact: { readonly kind: string }): fact is ContactStarted =>
        fact.kind === "ContactStarted";
      const ended = new Map(facts.filter(isEnd).map(({ action, outcome }) => [action, outcome]));
      const results = new Map(facts.filter(isResult).map(({ action, code }) => [action, code]));
      return {
        loan: file.id,
        borrower: file.borrower.external_id,
        items: facts
          .filter(isStart)
          .reverse()
          .map((fact) => ({
            action: fact.action,
            at: formatInstant(zone, fact.at),
            via: fact.via,
            address: maskText(fact.address, own),
            verdict: fact.verdict ?? "allow",
            pack: fact.pack,
            rules: [...fact.rules],
            outcome: ended.get(fact.action) ?? null,
            result: saysOfResult(results.get(fact.action)),
          })),
      };
    },
  }),
];

function saysOfResult(code: string | undefined): z.input<typeof Says> | null {
  const row = RESULTS.find((one) => one.code === code);
  return row ? { ...row.says } : null;
}
