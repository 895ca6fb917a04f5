import type { Day } from "../../../src/core/index.ts";
import { BORROW_FIELDS, type BorrowTyped, borrowAnswer } from "../../../src/portal/borrow.ts";
import { byId, draw, show } from "./page.ts";

const form = byId<HTMLFormElement>("borrow");
const answer = byId("answer");
const typed = (): BorrowTyped =>
  Object.fromEntries(
    BORROW_FIELDS.map((field) => [field, byId<HTMLInputElement>(field).value]),
  ) as unknown as BorrowTyped;
const count = (): void => draw(answer, borrowAnswer(typed(), Number(form.dataset.on) as Day, show));

form.addEventListener("submit", (event) => {
  event.preventDefault();
  count();
});
// Once it was counted it follows what is typed.
form.addEventListener("input", () => {
  if (answer.childElementCount > 0) count();
});
