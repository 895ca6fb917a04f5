import { PERSONAL_MEMBERS } from "../evidence/index.ts";
import { namePlace, totpPlace } from "./access.ts";
import { notePlace } from "./bureau.ts";
import { filePlace } from "./files.ts";
import { keptPlace } from "./inbound.ts";
import { letterPlace } from "./letters.ts";
import { personPlace } from "./persons.ts";
import { openBorrower, PROFILE_FIELDS, type Profile, putRefs, recognised, storedProfile } from "./profile.ts";
import { moveAddress } from "./refs.ts";
import { inboxPlace, journalPlace } from "./rows.ts";
import type { Database, Row, Sql } from "./sql.ts";
import { openedFact, openedFacts, sealedFact, sealedFacts, type Vault } from "./vault.ts";
import { webhookPlace } from "./webhooks.ts";

/** One column whose values lie encrypted. */
interface Kept {
  readonly name: string;
  readonly table: string;
  /** Its primary key, with types. */
  readonly key: readonly (readonly [column: string, type: "int4" | "int8" | "text"])[];
  readonly columns: string;
  /** Rows that hold a value which lies open, or under another key than the one named by the pattern `%KEY%`. */
  readonly behind: string;
  /** Writes the rows anew under the current key; gives how many it changed. */
  again(sql: Sql, vault: Vault, rows: readonly Row[]): Promise<number>;
}

const BATCH = 1000;

const textOf = (column: string): string => `${column} <> '' and ${column} not like 'enc.%KEY%.%'`;
/** A personal member that is neither empty, nor replaced, nor under the key. */
const membersOf = (column: string): string =>
  `${column} ~ '"(?:${PERSONAL_MEMBERS.join("|")})":(?!""|"salted:|"enc\\.%KEY%\\.)'`;

const BUCKET_N = [
  ["bucket", "int4"],
  ["n", "int4"],
] as const;

/** A column of texts, each in a place of its own. */
function texts(
  table: string,
  column: string,
  key: Kept["key"],
  behind: string,
  change: (vault: Vault, row: Row, text: string) => string,
): Kept {
  const names = key.map(([name]) => name);
  const arrays = key.map(([, type], i) => `$${i + 1}::${type}[]`);
  return {
    name: `${table}.${column}`,
    table,
    key,
    columns: [...names, column].join(", "),
    behind,
    again: async (sql, vault, rows) => {
      const changed = rows.flatMap((row) => {
        const before = row[column] as string;
        const after = change(vault, row, before);
        return after === before ? [] : [{ row, after }];
      });
      if (changed.length === 0) return 0;
      await sql.run(
        `update ${table} t set ${column} = k.value
         from unnest(${arrays.join(", ")}, $${key.length + 1}::text[]) as k(${names.join(", ")}, value)
         where ${names.map((name) => `t.${name} = k.${name}`).join(" and ")}`,
        [
          ...names.map((name) => changed.map(({ row }) => row[name]) as string[]),
          changed.map(({ after }) => after),
        ],
      );
      return changed.length;
    },
  };
}

const whole =
  (place: (row: Row) => string) =>
  (vault: Vault, row: Row, text: string): string =>
    vault.seal(place(row), vault.open(place(row), text));

const fact =
  (place: (row: Row) => string) =>
  (vault: Vault, row: Row, text: string): string => {
    const open = openedFact(vault, place(row), text);
    const again = sealedFact(vault, place(row), open);
    // Nothing of its own was personal: what the pattern met stands within another member.
    return again === open ? text : again;
  };

const facts =
  (place: (row: Row) => string) =>
  (vault: Vault, row: Row, text: string): string => {
    const open = openedFacts(vault, place(row), text);
    const again = sealedFacts(vault, place(row), open);
    return again === open ? text : again;
  };

const keyed = (row: Row) => ({ bucket: row.bucket as number, n: row.n as number });

