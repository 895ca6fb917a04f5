import { expect, test } from "vitest";
import { planChanges } from "./changes.ts";
import { type ReadStrategy, readStrategy } from "./read.ts";

const plan = (steps: string): Extract<ReadStrategy, { ok: true }>["strategy"] => {
  const read = readStrategy(
    `strategy: x\nversion: 1\nfrom: "2026-01-01"\nstages:\n  - stage: early\n    dpd: 1..7\n    steps:\n${steps}`,
    "x",
  );
  if (!read.ok) throw new Error(JSON.stringify(read.refusals));
  return read.strategy;
};

test("what was added, taken out, moved and changed, in order of days", () => {
  const before = plan(`      - { on_dpd: 1, send: overdue, by: [app] }
      - { on_dpd: 3, call: borrower, at: "14:00" }
      - { on_dpd: 5, send: old, by: [text] }
  - { stage: late, dpd: 8..20, steps: [{ on_dpd: 9, ask: review }] }
`);
  const after = plan(`      - { on_dpd: 1, send: overdue, by: [text, app] }
      - { on_dpd: 4, call: borrower, at: "18:30" }
      - { on_dpd: 6, offer: parts, by: [app] }
  - { stage: end, dpd: 8..20, steps: [{ on_dpd: 12, ask: review }] }
`);
  expect(planChanges(before, after)).toEqual([
    { kind: "changed", step: "early/send-overdue", what: "channels", from: "app", to: "text, app" },
    { kind: "moved", step: "early/call-borrower", to: "early/call-borrower", days: [3], toDays: [4] },
    { kind: "changed", step: "early/call-borrower", what: "time", from: "14:00", to: "18:30" },
    { kind: "removed", step: "early/send-old", days: [5] },
    { kind: "added", step: "early/offer-parts", days: [6] },
    { kind: "moved", step: "late/ask-review", to: "end/ask-review", days: [9], toDays: [12] },
  ]);
  expect(planChanges(before, before)).toEqual([]);
});
