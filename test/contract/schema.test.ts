import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Migration, migrate, migrations, openEmbedded } from "../../src/store/index.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

/** Each table with the kind that the comment above it names. */
function tablesOf(text: string): { name: string; kind: string }[] {
  return [...text.matchAll(/-- (bucketed|reference|control)\ncreate table (\w+)/g)].map(([, kind, name]) => ({
    kind: kind!,
    name: name!,
  }));
}

const all = migrations()
  .map(({ text }) => text)
  .join("\n");
const bucketed = tablesOf(all)
  .filter(({ kind }) => kind === "bucketed")
  .map(({ name }) => name);

/** The migrations with every bucketed table partitioned by a hash of its bucket: PostgreSQL then refuses a key without it. */
const hashed = (): Migration[] =>
  migrations().map(({ text, ...rest }) => ({
    ...rest,
    text: text
      .replace(/\) partition by range \(bucket\);/g, ");")
      .replace(/do \$\$\nbegin\n {2}for i[\s\S]*?\n\$\$;/g, "")
      .replace(
        /(-- bucketed\ncreate table (\w+) \([\s\S]*?\n\))( with \([^)]*\))?;/g,
        (_, head, name) => `${head} partition by hash (bucket);
create table ${name}_all partition of ${name} for values with (modulus 1, remainder 0);`,
      ),
  }));

describe.each(ENGINES)("migrations over $name", ({ open }) => {
  test("a file that was merged late is applied after those with higher numbers; one that cannot be is named, and nothing of it stands", async () => {
    const database = await open();
    const { db } = database;
    try {
      const file = (version: number, text: string): Migration => ({
        version,
        name: `${version}_made.sql`,
        text,
      });
      const [a, late, b] = [
        file(9001, "create table made_a (n int4)"),
        file(9002, "create table made_late (n int4)"),
        file(9003, "create table made_b (n int4)"),
      ];
      const versions = async () =>
        (
          await db.query<{ version: number }>(
            "select version from migration where version > 9000 order by version",
          )
        ).map(({ version }) => version);
      await migrate(db, [...migrations(), a!, b!]);
      expect(await versions()).toEqual([9001, 9003]);
      const broken = file(9002, "create table made_late (n int4); create table made_a (n int4)");
      await expect(migrate(db, [...migrations(), a!, broken, b!])).rejects.toThrow("9002_made.sql");
      expect(await versions()).toEqual([9001, 9003]);
      await migrate(db, [...migrations(), a!, late!, b!]);
      expect(await versions()).toEqual([9001, 9002, 9003]);
      expect(await db.query("select n from made_late")).toEqual([]);
    } finally {
      await database.drop();
    }
  });
});

describe("the schema can be spread over many machines", () => {
  test("every table says whether it is bucketed, reference or control", () => {
    const created = [...all.matchAll(/^create table (\w+)/gm)].map(([, name]) => name);
    expect(created.sort()).toEqual(
      tablesOf(all)
        .map(({ name }) => name)
        .sort(),
    );
    expect(bucketed).toContain("loan_state");
  });

  test("every key of a bucketed table contains bucket: it can be partitioned by it", async () => {
    const db = await openEmbedded();
    await migrate(db, hashed());
    const rows = await db.query<{ name: string }>(
      "select relname as name from pg_class where relkind = 'p' order by relname",
    );
    expect(rows.map(({ name }) => name)).toEqual([...bucketed].sort());
    await db.close();
  });

  test("a key without bucket would be refused", async () => {
    const db = await openEmbedded();
    const [first] = hashed();
    const text = first!.text.replace("primary key (bucket, n, seq)", "primary key (n, seq)");
    await expect(migrate(db, [{ ...first!, text }])).rejects.toThrow("partition");
    await db.close();
  });

  describe("the catalogue shows", () => {
    let database: TestDatabase;
    beforeAll(async () => {
      database = await ENGINES[0]!.open();
    });
    afterAll(() => database.drop());
    const names = () => `{${bucketed.join(",")}}`;

    test("bucket first in every primary key, unique key, foreign key and index of a bucketed table", async () => {
      const keys = await database.db.query(
        `select c.conrelid::regclass::text as at, c.conname as key from pg_constraint c
         where c.contype in ('p', 'u', 'f', 'x') and c.conrelid = any($1::regclass[])
           and (select a.attname from pg_attribute a where a.attrelid = c.conrelid and a.attnum = c.conkey[1]) <> 'bucket'`,
        [names()],
      );
      expect(keys).toEqual([]);
      const indexes = await database.db.query(
        `select i.indrelid::regclass::text as at, i.indexrelid::regclass::text as key from pg_index i
         where i.indrelid = any($1::regclass[])
           and (select a.attname from pg_attribute a where a.attrelid = i.indrelid and a.attnum = i.indkey[0])
             is distinct from 'bucket'`,
        [names()],
      );
      expect(indexes).toEqual([]);
    });

    test("no trigger, sequence, identity column or generated default anywhere", async () => {
      const found = await database.db.query(
        `select 'trigger' as what, tgname::text as name from pg_trigger where not tgisinternal
         union all select 'sequence', relname::text from pg_class c join pg_namespace s on s.oid = c.relnamespace
           where relkind = 'S' and s.nspname = 'public'
         union all select 'identity', attname::text from pg_attribute where attidentity <> '' and attrelid >= 16384
         union all select 'default', attrelid::regclass::text || '.' || attname from pg_attribute
           where atthasdef and attrelid >= 16384`,
      );
      expect(found).toEqual([]);
    });

    test("no index on loan_state but its key: a touched row is updated in place", async () => {
      const rows = await database.db.query<{ n: number }>(
        "select count(*)::int4 as n from pg_index where indrelid = 'loan_state'::regclass",
      );
      expect(rows[0]!.n).toBe(1);
    });
  });
});