const BORROWERS: Kept = {
  name: "borrower",
  table: "borrower",
  key: BUCKET_N,
  columns: `bucket, n, lender, ${PROFILE_FIELDS.join(", ")}, sealed, dropped`,
  behind: `(sealed is null and coalesce(${PROFILE_FIELDS.join(", ")}) is not null) or sealed not like 'enc.%KEY%.%'`,
  again: async (sql, vault, rows) => {
    const found = rows.map((row) => {
      const key = keyed(row);
      const profile = openBorrower(sql, { ...key, ...row }) as unknown as Profile;
      const dropped = (JSON.parse((row.dropped as string | null) ?? "[]") as string[]).map((one) =>
        /^[+\d][\d ()-]{4,}$/.test(one) ? recognised(vault, one) : one,
      );
      return { key, profile, row, dropped: dropped.length > 0 ? JSON.stringify(dropped) : null };
    });
    await sql.run(
      `update borrower b set ${PROFILE_FIELDS.map((field) => `${field} = null`).join(", ")}, sealed = k.sealed, dropped = k.dropped
       from unnest($1::int4[], $2::int4[], $3::text[], $4::text[]) as k(bucket, n, sealed, dropped)
       where b.bucket = k.bucket and b.n = k.n`,
      [
        found.map(({ key }) => key.bucket),
        found.map(({ key }) => key.n),
        found.map(({ key, profile }) => storedProfile(vault, key, profile).sealed),
        found.map(({ dropped }) => dropped),
      ],
    );
    // Those that lay open are found by nothing yet.
    const open = found.filter(({ row }) => row.sealed === null);
    for (const lender of new Set(open.map(({ row }) => row.lender as number)))
      await putRefs(
        sql,
        lender,
        open.filter(({ row }) => row.lender === lender),
      );
    return found.length;
  },
};

const FILES: Kept = {
  name: "kept_file.bytes",
  table: "kept_file",
  key: [
    ["bucket", "int4"],
    ["sha256", "text"],
  ],
  columns: "bucket, sha256, bytes",
  behind: "position(convert_to('enc.%KEY%.', 'UTF8') in substring(bytes from 1 for 24)) <> 1",
  again: async (sql, vault, rows) => {
    for (const row of rows) {
      const place = filePlace(row.sha256 as string);
      const bytes = vault.sealBytes(place, vault.openBytes(place, row.bytes as Uint8Array));
      await sql.run("update kept_file set bytes = $3 where bucket = $1 and sha256 = $2", [
        row.bucket as number,
        row.sha256 as string,
        bytes,
      ]);
    }
    return rows.length;
  },
};

const ADDRESSES: Kept = {
  name: "address_ref",
  table: "address_ref",
  key: [
    ["bucket", "int4"],
    ["address", "text"],
    ["owner_bucket", "int4"],
    ["owner_n", "int4"],
  ],
  columns: "last_at, bucket, owner_bucket, owner_n, via, address, written",
  behind: textOf("written"),
  again: async (sql, _vault, rows) => {
    for (const row of rows) await moveAddress(sql, row as Parameters<typeof moveAddress>[1]);
    return rows.length;
  },
};

