// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the planted code has placeholders of its own
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadPack, loadWords, PLACES } from "../../packs/load.ts";
import type { Rule } from "../../src/policy/index.ts";
import { maskCode } from "./mask.ts";
import {
  bothLanguages,
  type Cited,
  citations,
  decisionNumbers,
  type Finding,
  importWalls,
  lockFile,
  machinePaths,
  mergeMarks,
  migrations,
  oneWayOut,
  pureRooms,
  readmes,
  readTree,
  statements,
  type Tree,
  unfinishedNotes,
} from "./tidy.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const tree = readTree(root);
const isRule = (value: unknown): value is Rule =>
  typeof value === "object" && value !== null && "cite" in value && "check" in value;
const shown = (findings: readonly Finding[]): string[] => findings.map(({ at, says }) => `${at} ${says}`);
const planted = (files: Record<string, string>): Tree => new Map(Object.entries(files));

/** Checks whose whole input is the tree: each holds for this repository, and each finds the fault planted for it. */
const checks: readonly {
  readonly sentence: string;
  readonly check: (tree: Tree) => Finding[];
  readonly faults: readonly (readonly [Record<string, string>, string])[];
  readonly fine: Record<string, string>;
}[] = [
  {
    sentence: "rooms import only what stands below them",
    check: importWalls,
    faults: [
      [
        { "src/core/a.ts": '// why\nimport { gate } from "../policy/index.ts";\n' },
        "src/core/a.ts:2 src/core imports ../policy/index.ts; it may import nothing outside itself",
      ],
      [
        { "src/policy/a.ts": 'export * from "../dayclose/index.ts";' },
        "src/policy/a.ts:1 src/policy imports",
      ],
      [{ "src/policy/a.ts": 'const x = await import("../store/index.ts");' }, "src/policy/a.ts:1"],
      [
        { "src/core/a.ts": 'import { readFileSync } from "node:fs";' },
        "src/core is pure and imports node:fs",
      ],
      [{ "src/legal/a.ts": 'import { parse } from "yaml";' }, "src/legal is pure and imports yaml"],
      [{ "packs/cn/index.ts": 'import "node:path";' }, "packs is pure and imports node:path"],
      [{ "packs/cn/index.ts": 'import { loadPack } from "../load.ts";' }, "packs imports ../load.ts"],
      [
        { "src/store/a.ts": 'import { closeDay } from "../dayclose/index.ts";' },
        "src/store may take only types of src/dayclose: write `import type`",
      ],
      [{ "src/store/a.ts": 'import { type Rule } from "../policy/index.ts";' }, "write `import type`"],
      [{ "src/core/a.ts": 'import {\n  a,\n  b,\n} from "../../packs/cn/index.ts";' }, "src/core/a.ts:1"],
      [{ "src/api/a.ts": 'import { run } from "../cli/run.ts";' }, "src/api imports ../cli/run.ts"],
      [
        { "src/office/a/b.ts": 'import type { Api } from "../../api/api.ts";' },
        "src/office imports ../../api",
      ],
      [
        { "src/office/a.ts": 'import { readOptions } from "../cli/options.ts";' },
        "src/office imports ../cli",
      ],
    ],
    fine: {
      "src/core/a.test.ts": 'import { readFileSync } from "node:fs";',
      "src/yaml/a.ts": 'import { parse } from "yaml";\nimport { day } from "../core/index.ts";',
      "src/store/a.ts": 'import type { Store } from "../dayclose/index.ts";\nimport pg from "pg";',
      "src/cli/a.ts":
        'import { gate } from "../policy/index.ts";\nimport { buildApp } from "../api/index.ts";\nimport "node:fs";',
      "src/api/a.ts": 'import { packOf } from "../office/index.ts";',
      "src/office/a.ts":
        'import { loadPack } from "../../packs/load.ts";\nimport { openBook } from "../store/index.ts";',
      "src/core/words.ts": 'const says = "import { a } from \\"../policy/index.ts\\"";\n// import "node:fs"',
      "packs/cn/rules/a.ts": 'import { rule } from "../../../src/policy/index.ts";\nimport "../../clock.ts";',
      "packs/load.ts": 'import "node:fs";\nimport { parse } from "yaml";\nimport "./cn/index.ts";',
    },
  },
  {
    sentence: "a message leaves by the gate and the dispatcher, and by no other way",
    check: oneWayOut,
    faults: [
      [{ "src/cli/a.ts": "\nawait channel.send(permit, message);" }, "src/cli/a.ts:2 sends by itself"],
      [{ "src/store/a.ts": "channels[0]?.send?.(permit, message);" }, "src/store/a.ts:1 sends by itself"],
      [{ "src/dispatch/judge.ts": "channel\n  .send (permit, message)" }, "sends by itself"],
      [{ "src/api/a.ts": "const { send } = channel;" }, "sends by itself"],
      [{ "src/api/a.ts": "channel.send.call(channel, permit, message);" }, "sends by itself"],
      [{ "src/api/a.ts": 'channel["send"](permit, message);' }, "sends by itself"],
      [{ "src/dispatch/run.ts": "channel.send(permit, message);" }, "sends by itself"],
      [{ "src/dispatch/run.ts": "const permit = {} as Permit;" }, "makes a permit by itself"],
      [{ "src/dispatch/a/a.ts": "class Mine implements Permit {}" }, "makes a permit by itself"],
      [{ "src/policy/types.ts": "export const p = new Issued(step);" }, "makes a permit by itself"],
      [{ "src/dispatch/a/a.ts": "export const post = (to: string): void => {};" }, "is no adapter"],
      [{ "src/dispatch/a/a.ts": 'export * from "./b.ts";' }, "is no adapter"],
      [
        { "src/api/a.ts": 'import { a } from "../dispatch/a/a.ts";' },
        "src/api/a.ts:1 has a channel in hand (../dispatch/a/a.ts)",
      ],
      [{ "src/api/a.ts": 'await import("../dispatch/a/a.ts");' }, "has a channel in hand"],
      [
        {
          "src/dispatch/a/a.ts": "export function aChannel(): ChannelAdapter {}",
          "src/cli/a.ts": 'import {\n  aChannel as b,\n} from "../dispatch/index.ts";',
        },
        "src/cli/a.ts:1 has a channel in hand (../dispatch/index.ts)",
      ],
      [
        {
          "src/dispatch/wire.ts": "export function wireChannels(): Wired {}",
          "src/cli/a.ts": 'import { wireChannels } from "../dispatch/index.ts";',
        },
        "src/cli/a.ts:1 has a channel in hand",
      ],
      [
        { "src/cli/a.ts": 'import nodemailer from "nodemailer";' },
        "speaks to carriers by itself (nodemailer)",
      ],
      [{ "src/api/a.ts": 'await import("smpp");' }, "speaks to carriers by itself (smpp)"],
      [{ "src/dispatch/a/a.ts": 'peer<Sftp>("ssh2-sftp-client", "a");' }, "speaks to carriers by itself"],
      [{ "src/cli/a.ts": 'import * as all from "../dispatch/index.ts";' }, "has a channel in hand"],
      [{ "src/dispatch/index.ts": 'export * from "./a/wire.ts";' }, "takes ./a/wire.ts out of a channel"],
      [{ "src/dispatch/a/a.ts": 'import { b } from "../b/wire.ts";' }, "takes ../b/wire.ts out of a channel"],
    ],
    fine: {
      "src/dispatch/hand-over.ts": "return await channel.send(judged.permit, message);",
      "src/dispatch/care.ts":
        "export function withCare(channel: ChannelAdapter) { return channel.send(permit, message); }",
      "src/dispatch/wire.ts": 'peer("nodemailer", "smtp");',
      "src/policy/gate.ts": "class Issued implements Permit {}\nnew Issued(step);",
      "src/dispatch/index.ts": 'export * from "./a/a.ts";',
      "src/dispatch/a/a.ts":
        'import { wire } from "./wire.ts";\nexport interface Setting {}\nexport function aChannel(to: string, now: () => Instant): ChannelAdapter {\n  return { send: async (permit) => wire.send(permit) };\n}\nexport const bChannel = (): ChannelAdapter => aChannel();\nexport function aEar(name: string): Ear {}',
      "src/dispatch/a/wire.ts": "export const wire = {};",
      "src/cli/commands/listen.ts": 'import { wireChannels } from "../../dispatch/index.ts";',
      "src/cli/commands/dispatch.ts": 'import { dispatch, aChannel } from "../../dispatch/index.ts";',
      "src/store/a.ts": 'import type { Outbox } from "../dispatch/index.ts";\nimport { send } from "./b.ts";',
      "src/cli/a.ts": 'import { dispatch } from "../dispatch/index.ts";\n// channel.send(permit)\nresend(a);',
      "src/dispatch/a.test.ts": "channel.send({} as Permit, message);",
    },
  },
  {
    sentence: "pure rooms know no clock, no dice, no process and no floating point",
    check: pureRooms,
    faults: [
      [
        { "src/core/a.ts": "const a = 1;\nconst now = Date.now();" },
        "src/core/a.ts:2 Date.now: take the instant",
      ],
      [{ "src/core/a.ts": "const now = new Date();" }, "new Date: use Day and Instant"],
      [{ "src/sample/a.ts": "Math.random()" }, "Math.random: take a seeded generator"],
      [{ "src/core/a.ts": "Number.parseFloat(text)" }, "parseFloat: read money with core/money"],
      [{ "src/dayclose/a.ts": "performance.now()" }, "performance.now: measure in"],
      [{ "src/dayclose/a.ts": "setTimeout(f)" }, "a timer"],
      [{ "packs/cn/a.ts": "process.env.TZ" }, "process: take the value"],
      [{ "src/core/a.ts": "const rate = 0.05;" }, "a number with a decimal point"],
      [{ "src/core/a.ts": "const rate = .5;" }, "a number with a decimal point"],
      [{ "src/core/a.ts": "const says = `costs ${0.05 * a}`;" }, "a number with a decimal point"],
    ],
    fine: {
      "src/core/a.ts": [
        "// 0.05 a day, and never Date.now()",
        'const says = "0.05 and Math.random()";',
        "const more = `0.05 ${rows[0].name} process.`;",
        "const exact = 1_000.toString; const range = a[1]..toString;",
        "const pattern = /0.05 new Date/;",
        "job.process.id;",
      ].join("\n"),
      "src/cli/a.ts": "Date.now(); process.exit(0.5)",
      "src/sample/a.ts": "const chance = 0.5;",
      "src/core/a.test.ts": "const oracle = 0.05;",
    },
  },
  {
    sentence: "tables say what kind they are, and keys of bucketed tables begin with the bucket",
    check: migrations,
    faults: [
      [
        { "src/store/migrations/1.sql": "create table a (\n  id int4\n);" },
        "table a does not say what kind it is",
      ],
      [
        {
          "src/store/migrations/1.sql":
            "-- bucketed\ncreate table a (\n  n int4,\n  primary key (n, bucket)\n);",
        },
        "src/store/migrations/1.sql:4 primary key of a begins with n: begin with bucket",
      ],
      [
        { "src/store/migrations/1.sql": "-- bucketed\ncreate table a (\n  n int4 primary key\n);" },
        "primary key on one column",
      ],
      [
        {
          "src/store/migrations/1.sql":
            "-- bucketed\ncreate table a (n int4);\ncreate unique index a_n on a using btree (n);",
        },
        "src/store/migrations/1.sql:3 an index of a begins with n",
      ],
      [
        {
          "src/store/migrations/1.sql":
            "-- bucketed\ncreate table a (bucket int4, primary key (bucket));\n-- bucketed\ncreate table b (\n  bucket int4, n int4, foreign key (n) references a (n)\n);",
        },
        "foreign key of b begins with n",
      ],
      [
        {
          "src/store/migrations/1.sql":
            "-- bucketed\ncreate table a (n int4);\nalter table a add unique (n);",
        },
        "src/store/migrations/1.sql:3 unique of a begins with n",
      ],
      [{ "src/store/migrations/1.sql": "create trigger t after insert on a;" }, "a trigger"],
      [{ "src/store/migrations/1.sql": "create sequence s;" }, "a sequence"],
      [
        { "src/store/migrations/1.sql": "-- control\ncreate table a (\n  id bigserial\n);" },
        "serial: count per bucket",
      ],
      [
        {
          "src/store/migrations/1.sql": "-- control\ncreate table a (id int8 generated always as identity);",
        },
        "identity: count per bucket",
      ],
      [{ "src/store/migrations/1.sql": "merge into a using b;" }, "MERGE"],
      [{ "src/store/migrations/1.sql": "exclude using gist (a)" }, "EXCLUDE"],
    ],
    fine: {
      "src/store/migrations/1.sql":
        "-- What it is for.\n-- bucketed\ncreate table a (\n  bucket int4 not null, -- unique per borrower, no trigger\n  n int4,\n  primary key (bucket, n),\n  unique (bucket, n)\n);\ncreate index a_n on a (bucket, n);\n-- control\ncreate table b (id int4 primary key);\ncreate table a_0 partition of a for values from (0) to (64);",
    },
  },
  {
    sentence: "writes and locks on bucketed tables name their bucket, and updates call nothing volatile",
    check: statements,
    faults: [
      ["`update a set n = 1 where n = $1`", "src/store/q.ts:1 update a without a bucket"],
      ['"delete from a where n = $1"', "delete from a without a bucket"],
      ['"select * from a where n = $1 for update"', "rows of a are locked without a bucket"],
      ['"update a set at = clock_timestamp() where bucket = $1"', "update a calls clock_timestamp("],
      ['"update a set n = random() where bucket = $1"', "update a calls random("],
      [
        "`update a set n = 1 where bucket = $1;\n\n  update a set n = 2`",
        "src/store/q.ts:3 update a without a bucket",
      ],
    ].map(([sql, says]) => [
      {
        "src/store/migrations/1.sql": "-- bucketed\ncreate table a (bucket int4, n int4);",
        "src/store/q.ts": `const q = ${sql};`,
      },
      says!,
    ]),
    fine: {
      "src/store/migrations/1.sql":
        "-- bucketed\ncreate table a (bucket int4, n int4);\n-- reference\ncreate table r (id int4);",
      "src/store/q.ts": [
        '"update a set n = 1, at = now() where bucket = $1 and n = $2"',
        '"insert into a values ($1, $2) on conflict (bucket) do update set n = excluded.n"',
        '"update r set id = 1"',
        '"select * from a where bucket = $1 for update"',
        "// update a set n = 1",
      ].join(";\n"),
    },
  },
  {
    sentence: "every room has a README with an example that the tests run",
    check: readmes,
    faults: [
      [{ "src/core/a.ts": "" }, "src/core/README.md is missing"],
      [{ "src/core/a.ts": "", "src/core/README.md": "# core\n\n```text\nx\n```\n" }, "has no ```ts example"],
    ],
    fine: { "src/core/a.ts": "", "src/core/README.md": "# core\n\n```ts\nlet x;\n```\n", "src/cli/x.md": "" },
  },
  {
    sentence: "no file names a path of somebody's machine",
    check: machinePaths,
    faults: [
      [{ "docs/a.md": "see\nthe file /home/me/x" }, "docs/a.md:2 a path of one machine"],
      [{ "src/cli/a.ts": `const a = "${"/tmp"}/x";` }, "src/cli/a.ts:1"],
      [{ "bin/run": `cd ${"/work"}/x` }, "bin/run:1"],
    ],
    fine: {
      "src/cli/a.test.ts": `const a = "${"/tmp"}/x";`,
      "docs/a.md": "https://example.org/home/page, src/work/x, a/tmp/b",
    },
  },
  {
    sentence: "the lock file names no registry",
    check: lockFile,
    faults: [
      [{ "package-lock.json": '{\n"resolved": "https://registry.example/x.tgz"}' }, "package-lock.json:2"],
    ],
    fine: { "package-lock.json": '{ "packages": {} }' },
  },
  {
    sentence: "no note to oneself is left in the tree",
    check: unfinishedNotes,
    faults: [
      [{ "src/core/a.ts": `// ${"TO"}DO later` }, "src/core/a.ts:1"],
      [{ "docs/a.md": `${"FIX"}ME` }, "docs/a.md:1"],
    ],
    fine: { "docs/a.md": "mastodon, todo list" },
  },
  {
    sentence: "no merge is left half done",
    check: mergeMarks,
    faults: [
      [{ "law/cn/a.md": `a\n${"<".repeat(7)} HEAD\nb` }, "law/cn/a.md:2"],
      [{ "src/core/a.ts": `${">".repeat(7)} other` }, "src/core/a.ts:1"],
    ],
    fine: { "docs/a.md": "Title\n========\n", "src/core/a.ts": "// a << b" },
  },
  {
    sentence: "decision records are numbered without gaps",
    check: decisionNumbers,
    faults: [
      [
        { "docs/decisions/0001-a.md": "", "docs/decisions/0003-b.md": "" },
        "is number 0003; the next one is 0002",
      ],
      [
        { "docs/decisions/0001-a.md": "", "docs/decisions/0001-b.md": "" },
        "is number 0001; the next one is 0002",
      ],
      [{ "docs/decisions/a.md": "" }, "is number none; the next one is 0001"],
    ],
    fine: { "docs/decisions/0001-a.md": "", "docs/decisions/0002-b.md": "", "docs/decisions/README.md": "" },
  },
];

