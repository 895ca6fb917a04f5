import { describe, expect, it } from "vitest";
import {
  book,
  day,
  dayOf,
  evolve,
  type LoanState,
  minor,
  positionFromFacts,
  schedule,
  termsOf,
  ymd,
} from "../core/index.ts";
import {
  csvOfLoans,
  csvOfPayments,
  RollRates,
  type SampleBorrower,
  type SampleLoan,
  type SampleOptions,
  type SamplePayment,
  sampleBorrowers,
  sampleReadme,
  windowOf,
} from "./index.ts";
import { Ledger } from "./ledger.ts";
import { PRODUCT } from "./product.ts";

const SEED_7 = { borrowers: 2_000, seed: 7 };
const window = windowOf({});
const book2000 = [...sampleBorrowers(SEED_7)];
const loans = book2000.flatMap((borrower) => borrower.loans);

function text(options: SampleOptions): string {
  let written = "";
  for (const borrower of sampleBorrowers(options)) {
    written += csvOfLoans(borrower.loans) + csvOfPayments(borrower.payments);
  }
  return written;
}

const paymentsOf = (borrower: SampleBorrower, loan: SampleLoan): SamplePayment[] =>
  borrower.payments.filter((payment) => payment.loanId === loan.loanId);

function factsOf(loan: SampleLoan, payments: readonly SamplePayment[]) {
  const { principal, rateE8, disbursedOn, firstDueOn, installments } = loan;
  const terms = { principal, rateE8, disbursedOn, firstDueOn, installments };
  const booked = {
    kind: "LoanBooked",
    id: loan.loanId,
    on: disbursedOn,
    product: 1,
    reach: 0,
    ...terms,
  } as const;
  const paid = payments.map(
    ({ paymentId, amount, valueOn, bookedOn }) =>
      ({ kind: "PaymentReceived", on: bookedOn, id: paymentId, amount, valueOn }) as const,
  );
  return { booked, paid };
}

/** The loan as core folds it from its facts, one state after each payment. */
function folded(loan: SampleLoan, payments: readonly SamplePayment[]): LoanState[] {
  const { booked, paid } = factsOf(loan, payments);
  const states = [book({ bucket: 0, n: 1 }, booked, PRODUCT)];
  for (const fact of paid) states.push(evolve(states.at(-1)!, fact, PRODUCT));
  return states;
}

const money = ({ principalPaid, interestPaid, latePaid, lateUnits, dueOn, status, extra }: LoanState) => ({
  principalPaid,
  interestPaid,
  latePaid,
  lateUnits,
  dueOn,
  status,
  unapplied: extra?.unapplied,
});

describe("a sample book", () => {
  it("has the same bytes for the same seed and others for another", () => {
    const small = { borrowers: 200, seed: 7 };
    expect(text(small)).toBe(text(small));
    expect(text({ ...small, seed: 8 })).not.toBe(text(small));
  });

  it("has the same borrower 5 whether it has ten borrowers or two thousand", () => {
    const ten = [...sampleBorrowers({ borrowers: 10, seed: 7 })];
    expect(ten[4]).toEqual(book2000[4]);
  });

  it("has no borrowers when none are asked for", () => {
    expect(text({ borrowers: 0, seed: 7 })).toBe("");
  });

  it("lists only loans that are open on the first day or paid out later", () => {
    for (const borrower of book2000) {
      expect(borrower.loans.length).toBeGreaterThan(0);
      for (const loan of borrower.loans) {
        const before = paymentsOf(borrower, loan).filter(({ valueOn }) => valueOn < window.openedOn);
        expect(folded(loan, before).at(-1)!.status).toBe("open");
      }
    }
  });

  it("keeps to the product's terms", () => {
    for (const { principal, rateE8, disbursedOn, firstDueOn, installments } of loans) {
      expect(principal % 10_000).toBe(0);
      expect(principal).toBeGreaterThanOrEqual(50_000);
      expect(principal).toBeLessThanOrEqual(5_000_000);
      expect([5, 10, 20]).toContain(installments);
      expect(rateE8 % 5_000).toBe(0);
      expect(rateE8).toBeGreaterThanOrEqual(20_000);
      expect(rateE8).toBeLessThanOrEqual(50_000);
      expect(firstDueOn - disbursedOn).toBeGreaterThanOrEqual(20);
      expect(firstDueOn - disbursedOn).toBeLessThanOrEqual(60);
      expect(disbursedOn).toBeGreaterThanOrEqual(dayOf(2024, 5, 1));
      expect(disbursedOn).toBeLessThanOrEqual(window.through - 15);
    }
    const dueDays = new Set(loans.map(({ firstDueOn }) => ymd(firstDueOn).day));
    expect(dueDays.size).toBe(31);
  });

  it("has about 1.6 loans a borrower, half of them below 3,200 yuan", () => {
    // Standard error of the mean over 2,000 borrowers: 0.016; of the share over 3,200 loans: 0.009.
    expect(Math.abs(loans.length / book2000.length - 1.6)).toBeLessThan(0.06);
    const small = loans.filter(({ principal }) => principal < 320_000).length / loans.length;
    expect(Math.abs(small - 0.5)).toBeLessThan(0.04);
  });

  it("lacks some addresses and holds some loans, so that the gate has something to refuse", () => {
    const people = book2000.map((borrower) => borrower.loans[0]!);
    const share = (is: (loan: SampleLoan) => unknown) => people.filter(is).length / people.length;
    expect(share((loan) => !loan.phone)).toBeGreaterThan(0.015);
    expect(share((loan) => !loan.phone)).toBeLessThan(0.05);
    expect(share((loan) => !loan.phone && !loan.email && !loan.app)).toBeGreaterThan(0.005);
    const held = book2000.filter((borrower) => borrower.loans.some((loan) => loan.hold));
    expect(held.length / book2000.length).toBeGreaterThan(0.008);
    expect(held.length / book2000.length).toBeLessThan(0.025);
    expect(loans.some((loan) => loan.hold?.until)).toBe(true);
  });

  it("gives each borrower a made-up number of his own", () => {
    const phones = people(loans.map((loan) => loan.phone));
    expect(phones.every((phone) => /^1990000\d{4}$/.test(phone))).toBe(true);
    expect(phones.length).toBe(new Set(book2000.filter((b) => b.loans[0]!.phone)).size);
  });
});

