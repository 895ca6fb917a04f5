import { z } from "zod";
import { borrowerLoans, findKeys, findPeople, keptLetter, loanFile } from "../../store/index.ts";
import { firmOf } from "../access/party.ts";
import { route } from "../route.ts";
import { HOUSE_READS } from "./rows.ts";

const MOST_FOUND = 20;

export const SEARCH_ROUTES = [
  route({
    id: "search.read",
    method: "GET",
    url: "/v1/search",
    says: { en: "What has this number: a loan, a borrower, a letter", zh: "按编号查找贷款、借款人或律师函" },
    of: "lender",
    may: { ...HOUSE_READS, "law-firm": "own-lender", integrator: "never" },
    query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
    answers: z.object({
      items: z.array(
        z.object({
          kind: z.enum(["loan", "borrower", "letter"]),
          id: z.string(),
          loan: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, who, query }) => {
      const asked = [...new Set([query.q, query.q.toUpperCase()])];
      const isFirm = who.role === "law-firm";
      const letter = who.role === "collector" ? undefined : await keptLetter(api.db, query.q);
      const isOwn =
        letter !== undefined &&
        (!isFirm || letter.firm === firmOf(who.party)) &&
        (await loanFile(api.db, letter.loans[0]!, lender.code)) !== undefined;
      const letters = isOwn ? [{ kind: "letter" as const, id: letter.id, loan: letter.loans[0]! }] : [];
      // A firm looks up its own letters; which numbers there are besides is not its business.
      if (isFirm) return { items: letters };
      const loans = [...(await findKeys(api.db, lender, asked)).keys()];
      const borrowers = [];
      for (const id of asked) {
        const [first] = await borrowerLoans(api.db, lender, id);
        if (first) borrowers.push({ kind: "borrower" as const, id, loan: first.id });
      }
      return {
        items: [...loans.map((id) => ({ kind: "loan" as const, id, loan: id })), ...borrowers, ...letters],
      };
    },
  }),
  route({
    id: "search.people",
    method: "POST",
    url: "/v1/search/people",
    says: {
      en: "Whose phone number or name this is, exactly; it is asked in the body, since addresses are kept in logs",
      zh: "按电话号码或姓名精确查找借款人（内容放在请求体中，避免留在日志里）",
    },
    of: "lender",
    guard: { none: "keeps" },
    may: { ...HOUSE_READS, auditor: "never", integrator: "never" },
    once: true,
    body: z.strictObject({ value: z.string().trim().min(2).max(100) }),
    answers: z.object({
      items: z.array(z.object({ kind: z.literal("borrower"), id: z.string(), loan: z.string() })),
    }),
    handle: async ({ api, lender, body }) => {
      const items = [];
      for (const { id } of await findPeople(api.db, lender.id, body.value, MOST_FOUND)) {
        const [first] = await borrowerLoans(api.db, lender, id);
        if (first) items.push({ kind: "borrower" as const, id, loan: first.id });
      }
      return { items };
    },
  }),
];
