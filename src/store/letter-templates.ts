import type { Instant } from "../core/index.ts";
import { type Doing, samePerson } from "./releases.ts";
import type { Database, Sql } from "./sql.ts";

export type TemplateState = "proposed" | "released" | "withdrawn";

/** A firm's Word template as it was uploaded, after its fields were checked. */
export interface TemplateFile {
  readonly body: Uint8Array;
  readonly sha256: string;
  readonly tags: readonly string[];
}

/** A version of a template, with all that was done with it, oldest first. */
export interface KnownTemplate {
  readonly name: string;
  readonly version: number;
  readonly sha256: string;
  readonly tags: readonly string[];
  readonly state: TemplateState;
  readonly events: readonly {
    readonly what: TemplateState;
    readonly by: string;
    readonly at: Instant;
    readonly remark: string;
  }[];
}

type Stored = { name: string; version: number; sha256: string; tags: string };
type Told = { name: string; version: number; what: TemplateState; by: string; at: Instant; remark: string };

/** Every version, by name and version; without the files. */
export async function knownTemplates(sql: Sql, name?: string): Promise<KnownTemplate[]> {
  const stored = await sql.query<Stored>(
    `select name, version, sha256, tags from letter_template
     where $1::text is null or name = $1 order by name, version`,
    [name ?? null],
  );
  const events = await sql.query<Told>(
    `select name, version, what, by_whom as by, at, remark from letter_template_event
     where $1::text is null or name = $1 order by name, version, n`,
    [name ?? null],
  );
  return stored.map(({ tags, ...template }) => {
    const own = events
      .filter((event) => event.name === template.name && event.version === template.version)
      .map(({ what, by, at, remark }) => ({ what, by, at, remark }));
    return { ...template, tags: tags.split(" "), state: own.at(-1)!.what, events: own };
  });
}

/** The file of one version, byte for byte. */
export async function templateFile(
  sql: Sql,
  name: string,
  version: number,
): Promise<TemplateFile | undefined> {
  const [row] = await sql.query<{ body: Uint8Array; sha256: string; tags: string }>(
    "select body, sha256, tags from letter_template where name = $1 and version = $2",
    [name, version],
  );
  return row && { body: row.body, sha256: row.sha256, tags: row.tags.split(" ") };
}

/** The newest version that is released: the one that letters are printed with. */
export async function releasedTemplate(
  sql: Sql,
  name: string,
): Promise<(TemplateFile & { readonly version: number }) | undefined> {
  const newest = (await knownTemplates(sql, name)).findLast(({ state }) => state === "released");
  if (newest === undefined) return undefined;
  return { ...(await templateFile(sql, name, newest.version))!, version: newest.version };
}

export interface ProposedTemplate {
  readonly version: number;
  /** The newest version is this very file; nothing was written. */
  readonly same: boolean;
}

/** Puts a checked file into the book as the next version of its name, unused until somebody else releases it. */
export async function proposeTemplate(
  db: Database,
  name: string,
  file: TemplateFile,
  doing: Doing,
): Promise<ProposedTemplate> {
  return db.tx(async (sql) => {
    const newest = (await knownTemplates(sql, name)).at(-1);
    if (newest?.sha256 === file.sha256 && newest.state !== "withdrawn")
      return { version: newest.version, same: true };
    const version = (newest?.version ?? 0) + 1;
    // Two people who propose at one time meet at the primary key: the second is told by the database and tries again.
    await sql.run(
      "insert into letter_template (name, version, body, sha256, tags) values ($1, $2, $3, $4, $5)",
      [name, version, file.body, file.sha256, file.tags.join(" ")],
    );
    await tell(sql, name, version, 1, "proposed", doing);
    return { version, same: false };
  });
}

export type TemplateMove =
  | "done"
  | { readonly no: "unknown" }
  | { readonly no: "not-proposed"; readonly state: TemplateState }
  | { readonly no: "same-person"; readonly by: string };

/** The second person's word: from now on letters are printed with this version. */
export async function releaseTemplate(
  db: Database,
  name: string,
  version: number,
  doing: Doing,
): Promise<TemplateMove> {
  return db.tx(async (sql) => {
    const known = await find(sql, name, version);
    if (known === undefined) return { no: "unknown" };
    if (known.state !== "proposed") return { no: "not-proposed", state: known.state };
    const proposer = known.events[0]!.by;
    if (samePerson(proposer, doing.by)) return { no: "same-person", by: proposer };
    await tell(sql, name, version, known.events.length + 1, "released", doing);
    return "done";
  });
}

/** Takes a version out of use; letters are printed with the one before it, if that is released. */
export async function withdrawTemplate(
  db: Database,
  name: string,
  version: number,
  doing: Doing,
): Promise<"done" | { readonly no: "unknown" } | { readonly no: "withdrawn" }> {
  return db.tx(async (sql) => {
    const known = await find(sql, name, version);
    if (known === undefined) return { no: "unknown" };
    if (known.state === "withdrawn") return { no: "withdrawn" };
    await tell(sql, name, version, known.events.length + 1, "withdrawn", doing);
    return "done";
  });
}

const find = async (sql: Sql, name: string, version: number): Promise<KnownTemplate | undefined> =>
  (await knownTemplates(sql, name)).find((known) => known.version === version);

async function tell(
  sql: Sql,
  name: string,
  version: number,
  n: number,
  what: TemplateState,
  { by, at, remark }: Doing,
): Promise<void> {
  await sql.run(
    "insert into letter_template_event (name, version, n, what, by_whom, at, remark) values ($1, $2, $3, $4, $5, $6, $7)",
    [name, version, n, what, by, at, remark ?? ""],
  );
}
