import type { Ranked } from "../core/index.ts";
import {
  agencies,
  casesNow,
  collectors,
  contextOf,
  firms,
  type Lender,
  type LoanFile,
  loanFilesById,
  loanFilesOfOwners,
  products,
  type SessionFound,
  sessionsByHash,
  together,
  type WorkCase,
  worklist,
} from "../store/index.ts";
import type { Given } from "./api.ts";
import { keptLists } from "./kept-lists.ts";
import { perLender } from "./per-lender.ts";

/** What nearly every request looks up before it runs; requests that come together share the statements. */
export interface Reads {
  session(hash: string): Promise<SessionFound | undefined>;
  loan(lender: Lender, id: string): Promise<LoanFile | undefined>;
  /** All loans of a borrower; none where the lender knows nobody by this id. */
  loansOf(lender: Lender, borrower: string): Promise<LoanFile[]>;
  products(lender: Lender): Promise<Awaited<ReturnType<typeof products>>>;
  /** Who works for a lender. */
  parties(lender: Lender): Promise<{
    readonly agencies: Awaited<ReturnType<typeof agencies>>;
    readonly firms: Awaited<ReturnType<typeof firms>>;
    readonly collectors: Awaited<ReturnType<typeof collectors>>;
  }>;
  /** Today's cases in their order; of a long list as it was when it was made, a while ago at most. */
  ranked(lender: Lender): Promise<readonly Ranked<WorkCase>[]>;
  /** The first so many of them as they are at this moment, and how many there are. */
  firstCases(lender: Lender, limit: number): Promise<{ items: Ranked<WorkCase>[]; all: number }>;
}

export function readsOf({ db, shelves, now }: Pick<Given, "db" | "shelves" | "now">): Reads {
  const loans = together((asked: readonly { readonly lender: Lender; readonly id: string }[]) =>
    loanFilesById(db, asked),
  );
  const owners = together((asked: readonly { readonly lender: Lender; readonly id: string }[]) =>
    loanFilesOfOwners(db, asked),
  );
  const ranked = keptLists((lender: Lender) => worklist(db, shelves, lender, now()), now);
  return {
    ranked: async (lender) => (await ranked(lender)).rows,
    firstCases: async (lender, limit) => {
      const { rows: list, isFresh } = await ranked(lender);
      if (isFresh) return { items: list.slice(0, limit), all: list.length };
      const context = await contextOf(db, shelves, lender.code);
      const items: Ranked<WorkCase>[] = [];
      for (let at = 0; at < list.length && items.length < limit; at += limit) {
        const part = list.slice(at, at + limit).map((one) => one.case);
        const ids = new Set(part.map(({ id }) => id));
        const keys = part.map(({ key }) => key);
        const still = await casesNow(db, context, lender, keys, now());
        items.push(...still.filter((one) => ids.has(one.case.id)));
      }
      return { items: items.slice(0, limit), all: list.length };
    },
    products: perLender(async ({ code }) => (await products(db)).filter((one) => one.lender === code)),
    parties: perLender(async (lender) => {
      const [ofAgencies, ofFirms, ofTeams] = await Promise.all([
        agencies(db, lender),
        firms(db, lender),
        collectors(db, lender),
      ]);
      return { agencies: ofAgencies, firms: ofFirms, collectors: ofTeams };
    }),
    session: together((hashes: readonly string[]) => sessionsByHash(db, hashes)),
    loan: (lender, id) => loans({ lender, id }),
    loansOf: (lender, borrower) => owners({ lender, id: borrower }),
  };
}
