import { z } from "zod";
import { proceedingsOf } from "../../legal/index.ts";
import { findProceeding } from "../../office/court/desk.ts";
import { borrowerLoans, findKeys, findPeople, journalsOf, keptLetter, loanFile } from "../../store/index.ts";
import { masked } from "../access/mask.ts";
import { firmOf } from "../access/party.ts";
import { isGranted } from "../access/roles.ts";
import { subjectOf } from "../access/subject.ts";
import type { Api } from "../api.ts";
import { type Attempts, attempts } from "../attempts.ts";
import { Problem } from "../http/problem.ts";
import { type Ask, route, type Who } from "../route.ts";
import { HOUSE_READS, LOAN_READS, PROCEEDING_READS } from "./rows.ts";

/** What stands behind a number, and who behind a name or a phone: only what may be read anyhow is found. */

const MOST_FOUND = 20;
/** A name or number is looked up so often by one person: thirty at once, then one every ten seconds. Nobody walks through a book by it. */
const LOOK_UPS = { atOnce: 30, everyMs: 10_000 };

const LIMITS = new WeakMap<Api, Attempts>();
function mustBeFew(api: Api, who: Who, now: number): void {
  const known = LIMITS.get(api) ?? attempts(LOOK_UPS);
  LIMITS.set(api, known);
  const wait = known.take(who.id, now);
  if (wait !== undefined) throw new Problem("too-many", { retryAfter: wait });
}

type LenderAsk = Pick<Ask<"lender", undefined, undefined, undefined>, "api" | "lender" | "who" | "now">;

const Found = z.object({
  kind: z.enum(["loan", "borrower", "letter", "suit"]),
  id: z.string(),
  loan: z.string().nullable(),
});
type FoundThing = z.input<typeof Found>;

async function letterOf({ api, lender, who }: LenderAsk, id: string): Promise<FoundThing[]> {
  if (who.role === "collector") return [];
  const letter = await keptLetter(api.db, id);
  const isOwn =
    letter !== undefined &&
    (who.role !== "law-firm" || letter.firm === firmOf(who.party)) &&
    (await loanFile(api.db, letter.loans[0]!, lender.code)) !== undefined;
  return isOwn ? [{ kind: "letter", id: letter.id, loan: letter.loans[0]! }] : [];
}

/** A proceeding by its id or by a court's number of it, with the first of its loans that he may read proceedings about. */
async function suitOf(ask: LenderAsk, named: string): Promise<FoundThing[]> {
  const { api, lender, who, now } = ask;
  const found = await findProceeding({ db: api.db, lender, now }, named);
  if (!found) return [];
  const facts = [...(await journalsOf(api.db, [found.owner])).values()].flat();
  for (const loan of proceedingsOf(facts).get(found.id)?.debts ?? []) {
    const { relation } = await subjectOf(api, who, "loan", { loan }, now);
    if (isGranted(PROCEEDING_READS, who.role, relation, NO_SCOPE))
      return [{ kind: "suit", id: found.id, loan }];
  }
  return [];
}
const NO_SCOPE = { asked: undefined, held: [] } as const;

export const SEARCH_ROUTES = [
  route({
    id: "search.read",
    method: "GET",
    url: "/v1/search",
    says: {
      en: "What has this number: a loan, a borrower, a letter, a suit by its id or a court's number",
      zh: "按编号查找贷款、借款人、律师函、程序（编号或案号）",
    },
    of: "lender",
    may: { ...HOUSE_READS, "law-firm": "own-lender", integrator: "never" },
    query: z.strictObject({ q: z.string().trim().min(2).max(100) }),
    answers: z.object({ items: z.array(Found) }),
    handle: async ({ api, lender, who, now, query }) => {
      const ask = { api, lender, who, now };
      const [letters, suits] = await Promise.all([letterOf(ask, query.q), suitOf(ask, query.q)]);
      // A firm looks up its own letters and suits; which numbers there are besides is not its business.
      if (who.role === "law-firm") return { items: [...letters, ...suits] };
      const asked = [...new Set([query.q, query.q.toUpperCase()])];
      const loans = [...(await findKeys(api.db, lender, asked)).keys()];
      const borrowers: FoundThing[] = [];
      for (const id of asked) {
        const [first] = await borrowerLoans(api.db, lender, id);
        if (first) borrowers.push({ kind: "borrower", id, loan: first.id });
      }
      return {
        items: [
          ...loans.map((id): FoundThing => ({ kind: "loan", id, loan: id })),
          ...borrowers,
          ...letters,
          ...suits,
        ],
      };
    },
  }),
  route({
    id: "search.people",
    method: "POST",
    url: "/v1/search/people",
    says: {
      en: "Whose phone number or name this is, exactly, among those whom the asker may see; asked in the body, since addresses are kept in logs",
      zh: "按电话号码或姓名精确查找可见范围内的借款人（内容放在请求体中，避免留在日志里）",
    },
    of: "lender",
    guard: { none: "keeps" },
    may: {
      ...HOUSE_READS,
      auditor: "never",
      integrator: "never",
      agency: "own-lender",
      "agency-collector": "own-lender",
      "law-firm": "own-lender",
    },
    once: true,
    body: z.strictObject({ value: z.string().trim().min(2).max(100) }),
    answers: z.object({
      items: z.array(
        z.object({
          kind: z.literal("borrower"),
          id: z.string(),
          loan: z.string(),
          loans: z.int().describe("Of those that the asker may see"),
          name: z.string().nullable().describe("Masked"),
          phone: z.string().nullable().describe("Masked"),
        }),
      ),
    }),
    handle: async ({ api, lender, who, now, body, remark }) => {
      mustBeFew(api, who, now);
      const items = [];
      for (const { id } of await findPeople(api.db, lender.id, body.value, MOST_FOUND)) {
        // As with every other read: whom he may not see is not there.
        const { relation, found } = await subjectOf(api, who, "borrower", { borrower: id }, now);
        if (!found || !("borrower" in found) || !isGranted(LOAN_READS, who.role, relation, NO_SCOPE))
          continue;
        const { files } = found.borrower;
        const { name, phone } = files[0]!.borrower;
        items.push({
          kind: "borrower" as const,
          id,
          loan: files[0]!.id,
          loans: files.length,
          name: name === null ? null : masked.name(name),
          phone: phone === null ? null : masked.phone(phone),
        });
      }
      // Who was found is kept, and not what was typed.
      remark(items.length === 0 ? "found nobody" : `found ${items.map(({ id }) => id).join(", ")}`);
      return { items };
    },
  }),
];
