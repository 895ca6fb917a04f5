import { day, type Instant, type Minor } from "../../src/core/index.ts";
import { DOCUMENTS_NEEDED } from "../../src/legal/index.ts";
import { packFor, shelvesOf } from "../../src/office/book.ts";
import { moveProceeding, openCourt } from "../../src/office/court/desk.ts";
import { openProceeding } from "../../src/office/court/opening.ts";
import type { Io } from "../../src/office/io.ts";
import { moveCases, offerCases } from "../../src/office/letters/cases.ts";
import { draftLetters } from "../../src/office/letters/draft.ts";
import { openOffice } from "../../src/office/letters/office.ts";
import { openPressOf } from "../../src/office/letters/press.ts";
import {
  addDocument,
  bookStore,
  type Database,
  findKeys,
  type Lender,
  listCases,
  listLoans,
  ownersOfLoans,
  products,
  putAgency,
} from "../../src/store/index.ts";
import { bytesFrom, ENGAGEMENT, firmOf } from "./letters.ts";

/** Loans of the sample by what was begun about each of them. */
export interface OfficeLoans {
  /** With a letter that a lawyer has to check; the firm has their mandate. */
  readonly letters: readonly string[];
  /** Before a court: filed, with a hearing, with a judgment in force. */
  readonly suits: readonly string[];
  /** Placed with the agency `anxin`. */
  readonly placed: readonly string[];
}

/** A firm with cases and letters, an agency with loans, suits at several stages: what the offices of the console show. */
export async function furnishOffice(
  db: Database,
  io: Io,
  lender: Lender,
  now: Instant,
): Promise<OfficeLoans> {
  const own = (await products(db)).filter(({ lender: code }) => code === lender.code);
  const late = await listLoans(db, { limit: 200, products: own.map(({ id }) => id), bands: [1, 2, 3, 4, 5] });
  const ids = [...new Map(late.map(({ id, borrower }) => [borrower, id])).values()];
  if (ids.length < 14) throw new Error(`the sample has only ${ids.length} borrowers who are late enough`);
  const [letters, suits, placed] = [ids.slice(0, 6), ids.slice(6, 10), ids.slice(10, 14)];
  await firmOf(db, lender, "2027-05-31");
  await letterFacts(db, io, lender, letters, now);
  await lettersOf(db, io, lender, letters, now);
  await suitsOf(db, lender, [...suits, letters[0]!], now);
  await putAgency(db, lender, { name: "anxin", role: "agency", listed: true, active: true });
  await place(db, io, lender, placed, now);
  return { letters, suits, placed };
}

/** What has to be on file before a letter: the papers of the loan, and that somebody spoke with him. */
export async function letterFacts(
  db: Database,
  io: Io,
  lender: Lender,
  loans: readonly string[],
  now: Instant,
): Promise<void> {
  await db.tx(async (sql) => {
    for (const [id, key] of await findKeys(sql, lender, loans))
      for (const kind of DOCUMENTS_NEEDED)
        await addDocument(
          sql,
          key,
          { kind, name: `${kind}.txt`, bytes: Buffer.from(`${kind} of ${id}`), by: "anna" },
          now,
        );
  });
  const owners = await ownersOfLoans(db, lender, loans);
  // The sample names nobody; a letter has to.
  for (const [i, { bucket, n }] of [...owners.values()].entries())
    await db.run("update borrower set name = $3, address = $4 where bucket = $1 and n = $2", [
      bucket,
      n,
      `${"张王李赵陈林"[i % 6]}示例`,
      `上海市示例路${i + 1}号`,
    ]);
  const { refused } = await bookStore(db, { ...shelvesOf(io), now: () => now }).persons(
    lender.code,
    loans.map((id, line) => ({
      line,
      owner: owners.get(id)!,
      fact: {
        kind: "ContactReported",
        on: day("2026-07-01"),
        at: now - 20 * 86_400_000,
        id: `call/${id}`,
        via: "call",
        outcome: "connected",
        debts: [id],
        who: "lender",
      },
    })),
  );
  if (refused.length > 0) throw new Error(refused[0]!.says);
}

