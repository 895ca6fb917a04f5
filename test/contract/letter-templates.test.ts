import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  knownTemplates,
  migrate,
  migrations,
  openEmbedded,
  proposeTemplate,
  releasedTemplate,
  releaseTemplate,
  type TemplateFile,
  templateFile,
  withdrawTemplate,
} from "../../src/store/index.ts";
import { ENGINES, type TestDatabase } from "../support/database.ts";

const AT = Date.UTC(2026, 9, 20);
const LI = { by: "Li Na", at: AT };
const WANG = { by: "Wang Wei", at: AT + 1, remark: "read" };
const file = (text: string): TemplateFile => ({
  body: new TextEncoder().encode(text),
  sha256: `hash of ${text}`,
  tags: ["code", "number"],
});

describe.each(ENGINES)("letter templates over $name", (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.open();
  });
  afterAll(() => database.drop());

  test("a version is used once a second person released it, and the one before it when it is withdrawn", async () => {
    const { db } = database;
    const inUse = async () => (await releasedTemplate(db, "firm"))?.version;
    expect(await proposeTemplate(db, "firm", file("one"), LI)).toEqual({ version: 1, same: false });
    expect(await proposeTemplate(db, "firm", file("one"), LI)).toEqual({ version: 1, same: true });
    expect(await inUse()).toBeUndefined();
    expect(await releaseTemplate(db, "firm", 1, { ...LI, by: " li  NA " })).toEqual({
      no: "same-person",
      by: "Li Na",
    });
    expect(await inUse()).toBeUndefined();
    expect(await releaseTemplate(db, "firm", 1, WANG)).toBe("done");
    expect(await inUse()).toBe(1);
    expect(await releaseTemplate(db, "firm", 1, WANG)).toEqual({ no: "not-proposed", state: "released" });
    expect(await proposeTemplate(db, "firm", file("two"), WANG)).toEqual({ version: 2, same: false });
    expect(await inUse()).toBe(1);
    expect(await releaseTemplate(db, "firm", 2, LI)).toBe("done");
    expect(await inUse()).toBe(2);
    expect(await withdrawTemplate(db, "firm", 2, WANG)).toBe("done");
    expect(await withdrawTemplate(db, "firm", 2, WANG)).toEqual({ no: "withdrawn" });
    expect(await inUse()).toBe(1);
    expect(await releaseTemplate(db, "firm", 9, WANG)).toEqual({ no: "unknown" });
    expect((await knownTemplates(db, "firm"))[0]).toMatchObject({
      state: "released",
      tags: ["code", "number"],
      events: [
        { what: "proposed", by: "Li Na", at: AT, remark: "" },
        { what: "released", by: "Wang Wei", at: AT + 1, remark: "read" },
      ],
    });
  });

  test("a file comes back byte for byte", async () => {
    const { db } = database;
    const body = Uint8Array.from({ length: 256 }, (_, n) => n);
    const { version } = await proposeTemplate(db, "bytes", { body, sha256: "x", tags: ["number"] }, LI);
    expect(Buffer.compare((await templateFile(db, "bytes", version))!.body, body)).toBe(0);
  });

  test("a book from before has no templates, and takes one", async () => {
    const db = await openEmbedded();
    try {
      await migrate(
        db,
        migrations().filter(({ version }) => version < 11),
      );
      await expect(knownTemplates(db)).rejects.toThrow("letter_template");
      await migrate(db);
      expect(await knownTemplates(db)).toEqual([]);
      expect(await proposeTemplate(db, "firm", file("one"), LI)).toEqual({ version: 1, same: false });
    } finally {
      await db.close();
    }
  });
});
