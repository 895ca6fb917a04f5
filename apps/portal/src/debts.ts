import {
  badLines,
  DEBT_FIELDS,
  type DebtTyped,
  debtRow,
  debtsAnswer,
  debtsFile,
  debtsOfTable,
  NO_DEBT,
} from "../../../src/portal/debts.ts";
import { html } from "../../../src/portal/html.ts";
import { byId, draw, show, today } from "./page.ts";

/** All debts of a person. Nothing here speaks to a server; what is kept is kept on this device, and only if he chose it. */
const KEPT = "debts";
const form = byId<HTMLFormElement>("debts");
const rows = byId("rows");
const budget = byId<HTMLInputElement>("budget");
const answer = byId("answer");
const keep = byId<HTMLInputElement>("keep");

const typed = (): DebtTyped[] =>
  [...rows.querySelectorAll("fieldset")].map(
    (one) =>
      Object.fromEntries(
        DEBT_FIELDS.map((name) => [name, one.querySelector<HTMLInputElement>(`[name="${name}"]`)!.value]),
      ) as unknown as DebtTyped,
  );
const drawRows = (debts: readonly DebtTyped[]): void =>
  draw(rows, html`${debts.map((one, at) => debtRow(at, one, show))}`);
const isEmpty = (one: DebtTyped): boolean => DEBT_FIELDS.every((name) => one[name].trim() === "");
const filled = (): DebtTyped[] => {
  const all = typed();
  const some = all.filter((one) => !isEmpty(one));
  return some.length > 0 ? some : all.slice(0, 1);
};

const remember = (): void => {
  if (keep.checked) localStorage.setItem(KEPT, JSON.stringify({ budget: budget.value, debts: filled() }));
};
const count = (): void => {
  draw(answer, debtsAnswer(filled(), budget.value, today(), show));
  remember();
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  count();
});
form.addEventListener("input", () => {
  if (answer.querySelector("table")) count();
});
byId("add").addEventListener("click", () => {
  const debts = [...typed(), NO_DEBT];
  drawRows(debts);
  byId(`id-${debts.length - 1}`).focus();
});
rows.addEventListener("click", (event) => {
  const at = (event.target as HTMLElement).dataset?.remove;
  if (at !== undefined) drawRows(typed().toSpliced(Number(at), 1));
});
byId("take").addEventListener("click", () => {
  const { debts, bad } = debtsOfTable(byId<HTMLTextAreaElement>("table").value);
  drawRows([...typed().filter((one) => !isEmpty(one)), ...debts]);
  if (bad.length > 0) draw(answer, badLines(bad, show));
  else if (budget.value.trim() !== "") count();
});
keep.addEventListener("change", () => {
  if (keep.checked) remember();
  else localStorage.removeItem(KEPT);
});
byId("clear").addEventListener("click", () => {
  localStorage.removeItem(KEPT);
  keep.checked = false;
  budget.value = "";
  drawRows([NO_DEBT]);
  answer.replaceChildren();
});
byId("save").addEventListener("click", () => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([debtsFile(filled())], { type: "text/csv" }));
  link.download = "debts.csv";
  link.click();
});

const kept = localStorage.getItem(KEPT);
if (kept !== null) {
  const { budget: sum, debts } = JSON.parse(kept) as { budget: string; debts: DebtTyped[] };
  budget.value = sum;
  keep.checked = true;
  drawRows(debts);
}
byId("planner").hidden = false;
