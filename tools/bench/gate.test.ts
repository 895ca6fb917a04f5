import { expect, test } from "vitest";
import { benchGate } from "./gate.ts";

test("every rule engine beside the gate finds what the gate finds, rule by rule", async () => {
  const args = new Map([
    ["samples", "1024"],
    ["seconds", "0.01"],
  ]);
  const found = await benchGate(args, () => {});
  expect(found).toMatchObject({ bench: "gate" });
});