export async function lettersOf(
  db: Database,
  io: Io,
  lender: Lender,
  loans: readonly string[],
  now: Instant,
): Promise<void> {
  const pack = (await packFor(db, lender))!;
  const { press, close } = openPressOf();
  const office = (await openOffice({
    db,
    lender,
    shelves: { ...shelvesOf(io), now: () => now },
    now,
    pack,
    press,
    randomBytes: bytesFrom(4711),
  }))!;
  await offerCases(office, { engagement: ENGAGEMENT.id, batch: "B1", by: "anna", loans, dryRun: false });
  const cases = await listCases(db, lender, { batch: "B1" });
  await moveCases(office, cases, { to: "accepted", by: "wang", lawyer: "wang", dryRun: false });
  const drafted = await draftLetters(
    office,
    cases.map(({ owner }) => owner),
    { kind: "demand", language: "zh-CN", by: "anna", dryRun: false },
  );
  await close();
  const made = drafted.filter(({ done }) => done);
  if (made.length < Math.min(4, loans.length))
    throw new Error(`only ${made.length} letters: ${JSON.stringify(drafted)}`);
}

/** One suit each: filed, before its hearing, judged and in force, in mediation; and one about a loan of the firm. */
async function suitsOf(db: Database, lender: Lender, loans: readonly string[], now: Instant): Promise<void> {
  const opened = await openCourt({ db, lender, now, by: "anna" });
  if (!opened.ok) throw new Error(opened.says);
  const { court } = opened;
  const must = (outcome: {
    readonly done: boolean;
    readonly refusal?: { readonly says: { readonly en: string } };
  }) => {
    if (!outcome.done) throw new Error(outcome.refusal?.says.en);
  };
  const begin = async (i: number, way: "suit" | "mediation" | "payment-order"): Promise<string> => {
    const loan = loans[i]!;
    const dated = day("2026-05-06");
    const id = `${way === "suit" ? "S" : way === "mediation" ? "M" : "PO"}-${loan}`;
    must(
      await openProceeding(
        court,
        {
          loans: [loan],
          way,
          court: way === "mediation" ? "浦东新区金融纠纷调解中心" : "上海市浦东新区人民法院",
          dated,
          ...(way === "mediation" ? {} : { claimed: 280_000 as Minor, procedure: "summary" as const }),
          id,
        },
        false,
      ),
    );
    return id;
  };
  const tell = async (id: string, event: string, on: string, more: Record<string, string> = {}) =>
    must(await moveProceeding(court, id, event, { on, ...more }, false));
  const filed = await begin(0, "suit");
  await tell(filed, "filed", "2026-06-29");
  const heard = await begin(1, "suit");
  await tell(heard, "filed", "2026-06-08");
  await tell(heard, "accepted", "2026-06-15", { case_number: "(2026)沪0115民初1203号" });
  await tell(heard, "served", "2026-06-20", { paper: "complaint", to: "debtor" });
  await tell(heard, "hearing-set", "2026-06-25", { hearing: "2026-07-03", at: "09:30", place: "第三法庭" });
  const judged = await begin(2, "suit");
  await tell(judged, "filed", "2026-05-07");
  await tell(judged, "accepted", "2026-05-12", { case_number: "(2026)沪0115民初1188号" });
  await tell(judged, "judgment", "2026-06-26", {
    principal: "2000.00",
    interest: "180.00",
    perform_days: "10",
  });
  await begin(3, "mediation");
  await tell(await begin(4, "payment-order"), "filed", "2026-06-30");
}

async function place(
  db: Database,
  io: Io,
  lender: Lender,
  loans: readonly string[],
  now: Instant,
): Promise<void> {
  const owners = await ownersOfLoans(db, lender, loans);
  const { refused } = await bookStore(db, { ...shelvesOf(io), now: () => now }).persons(
    lender.code,
    loans.map((debt, line) => ({
      line,
      owner: owners.get(debt)!,
      fact: {
        kind: "Placed",
        on: day("2026-07-01"),
        id: `place/M1/${debt}`,
        at: now - 3_600_000 + line,
        debt,
        with: "anxin",
        role: "agency",
        mandate: true,
        from: day("2026-06-20"),
        lenderSteps: "continue",
      },
    })),
  );
  if (refused.length > 0) throw new Error(refused[0]!.says);
}

/** The house takes a loan back from its agency. */
export async function recall(
  db: Database,
  io: Io,
  lender: Lender,
  debt: string,
  now: Instant,
): Promise<void> {
  const owner = (await ownersOfLoans(db, lender, [debt])).get(debt)!;
  const { refused } = await bookStore(db, { ...shelvesOf(io), now: () => now }).persons(lender.code, [
    {
      line: 1,
      owner,
      fact: {
        kind: "Recalled",
        on: day("2026-07-01"),
        id: `recall/${debt}`,
        at: now,
        debt,
        reason: "complaint",
      },
    },
  ]);
  if (refused.length > 0) throw new Error(refused[0]!.says);
}
