import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newTotpSecret } from "../../src/api/access/secrets.ts";
import { day } from "../../src/core/index.ts";
import {
  addStaff,
  bookStore,
  carrying,
  type Database,
  findLender,
  findPeople,
  inboundStore,
  isSealed,
  keepFile,
  keptFile,
  keptLetter,
  loanFile,
  migrate,
  openBook,
  openPostgres,
  personsOf,
  portalPeople,
  readKeyring,
  rekey,
  rowsBehind,
  setTotp,
  staffSecrets,
  vaultFor,
  vaultOf,
  withNewKey,
} from "../../src/store/index.ts";
import { ownersOfAddress, rememberAddresses } from "../../src/store/refs.ts";
import { type ApiWorld, apiWorld, LENDER, NOON } from "../support/api.ts";
import { shelves } from "../support/book.ts";
import { arrears } from "../support/cli.ts";
import { ENGINES, freshServerDatabase, type TestDatabase } from "../support/database.ts";
import { pack } from "../support/letters.ts";

const ring = withNewKey(undefined, 0);
const vault = vaultOf(ring);

describe("a sealed value", () => {
  test("opens in its own place, says nothing of what it holds, and is another each time", () => {
    const where = "borrower:7/0:sealed";
    const sealed = vault.seal(where, "13800138000");
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).toMatch(/^enc\.k1\.[\w-]+$/);
    expect(sealed).not.toContain("138001");
    expect(vault.seal(where, "13800138000")).not.toBe(sealed);
    expect(vault.open(where, sealed)).toBe("13800138000");
    expect(vault.open(where, vault.seal(where, ""))).toBe("");
    expect(vault.open(where, "an open value of an older book")).toBe("an open value of an older book");
  });

  test("does not open when it was moved to another row or column, or changed by one letter", () => {
    const sealed = vault.seal("borrower:7/0:sealed", "13800138000");
    for (const where of ["borrower:7/4096:sealed", "borrower:8/0:sealed", "staff:7/0:sealed"])
      expect(() => vault.open(where, sealed), where).toThrow("does not open");
    const at = sealed.length - 5;
    const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    expect(() => vault.open("borrower:7/0:sealed", changed)).toThrow("does not open");
    expect(() => vault.open("borrower:7/0:sealed", sealed.replace(".k1.", ".k9."))).toThrow("k9");
  });

  test("under an older key opens still after a new key was made, and new values are under the new one", () => {
    const older = vault.seal("a:1:b", "text");
    const newer = vaultOf(withNewKey(ring, 1));
    expect(newer.open("a:1:b", older)).toBe("text");
    expect(newer.seal("a:1:b", "text")).toMatch(/^enc\.k2\./);
    expect(newer.blind("phone", "138"), "equal values are found by the same form").toBe(
      vault.blind("phone", "138"),
    );
    expect(newer.blind("name", "138")).not.toBe(newer.blind("phone", "138"));
  });

  test("bytes are sealed as bytes", () => {
    const bytes = Buffer.from([0, 255, 10, 13]);
    const sealed = vault.sealBytes("kept_file:x:bytes", bytes);
    expect(vault.openBytes("kept_file:x:bytes", sealed)).toEqual(bytes);
    expect(vault.openBytes("kept_file:x:bytes", bytes), "open ones of an older book").toEqual(bytes);
    expect(() => vault.openBytes("kept_file:y:bytes", sealed)).toThrow("does not open");
  });
});

/** Everything that the database holds, table by table, as text. */
async function everything(db: Database): Promise<Map<string, string>> {
  const tables = await db.query<{ name: string }>(
    "select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') and n.nspname = 'public' and not c.relispartition order by 1",
  );
  const all = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await db.query<{ text: string }>(`select t::text as text from ${name} t`);
    // Bytes are shown as hexadecimal digits: what they say in plain letters is looked for too.
    all.set(
      name,
      rows
        .map(({ text }) =>
          text.replaceAll(/\\\\x([0-9a-f]+)/g, (_, hex) => Buffer.from(hex, "hex").toString("utf8")),
        )
        .join("\n"),
    );
  }
  return all;
}

