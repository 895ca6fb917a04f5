import type { Ranked } from "../core/index.ts";
import {
  type Lender,
  type LoanFile,
  lendersByCode,
  loanFilesById,
  loanFilesByKey,
  loanKeysOf,
  type SessionFound,
  sessionsByHash,
  together,
  type WorkCase,
  worklist,
} from "../store/index.ts";
import type { Given } from "./api.ts";

/** What nearly every request looks up before it runs; requests that come together share the statements. Nothing is remembered. */
export interface Reads {
  session(hash: string): Promise<SessionFound | undefined>;
  lender(code: string): Promise<Lender | undefined>;
  loan(lender: Lender, id: string): Promise<LoanFile | undefined>;
  /** All loans of a borrower; none where the lender knows nobody by this id. */
  loansOf(lender: Lender, borrower: string): Promise<LoanFile[]>;
  /** Today's cases in their order: whoever asks while a list is being made gets the next one, and all who wait the same. */
  ranked(lender: Lender): Promise<Ranked<WorkCase>[]>;
}

export function readsOf({ db, shelves, now }: Pick<Given, "db" | "shelves" | "now">): Reads {
  const loans = together((asked: readonly { readonly lender: Lender; readonly id: string }[]) =>
    loanFilesById(db, asked),
  );
  const files = together((asked: readonly Parameters<typeof loanFilesByKey>[1][number][]) =>
    loanFilesByKey(db, asked),
  );
  const ranked = together(async (asked: readonly Lender[]) => {
    const lists = new Map<string, Promise<Ranked<WorkCase>[]>>();
    for (const lender of asked)
      if (!lists.has(lender.code)) lists.set(lender.code, worklist(db, shelves, lender, now()));
    return Promise.all(asked.map(({ code }) => lists.get(code)!));
  });
  return {
    ranked,
    session: together((hashes: readonly string[]) => sessionsByHash(db, hashes)),
    lender: together((codes: readonly string[]) => lendersByCode(db, codes)),
    loan: (lender, id) => loans({ lender, id }),
    loansOf: async (lender, borrower) => {
      const keys = await loanKeysOf(db, lender, borrower);
      const found = await Promise.all(keys.map((key) => files({ lender, key })));
      return found.filter((file) => file !== undefined);
    },
  };
}
