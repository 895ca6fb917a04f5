import { addDays, day, type Fact, formatDay, minor, positionFromFacts } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import { agreementText } from "../../src/documents/index.ts";
import { type HardshipLife, hardshipsOf } from "../../src/legal/index.ts";
import {
  agreementOf,
  type HardshipAsked,
  type HardshipWished,
  moveHardship,
  openRequests,
  type RequestDesk,
  type RequestOutcome,
  requestHardship,
} from "../../src/office/requests/index.ts";
import {
  bookStore,
  closeStore,
  type Database,
  factsOf,
  findLender,
  loanFile,
  sha256Hex,
  verifyBook,
} from "../../src/store/index.ts";
import { paymentRecord, shelves } from "./book.ts";
import { at, pack } from "./letters.ts";

export const LENDER = "test-lender";

/** 15,000.00 in, 7,000.00 to live on: 8,000.00 can be paid. */
export const HOUSEHOLD = {
  income: minor(1_500_000),
  living: minor(700_000),
  dependants: 0,
  otherDebts: minor(0),
};

/** A book in which people ask for help, from a day on; `daily` closes each day by itself, else as many as there are at once. */
export function helpBook(db: Database, daily: boolean, closedThrough: string) {
  const shelf = (on: string) => shelves(pack, () => at(on));
  let closed = day(closedThrough);
  let made = 0;
  const desk = async (on: string, by: string): Promise<RequestDesk> => {
    const opened = await openRequests({ db, lender: (await findLender(db, LENDER))!, now: at(on), by });
    if (!opened.ok) throw new Error(opened.says);
    return {
      ...opened.desk,
      reference: (prefix) => {
        made += 1;
        return `${prefix}-${String(made).padStart(4, "0")}`;
      },
    };
  };
  const done = <T>(outcome: RequestOutcome<T>): T => {
    if (!outcome.done) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.says.en}`);
    return outcome.value;
  };
  const move = async (on: string, by: string, ref: string, wished: HardshipWished) =>
    moveHardship(await desk(on, by), ref, wished, {}, false);
  const book = {
    db,
    shelf,
    desk,
    done,
    close: async (through: string): Promise<void> => {
      const last = day(through);
      for (let on = addDays(closed, 1); daily && on < last; on = addDays(on, 1))
        await runClose(closeStore(db, shelf(formatDay(on))), LENDER, on);
      await runClose(closeStore(db, shelf(through)), LENDER, last);
      closed = last;
    },
    ask: async (on: string, loan: string, more: Partial<HardshipAsked> = {}): Promise<HardshipLife> =>
      done(
        await requestHardship(
          await desk(on, "borrower"),
          {
            loan,
            reasons: ["job-loss"],
            words: "out of work",
            channel: "portal",
            household: HOUSEHOLD,
            ...more,
          },
          false,
        ),
      ),
    move,
    /** An event that has to be taken. */
    moved: async (on: string, by: string, ref: string, wished: HardshipWished) =>
      done(await move(on, by, ref, wished)),
    /** An offer, by two people where it takes two. */
    offer: async (
      on: string,
      ref: string,
      asked: Extract<HardshipWished, { type: "offer" }>["asked"],
    ): Promise<HardshipLife> => {
      const life = done(await move(on, "anna", ref, { type: "offer", asked, reason: "it fits" }));
      return life.state === "proposed" ? done(await move(on, "sun", ref, { type: "approve" })) : life;
    },
    text: async (life: HardshipLife): Promise<string> => {
      const file = (await loanFile(db, life.debt))!;
      return agreementText(agreementOf(life, file, "en")!);
    },
    accept: async (on: string, life: HardshipLife): Promise<RequestOutcome<HardshipLife>> =>
      move(on, "borrower", life.id, {
        type: "accept",
        language: "en",
        sha256: sha256Hex(await book.text(life)),
        how: "electronic",
      }),
    pay: async (loan: string, id: string, on: string, amount: number): Promise<void> => {
      const { refused } = await bookStore(db, shelf(on)).payments(LENDER, [
        paymentRecord(loan, id, amount, day(on)),
      ]);
      if (refused.length > 0) throw new Error(refused[0]!.says);
    },
    facts: async (loan: string): Promise<readonly Fact[]> => factsOf((await loanFile(db, loan))!),
    position: async (loan: string, on: string) => {
      const { key, product } = (await loanFile(db, loan))!;
      return positionFromFacts(key, await book.facts(loan), () => product, day(on))!;
    },
    life: async (loan: string, ref: string): Promise<HardshipLife> =>
      hardshipsOf((await loanFile(db, loan))!.ofBorrower.map(({ fact }) => fact)).get(ref)!,
    findings: async (on: string) => (await verifyBook(db, shelf(on), BOOK_CHECKS)).findings,
  };
  return book;
}