const people = (all: readonly (string | undefined)[]): string[] => [
  ...new Set(all.filter((one): one is string => one !== undefined)),
];

describe("payments", () => {
  it("come in order of day, booked on the day they count from, within the loan's life", () => {
    for (const borrower of book2000) {
      let last = 0;
      for (const { valueOn, bookedOn, amount } of borrower.payments) {
        expect(valueOn).toBeGreaterThanOrEqual(last);
        expect(bookedOn).toBe(valueOn);
        expect(valueOn).toBeLessThanOrEqual(window.through);
        expect(amount).toBeGreaterThan(0);
        last = valueOn;
      }
    }
  });

  it("leave each loan as core folds it, also where the fold was skipped", () => {
    for (const borrower of book2000.slice(0, 800)) {
      for (const loan of borrower.loans) {
        const payments = paymentsOf(borrower, loan);
        const states = folded(loan, payments);
        const ledger = new Ledger(loan);
        payments.forEach(({ valueOn, amount }, i) => {
          ledger.receive(valueOn, amount);
          expect(money(ledger.state)).toEqual(money(states[i + 1]!));
        });
      }
    }
  });

  it("never bring more than the plan, the late interest and less than a yuan", () => {
    let overpaid = 0;
    for (const borrower of book2000.slice(0, 800)) {
      for (const loan of borrower.loans) {
        const payments = paymentsOf(borrower, loan);
        const last = folded(loan, payments).at(-1)!;
        const plan = schedule(termsOf(last, PRODUCT));
        const asked = plan.reduce((sum, row) => sum + row.principal + row.interest, 0) + last.latePaid;
        const paid = payments.reduce((sum, payment) => sum + payment.amount, 0);
        // Only the last payment can be too much, by rounding up to a whole yuan.
        expect(paid - asked).toBeLessThan(100);
        expect(last.extra?.unapplied ?? 0).toBe(Math.max(0, paid - asked));
        if (paid > asked) overpaid += 1;
      }
    }
    expect(overpaid).toBeGreaterThan(0);
  });

  it("are what the position asks for on the day, or part of it, or rounded up to a yuan, or all of the loan", () => {
    const forms = { exact: 0, rounded: 0, installment: 0, part: 0, closing: 0 };
    for (const borrower of book2000.slice(0, 300)) {
      for (const loan of borrower.loans) {
        const payments = paymentsOf(borrower, loan);
        const { booked, paid } = factsOf(loan, payments);
        payments.forEach(({ amount, valueOn }, i) => {
          const before = positionFromFacts(
            { bucket: 0, n: 1 },
            [booked, ...paid.slice(0, i)],
            productOf,
            valueOn,
          )!;
          const due = before.nextDue?.on === valueOn ? before.nextDue.amount : 0;
          const owed = before.arrears.total + due;
          if (amount === owed) forms.exact += 1;
          else if (amount === Math.ceil(owed / 100) * 100) forms.rounded += 1;
          else if (amount > owed) {
            expect(folded(loan, payments).at(i + 1)!.status).toBe("paid-off");
            forms.closing += 1;
          } else if (amount % 1_000 === 0) forms.part += 1;
          else forms.installment += 1;
          if (amount > owed + 99) expect(amount).toBeGreaterThanOrEqual(before.outstanding);
        });
      }
    }
    expect(forms.exact).toBeGreaterThan(3_000);
    for (const count of Object.values(forms)) expect(count).toBeGreaterThan(0);
  });
});

