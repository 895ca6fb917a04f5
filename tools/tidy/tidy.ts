/**
 * The house checks: what no compiler and no linter says about this project. Each check takes the tree as text, so that a
 * planted fault in memory can prove it, and gives findings that name what to use instead.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { lineOf, maskCode } from "./mask.ts";

/** Text files of the repository by their path from its root, with forward slashes. */
export type Tree = ReadonlyMap<string, string>;

export interface Finding {
  /** `src/core/money.ts:12` */
  readonly at: string;
  readonly says: string;
}

const SKIPPED = new Set(["node_modules", "dist", ".git", ".arrears", "coverage", "outbox"]);
const TEXT = /\.(?:ts|tsx|mts|js|mjs|cjs|json|yaml|yml|md|sql|css|html|toml)$/;

export function readTree(root: string): Tree {
  const tree = new Map<string, string>();
  const walk = (folder: string): void => {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (SKIPPED.has(name)) continue;
      const path = folder === "" ? name : `${folder}/${name}`;
      if (statSync(join(root, path)).isDirectory()) walk(path);
      else if (TEXT.test(name) || folder === "bin") tree.set(path, readFileSync(join(root, path), "utf8"));
    }
  };
  walk("");
  return tree;
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith("test/");
const isCode = (path: string): boolean => /\.(?:ts|tsx|mts)$/.test(path);
const finding = (path: string, text: string, index: number, says: string): Finding => ({
  at: `${path}:${lineOf(text, index)}`,
  says,
});

// ---------------------------------------------------------------------------------------------------- import walls

interface Room {
  readonly may: readonly string[];
  /** Rooms of which only types may be imported, by `import type`. */
  readonly typesOf?: readonly string[];
  /** No clock, file, network, database or package. */
  readonly pure: boolean;
  /** npm packages that a pure room may use all the same. */
  readonly packages?: readonly string[];
  /** Numbers here may have a decimal point, because they are chances and never money. */
  readonly chances?: boolean;
}

/** All rooms in which money and law are computed, files are read and written, and messages leave. */
const BELOW: readonly string[] = [
  "packs",
  "packs/load.ts",
  ...[
    "analytics",
    "core",
    "dayclose",
    "dispatch",
    "documents",
    "evidence",
    "forecast",
    "intake",
    "legal",
    "policy",
    "portal",
    "press",
    "relief",
    "sample",
    "signing",
    "store",
    "strategy",
    "webhooks",
    "yaml",
  ].map((name) => `src/${name}`),
];

/** The table of the house: who may import whom. A room that is not listed may import anything. */
const ROOMS: Readonly<Record<string, Room>> = {
  "src/core": { may: [], pure: true },
  "src/policy": { may: ["src/core"], pure: true },
  "src/legal": { may: ["src/core", "src/policy"], pure: true },
  "src/yaml": { may: ["src/core"], pure: true, packages: ["yaml"] },
  "src/strategy": { may: ["src/core", "src/yaml", "src/policy", "src/legal"], pure: true },
  "src/relief": { may: ["src/core", "src/policy", "src/legal"], pure: true },
  "src/forecast": {
    may: ["src/core", "src/policy", "src/legal", "src/strategy", "src/dayclose", "src/relief"],
    pure: true,
  },
  "src/documents": { may: ["src/core", "src/policy", "src/legal"], pure: true },
  "src/evidence": { may: ["src/core"], pure: true },
  "src/press": { may: ["src/core", "src/documents"], pure: false },
  "src/analytics": { may: ["src/core"], pure: true, chances: true },
  "src/sample": { may: ["src/core"], pure: true, chances: true },
  "src/dayclose": { may: ["src/core", "src/policy", "src/strategy", "src/legal"], pure: true },
  "src/portal": {
    may: ["src/core", "src/policy", "src/legal", "src/forecast", "src/relief"],
    pure: true,
  },
  "src/intake": { may: ["src/core"], pure: false },
  "src/dispatch": {
    may: ["src/core", "src/policy", "src/documents"],
    typesOf: ["src/dayclose", "src/strategy"],
    pure: false,
  },
  "src/store": {
    may: ["src/core", "src/evidence"],
    typesOf: [
      "src/dayclose",
      "src/intake",
      "src/policy",
      "src/strategy",
      "src/dispatch",
      "src/legal",
      "src/documents",
      "src/analytics",
    ],
    pure: false,
  },
  "src/client": { may: [], pure: false },
  "src/webhooks": { may: ["src/core", "src/dispatch"], pure: false },
  "src/signing": { may: ["src/core"], pure: false },
  // What commands and HTTP share knows neither; HTTP knows no command. src/cli starts the server, and may import anything.
  "src/office": { may: BELOW, pure: false },
  "src/api": { may: [...BELOW, "src/office"], pure: false },
  packs: { may: ["src/core", "src/yaml", "src/policy", "src/legal"], pure: true, packages: ["yaml"] },
  "packs/load.ts": { may: ["packs", "src/core", "src/policy", "src/legal"], pure: false },
  apps: { may: [], typesOf: ["src/client"], pure: false },
  // Its islands answer in the browser by the engine itself, and draw with the functions by which the server draws.
  "apps/portal": {
    may: ["src/core", "src/policy", "src/legal", "src/forecast", "src/relief", "src/portal"],
    pure: false,
  },
};