const tablesThatSay = (all: ReadonlyMap<string, string>, values: readonly string[]): string[] =>
  [...all].flatMap(([table, text]) =>
    values.filter((value) => text.includes(value)).map((value) => `${table}: ${value}`),
  );

describe("a book with keys", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  const totp = newTotpSecret();
  const STRANGER = "13700137000";
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    const { db } = database;
    const { bucket, n } = (await loanFile(db, "L3"))!.borrower;
    const { refused } = await bookStore(
      db,
      shelves(pack, () => NOON),
    ).persons(LENDER, [
      {
        line: 1,
        owner: { bucket, n },
        fact: {
          kind: "StopRequested",
          on: day("2026-03-02"),
          id: "S1",
          at: NOON,
          address: "19955500011",
          words: "不要再打给我母亲王桂芳",
        },
      },
    ]);
    expect(refused).toEqual([]);
    await addStaff(
      db,
      { id: "lin", lender: LENDER, role: "operations", name: "Lin Xiaomei", party: null },
      NOON,
    );
    await setTotp(db, "lin", totp, 1, NOON);
    await rememberAddresses(db, [{ bucket, n, via: "text", address: "+86 199 5550 0011" }], NOON);
    await keepFile(db, Buffer.from("%PDF 张三 19955500011"), NOON);
    const inbound = inboundStore(
      db,
      () => ({}),
      async () => {},
    );
    await inbound.take(
      {
        kind: "message",
        channel: "sms",
        id: "M1",
        via: "text",
        address: STRANGER,
        text: "who is this?",
        at: NOON,
      },
      NOON,
    );
  });
  afterAll(() => database.drop());

  const personal = async (): Promise<string[]> => {
    const row = (await loanFile(world.db, "L1"))!.borrower;
    const values = [row.name, row.phone, row.email, row.address].filter((value) => value !== null);
    expect(values.length).toBeGreaterThanOrEqual(2);
    return [
      ...values,
      "19955500011",
      "王桂芳",
      "不要再打",
      "Lin Xiaomei",
      totp,
      STRANGER,
      "who is this",
      "%PDF 张三",
    ];
  };

  test("says in no table, whatever is read from the database, a name, a number, an address, a person's words or the key of a code app", async () => {
    expect(tablesThatSay(await everything(world.db), await personal())).toEqual([]);
  });

  test("gives all of it back to whoever has the keys", async () => {
    const { db } = world;
    const { borrower, ofBorrower } = (await loanFile(db, "L3"))!;
    expect(ofBorrower.map(({ fact }) => fact)).toContainEqual(
      expect.objectContaining({
        kind: "StopRequested",
        address: "19955500011",
        words: "不要再打给我母亲王桂芳",
      }),
    );
    const facts = [...(await personsOf(db, [borrower])).values()].flat();
    expect(facts).toContainEqual(expect.objectContaining({ words: "不要再打给我母亲王桂芳" }));
    expect(await staffSecrets(db, "lin")).toMatchObject({ name: "Lin Xiaomei", totp });
    expect((await ownersOfAddress(db, "text", "199 5550 0011"))[0]).toMatchObject({
      bucket: borrower.bucket,
      n: borrower.n,
      written: "+86 199 5550 0011",
    });
    expect(JSON.parse((await keptLetter(db, world.letter))!.body)).toMatchObject({
      addressee: expect.anything(),
    });
  });

  test("finds a person by his number, however it is written, and by his name, and nobody of another lender", async () => {
    const { db } = world;
    const lender = (await findLender(db, LENDER))!;
    const { phone, name, external_id: id } = (await loanFile(db, "L1"))!.borrower;
    const ids = async (value: string, of = lender.id) =>
      (await findPeople(db, of, value, 5)).map((one) => one.id);
    expect(await ids(phone!)).toContain(id);
    expect(await ids(`+86 ${phone!.slice(0, 3)}-${phone!.slice(3)}`)).toContain(id);
    expect(await ids(` ${name!}`)).toContain(id);
    expect(await ids(phone!.slice(0, -1))).toEqual([]);
    expect(await ids(phone!, (await findLender(db, "other-lender"))!.id)).not.toContain(id);
  });

  test("lets a borrower in by his number and name, as one without keys does", async () => {
    const { phone, name, external_id: id } = (await loanFile(world.db, "L1"))!.borrower;
    const asked = (is: string) => ({ isName: (one: string) => one === is, loan: "none" });
    const forms = [phone!, `86${phone!}`];
    expect(await portalPeople(world.db, forms, asked(name!))).toEqual([[LENDER, id]]);
    expect(await portalPeople(world.db, forms, asked("somebody else"))).toEqual([]);
    expect(await portalPeople(world.db, ["13900000000"], asked(name!))).toEqual([]);
  });

  test("is told apart from one whose keys are missing, or of another book, by one clear error", async () => {
    const at = database.url!;
    await expect(openBook(at, undefined, 1, "")).rejects.toThrow(
      /encrypted, and the key k1 for them is not at hand/,
    );
    const strange = JSON.stringify({
      current: "k1",
      index: Buffer.alloc(32, 3).toString("base64url"),
      keys: [{ id: "k1", madeAt: "", key: Buffer.alloc(32, 4).toString("base64url") }],
    });
    await expect(openBook(at, undefined, 1, strange)).rejects.toThrow(/another key k1/);
    await expect(openBook(at, undefined, 1, "{}")).rejects.toThrow(/no keys that can be used/);
    await expect(openBook(at, undefined, 1, "/no/such/file")).rejects.toThrow(/no such file/);
  });

  test("is brought under a new key in batches, broken off and gone on with, and reads the same before, between and after", async () => {
    const values = await personal();
    const older = readKeyring({ kind: "text", text: process.env.ARREARS_KEYS! })!;
    const newer = vaultOf(withNewKey(older, 1));
    const db = carrying(world.db, { vault: newer });
    const before = await rowsBehind(db, "k2");
    expect(before.filter(({ rows }) => rows > 0).map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "borrower",
        "person.facts",
        "journal.payload",
        "letter.body",
        "staff.name",
        "staff.totp",
        "address_ref",
        "kept_file.bytes",
        "inbound_kept.body",
      ]),
    );
    let calls = 0;
    const breaking: Database = {
      ...db,
      tx: (work) => {
        calls += 1;
        if (calls === 4) throw new Error("the plug was pulled");
        return db.tx(work);
      },
    };
    await expect(rekey(breaking)).rejects.toThrow("plug");
    expect((await loanFile(db, "L1"))!.borrower.phone).toBe(values[1]);
    const changed = await rekey(db);
    expect(changed.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(0);
    expect((await rowsBehind(db, "k2")).filter(({ rows }) => rows > 0)).toEqual([]);
    expect(
      (await rekey(db)).every(({ rows }) => rows === 0),
      "a second time nothing is left to do",
    ).toBe(true);
    const onlyNew = carrying(world.db, {
      vault: vaultOf({ ...withNewKey(older, 1), keys: [] as never, current: "k2" }),
    });
    await expect(loanFile(onlyNew, "L1"), "nothing is under the key k2 without the key").rejects.toThrow(
      "k2",
    );
    expect(tablesThatSay(await everything(world.db), values)).toEqual([]);
    const { borrower } = (await loanFile(db, "L3"))!;
    expect((await ownersOfAddress(db, "text", "19955500011"))[0]).toMatchObject({ n: borrower.n });
    expect(await staffSecrets(db, "lin")).toMatchObject({ name: "Lin Xiaomei", totp });
  });
});

