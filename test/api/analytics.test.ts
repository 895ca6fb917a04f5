import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPORT_IDS } from "../../src/analytics/index.ts";
import { type ApiWorld, apiWorld, type Client } from "../support/api.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

interface Told {
  readonly says: readonly { readonly en: string; readonly zh: string }[];
  readonly tables: readonly {
    readonly key: string;
    readonly rows: readonly {
      readonly key: string;
      readonly cells: readonly {
        readonly value: string | null;
        readonly behind: Record<string, string> | null;
      }[];
    }[];
  }[];
}

describe("reports over HTTP", () => {
  let database: TestDatabase;
  let world: ApiWorld;
  let lead: Client;
  beforeAll(async () => {
    database = await ENGINES[1]!.open();
    world = await apiWorld(database.db);
    lead = await world.as("operations", { id: "olga" });
  });
  afterAll(() => database.drop());

  const read = async (path: string): Promise<Told> => {
    const answer = await lead("GET", path);
    expect(answer.statusCode, `${path}: ${answer.body}`).toBe(200);
    return answer.json<Told>();
  };
  const loansOf = async (behind: Record<string, string>) => {
    const items: { loan: string }[] = [];
    for (let cursor = ""; ; ) {
      const query = new URLSearchParams({ ...behind, ...(cursor ? { cursor } : {}) });
      const answer = await lead("GET", `/v1/analytics/loans?${query}`);
      expect(answer.statusCode, `${query}: ${answer.body}`).toBe(200);
      const page = answer.json<{ items: { loan: string }[]; next: string | null }>();
      items.push(...page.items);
      if (page.next === null) return items;
      cursor = page.next;
    }
  };

  test.each(REPORT_IDS)(
    "%s: sentences in both languages, and as many loans behind each count as it says",
    async (id) => {
      const report = await read(`/v1/analytics/${id}`);
      expect(report.says.length).toBeGreaterThan(0);
      for (const { en, zh } of report.says) expect([en, zh].every((text) => text.length > 5)).toBe(true);
      for (const table of report.tables)
        for (const row of table.rows)
          for (const { value, behind } of row.cells)
            if (behind && value !== null && /^\d+$/.test(value))
              expect(
                (await loansOf(behind)).length,
                `${id} ${table.key} ${row.key}: ${JSON.stringify(behind)}`,
              ).toBe(Number(value));
    },
  );

  test("the ages of the last close are those of the loans, and a table is a file", async () => {
    const { tables } = await read("/v1/analytics/ages");
    const loans = tables[0]!.rows.reduce((sum, { cells }) => sum + Number(cells[0]!.value), 0);
    expect(loans).toBeGreaterThan(0);
    const file = await lead("GET", "/v1/analytics/ages/file?lang=zh");
    expect(file.headers["content-type"]).toContain("text/csv");
    expect(file.headers["content-disposition"]).toMatch(
      /filename="ages-bands-\d{4}-\d\d-\d\d-\d{4}-\d\d-\d\d\.csv"/,
    );
    expect(file.body.split("\n")[0]).toBe("账龄段,笔数,占比（%）,本金余额,余额占比（%）");
    expect(file.body.trim().split("\n")).toHaveLength(tables[0]!.rows.length + 1);
  });

  test.each([
    ["/v1/analytics/nothing", 400],
    ["/v1/analytics/roll?product=unknown", 422],
    ["/v1/analytics/roll?from=2026-03-01&to=2026-02-01", 422],
    ["/v1/analytics/ages/file?table=none", 404],
    ["/v1/analytics/loans?of=stock", 400],
    ["/v1/analytics/loans?of=fact&what=nothing&from=2026-01-01&to=2026-01-31", 400],
    ["/v1/analytics/loans?of=roll&month=2026-13&cell=1&to=2", 400],
    ["/v1/analytics/loans?of=roll&month=2026-01&cell=1&to=x", 400],
  ])("%s is refused", async (path, status) => {
    const answer = await lead("GET", path);
    expect(answer.statusCode, answer.body).toBe(status);
  });
});
