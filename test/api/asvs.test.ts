import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** How many requirements of levels 1 and 2 each section of ASVS 5.0 has, numbered from 1 (counted from its table of 345). */
const SECTIONS: Readonly<Record<string, number>> = Object.fromEntries(
  `
    1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2
    4.1:3 4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3
    6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2
    10.2:2 10.3:4 10.4:11 10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1
    12.1:3 12.2:2 12.3:4 13.1:1 13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3
    15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 16.5:3 17.1:1 17.2:4 17.3:2
  `
    .trim()
    .split(/\s+/)
    .map((one) => one.split(":"))
    .map(([section, count]) => [section, Number(count)]),
);

const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ["attacks", "fuzz", "matrix", "outside", "passkeys", "providers", "requests", "sign-in", "work"].map(
      (name) => [name, `test/api/${name}.test.ts`],
    ),
  ),
  keys: "test/contract/keys.test.ts",
  answer: "src/api/answer.test.ts",
  server: "src/api/server.test.ts",
  secrets: "src/api/access/secrets.test.ts",
  fields: "src/api/access/fields.test.ts",
  "common-passwords": "src/api/access/common-passwords.test.ts",
};

const page = readFileSync("docs/reference/asvs.md", "utf8");
const rows = [
  ...page.matchAll(/^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$/gm),
].map(([, id, , subject, state, where, shown]) => ({
  id: id!,
  subject: subject!,
  state: state!,
  where: where!,
  shown: shown!,
}));

test("every requirement of levels 1 and 2 is on the page, once, in its order", () => {
  const wanted = Object.entries(SECTIONS).flatMap(([section, count]) =>
    Array.from({ length: count }, (_, i) => `${section}.${i + 1}`),
  );
  expect(wanted).toHaveLength(253);
  expect(rows.map(({ id }) => id)).toEqual(wanted);
});

test("each says how it stands, and a reason where it is not met; the page counts them rightly", () => {
  const count = (state: string): number => rows.filter((row) => row.state === state).length;
  expect(rows.filter(({ state }) => !["met", "partly", "**gap**", "not applicable"].includes(state))).toEqual(
    [],
  );
  expect(rows.filter(({ where }) => where.length < 2)).toEqual([]);
  expect(page).toContain(
    `Of 253: ${count("met")} met, ${count("partly")} partly, ${count("**gap**")} gaps, ${count("not applicable")} not applicable.`,
  );
});

test("the tests that it names exist, under the titles that it names", () => {
  const missing = rows.flatMap(({ id, shown }) => {
    if (shown === "-") return [];
    const [name, title = ""] = shown.split(/: ?/, 2);
    const file = FILES[name!];
    if (!file) return [`${id}: no file ${name}`];
    return readFileSync(file, "utf8").includes(title) ? [] : [`${id}: ${file} has no test ${title}`];
  });
  expect(missing).toEqual([]);
});