/** Everything that lies encrypted. */
const KEPT: readonly Kept[] = [
  BORROWERS,
  texts(
    "person",
    "facts",
    BUCKET_N,
    membersOf("facts"),
    facts((row) => personPlace(keyed(row))),
  ),
  texts(
    "bureau_note",
    "facts",
    BUCKET_N,
    membersOf("facts"),
    facts((row) => notePlace(keyed(row))),
  ),
  texts(
    "journal",
    "payload",
    [...BUCKET_N, ["seq", "int4"]],
    membersOf("payload"),
    fact((row) => journalPlace(row.bucket as number, row.n as number, row.seq as number)),
  ),
  texts(
    "inbox",
    "payload",
    [...BUCKET_N, ["recorded_at", "int8"], ["ord", "int4"]],
    membersOf("payload"),
    fact((row) => inboxPlace(row.bucket as number, row.n as number)),
  ),
  texts(
    "letter",
    "body",
    [...BUCKET_N, ["id", "text"]],
    textOf("body"),
    whole((row) => letterPlace(keyed(row), row.id as string)),
  ),
  FILES,
  ADDRESSES,
  texts(
    "inbound_kept",
    "body",
    [
      ["bucket", "int4"],
      ["channel", "text"],
      ["id", "text"],
    ],
    textOf("body"),
    whole((row) => keptPlace(row.channel as string, row.id as string)),
  ),
  texts(
    "staff",
    "name",
    [["id", "text"]],
    textOf("name"),
    whole((row) => namePlace(row.id as string)),
  ),
  texts(
    "staff",
    "totp",
    [["id", "text"]],
    textOf("totp"),
    whole((row) => totpPlace(row.id as string)),
  ),
  texts(
    "webhook_endpoint",
    "secret",
    [["id", "text"]],
    textOf("secret"),
    whole((row) => webhookPlace(row.id as string)),
  ),
  texts(
    "webhook_endpoint",
    "old_secret",
    [["id", "text"]],
    textOf("old_secret"),
    whole((row) => webhookPlace(row.id as string)),
  ),
];

const behindOf = (kept: Kept, key: string): string =>
  `(${kept.behind.replaceAll("%KEY%", key)})${kept.key[0]![0] === "bucket" ? " and bucket >= 0" : ""}`;

/** How many rows of each kind lie open, or under another key than this one. */
export async function rowsBehind(
  sql: Sql,
  key: string,
): Promise<{ readonly what: string; readonly rows: number }[]> {
  const counts: { what: string; rows: number }[] = [];
  for (const kept of KEPT) {
    const [row] = await sql.query<{ rows: number }>(
      `select count(*)::int8 as rows from ${kept.table} where ${behindOf(kept, key)}`,
    );
    counts.push({ what: kept.name, rows: row!.rows });
  }
  return counts;
}

/**
 * Seals everything under the current key that is open or under another one, batch by batch.
 *
 * Holds   each batch is one transaction, its rows locked; what was done stays done, so that running it again goes on. What is
 *         read or written meanwhile is right before and after: every key at hand opens.
 */
export async function rekey(
  db: Database,
  onProgress: (what: string, done: number, of: number) => void = () => {},
): Promise<{ readonly what: string; readonly rows: number }[]> {
  const { vault } = db;
  if (!vault) throw new Error("this book was opened without keys");
  const key = vault.current;
  const due = await rowsBehind(db, key);
  const of = due.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  const changed: { what: string; rows: number }[] = [];
  for (const [i, kept] of KEPT.entries()) {
    let rows = 0;
    if (due[i]!.rows > 0)
      for await (const [seen, count] of batches(db, kept, key, vault)) {
        rows += count;
        done += seen;
        onProgress(kept.name, Math.min(done, of), of);
      }
    changed.push({ what: kept.name, rows });
  }
  return changed;
}

async function* batches(
  db: Database,
  kept: Kept,
  key: string,
  vault: Vault,
): AsyncGenerator<readonly [seen: number, changed: number]> {
  const names = kept.key.map(([name]) => name);
  let after: readonly (string | number)[] | undefined;
  for (;;) {
    const from: string =
      after === undefined
        ? ""
        : ` and (${names.join(", ")}) > (${kept.key.map(([, type], i) => `$${i + 1}::${type}`).join(", ")})`;
    const [rows, changed] = await db.tx(async (sql) => {
      const found = await sql.query(
        `select ${kept.columns} from ${kept.table} where ${behindOf(kept, key)}${from}
         order by ${names.join(", ")} limit ${BATCH} for update`,
        after ?? [],
      );
      return [found, found.length > 0 ? await kept.again(sql, vault, found) : 0] as const;
    });
    if (rows.length === 0) return;
    yield [rows.length, changed];
    after = names.map((name) => rows.at(-1)![name] as string | number);
    if (rows.length < BATCH) return;
  }
}
