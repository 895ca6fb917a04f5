import { bandOf, type Day, NEVER } from "../core/index.ts";
import type { SampleBorrower, SampleWindow } from "./borrowers.ts";
import { type Stretch, stretchesOf } from "./ledger.ts";
import { PRODUCT } from "./product.ts";

export type RollName = "day-1 entry" | "30-day cure" | "M1 to M2" | "M2 to M3" | "M3 to M4";

/**
 * What a plausible book of small consumer loans shows, as a range of shares. The ranges are this project's own; `anchors`
 * says which published figures they lean on and how far those were checked.
 */
export interface RollTarget {
  readonly name: RollName;
  readonly least: number;
  readonly most: number;
  readonly means: string;
  readonly anchors: readonly RollAnchor[];
}

export interface RollAnchor {
  readonly figure: string;
  readonly checked: "secondary source read" | "not verified";
}

const TEACHING = "teaching table of a Chinese risk course";

export const ROLL_TARGETS: readonly RollTarget[] = [
  {
    name: "day-1 entry",
    least: 0.03,
    most: 0.07,
    means: "installments falling due on loans with nothing overdue that are unpaid at the end of the due day",
    anchors: [
      { figure: "quarterly reports of listed Chinese lending platforms, about 5 %", checked: "not verified" },
    ],
  },
  {
    name: "30-day cure",
    least: 0.75,
    most: 0.9,
    means: "of loans entering M1, those with nothing overdue again within 30 days",
    anchors: [
      { figure: "the same reports, about 87 % collected within 30 days", checked: "not verified" },
      { figure: `one ${TEACHING}, 81 % of loans one period late recover`, checked: "secondary source read" },
    ],
  },
  {
    name: "M1 to M2",
    least: 0.1,
    most: 0.3,
    means: "of loans entering M1, those whose next change of band is to M2 (31 days past due)",
    anchors: [
      { figure: `one ${TEACHING}, 6 %`, checked: "secondary source read" },
      { figure: `another ${TEACHING}, 71 %`, checked: "secondary source read" },
    ],
  },
  {
    name: "M2 to M3",
    least: 0.5,
    most: 0.75,
    means: "of loans entering M2, those whose next change of band is to M3 (61 days past due)",
    anchors: [{ figure: "the two teaching tables, 39 % and 79 %", checked: "secondary source read" }],
  },
  {
    name: "M3 to M4",
    least: 0.75,
    most: 0.9,
    means: "of loans entering M3, those whose next change of band is to M4 (91 days past due)",
    anchors: [{ figure: "the two teaching tables, 61 % and near 100 %", checked: "secondary source read" }],
  },
];

export interface RollLine extends RollTarget {
  readonly cases: number;
  readonly byCount: number;
  /** By principal outstanding when the case began. */
  readonly byBalance: number;
  readonly within: boolean;
}

/**
 * Roll rates of a book, measured on its loans and payments alone, as a lender could, not on what the model knows.
 *
 * Holds   a case counts if it begins in the window and if 31 days of it lie in the window, so that its outcome is known.
 */
export class RollRates {
  readonly #window: SampleWindow;
  readonly #tallies = new Map<RollName, Tally>(ROLL_TARGETS.map(({ name }) => [name, newTally()]));
  #loans = 0;
  #payments = 0;
  #openAtEnd: number[] = [];

  constructor(window: SampleWindow) {
    this.#window = window;
  }

  get loans(): number {
    return this.#loans;
  }

  get payments(): number {
    return this.#payments;
  }

  /** Open loans on the last day by band: current, M1, M2 … */
  get bandsAtEnd(): readonly number[] {
    return Array.from(this.#openAtEnd, (count) => count ?? 0);
  }

  add(borrower: SampleBorrower): void {
    for (const loan of borrower.loans) {
      const payments = borrower.payments.filter((payment) => payment.loanId === loan.loanId);
      this.#loans += 1;
      this.#payments += payments.length;
      this.#addLoan(stretchesOf(loan, payments, this.#window.through));
    }
  }

  lines(): readonly RollLine[] {
    return ROLL_TARGETS.map((target) => {
      const { cases, hits, balance, hitBalance } = this.#tallies.get(target.name)!;
      const byCount = cases === 0 ? 0 : hits / cases;
      return {
        ...target,
        cases,
        byCount,
        byBalance: balance === 0 ? 0 : hitBalance / balance,
        within: byCount >= target.least && byCount <= target.most,
      };
    });
  }

  #addLoan(stretches: readonly Stretch[]): void {
    let band = 0;
    let moving: Case | undefined;
    let curing: Case | undefined;
    for (const stretch of stretches) {
      this.#countDueDay(stretch);
      for (const on of daysOfChange(stretch)) {
        const now = bandOf(PRODUCT, on - stretch.dueOn);
        if (now === band) continue;
        if (moving) this.#count(MOVES[moving.band], moving, now > band);
        if (now === 0 && curing) this.#count("30-day cure", curing, on - curing.on <= A_MONTH);
        if (now === 0) curing = undefined;
        moving = now > 0 ? { band: now, on, balance: stretch.outstanding } : undefined;
        if (band === 0) curing = moving;
        // A fall into a lower band is no entry: what follows it is another story than a month lived through.
        if (now < band) moving = undefined;
        band = now;
      }
    }
    if (moving) this.#count(MOVES[moving.band], moving, false);
    if (curing) this.#count("30-day cure", curing, false);
    this.#openAtEnd[band] = (this.#openAtEnd[band] ?? 0) + (stretches.at(-1)!.dueOn === NEVER ? 0 : 1);
  }

  #countDueDay({ dueOn, outstanding, from, to }: Stretch): void {
    const { openedOn, through } = this.#window;
    if (dueOn < from || dueOn > to || dueOn < openedOn || dueOn >= through) return;
    this.#tally("day-1 entry", outstanding, to > dueOn);
  }

  #count(name: RollName | undefined, { on, balance }: Case, hit: boolean): void {
    const { openedOn, through } = this.#window;
    if (name === undefined || on < openedOn || on + A_MONTH > through) return;
    this.#tally(name, balance, hit);
  }

  #tally(name: RollName, balance: number, hit: boolean): void {
    const tally = this.#tallies.get(name)!;
    tally.cases += 1;
    tally.balance += balance;
    if (!hit) return;
    tally.hits += 1;
    tally.hitBalance += balance;
  }
}

const A_MONTH = 30;
const MOVES: readonly (RollName | undefined)[] = [undefined, "M1 to M2", "M2 to M3", "M3 to M4"];

interface Tally {
  cases: number;
  hits: number;
  balance: number;
  hitBalance: number;
}

const newTally = (): Tally => ({ cases: 0, hits: 0, balance: 0, hitBalance: 0 });

/** A loan that entered a band. */
interface Case {
  readonly band: number;
  readonly on: Day;
  readonly balance: number;
}

/** The first morning, and those on which days past due reach the edge of a band. */
function daysOfChange({ dueOn, from, to }: Stretch): Day[] {
  const days = [from];
  for (const edge of PRODUCT.bandEdges) {
    const on = dueOn + edge;
    if (on > from && on <= to) days.push(on as Day);
  }
  return days;
}
