import {
  APPEAL_OUTCOMES,
  CONSENT_FORMS,
  FEES_FOR,
  OBJECTION_GROUNDS,
  PROCEDURES,
  RULINGS,
  SERVED_PAPERS,
  SERVICE_WAYS,
  SIDES,
  SMALL_CLAIM_BARS,
} from "../core/index.ts";
import type { EventKey } from "./proceeding.ts";
import { EVENT_COLUMNS } from "./proceeding-in.ts";
import type { ToldEvent } from "./proceeding-record.ts";
import { recordedAs } from "./proceeding-words.ts";

/** One thing that an event is told with, as a form asks for it. */
export interface EventField {
  readonly column: string;
  readonly kind: "text" | "day" | "time" | "money" | "percent" | "number" | "choice" | "yes-no" | "sums";
  readonly choices?: readonly string[];
  /** Without it the event is refused. */
  readonly needed: boolean;
}

const CHOICES: Readonly<Record<string, readonly string[]>> = {
  procedure: PROCEDURES,
  paper: SERVED_PAPERS,
  to: SIDES,
  side: SIDES,
  how: SERVICE_WAYS,
  consent: CONSENT_FORMS,
  bar: SMALL_CLAIM_BARS,
  of: FEES_FOR,
  outcome: APPEAL_OUTCOMES,
  ground: OBJECTION_GROUNDS,
  ruling: RULINGS.filter((one) => one !== "jurisdiction"),
  why: ["objection", "unserved", "other"],
};
const KINDS: Readonly<Record<string, EventField["kind"]>> = {
  amount: "money",
  principal: "money",
  interest: "money",
  costs: "money",
  sum: "sums",
  percent_a_day: "percent",
  counted_to: "day",
  perform_by: "day",
  perform_days: "number",
  months: "number",
  until: "day",
  hearing: "day",
  at: "time",
  upheld: "yes-no",
  deemed: "yes-no",
  written: "yes-no",
};
const NEEDED: Readonly<Partial<Record<ToldEvent["type"], readonly string[]>>> = {
  "fee-noticed": ["amount"],
  "fee-paid": ["amount"],
  "fee-refunded": ["amount"],
  accepted: ["case_number"],
  served: ["paper", "to"],
  converted: ["procedure"],
  extended: ["months"],
  "period-set": ["name", "until"],
  "period-kept": ["name"],
  "hearing-set": ["hearing"],
  ruled: ["ruling"],
  appealed: ["side"],
  "appeal-accepted": ["case_number"],
  "appeal-decided": ["outcome"],
  objected: ["ground"],
  voided: ["why"],
};
/** Events whose sums are of the essence; of a second instance only where it changes them. */
const AWARDS: readonly ToldEvent["type"][] = ["mediated", "judgment", "issued", "agreed"];

/** What an event of a proceeding about so many debts is told with, in the order in which a clerk has it before him. */
export function eventFields(type: ToldEvent["type"], debts: number): EventField[] {
  const alone = ["principal", "interest", "costs", "percent_a_day"];
  const needed = [
    ...(NEEDED[type] ?? []),
    ...(AWARDS.includes(type) ? [debts === 1 ? "principal" : "sum"] : []),
  ];
  return EVENT_COLUMNS[type]
    .filter((column) => (debts === 1 ? column !== "sum" : !alone.includes(column)))
    .map((column) => {
      const choices = CHOICES[column];
      return {
        column,
        kind: choices ? "choice" : (KINDS[column] ?? "text"),
        ...(choices ? { choices } : {}),
        needed: needed.includes(column),
      };
    });
}

/** What can follow, as it is recorded: the event with the columns that make it this one. */
export function toRecord(key: EventKey): {
  readonly event: ToldEvent["type"];
  readonly with: Readonly<Record<string, string>>;
} {
  const [event, option] = recordedAs(key).split(" --");
  const [column, value] = option?.split(" ") ?? [];
  return {
    event: event as ToldEvent["type"],
    with: column === undefined || value === undefined || value === "DAY" ? {} : { [column]: value },
  };
}
