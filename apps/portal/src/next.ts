import { formatMoney, type Minor } from "../../../src/core/index.ts";
import { mostToPay, tryAnswer } from "../../../src/portal/try.ts";
import { sumTyped } from "../../../src/portal/typed.ts";
import { loanData } from "./data.ts";
import { byId, draw, show } from "./page.ts";

/** A slider beside the sum: what the ledger would say just after a payment of today. */
const data = loanData();
const input = byId<HTMLInputElement>("pay");
const answer = byId("try-answer");
if (data && input) {
  const slider = document.createElement("input");
  slider.type = "range";
  slider.min = "0";
  slider.max = String(mostToPay(data));
  slider.step = "100";
  slider.value = String(sumTyped(input.value) ?? 0);
  slider.setAttribute("aria-label", document.querySelector('label[for="pay"]')!.textContent!);
  const tell = (amount: Minor): void => {
    slider.setAttribute("aria-valuetext", formatMoney(amount, data.decimals));
    draw(answer, tryAnswer(data, amount, show));
  };
  slider.addEventListener("input", () => {
    const amount = Number(slider.value) as Minor;
    input.value = formatMoney(amount, data.decimals);
    tell(amount);
  });
  input.addEventListener("input", () => {
    const amount = sumTyped(input.value);
    if (amount === undefined) return;
    slider.value = String(amount);
    tell(amount);
  });
  input.after(slider);
}