describe("a book that is older than its keys", () => {
  test("is read as it is, and lies encrypted once it was rotated; its people are found from then on", async () => {
    const { url, drop } = await freshServerDatabase();
    const plain = await openPostgres(url);
    try {
      await migrate(plain);
      const world = await apiWorld(plain);
      const row = (await loanFile(world.db, "L1"))!.borrower;
      const bytes = Buffer.from("a paper");
      const sha256 = await keepFile(plain, bytes, NOON);
      await rememberAddresses(plain, [{ ...row, via: "text", address: row.phone! }], NOON);
      const values = [row.name!, row.phone!];
      expect(tablesThatSay(await everything(plain), values).length).toBeGreaterThan(2);
      const db = carrying(plain, { vault: (await vaultFor(plain, url, process.env.ARREARS_KEYS, 0))! });
      const lender = (await findLender(db, LENDER))!;
      expect((await loanFile(db, "L1"))!.borrower).toMatchObject({ name: row.name, phone: row.phone });
      expect(await ownersOfAddress(db, "text", row.phone!)).toHaveLength(1);
      expect(await findPeople(db, lender.id, row.phone!, 5)).toEqual([]);
      await rekey(db);
      expect((await rowsBehind(db, "k1")).filter(({ rows }) => rows > 0)).toEqual([]);
      expect(tablesThatSay(await everything(plain), values)).toEqual([]);
      expect((await findPeople(db, lender.id, row.phone!, 5)).map(({ id }) => id)).toContain(row.external_id);
      expect(await ownersOfAddress(db, "text", row.phone!)).toHaveLength(1);
      expect(await keptFile(db, sha256)).toEqual(bytes);
      await world.app.fastify.close();
    } finally {
      await plain.close();
      await drop();
    }
  });
});

