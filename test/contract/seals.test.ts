import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { type Day, day, instantAt, type Key } from "../../src/core/index.ts";
import { BOOK_CHECKS, runClose } from "../../src/dayclose/index.ts";
import {
  batchText,
  headText,
  partText,
  provesInclusion,
  textLeaf,
  toHex,
  treeOf,
} from "../../src/evidence/index.ts";
import {
  addFile,
  moveComplaint,
  moveHardship,
  openComplaint,
  openRequests,
  requestHardship,
} from "../../src/office/requests/index.ts";
import {
  addDocument,
  batchRows,
  bookStore,
  closeStore,
  documentsOf,
  eraseBorrower,
  findKeys,
  findLender,
  keptFile,
  loanFile,
  openBorrower,
  partsOfBatch,
  sealedFactsOf,
  sealedThrough,
  sealFacts,
  sealHeads,
  verifyBook,
  verifySeals,
} from "../../src/store/index.ts";
import { runsOf } from "../../src/store/packed.ts";
import { furnish, loanRecord, paymentRecord, shelves } from "../support/book.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";
import { emptyBook } from "../support/sql-book.ts";

const pack = loadPack("cn");
const hash = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

describe.each(ENGINES)("seals over $name", (engine) => {
  let database: TestDatabase;
  let clock = 0;
  const shelf = shelves(pack, () => ++clock);
  const tools = {
    hash,
    // Told apart and the same in every run: what is tried here is not that nobody can guess them.
    salt: () => hash(Buffer.from(`salt ${++clock}`)).subarray(0, 16),
    now: () => ++clock,
  };
  const db = () => database.db;
  const book = () => bookStore(db(), shelf);
  const seal = () => sealFacts(db(), tools);
  const close = async (from: string, through: string): Promise<void> => {
    for (let on = day(from); on <= day(through); on = (on + 1) as Day)
      await runClose(closeStore(db(), shelf), "test-lender", on);
  };
  const words = (id: string) =>
    book().events("test-lender", [
      {
        kind: "event",
        line: 2,
        loanId: "L1",
        id,
        event: { kind: "stop", on: "2026-01-01", kinds: "text", words: `please stop, ${id}` },
      },
    ]);
  const keyOf = async (loan: string) =>
    (await findKeys(db(), (await findLender(db(), "test-lender"))!, [loan])).get(loan)!;
  const inJournal = async (): Promise<string[]> =>
    (
      await db().query<{ bucket: number; n: number; seq: number }>(
        "select bucket, n, seq from journal order by bucket, n, seq",
      )
    ).map(({ bucket, n, seq }) => `${bucket}/${n}/${seq}`);
  /** Every fact of every batch, as the parts list them. */
  const inBatches = async (): Promise<string[]> => {
    const parts = await db().query<{ bucket: number; batch: number; members: Uint8Array }>(
      "select bucket, batch, members from seal_part order by bucket, batch",
    );
    return parts.flatMap(({ bucket, members }) =>
      runsOf(members).flatMap(({ n, from, count }) =>
        Array.from({ length: count }, (_, i) => `${bucket}/${n}/${from + i}`),
      ),
    );
  };
  const sorted = (keys: readonly string[]) => [...keys].sort();
  const verify = (heads: Parameters<typeof verifySeals>[2] = []) => verifySeals(db(), hash, heads);

  beforeAll(async () => {
    database = await engine.open(8);
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    clock = Date.UTC(2026, 0, 1, 4);
    await emptyBook(db());
    await furnish(db());
    await book().loans("test-lender", [
      loanRecord({ id: "L1", borrower: "B", disbursedOn: "2025-12-10" }, 2),
      loanRecord({ id: "L2", borrower: "B", disbursedOn: "2025-12-10" }, 3),
      loanRecord({ id: "L3", borrower: "C", disbursedOn: "2025-12-10" }, 4),
    ]);
  });

  test("every fact is sealed once, in the batch after it was written, and a seal without news makes no batch", async () => {
    const first = await seal();
    expect(first.facts).toBe((await inJournal()).length);
    expect(first.head).toMatchObject({ size: 1 });
    expect(await seal()).toEqual({ facts: 0, gaps: [] });
    await words("S1");
    await close("2026-01-01", "2026-01-12");
    const second = await seal();
    expect(second.head?.size).toBe(2);
    expect(sorted(await inBatches())).toEqual(sorted(await inJournal()));
    expect(new Set(await inBatches()).size).toBe((await inBatches()).length);
    const checked = await verify(await sealHeads(db()));
    expect(checked).toMatchObject({ batches: 2, unsealed: 0, headsAgreed: 2, findings: [] });
    expect(checked.sealed).toBe(first.facts + second.facts);
    await book().payments("test-lender", [paymentRecord("L3", "P1", 100, day("2026-01-12"))]);
    await close("2026-01-13", "2026-01-13");
    expect((await verify()).unsealed).toBeGreaterThan(0);
  });

  test("sealing changes no row of the journal and nothing that a close reads", async () => {
    await close("2026-01-01", "2026-01-12");
    const all = async () =>
      JSON.stringify([
        await db().query("select * from journal order by bucket, n, seq"),
        await db().query("select * from loan_state order by bucket, n"),
      ]);
    const before = await all();
    await seal();
    expect(await all()).toBe(before);
  });

  const tampered: readonly [string, string, object][] = [
    [
      "a fact's words",
      "update journal set payload = replace(payload, '100000', '100001') where bucket >= 0 and kind = 1",
      { code: "fact-changed", at: "L1", seq: 1 },
    ],
    [
      "its day",
      "update journal set on_day = on_day - 1 where bucket >= 0 and kind = 1",
      { code: "fact-changed", at: "L1", seq: 1 },
    ],
    [
      "who wrote it",
      "update journal set actor = 6 where bucket >= 0 and kind = 1",
      { code: "fact-changed", at: "L1", seq: 1 },
    ],
    [
      "when it was written",
      "update journal set recorded_at = recorded_at + 1 where bucket >= 0 and kind = 1",
      { code: "fact-changed", at: "L1", seq: 1 },
    ],
    [
      "a person's words",
      // Where it lies encrypted, what stands for it.
      "update journal set payload = regexp_replace(replace(payload, 'please', 'never'), 'enc[.]k1[.].{10}', 'enc.k1.AAAAAAAAAA', 'g') where bucket >= 0 and kind = 45",
      { code: "fact-changed", seq: 1 },
    ],
    [
      "a fact taken away",
      "delete from journal where bucket >= 0 and kind = 1",
      { code: "fact-missing", at: expect.stringMatching(/^\d+\/\d+$/), seq: 1 },
    ],
    ["a salt taken away", "delete from seal_salt where bucket >= 0", { code: "salt-missing", seq: 1 }],
    [
      "a salt changed",
      "update seal_salt set salt = '\\x00' where bucket >= 0",
      { code: "fact-changed", seq: 1 },
    ],
    [
      "a part's root",
      "update seal_part set root = repeat('0', 64) where bucket >= 0",
      { code: "part-changed" },
    ],
    ["a batch's root", "update seal_batch set root = repeat('0', 64)", { code: "batch-changed" }],
    ["a batch's instant", "update seal_batch set sealed_at = sealed_at + 1", { code: "head-differs" }],
    ["a head", "update seal_batch set head = repeat('0', 64)", { code: "head-differs" }],
    ["a batch taken away", "delete from seal_batch", { code: "batch-changed" }],
    ["the log's edge", "update seal_log set edge = repeat('0', 64)", { code: "head-differs" }],
  ];
  test("whatever is changed is found and named", async () => {
    await words("S1");
    await seal();
    expect((await verify()).findings).toEqual([]);
    for (const [what, statement, finding] of tampered) {
      const undone = new Error("undone");
      let findings: unknown[] = [];
      const tampering = db().tx(async (sql) => {
        await sql.run(statement);
        findings = [...(await verifySeals(sql, hash)).findings];
        throw undone;
      });
      await expect(tampering).rejects.toBe(undone);
      expect(findings, what).toContainEqual(expect.objectContaining(finding));
    }
    expect((await verify()).findings).toEqual([]);
  });

  test("a log that was cut off, or written anew, does not agree with a head that is outside", async () => {
    await seal();
    await close("2026-01-01", "2026-01-12");
    await seal();
    const [first, second] = await sealHeads(db());
    expect((await verify([first!, second!])).findings).toEqual([]);
    await db().script(
      "delete from seal_part; delete from seal_mark; delete from seal_batch; delete from seal_salt; update seal_log set size = 0, edge = '';",
    );
    expect((await verify([first!])).findings).toMatchObject([{ code: "head-differs", at: "1" }]);
    // Sealed again it holds in itself, and is another log all the same.
    await seal();
    expect((await verify()).findings).toEqual([]);
    const again = await verify([first!, second!]);
    expect(again.headsAgreed).toBe(0);
    expect(again.findings).toMatchObject([
      { code: "head-differs", at: "1" },
      { code: "head-differs", at: "2" },
    ]);
  });

  test("a fact that is gone before it was sealed is told, and the other keys are sealed", async () => {
    await close("2026-01-01", "2026-01-12");
    const { bucket, n } = await keyOf("L1");
    await db().run("delete from journal where bucket = $1 and n = $2 and seq = 2", [bucket, n]);
    const sealed = await seal();
    expect(sealed.gaps).toEqual(
      [{ bucket, n, after: 1, upTo: expect.any(Number), seq: 2 }].map(({ bucket, n, seq }) =>
        expect.objectContaining({ bucket, n, seq }),
      ),
    );
    expect((await inBatches()).some((key) => key.startsWith(`${bucket}/${n}/`))).toBe(false);
    expect(sealed.facts).toBeGreaterThan(0);
  });

  test("each fact has its proof up to the head", async () => {
    await words("S1");
    await seal();
    await close("2026-01-01", "2026-01-12");
    const { head } = await seal();
    const key = await keyOf("L1");
    const owner = { bucket: key.bucket, n: key.n - 1 };
    const through = await sealedThrough(db(), [key, owner]);
    const wanted = new Map([key, owner].map(({ bucket, n }) => [n, through.get(bucket * 2 ** 31 + n)!]));
    const { facts, parts } = await sealedFactsOf(db(), hash, key.bucket, wanted);
    const file = (await loanFile(db(), "L1"))!;
    expect(facts.length).toBe(file.journal.length + file.ofBorrower.length);
    const batches = await batchRows(db());
    const log = batches.map((batch) => textLeaf(hash, batchText(batch)));
    expect(toHex(treeOf(hash, log).root)).toBe(head!.root);
    for (const { text, batch, index } of facts) {
      const part = parts.find((one) => one.batch === batch)!;
      const root = treeOf(hash, part.leaves).root;
      expect(toHex(root)).toBe(part.root);
      const proof = treeOf(hash, part.leaves).inclusion(index);
      const leaf = textLeaf(hash, text);
      expect(provesInclusion(hash, { index, leaf }, { size: part.facts, root }, proof)).toBe(true);
      const others = await partsOfBatch(db(), batch);
      const ofBatch = others.map((other) => textLeaf(hash, partText(other)));
      expect(toHex(treeOf(hash, ofBatch).root)).toBe(batches[batch]!.root);
    }
    expect(facts.some(({ text }) => text.includes("please stop"))).toBe(false);
    expect(facts.filter(({ salt }) => salt !== undefined).length).toBeGreaterThan(0);
    expect(headText(head!)).toBe(`["arrears/head/1",2,"${head!.root}",${head!.at}]`);
  });

  describe("a person's values", () => {
    const ask = async (how: { dryRun?: boolean; now?: number } = {}) =>
      eraseBorrower(db(), (await findLender(db(), "test-lender"))!, {
        borrower: "B",
        by: "Li Na",
        ground: "his wish",
        years: 5,
        now: Date.UTC(2031, 5, 1),
        hash,
        dryRun: false,
        ...how,
      });
    const settled = async (): Promise<void> => {
      await words("S1");
      await close("2026-01-01", "2026-01-02");
      await book().payments(
        "test-lender",
        ["L1", "L2"].map((loan) => paymentRecord(loan, `P-${loan}`, 200_000, day("2026-01-03"))),
      );
      await close("2026-01-03", "2026-01-04");
      await seal();
    };
    const rowOf = async () =>
      openBorrower(
        db(),
        (
          await db().query<Key & { sealed: string | null } & Record<string, unknown>>(
            "select bucket, n, name, phone, email, app, address, sealed from borrower where bucket >= 0 and external_id = 'B'",
          )
        )[0]!,
      );

    test("are erased once nothing speaks against it: the facts keep their places, and every seal holds", async () => {
      await settled();
      const before = await sealHeads(db());
      const facts = await inJournal();
      const texts = async () => {
        const { bucket, n } = await keyOf("L1");
        const wanted = new Map([n - 1, n].map((key) => [key, 2]));
        return (await sealedFactsOf(db(), hash, bucket, wanted)).facts.map(({ text }) => text);
      };
      const sealed = await texts();
      expect(await ask({ dryRun: true })).toMatchObject({
        ok: true,
        value: { loans: ["L1", "L2"], facts: 1, values: 1, fields: ["phone", "app"], holds: [], done: false },
      });
      expect(JSON.stringify((await loanFile(db(), "L1"))!.ofBorrower)).toContain("please stop");
      expect(await ask()).toMatchObject({ ok: true, value: { facts: 1, done: true } });
      const file = (await loanFile(db(), "L1"))!;
      expect(JSON.stringify(file)).not.toContain("please stop");
      expect(JSON.stringify(await db().query("select facts from person"))).not.toContain("please stop");
      expect(await rowOf()).toMatchObject({
        sealed: null,
        name: null,
        phone: null,
        email: null,
        app: null,
        address: null,
      });
      expect(file.ofBorrower.map(({ fact }) => fact.kind)).toEqual(["StopRequested", "PersonErased"]);
      expect(await db().query("select 1 from seal_salt where bucket >= 0")).toEqual([]);
      // The sealed texts are what they were, so a proof that somebody holds goes on to hold.
      expect(await texts()).toEqual(sealed);
      expect((await inJournal()).length).toBe(facts.length + 1);
      await seal();
      const checked = await verify(before);
      expect(checked).toMatchObject({ unsealed: 0, headsAgreed: before.length, findings: [] });
      const book = await verifyBook(db(), shelf, BOOK_CHECKS);
      expect(book.findings).toEqual([]);
      expect(await ask({ dryRun: true })).toMatchObject({ ok: true, value: { facts: 0, fields: [] } });
    });

    test("papers of his loans go with them, but for those that somebody else has too", async () => {
      await settled();
      const add = async (loan: string, bytes: string) => {
        const key = await keyOf(loan);
        return db().tx((sql) =>
          addDocument(
            sql,
            key,
            { kind: "contract", name: "c.pdf", bytes: Buffer.from(bytes), by: "anna" },
            clock,
          ),
        );
      };
      const [own, shared] = [await add("L1", "his own"), await add("L2", "shared")];
      await add("L3", "shared");
      expect(await ask()).toMatchObject({ ok: true, value: { done: true } });
      expect(await documentsOf(db(), [await keyOf("L1"), await keyOf("L2")])).toEqual([]);
      expect(await keptFile(db(), own.sha256)).toBeUndefined();
      expect((await keptFile(db(), shared.sha256))?.toString()).toBe("shared");
      expect(await documentsOf(db(), [await keyOf("L3")])).toHaveLength(1);
    });

    test("documents of his complaints and requests go with them, but for those that somebody else added too", async () => {
      await words("S1");
      await close("2026-01-01", "2026-01-02");
      const lender = async () => (await findLender(db(), "test-lender"))!;
      let moments = 0;
      const desk = async () => {
        const opened = await openRequests({
          db: db(),
          lender: await lender(),
          // Each a moment later: what follows in time follows in the book.
          now: instantAt("Asia/Shanghai", day("2026-01-03"), 720) + ++moments,
          by: "anna",
        });
        if (!opened.ok) throw new Error(opened.says);
        return opened.desk;
      };
      const complain = async (loan: string): Promise<string> => {
        const made = await openComplaint(
          await desk(),
          { loans: [loan], topic: "other", words: "see the papers", channel: "portal" },
          false,
        );
        if (!made.done) throw new Error(made.refusal.says.en);
        return made.value.id;
      };
      const add = async (ref: string, bytes: string): Promise<string> => {
        const added = await addFile(
          await desk(),
          ref,
          { name: "Wang.pdf", bytes: Buffer.from(`%PDF-${bytes}`) },
          false,
        );
        if (!added.done) throw new Error(added.refusal.says.en);
        return added.value.sha256;
      };
      const [his, other] = [await complain("L1"), await complain("L3")];
      const asked = await requestHardship(
        await desk(),
        { loan: "L1", reasons: ["illness"], words: "in hospital", channel: "portal" },
        false,
      );
      if (!asked.done) throw new Error(asked.refusal.says.en);
      const [own, help, shared] = [
        await add(his, "own"),
        await add(asked.value.id, "hospital"),
        await add(his, "shared"),
      ];
      expect(await add(other, "shared")).toBe(shared);
      const over = { type: "withdrawn" } as const;
      await moveComplaint(await desk(), his, over, {}, false);
      await moveHardship(await desk(), asked.value.id, over, {}, false);
      await book().payments(
        "test-lender",
        ["L1", "L2"].map((loan) => paymentRecord(loan, `P-${loan}`, 200_000, day("2026-01-03"))),
      );
      await close("2026-01-03", "2026-01-04");
      await seal();
      const before = await sealHeads(db());
      const everything = async (): Promise<string> =>
        JSON.stringify([
          await loanFile(db(), "L1"),
          await db().query("select payload from journal where bucket >= 0"),
          await db().query("select * from request where bucket >= 0"),
        ]);
      expect(await everything()).toContain("illness");
      expect(await ask()).toMatchObject({ ok: true, value: { holds: [], done: true } });
      // Why he could not pay says something of his health, and goes with his words.
      expect(await everything()).not.toContain("illness");
      const told = await moveHardship(
        await desk(),
        asked.value.id,
        { type: "noted", words: "erased" },
        {},
        true,
      );
      expect(told).toMatchObject({ done: true });
      expect(await keptFile(db(), own)).toBeUndefined();
      expect(await keptFile(db(), help)).toBeUndefined();
      expect((await keptFile(db(), shared))?.toString()).toBe("%PDF-shared");
      // What they were called is gone; their hashes stay under the seals.
      const file = JSON.stringify((await loanFile(db(), "L1"))!);
      expect(file).not.toMatch(/Wang|in hospital|see the papers/);
      expect(file).toContain(own);
      await seal();
      expect(await verify(before)).toMatchObject({ headsAgreed: before.length, findings: [] });
      expect((await verifyBook(db(), shelf, BOOK_CHECKS)).findings).toEqual([]);
    });

    test("stay while a loan is owed, records are kept, something waits or is not sealed; and nothing is changed", async () => {
      await words("S1");
      await close("2026-01-01", "2026-01-02");
      await book().payments("test-lender", [paymentRecord("L1", "P1", 100, day("2026-01-03"))]);
      const refused = await ask({ now: Date.UTC(2026, 0, 3) });
      expect(refused).toMatchObject({
        ok: true,
        value: {
          done: false,
          holds: [
            { code: "still-owed", loans: ["L1", "L2"] },
            { code: "kept-by-law" },
            { code: "waiting" },
            { code: "not-sealed" },
          ],
        },
      });
      expect(JSON.stringify((await loanFile(db(), "L1"))!.ofBorrower)).toContain("please stop");
      expect(await rowOf()).toMatchObject({ phone: "19900000000" });
    });

    test("of somebody whom the book does not have are refused", async () => {
      expect(await ask({})).toMatchObject({ ok: true });
      const lender = (await findLender(db(), "test-lender"))!;
      const asked = { borrower: "X", by: "Li Na", ground: "-", years: 5, now: clock, hash, dryRun: true };
      expect(await eraseBorrower(db(), lender, asked)).toMatchObject({
        ok: false,
        refusal: { code: "unknown-borrower" },
      });
    });
  });

  if (engine.name === "postgres") {
    test("a transaction that commits after a seal began is in the next batch: nothing is left out or sealed twice", async () => {
      await seal();
      const key = await keyOf("L1");
      const insert =
        "insert into journal (bucket, n, seq, on_day, recorded_at, actor, kind, payload) values ($1, $2, $3, 20000, 1, 1, 21, '{\"from\":1}')";
      let commit = () => {};
      let written = () => {};
      const wrote = new Promise<void>((resolve) => {
        written = resolve;
      });
      const mayCommit = new Promise<void>((resolve) => {
        commit = resolve;
      });
      const late = db().tx(async (sql) => {
        await sql.run("update loan_state set version = version + 2 where bucket = $1 and n = $2", [
          key.bucket,
          key.n,
        ]);
        await sql.run(insert, [key.bucket, key.n, 2]);
        await sql.run(insert, [key.bucket, key.n, 3]);
        written();
        await mayCommit;
      });
      await wrote;
      const other = await keyOf("L3");
      await db().tx(async (sql) => {
        await sql.run("update loan_state set version = version + 1 where bucket = $1 and n = $2", [
          other.bucket,
          other.n,
        ]);
        await sql.run(insert, [other.bucket, other.n, 2]);
      });
      expect((await seal()).facts).toBe(1);
      commit();
      await late;
      expect((await seal()).facts).toBe(2);
      expect(sorted(await inBatches())).toEqual(sorted(await inJournal()));
      expect((await verify()).findings).toEqual([]);
    });

    test("several seal and several write at once: each fact is in one batch", async () => {
      const key = await keyOf("L1");
      const loans = await Promise.all(["L1", "L2", "L3"].map(keyOf));
      const write = async (who: number): Promise<void> => {
        for (let i = 0; i < 12; i++) {
          const { bucket, n } = loans[(who + i) % loans.length]!;
          await db().tx(async (sql) => {
            const [row] = await sql.query<{ version: number }>(
              "select version from loan_state where bucket = $1 and n = $2 for update",
              [bucket, n],
            );
            await sql.run(
              "insert into journal (bucket, n, seq, on_day, recorded_at, actor, kind, payload) values ($1, $2, $3, 20000, 1, 1, 21, '{\"from\":1}')",
              [bucket, n, row!.version + 1],
            );
            await sql.run("update loan_state set version = version + 1 where bucket = $1 and n = $2", [
              bucket,
              n,
            ]);
          });
        }
      };
      const sealing = async (): Promise<void> => {
        for (let i = 0; i < 6; i++) await seal();
      };
      await Promise.all([write(0), write(1), write(2), sealing(), sealing(), sealing()]);
      await seal();
      const keys = await inBatches();
      expect(new Set(keys).size).toBe(keys.length);
      expect(sorted(keys)).toEqual(sorted(await inJournal()));
      expect(keys.filter((one) => one.startsWith(`${key.bucket}/${key.n}/`)).length).toBe(13);
      const checked = await verify(await sealHeads(db()));
      expect(checked.findings).toEqual([]);
      expect(checked.headsAgreed).toBe(checked.batches);
    });
  }
});