export function roomOf(path: string): string | undefined {
  if (path === "packs/load.ts") return path;
  const [top, second] = path.split("/");
  if (top === "apps" && second === "portal") return "apps/portal";
  if (top === "packs" || top === "apps") return top;
  return top === "src" && second !== undefined && path.split("/").length > 2 ? `src/${second}` : undefined;
}

interface Import {
  readonly from: string;
  readonly index: number;
  readonly typeOnly: boolean;
  /** What is taken, as written: `{ gate, type Permit }`. */
  readonly names: string;
}

function importsOf(text: string): readonly Import[] {
  const { code } = maskCode(text);
  const found: Import[] = [];
  const collect = (pattern: RegExp, typeOnly: (match: RegExpExecArray) => boolean): void => {
    for (let match = pattern.exec(code); match; match = pattern.exec(code)) {
      const start = match.index + match[0].search(/["']/) + 1;
      const end = code.indexOf(code[start - 1]!, start);
      const from = text.slice(start, end);
      found.push({ from, index: match.index, typeOnly: typeOnly(match), names: match[0] });
    }
  };
  collect(/\b(?:import|export)\b(\s+type\b)?[^;"'()=]*?\bfrom\s*["']/g, (match) => match[1] !== undefined);
  collect(/\bimport\s*["']/g, () => false);
  collect(/\bimport\s*\(\s*["']/g, () => false);
  return found;
}

/** Rooms import only what stands below them, and pure rooms import nothing from outside. */
export function importWalls(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    const name = roomOf(path);
    const room = name === undefined ? undefined : ROOMS[name];
    if (!isCode(path) || isTest(path) || name === undefined || room === undefined) continue;
    for (const { from, index, typeOnly } of importsOf(text)) {
      const says = from.startsWith(".")
        ? wallSays(name, room, roomOf(posix.join(posix.dirname(path), from)), from, typeOnly)
        : packageSays(name, room, from);
      if (says) findings.push(finding(path, text, index, says));
    }
  }
  return findings;
}

function wallSays(
  name: string,
  room: Room,
  target: string | undefined,
  from: string,
  typeOnly: boolean,
): string | undefined {
  if (target === name || (target !== undefined && room.may.includes(target))) return undefined;
  if (target !== undefined && room.typesOf?.includes(target)) {
    return typeOnly
      ? undefined
      : `${name} may take only types of ${target}: write \`import type\` for ${from}`;
  }
  const may = room.may.length > 0 ? room.may.join(", ") : "nothing outside itself";
  return `${name} imports ${from}; it may import ${may}. Take it as an argument, or move it to a room below`;
}

function packageSays(name: string, room: Room, from: string): string | undefined {
  if (!room.pure || room.packages?.includes(from)) return undefined;
  return `${name} is pure and imports ${from}; declare an interface here and let src/cli hand in what does it`;
}

// -------------------------------------------------------------------------------------------------------- one way out

const RUN = "src/dispatch/hand-over.ts";
/** Frames of care that stand around a channel and hand on to it what they were handed. */
const CARE = "src/dispatch/care.ts";
const WIRE = "src/dispatch/wire.ts";
const GATE = "src/policy/gate.ts";
const WIRING: readonly string[] = [
  "commands/dispatch",
  "commands/channels",
  "commands/listen",
  "letters/desk",
  "courier",
].map((name) => `src/cli/${name}.ts`);
/** Packages that speak to carriers. */
const CARRIERS =
  /^(?:smpp|nodemailer|nodemailer\/.+|ssh2|ssh2-sftp-client|@alicloud\/.+|tencentcloud-sdk-.+)$/;

/** The channel that a file belongs to: `src/dispatch/folder` of `src/dispatch/folder/folder.ts`. */
const channelOf = (path: string): string | undefined => /^(src\/dispatch\/[^/]+)\/./.exec(path)?.[1];
/** The file by which a channel is taken: `folder/folder.ts`. What else lies in its folder is its own. */
const isDoor = (path: string): boolean => /^src\/dispatch\/([^/]+)\/\1\.ts$/.test(path);

const SENDING: readonly RegExp[] = [
  /[.\]]\s*send\s*(?:\?\.)?\s*\(/g,
  /\.\s*send\s*\.\s*(?:call|apply|bind)\b/g,
  /\{[^{}();]*\bsend\b[^{}();]*\}\s*=\s*[\w.[\]]*(?:channel|adapter)/gi,
];
const FORGING: readonly RegExp[] = [
  /\bnew\s+Issued\b/g,
  /\bimplements\s+Permit\b/g,
  /\b(?:as|satisfies)\s+Permit\b/g,
  /<\s*Permit\s*>\s*[({]/g,
];

/**
 * A message leaves by one way: the gate makes the permit, and `dispatch` hands both to a channel. Nobody else calls a
 * channel, makes a permit, loads what speaks to carriers, or has a channel in hand but the commands that wire them.
 */
export function oneWayOut(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  const channels = channelNames(tree);
  for (const [path, text] of tree) {
    if (!isCode(path) || isTest(path) || !/^(?:src|packs|apps)\//.test(path)) continue;
    const { code, literals } = maskCode(text);
    const add = (index: number, says: string): void => {
      findings.push(finding(path, text, index, says));
    };
    const each = (patterns: readonly RegExp[], says: string): void => {
      for (const pattern of patterns) for (const match of code.matchAll(pattern)) add(match.index, says);
    };
    if (path !== RUN && path !== CARE && channelOf(path) === undefined) {
      const says = `sends by itself: plan an action and let ${RUN} judge it and hand it over`;
      each(SENDING, says);
      for (const { text: word, index } of literals) {
        if (word === "send" && /[\w)\]]\s*(?:\?\.)?\[\s*.$/.test(code.slice(0, index))) add(index, says);
      }
    }
    if (path !== GATE) each(FORGING, `makes a permit by itself: only ${GATE} does, so ask the gate for one`);
    if (isDoor(path)) doorSays(code, add);
    for (const { text: word, index } of literals) {
      if (
        path !== WIRE &&
        CARRIERS.test(word) &&
        /(?:from|import|require|peer(?:<[^()]*>)?)\s*\(?\s*.$/.test(code.slice(0, index))
      )
        add(index, `speaks to carriers by itself (${word}): only ${WIRE} loads that, for a channel`);
    }
    for (const taken of importsOf(text)) importSays(path, taken, channels, add);
  }
  return findings;
}

/** What the channels are called where they are exported. */
function channelNames(tree: Tree): readonly string[] {
  return [...tree]
    .filter(
      ([path]) =>
        (channelOf(path) !== undefined || path === CARE || path === WIRE) && isCode(path) && !isTest(path),
    )
    .flatMap(([, text]) =>
      [...maskCode(text).code.matchAll(/\bexport\s+(?:async\s+)?(?:function|const|let|class)\s+(\w+)/g)].map(
        ([, name]) => name!,
      ),
    )
    .filter((name) => !/^(?:[A-Z_]+|[A-Z]\w*)$/.test(name));
}

/** A channel's door gives adapters, which take a permit, ears, which only read what came, and types. */
function doorSays(code: string, add: (index: number, says: string) => void): void {
  for (const { index } of code.matchAll(/\bexport\b(?!\s+(?:type|interface)\b)/g)) {
    const adapter =
      /^export\s+(?:function\s+\w+|const\s+\w+\s*=\s*)\s*\([^{;]*\)\s*:\s*(?:ChannelAdapter|Ear)\b/;
    if (!adapter.test(code.slice(index)))
      add(
        index,
        "is no adapter: a channel exports functions that give a ChannelAdapter or an Ear, and types",
      );
  }
}

function importSays(
  path: string,
  { from, index, typeOnly, names }: Import,
  channels: readonly string[],
  add: (index: number, says: string) => void,
): void {
  if (!from.startsWith(".")) return;
  const target = posix.join(posix.dirname(path), from);
  const channel = channelOf(target);
  if (channel !== undefined && channel !== channelOf(path) && !isDoor(target))
    add(index, `takes ${from} out of a channel: only its door may be taken`);
  if (path.startsWith("src/dispatch/") || WIRING.includes(path) || !target.startsWith("src/dispatch/"))
    return;
  const everything = !typeOnly && /\*|\bimport\s*\(/.test(names);
  const named = !typeOnly && channels.some((name) => new RegExp(`\\b${name}\\b`).test(names));
  if (channel !== undefined || everything || named)
    add(index, `has a channel in hand (${from}): only ${WIRING.join(", ")} wire channels`);
}

// ------------------------------------------------------------------------------------------------------ pure rooms

const DECIMAL = /(?<![\w$.])(?:\d[\d_]*\.\d|\.\d)/g;
const IMPURE: readonly (readonly [RegExp, string])[] = [
  [/\bDate\s*\.\s*now\b/g, "Date.now: take the instant as an argument"],
  [/\bnew\s+Date\b/g, "new Date: use Day and Instant of core/calendar and core/zone"],
  [/\bMath\s*\.\s*random\b/g, "Math.random: take a seeded generator as an argument"],
  [/\bparseFloat\b/g, "parseFloat: read money with core/money and rates with core/rate, which are exact"],
  [/\bperformance\s*\.\s*now\b/g, "performance.now: measure in src/cli or tools/bench"],
  [/\bset(?:Timeout|Interval)\b/g, "a timer: pure rooms do not wait; let the caller do it"],
  [/(?<![.\w$])process\s*\./g, "process: take the value as an argument, read in src/cli"],
  [DECIMAL, "a number with a decimal point: use whole minor units, or a rate held as integers"],
];

/** Pure rooms know no clock, no dice, no process and no floating point. */
export function pureRooms(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    const name = roomOf(path);
    if (!isCode(path) || isTest(path) || name === undefined || !ROOMS[name]?.pure) continue;
    const { code } = maskCode(text);
    for (const [pattern, says] of IMPURE) {
      if (pattern === DECIMAL && ROOMS[name].chances) continue;
      for (const match of code.matchAll(pattern)) findings.push(finding(path, text, match.index, says));
    }
  }
  return findings;
}

// ------------------------------------------------------------------------------------------------------------- SQL

const MARKS = ["bucketed", "reference", "control"];
const FORBIDDEN_SQL: readonly (readonly [RegExp, string])[] = [
  [/\btrigger\b/gi, "a trigger: write the row in the statement that causes it"],
  [/\bcreate\s+sequence\b|\bnextval\s*\(/gi, "a sequence: count per bucket, in bucket_counter"],
  [/\b(?:small|big)?serial[248]?\b/gi, "serial: count per bucket, in bucket_counter"],
  [/\bas\s+identity\b/gi, "identity: count per bucket, in bucket_counter"],
  [/\bmerge\s+into\b/gi, "MERGE: use insert … on conflict"],
  [/\bexclude\s*(?:using\b|\()/gi, "EXCLUDE: use a unique key that begins with bucket"],
];

interface Table {
  readonly name: string;
  readonly mark: string | undefined;
  readonly index: number;
  readonly body: string;
  readonly bodyIndex: number;
}

const withoutSqlComments = (sql: string): string =>
  sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, " "));

function closingBracket(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return text.length;
}

function tablesOf(sql: string): readonly Table[] {
  const bare = withoutSqlComments(sql);
  const tables: Table[] = [];
  const create =
    /^[ \t]*create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?([\w."]+)\s*(\(|partition\s+of\b)/gim;
  for (const match of bare.matchAll(create)) {
    if (match[2] !== "(") continue;
    const index = match.index + match[0].search(/\S/);
    const above = sql.slice(0, index).trimEnd().split("\n").at(-1) ?? "";
    const mark = /^\s*--\s*(\w+)\s*$/.exec(above)?.[1];
    const open = match.index + match[0].length - 1;
    tables.push({
      name: match[1]!.replace(/"/g, "").split(".").at(-1)!,
      mark: mark !== undefined && MARKS.includes(mark) ? mark : undefined,
      index,
      body: bare.slice(open, closingBracket(bare, open)),
      bodyIndex: open,
    });
  }
  return tables;
}

const isMigration = (path: string): boolean => /^src\/store\/migrations\/[^/]+\.sql$/.test(path);

/** The names of the bucketed tables of all migrations. */
export function bucketedTables(tree: Tree): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [path, sql] of tree) {
    if (!isMigration(path)) continue;
    for (const { name, mark } of tablesOf(sql)) if (mark === "bucketed") names.add(name);
  }
  return names;
}

/** Every table says what kind it is; keys and indexes of bucketed tables begin with the bucket. */
export function migrations(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  const bucketed = bucketedTables(tree);
  for (const [path, sql] of tree) {
    if (!isMigration(path)) continue;
    const bare = withoutSqlComments(sql);
    const add = (index: number, says: string): void => {
      findings.push(finding(path, sql, index, says));
    };
    for (const [pattern, says] of FORBIDDEN_SQL) {
      for (const match of bare.matchAll(pattern)) add(match.index, says);
    }
    for (const table of tablesOf(sql)) {
      if (table.mark === undefined) {
        add(
          table.index,
          `table ${table.name} does not say what kind it is: put -- bucketed, -- reference or -- control on the line above`,
        );
      }
      if (table.mark === "bucketed") keysOf(table, bucketed, add);
    }
    const addKey = /\balter\s+table\s+(?:if\s+exists\s+)?(?:only\s+)?([\w."]+)([^;]*)/gi;
    for (const match of bare.matchAll(addKey)) {
      const name = match[1]!.split(".").at(-1)!;
      if (!bucketed.has(name)) continue;
      const bodyIndex = match.index + match[0].length - match[2]!.length;
      keysOf({ name, mark: "bucketed", index: match.index, body: match[2]!, bodyIndex }, bucketed, add);
    }
    const createIndex =
      /\bcreate\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if\s+not\s+exists\s+)?(?:\w+\s+)?on\s+(?:only\s+)?([\w."]+)\s*(?:using\s+\w+\s*)?\(\s*([^,)]*)/gi;
    for (const match of bare.matchAll(createIndex)) {
      const name = match[1]!.split(".").at(-1)!;
      if (bucketed.has(name) && !startsWithBucket(match[2]!)) {
        add(match.index, `an index of ${name} begins with ${match[2]!.trim()}: begin with bucket`);
      }
    }
  }
  return findings;
}

const startsWithBucket = (column: string): boolean => /^\s*"?bucket"?(?:\s|$)/i.test(column);

function keysOf(
  { name, body, bodyIndex }: Table,
  bucketed: ReadonlySet<string>,
  add: (index: number, says: string) => void,
): void {
  const key =
    /\b(primary\s+key|unique|foreign\s+key)\b(?:\s+nulls\s+(?:not\s+)?distinct)?\s*(\(\s*([^,)]*))?/gi;
  for (const match of body.matchAll(key)) {
    if (match[2] === undefined) {
      add(
        bodyIndex + match.index,
        `${name} has ${match[1]} on one column: write ${match[1]} (bucket, …) as its own line`,
      );
    } else if (!startsWithBucket(match[3]!)) {
      add(
        bodyIndex + match.index,
        `${match[1]} of ${name} begins with ${match[3]!.trim()}: begin with bucket`,
      );
    }
  }
  for (const match of body.matchAll(/\breferences\s+([\w."]+)\s*(?:\(\s*([^,)]*))?/gi)) {
    const target = match[1]!.split(".").at(-1)!;
    if (bucketed.has(target) && !startsWithBucket(match[2] ?? "")) {
      add(
        bodyIndex + match.index,
        `${name} references ${target} without its bucket: write references ${target} (bucket, …)`,
      );
    }
  }
}

const VOLATILE =
  /\b(?:clock_timestamp|statement_timestamp|timeofday|random|gen_random_uuid|uuid_generate_v\d\w*|nextval)\s*\(/i;

/** Writes and locks on bucketed tables name their bucket, and updates call nothing volatile. */
export function statements(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  const bucketed = bucketedTables(tree);
  for (const [path, text] of tree) {
    if (!/^src\/store\/[^/]+\.ts$/.test(path) || isTest(path)) continue;
    for (const literal of maskCode(text).literals) {
      let offset = literal.index;
      for (const statement of withoutSqlComments(literal.text).split(";")) {
        for (const says of statementSays(statement, bucketed)) {
          findings.push(finding(path, text, offset + statement.search(/\S|$/), says));
        }
        offset += statement.length + 1;
      }
    }
  }
  return findings;
}

function statementSays(statement: string, bucketed: ReadonlySet<string>): readonly string[] {
  const says: string[] = [];
  const named = /\bbucket\b/i.test(statement);
  for (const [, verb, table] of statement.matchAll(
    /\b(update|delete\s+from)\s+(?:only\s+)?(?!set\b)(\w+)/gi,
  )) {
    if (bucketed.has(table!) && !named) {
      says.push(`${verb!.toLowerCase()} ${table} without a bucket: add bucket to the condition`);
    }
    if (verb!.toLowerCase() === "update" && VOLATILE.test(statement)) {
      says.push(`update ${table} calls ${VOLATILE.exec(statement)![0]}…): pass the value as a parameter`);
    }
  }
  if (/\bfor\s+(?:no\s+key\s+)?update\b/i.test(statement) && !named) {
    const table = [...bucketed].find((name) =>
      new RegExp(`\\b(?:from|join)\\s+${name}\\b`, "i").test(statement),
    );
    if (table) says.push(`rows of ${table} are locked without a bucket: add bucket to the condition`);
  }
  return says;
}

// ------------------------------------------------------------------------------------------------------------- law

export interface Cited {
  /** What cites, for the message: `rule cn/quiet-hours`. */
  readonly what: string;
  readonly cite?: { readonly law: string; readonly at: string; readonly quote: string };
  readonly verification: string;
  readonly force: string;
  readonly from: string;
}

interface Clause {
  readonly at: string;
  readonly state: string;
  readonly words: string;
}

const STRENGTH: Readonly<Record<string, number>> = {
  unverified: 1,
  "verified-press": 2,
  "verified-reprint": 3,
  verified: 4,
};

const squeeze = (text: string): string => text.replace(/\s+/g, "");

function clausesOf(text: string): readonly Clause[] {
  return text.split(/^## /m).flatMap((section) => {
    const heading = /^(.+?) — .+ \[([\w-]+)\]\s*$/m.exec(section.slice(0, section.indexOf("\n") + 1));
    if (!heading) return [];
    const quoted = section.split("\n").filter((line) => line.startsWith(">"));
    return [
      { at: heading[1]!, state: heading[2]!, words: squeeze(quoted.map((line) => line.slice(1)).join("")) },
    ];
  });
}

const frontMatter = (text: string, key: string): string | undefined =>
  new RegExp(`^${key}:\\s*"?([^"\\n]*)"?\\s*$`, "m").exec(text.split(/^---$/m)[1] ?? "")?.[1];

/** Every quote stands in its law file, under its clause, and nobody claims more than that file does. */
export function citations(cited: readonly Cited[], tree: Tree): Finding[] {
  return cited.flatMap((one) => {
    const says = citationSays(one, tree);
    return says === undefined
      ? []
      : [{ at: one.cite ? `law/${one.cite.law}.md` : one.what, says: `${one.what} ${says}` }];
  });
}

function citationSays({ cite, verification, force, from }: Cited, tree: Tree): string | undefined {
  if (cite === undefined) return "has no citation: name the law, the clause and the words";
  const text = tree.get(`law/${cite.law}.md`);
  if (text === undefined) return `cites law/${cite.law}.md, which does not exist`;
  const words = squeeze(cite.quote);
  const quoting = clausesOf(text).filter((clause) => words !== "" && clause.words.includes(words));
  if (quoting.length === 0) return `quotes words that are not in the file: "${cite.quote}"`;
  const here = quoting.filter(({ at }) => at === cite.at);
  if (here.length === 0)
    return `quotes from "${cite.at}", where the file has the words under "${quoting[0]!.at}"`;
  if ((verification === "house") !== here.some(({ state }) => state === "house")) {
    return `is ${verification}, the quote is ${here[0]!.state}: a house rule cites a house text, and only that`;
  }
  const strongest = Math.max(...here.map(({ state }) => STRENGTH[state] ?? 0));
  if ((STRENGTH[verification] ?? 0) > strongest) {
    return `claims ${verification}; the file has the quote as ${here[0]!.state}`;
  }
  const stated = frontMatter(text, "force");
  if (stated !== force) return `claims the force "${force}"; the file says "${stated}"`;
  const inForce = frontMatter(text, "in_force_from");
  if (inForce === undefined || from < inForce)
    return `begins on ${from}, before its text came into force (${inForce})`;
  return undefined;
}

// ----------------------------------------------------------------------------------------- pages, paths, words, numbers

/** The folders of `src` that hold code. */
export const roomsWithCode = (tree: Tree): readonly string[] => [
  ...new Set([...tree.keys()].filter(isCode).flatMap((path) => roomOf(path)?.match(/^src\/.+/)?.[0] ?? [])),
];

/** The first runnable example of a page. */
export const exampleOf = (page: string): string | undefined => /^```ts\n([\s\S]*?)^```/m.exec(page)?.[1];

/** Every room has a README with an example that the tests can run. */
export function readmes(tree: Tree): Finding[] {
  return roomsWithCode(tree).flatMap((room) => {
    const path = `${room}/README.md`;
    const page = tree.get(path);
    if (page === undefined)
      return [{ at: path, says: "is missing: purpose, three main names, one ```ts example" }];
    return exampleOf(page) === undefined ? [{ at: `${path}:1`, says: "has no ```ts example to run" }] : [];
  });
}

/** No path of somebody's machine; tests may make files under the temporary folder. */
export function machinePaths(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    if (isTest(path)) continue;
    for (const match of text.matchAll(/(?<![\w.:~/*\\-])\/(?:work|home|tmp|Users|root)\/(?=\w)/g)) {
      findings.push(
        finding(
          path,
          text,
          match.index,
          `a path of one machine (${match[0]}…): take it as an argument, or use node:os tmpdir`,
        ),
      );
    }
  }
  return findings;
}

/** The lock file names no registry, so that every registry can serve it. Where a workspace of ours lies, it may say. */
export function lockFile(tree: Tree): Finding[] {
  const path = "package-lock.json";
  const text = tree.get(path) ?? "";
  const first = /"resolved"\s*:\s*"(?!apps\/)/.exec(text);
  return first
    ? [finding(path, text, first.index, "names a registry: install with omit-lockfile-registry-resolved")]
    : [];
}

/** What is unfinished is in an issue or a refusal, not in a note to oneself. */
export function unfinishedNotes(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    for (const match of text.matchAll(/\b(?:TO(?:DO)|FIX(?:ME))\b/g)) {
      findings.push(
        finding(
          path,
          text,
          match.index,
          `${match[0]}: finish it, refuse it plainly, or write it down as not covered`,
        ),
      );
    }
  }
  return findings;
}

/** What git leaves in a file where two lines of work met is no text of ours. */
export function mergeMarks(tree: Tree): Finding[] {
  const findings: Finding[] = [];
  for (const [path, text] of tree) {
    text.split("\n").forEach((line, i) => {
      if (/^(?:<{7} |>{7} |={7}$)/.test(line))
        findings.push({ at: `${path}:${i + 1}`, says: "is a mark of a merge that nobody has finished" });
    });
  }
  return findings;
}

/** Decision records are numbered from 0001 without a gap or a double. */
export function decisionNumbers(tree: Tree): Finding[] {
  const paths = [...tree.keys()].filter(
    (path) => /^docs\/decisions\/[^/]+\.md$/.test(path) && !path.endsWith("README.md"),
  );
  const numbered = paths.map((path) => ({ path, number: /\/(\d{4})-[a-z0-9-]+\.md$/.exec(path)?.[1] }));
  return numbered
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap(({ path, number }, index) => {
      const expected = String(index + 1).padStart(4, "0");
      return number === expected
        ? []
        : [{ at: path, says: `is number ${number ?? "none"}; the next one is ${expected}` }];
    });
}

/** Every sentence has an English and a Chinese form. */
export function bothLanguages(value: unknown, at: string): Finding[] {
  const isWords = (found: unknown): boolean =>
    typeof found === "function" || (typeof found === "string" && found.trim() !== "");
  if (typeof value !== "object" || value === null) {
    return isWords(value) ? [{ at, says: "is a sentence in one language: write { en, zh }" }] : [];
  }
  const entry = value as Record<string, unknown>;
  if ("en" in entry || "zh" in entry) {
    const missing = ["en", "zh"].filter((language) => !isWords(entry[language]));
    return missing.map((language) => ({ at, says: `has no ${language}` }));
  }
  return Object.entries(entry).flatMap(([key, member]) => bothLanguages(member, `${at}.${key}`));
}
