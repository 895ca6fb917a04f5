import { describe, expect, test } from "vitest";
import { eventFields } from "./proceeding-fields.ts";
import { EVENT_NAMES, readMove } from "./proceeding-in.ts";

/** Something that each kind of field takes. */
const SAID: Readonly<Record<string, string>> = {
  text: "x",
  day: "2026-04-01",
  time: "09:30",
  money: "100.00",
  percent: "0.05",
  number: "3",
  "yes-no": "yes",
  sums: "L1=100.00/0.00/0.00;L2=50.00/0.00/0.00",
};

describe("the fields of an event form", () => {
  test.each([1, 2])(
    "of a proceeding about %i debts are what the reader takes, and what is needed is what it misses",
    (n) => {
      const debts = ["L1", "L2"].slice(0, n);
      for (const event of EVENT_NAMES) {
        const fields = eventFields(event, n);
        const said = (wanted: typeof fields) =>
          Object.fromEntries(
            wanted.map(({ column, kind, choices }) => [column, choices?.[0] ?? SAID[kind]!]),
          );
        const read = (texts: Record<string, string>) =>
          readMove(event, { on: "2026-03-31", ...texts }, { debts, decimals: 2 });
        const needed = fields.filter((field) => field.needed);
        expect([event, read(said(fields)).ok], event).toEqual([event, true]);
        expect([event, read(said(needed)).ok], event).toEqual([event, true]);
        for (const one of needed) {
          const short = read(said(needed.filter((field) => field !== one)));
          expect(short.ok ? event : short.refusal.at, `${event} without ${one.column}`).toBe(one.column);
        }
      }
    },
  );

  test("every choice of a field is one that the reader knows", () => {
    for (const event of EVENT_NAMES)
      for (const { column, choices = [] } of eventFields(event, 1))
        for (const choice of choices) {
          const rest = Object.fromEntries(
            eventFields(event, 1).map((one) => [one.column, one.choices?.[0] ?? SAID[one.kind]!]),
          );
          const read = readMove(
            event,
            { on: "2026-03-31", ...rest, [column]: choice },
            { debts: ["L1"], decimals: 2 },
          );
          expect(read.ok ? "ok" : `${event} ${column} ${choice}: ${read.refusal.says}`).toBe("ok");
        }
  });
});