describe.each(checks)("$sentence", ({ check, faults, fine }) => {
  test("in this repository", () => {
    expect(shown(check(tree))).toEqual([]);
  });

  test.each(faults)("and the check finds %j", (files, says) => {
    expect(shown(check(planted(files))).join("\n")).toContain(says);
  });

  test("and the check leaves alone what is fine", () => {
    expect(shown(check(planted(fine)))).toEqual([]);
  });
});

describe("every rule and every value of a pack stands in law/, word for word", () => {
  const law = planted({
    "law/x/a.md":
      '---\nin_force_from: "2025-01-01"\nforce: law\n---\n\n# A\n\n## art. 1 — calls [verified-press]\n\n> no more than three\n> calls a day\n\nOur note: four calls.\n\n## art. 2 — house [house]\n\n> be kind\n',
  });
  const fine: Cited = {
    what: "rule x/a",
    cite: { law: "x/a", at: "art. 1", quote: "three calls" },
    verification: "verified-press",
    force: "law",
    from: "2025-01-01",
  };

  const words = (["cn", "us", "house"] as const).flatMap((place) => loadWords(place));
  const cited = PLACES.flatMap((place): Cited[] => {
    const pack = loadPack(place);
    return [
      ...pack.rules.map((rule) => ({ ...rule, what: `rule ${rule.id}` })),
      ...Object.entries(pack.params).flatMap(([name, versions]) =>
        versions.map((version) => ({ ...version, what: `parameter ${name} from ${version.from}` })),
      ),
    ];
  });

  test("in this repository", () => {
    expect(cited.length).toBeGreaterThan(0);
    expect(shown(citations(cited, tree))).toEqual([]);
  });

  test("and so does every rule on words", () => {
    expect(words.length).toBeGreaterThan(0);
    expect(
      shown(
        citations(
          words.map((rule) => ({ ...rule, what: `rule ${rule.id}` })),
          tree,
        ),
      ),
    ).toEqual([]);
    expect(new Set(words.map(({ id }) => id)).size).toBe(words.length);
  });

  test("a rule that its file exports is in a pack, and says its sentence in both languages", async () => {
    const known = new Set<unknown>(PLACES.flatMap((place) => loadPack(place).rules));
    const strays: string[] = [];
    for (const path of [...tree.keys()].filter((path) => /^packs\/.+\/rules\/.+\.ts$/.test(path))) {
      const exported = Object.values(
        (await import(/* @vite-ignore */ `${root}${path}`)) as Record<string, unknown>,
      );
      const rules = exported.filter(isRule);
      strays.push(
        ...rules.filter((rule) => !known.has(rule)).map(() => `${path} exports a rule that no pack has`),
      );
      strays.push(...rules.flatMap((rule) => shown(bothLanguages(rule.says, `${path} ${rule.id}`))));
      if (!exported.some((value) => isRule(value) || typeof value === "function")) {
        strays.push(`${path} exports no rule`);
      }
    }
    expect(strays).toEqual([]);
  });

  test("a citation that is fine is left alone", () => {
    expect(shown(citations([fine, { ...fine, verification: "unverified" }], law))).toEqual([]);
  });

  const { cite: _, ...uncited } = fine;
  test.each<[string, Cited, string]>([
    ["no citation", uncited, "rule x/a has no citation"],
    [
      "no such file",
      { ...fine, cite: { ...fine.cite!, law: "x/b" } },
      "cites law/x/b.md, which does not exist",
    ],
    [
      "other words",
      { ...fine, cite: { ...fine.cite!, quote: "four calls" } },
      'not in the file: "four calls"',
    ],
    ["no words", { ...fine, cite: { ...fine.cite!, quote: " " } }, "quotes words that are not in the file"],
    ["another clause", { ...fine, cite: { ...fine.cite!, at: "art. 2" } }, 'has the words under "art. 1"'],
    [
      "a stronger state",
      { ...fine, verification: "verified" },
      "claims verified; the file has the quote as verified-press",
    ],
    ["a house rule on law", { ...fine, verification: "house" }, "a house rule cites a house text"],
    [
      "law on a house text",
      { ...fine, cite: { law: "x/a", at: "art. 2", quote: "be kind" } },
      "a house rule cites",
    ],
    ["another force", { ...fine, force: "judicial interpretation" }, 'the file says "law"'],
    ["an earlier day", { ...fine, from: "2024-12-31" }, "before its text came into force (2025-01-01)"],
  ])("a citation with %s is found", (_, cited, says) => {
    expect(shown(citations([cited], law)).join("\n")).toContain(says);
  });
});

