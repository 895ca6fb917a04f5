import { expect, test } from "vitest";
import { day } from "../../src/core/index.ts";
import { firms, listLetters, migrate, migrations, openEmbedded, putFirm } from "../../src/store/index.ts";

test("a book of before letters keeps its lender, and takes a firm afterwards", async () => {
  const db = await openEmbedded();
  await migrate(
    db,
    migrations().filter(({ version }) => version < 9),
  );
  await db.run(
    "insert into lender (id, code, name, zone, pack, open_on, closed_through) values (1, 'a', 'A', 'Asia/Shanghai', 'cn', $1, $2)",
    [day("2026-01-01"), day("2025-12-31")],
  );
  await expect(db.query("select 1 from firm")).rejects.toThrow("firm");
  await migrate(db);
  const firm = { id: "hx", name: "恒信", licence: "1", address: "a", phone: "1", active: true };
  await putFirm(db, { id: 1 }, firm);
  expect(await firms(db, { id: 1 })).toEqual([firm]);
  expect(await listLetters(db, { id: 1 })).toEqual([]);
  expect(await db.query("select code, name from lender")).toEqual([{ code: "a", name: "A" }]);
  await db.close();
});
