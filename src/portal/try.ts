import { type Minor, minor, type PaymentReceived, positionFromFacts } from "../core/index.ts";
import type { LoanData } from "./budget.ts";
import { type Html, html } from "./html.ts";
import { dayText, moneyText, type Said, type Show, say } from "./show.ts";

const W = {
  late: { zh: "之后还逾期", en: "Still late then" },
  days: { zh: "逾期天数", en: "days late" },
  off: { zh: "之后结清需", en: "To pay off then" },
  next: { zh: "下一次应还", en: "Next payment" },
  none: { zh: "没有了", en: "nothing more" },
  enough: { zh: "补上了：没有逾期。", en: "That catches up: nothing is late." },
  more: {
    zh: (sum: string) => `再有 ${sum} 就没有逾期。`,
    en: (sum: string) => `${sum} more, and nothing is late.`,
  },
  exact: {
    zh: "想知道哪些事不会来，按“看看会怎样”。",
    en: "To see what does not come any more, press the button.",
  },
} as const;

/** What the ledger would say of the loan just after a payment today. */
export function tryAnswer(data: LoanData, amount: Minor, show: Show): Html {
  const { on, facts, product, currency, decimals } = data;
  const payment: PaymentReceived = { kind: "PaymentReceived", on, id: "try", amount, valueOn: on };
  const known = amount > 0 ? [...facts, payment] : facts;
  const after = positionFromFacts({ bucket: 0, n: 0 }, known, () => product, on)!;
  const money = (sum: number): string => moneyText(sum, currency, decimals);
  const late = after.arrears.total;
  const row = (label: Said, value: string): Html =>
    html`<tr><th scope="row">${say(label, show)}</th><td class="n">${value}</td></tr>`;
  const due = after.nextDue;
  return html`<table class="tight"><tbody>${row(W.late, money(late))}${row(W.days, String(after.dpd))}${row(W.next, due ? `${money(due.amount)} · ${dayText(due.on, show)}` : say(W.none, show))}${row(W.off, money(after.payoff))}</tbody></table>
<p>${late === 0 ? say(W.enough, show) : W.more[show.language](money(late))} ${say(W.exact, show)}</p>`;
}

/** The most that a slider goes to: all that is owed today. */
export const mostToPay = ({ facts, product, on }: LoanData): Minor =>
  minor(positionFromFacts({ bucket: 0, n: 0 }, facts, () => product, on)?.payoff ?? 0);
