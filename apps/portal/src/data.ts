import type { LoanData } from "../../../src/portal/budget.ts";
import { byId } from "./page.ts";

/** What the page carries of its own loan; nothing where it carries none. */
export function loanData(): LoanData | undefined {
  const text = document.getElementById("data") && byId("data").textContent;
  return text ? (JSON.parse(text) as LoanData) : undefined;
}