describe("the keys of a book in a folder", () => {
  const folder = mkdtempSync(join(tmpdir(), "arrears-keys-"));
  const place = join(folder, "book");
  const file = `${place}.keys`;
  const kept = process.env.ARREARS_KEYS;
  beforeAll(async () => {
    delete process.env.ARREARS_KEYS;
    const db = await openBook(place);
    await db.close();
  });
  afterAll(() => {
    process.env.ARREARS_KEYS = kept;
    rmSync(folder, { recursive: true, force: true });
  });
  const keys = async (...args: string[]) => {
    const ran = await arrears(folder, ["keys", ...args, "--db", place, "--json"]);
    return { code: ran.code, json: ran.objects() };
  };

  test("are made at first use, beside it and not within it, for its owner alone", async () => {
    expect(existsSync(file)).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readKeyring({ kind: "file", path: file, makeIfNone: false })!.keys).toHaveLength(1);
  });

  test("are listed, added to, rotated and dropped; the command tells what it would do first", async () => {
    const first = await keys("list");
    expect([first.code, first.json[0]]).toEqual([0, expect.objectContaining({ source: file, behind: [] })]);
    const added = await keys("add");
    expect([added.code, added.json[0]]).toEqual([0, { key: "k2", file }]);
    expect((await keys("drop", "k2")).code, "the current one stays").toBe(1);
    expect((await keys("rotate", "--dry-run")).json[0]).toMatchObject({ key: "k2", dryRun: true });
    expect((await keys("rotate")).json.at(-1)).toMatchObject({ key: "k2", dryRun: false });
    expect((await keys("drop", "k1")).json[0]).toEqual({ dropped: "k1" });
    expect((await keys("list")).json[0]).toMatchObject({ keys: [{ id: "k2", current: true, inBook: true }] });
  });

  test("that others can read are refused, and so is a book whose file was moved away; no new one hides it", async () => {
    const away = `${file}.away`;
    renameSync(file, away);
    const without = await keys("list");
    expect([without.code, JSON.stringify(without.json)]).toEqual([1, expect.stringContaining("put ")]);
    expect(existsSync(file)).toBe(false);
    writeFileSync(file, readFileSync(away), { mode: 0o644 });
    expect(JSON.stringify((await keys("list")).json)).toContain("chmod 600");
    rmSync(file);
    renameSync(away, file);
    expect((await keys("list")).code).toBe(0);
  });
});

test("whatever reads a name or number of a borrower by a statement goes through what opens it", () => {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.endsWith(".test.ts"),
  );
  const careless = files.filter((file) => {
    const text = readFileSync(join("src", file), "utf8");
    const statements =
      text.match(/`[^`]*\b(?:from|join|update) borrower\b[^`]*`|"[^"]*\bfrom borrower\b[^"]*"/g) ?? [];
    const reads = statements.some((one) =>
      /\bb?\.?(?:name|phone|email|app|address)\b|b\.\*|select \* from borrower/.test(one),
    );
    return reads && !/openBorrower|putProfile|storedProfile|lockBorrower/.test(text);
  });
  expect(careless).toEqual([]);
});
