import { describe, expect, test } from "vitest";
import { type ComplaintEvent, formatDay, isBureauFact } from "../../src/core/index.ts";
import { BOOK_CHECKS } from "../../src/dayclose/index.ts";
import { disputesOf } from "../../src/legal/index.ts";
import { moveComplaint, openComplaint } from "../../src/office/requests/index.ts";
import { bookStore, type Database, loanFile, verifyBook } from "../../src/store/index.ts";
import { furnish, loanRecord } from "../support/book.ts";
import { ENGINES } from "../support/database.ts";
import { helpBook, LENDER } from "../support/help.ts";

async function live(db: Database) {
  await furnish(db);
  const book = helpBook(db, false, "2026-01-04");
  await bookStore(db, book.shelf("2026-01-05")).loans(LENDER, [
    loanRecord({ id: "L1", borrower: "B", disbursedOn: "2026-01-05" }),
    loanRecord({ id: "L2", borrower: "B", disbursedOn: "2026-01-05" }, 3),
  ]);
  await book.close("2026-02-05");
  const object = async (loans: readonly string[]) =>
    book.done(
      await openComplaint(
        await book.desk("2026-02-06", "borrower"),
        { loans, topic: "credit-record", words: "I paid on the 5th", channel: "portal" },
        false,
      ),
    );
  const move = async (id: string, what: ComplaintEvent) =>
    book.done(await moveComplaint(await book.desk("2026-02-10", "carl"), id, what, {}, false));
  const objections = async () => {
    const facts = (await loanFile(db, "L1"))!.ofBorrower.map(({ fact }) => fact).filter(isBureauFact);
    return disputesOf(facts).map(
      ({ opened, state, outcome }) =>
        `${opened.id} ${opened.debt} by ${formatDay(opened.answerBy)} ${outcome ?? state}`,
    );
  };
  const [one, both, right] = [await object(["L1"]), await object(["L1", "L2"]), await object(["L2"])];
  const opened = await objections();
  const reason = { en: "It came on the 7th.", zh: "7日到账。" };
  await move(one.id, { type: "answered", outcome: "rejected", reason });
  await move(both.id, { type: "withdrawn" });
  // Nothing that was reported is corrected yet: its own answer waits for that.
  await move(right.id, { type: "answered", outcome: "upheld", reason });
  const answered = await objections();
  await book.close("2026-02-12");
  return {
    refs: [one.id, both.id, right.id],
    opened,
    answered,
    held: (await book.facts("L1")).some(({ kind }) => kind === "HoldPlaced"),
    findings: (await verifyBook(db, book.shelf("2026-02-12"), BOOK_CHECKS)).findings,
  };
}

describe("a complaint about the credit record", () => {
  test.each(ENGINES)("is an objection with twenty days, over $name", async (engine) => {
    const database = await engine.open();
    try {
      const { refs, opened, answered, held, findings } = await live(database.db);
      const [one, both, right] = refs;
      // Received on 6 February: twenty days end on the 26th (Regulations on credit reporting art. 25).
      expect(opened).toEqual([
        `${one} L1 by 2026-02-26 open`,
        `${both}/L1 L1 by 2026-02-26 open`,
        `${both}/L2 L2 by 2026-02-26 open`,
        `${right} L2 by 2026-02-26 open`,
      ]);
      expect(answered).toEqual([
        `${one} L1 by 2026-02-26 stands`,
        `${both}/L1 L1 by 2026-02-26 stands`,
        `${both}/L2 L2 by 2026-02-26 stands`,
        `${right} L2 by 2026-02-26 open`,
      ]);
      // What is contested is what was reported: collection goes on.
      expect(held).toBe(false);
      expect(findings).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});