describe("every sentence of a message file has English and Chinese", () => {
  const files = ["cli/messages", "office/messages", "office/channels/messages"].map((name) =>
    fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url)),
  );

  test.each(files.filter((file) => existsSync(file)))("in this repository: %s", async (messages) => {
    const exported = (await import(/* @vite-ignore */ messages)) as Record<string, unknown>;
    const objects = Object.entries(exported).filter(([, value]) => typeof value === "object");
    expect(objects.flatMap(([name, value]) => shown(bothLanguages(value, name)))).toEqual([]);
  });

  test("a missing language, an empty one and a bare sentence are found", () => {
    const says = {
      a: { en: "one", zh: "一" },
      b: { c: { en: "two" } },
      d: { en: () => "x", zh: " " },
      e: "five",
    };
    expect(shown(bothLanguages(says, "say"))).toEqual([
      "say.b.c has no zh",
      "say.d has no zh",
      "say.e is a sentence in one language: write { en, zh }",
    ]);
  });
});

describe("the mask", () => {
  test("keeps length and lines, and blanks comments, strings and patterns", () => {
    const text = 'a("x"); // c\nb(`t ${c(`u ${d}`)} v`); /* e */ f(/g"/.test(h) / 2); i = "\\"j" + \'k\';';
    const { code, literals } = maskCode(text);
    expect(code).toHaveLength(text.length);
    expect(code.replace(/ +/g, " ")).toBe(
      'a(" "); \nb(` ${c(` ${d}`)} `); f( .test(h) / 2); i = " " + \' \';',
    );
    expect(literals.map(({ text }) => text)).toEqual(["x", "u ${d}", "t ${c(`u ${d}`)} v", '\\"j', "k"]);
    expect(literals.every(({ text: inside, index }) => text.startsWith(inside, index))).toBe(true);
  });
});