const productOf = () => PRODUCT;

describe("roll rates", () => {
  it("by count lie in the target ranges for seed 7, within two standard errors of so few cases", () => {
    const rates = new RollRates(window);
    for (const borrower of book2000) rates.add(borrower);
    for (const line of rates.lines()) {
      const error = Math.sqrt((line.byCount * (1 - line.byCount)) / line.cases);
      expect(line.cases, line.name).toBeGreaterThan(30);
      expect(line.byCount + 2 * error, line.name).toBeGreaterThanOrEqual(line.least);
      expect(line.byCount - 2 * error, line.name).toBeLessThanOrEqual(line.most);
    }
    expect(sampleReadme(SEED_7, rates)).toMatch(/\| M3 to M4 +\| +\d+ \|/);
  });

  it("are counted as their definitions say, on loans worked by hand", () => {
    // Five installments due on the 10th of January to May 2026. Each date is the payment of one installment, the oldest,
    // with the late interest of the day.
    const table = `
      01-10 02-10 03-10 04-10 05-10 | entry 0/5                                 | all on time
      01-11 02-10 03-10 04-10 05-10 | entry 1/5 cure 1/1 M1 0/1                 | paid on day 1
      01-10 02-10 04-09 04-10 05-10 | entry 1/5 cure 1/1 M1 0/1                 | paid on day 30
      01-10 02-10 04-10 04-10 05-10 | entry 1/4 cure 0/1 M1 1/1 M2 0/1          | paid on day 31
                                    | entry 1/1 cure 0/1 M1 1/1 M2 1/1 M3 1/1   | never paid
      03-15                         | entry 1/1 cure 0/1 M1 1/1 M2 1/1 M3 1/2   | M3, back to M2 by paying, M3 again, M4
      02-20 02-25                   | entry 2/2 cure 0/2 M1 2/2 M2 1/2 M3 1/1   | M2, back to M1, cured; from March never again
      01-10 02-10 03-10 04-10 06-08 | entry 1/5 cure 1/1 M1 0/1                 | cured on day 29, seen to the end
      01-10 02-10 03-10 04-10       | entry 1/5 cure 0/1 M1 1/1                 | M2 entered too late to be watched`;
    for (const row of table.trim().split("\n")) {
      const [paid, expected, title] = row.split("|").map((cell) => cell.trim());
      expect(counted(paid!), title).toBe(expected);
    }
  });
});

function counted(paid: string): string {
  const loan: SampleLoan = {
    loanId: "L1",
    borrowerId: "B1",
    product: "micro-5",
    principal: minor(100_000),
    rate: { numerator: 5, scale: 4, per: "day" },
    rateE8: 50_000,
    disbursedOn: day("2025-12-10"),
    firstDueOn: day("2026-01-10"),
    installments: 5,
  };
  const ledger = new Ledger(loan);
  const payments = (paid.match(/\S+/g) ?? []).map((monthAndDay) => {
    const valueOn = day(`2026-${monthAndDay}`);
    const amount = ledger.owedOfOldest(valueOn);
    ledger.receive(valueOn, amount);
    return { paymentId: "", loanId: "L1", amount, valueOn, bookedOn: valueOn };
  });
  const rates = new RollRates(window);
  rates.add({ borrowerId: "B1", kind: "punctual", loans: [loan], payments });
  const short = {
    "day-1 entry": "entry",
    "30-day cure": "cure",
    "M1 to M2": "M1",
    "M2 to M3": "M2",
    "M3 to M4": "M3",
  };
  return rates
    .lines()
    .filter(({ cases }) => cases > 0)
    .map(({ name, cases, byCount }) => `${short[name]} ${Math.round(byCount * cases)}/${cases}`)
    .join(" ");
}
