import type { Pack } from "../../../src/policy/index.ts";
import { planned } from "../../../src/portal/budget.ts";
import { type BUDGET_FIELDS, planResult } from "../../../src/portal/ways.ts";
import { loanData } from "./data.ts";
import { byId, draw, show } from "./page.ts";

/** Answers while the month is typed, by the engine that would answer on the server. What is typed goes nowhere. */
const data = loanData();
const form = byId<HTMLFormElement>("plan");
const answer = byId("plan-answer");
if (data) {
  const pack = { place: "cn", version: "page", rules: [], params: data.params } as unknown as Pack;
  const field = (name: (typeof BUDGET_FIELDS)[number]): string => byId<HTMLInputElement>(name).value;
  const count = (): boolean => {
    const shown = planned(data, pack, field);
    if (shown.wrongs.length > 0) return false;
    draw(answer, planResult(shown, show));
    return true;
  };
  form.addEventListener("submit", (event) => {
    // What is wrong is said by the server's page, which names each field.
    if (count()) event.preventDefault();
  });
  form.addEventListener("input", () => {
    if (!count()) answer.replaceChildren();
  });
}
