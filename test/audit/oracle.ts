import {
  type AllocationOrder,
  addDays,
  amortise,
  countDays,
  type Day,
  dueDay,
  isWorkingDay,
  type LoanTerms,
  type Minor,
  type MoneyFact,
  type Period,
  type PlanReplaced,
  type Product,
  periodsOf,
  type Rate,
  type RoundingMode,
  rateFromE8,
  schedule,
  shareWithin,
  wideOf,
} from "../../src/core/index.ts";

/**
 * A second reading of `docs/reference/ledger.md`, written without a look at the engine: each day from the pay-out on is
 * lived through, in exact ratios, and nothing is remembered that could be counted again. It shares with the engine only
 * the plan (`schedule`, tested against its own oracle) and the calendar. Slow on purpose.
 */
export interface Figures {
  readonly status: string;
  readonly outstanding: number;
  readonly principal: number;
  readonly interest: number;
  readonly lateInterest: number;
  readonly compoundInterest: number;
  readonly fee: number;
  readonly penalty: number;
  readonly recoveryCost: number;
  readonly dpd: number;
  readonly dueOn: number | null;
  readonly nextDue: { readonly on: number; readonly amount: number } | null;
  readonly contractual: number;
  readonly payoff: number;
  readonly unapplied: number;
  /** `dueOn amount` of every row of which something is open. */
  readonly open: readonly string[];
  readonly principalPaid: number;
  readonly interestPaid: number;
}

export interface Price {
  readonly principalDays: bigint;
  readonly charged: number;
}

interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}
const NONE: Ratio = { n: 0n, d: 1n };
const sum = (a: Ratio, b: Ratio): Ratio => lowest(a.n * b.d + b.n * a.d, a.d * b.d);
const product = (a: Ratio, b: Ratio): Ratio => lowest(a.n * b.n, a.d * b.d);
const whole = (n: bigint): Ratio => ({ n, d: 1n });
function lowest(n: bigint, d: bigint): Ratio {
  let a = n;
  let b = d;
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? NONE : { n: n / a, d: d / a };
}

function rounded({ n, d }: Ratio, mode: RoundingMode): bigint {
  const down = n / d;
  const rest = n - down * d;
  if (rest === 0n || mode === "down") return down;
  if (mode === "up" || rest * 2n > d) return down + 1n;
  if (rest * 2n < d) return down;
  return mode === "half-up" || down % 2n === 1n ? down + 1n : down;
}

const lesser = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const positiveOf = (a: number): number => Math.max(0, a);
const positive = (a: bigint): bigint => (a > 0n ? a : 0n);

interface Row {
  n: number;
  period: Period;
  dueOn: Day;
  principal: bigint;
  interest: bigint;
  /** What its period earns; another than `interest` where that falls due later. */
  earned: bigint;
  /** Planned balance that its period runs on, from `since` on; `carried` had run before. */
  balance: bigint;
  since: Day;
  carried: bigint;
  principalPaid: bigint;
  interestPaid: bigint;
  principalGone: bigint;
  interestGone: bigint;
  /** Of `interestGone`, what was given up and not made principal. */
  interestWaived: bigint;
  waiting: Ratio;
  waitingCompound: Ratio;
  lateAfter?: Day;
  of: LoanTerms;
}

interface Charge {
  id: string;
  kind: "fee" | "penalty" | "recovery-cost";
  dueOn: Day;
  amount: bigint;
  paid: bigint;
  gone: bigint;
  waived: bigint;
  installment: number;
}

interface Claim {
  timing: "past-due" | "due" | "in-advance";
  kind: "penalty" | "fee" | "interest" | "principal";
  installment: number;
  amount: bigint;
  take(money: bigint): void;
}

const WITHIN_A_DAY = [
  "AgeingResumed",
  "AgeingPaused",
  "ChargeAdded",
  "ClaimWaived",
  "PlanReplaced",
  "LoanAccelerated",
  "JudgmentEntered",
  "SettlementAgreed",
  "PaymentReceived",
  "RefundPaid",
  "WrittenOff",
  "LoanAssigned",
];

const principalOpen = (row: Row): bigint => row.principal - row.principalPaid - row.principalGone;
const interestOpen = (row: Row): bigint => row.interest - row.interestPaid - row.interestGone;
const open = (row: Row): bigint => principalOpen(row) + interestOpen(row);
const chargeOpen = (charge: Charge): bigint => charge.amount - charge.paid - charge.gone;

/** One loan, lived through day by day. */
class Life {
  private rows: Row[] = [];
  /** Paid of rows that stand in the plan no longer, or stand with what is left of them. */
  private principalPaidBefore = 0n;
  private interestPaidBefore = 0n;
  private charges: Charge[] = [];
  private pauses: { after: Day; through: Day; stops: boolean }[] = [];
  private late = NONE;
  private compound = NONE;
  private latePaid = 0n;
  private lateGone = 0n;
  private lateWaived = 0n;
  private unapplied = 0n;
  private status = "open";
  private rate: Ratio;
  private lateStops = false;
  private judged = false;
  private settlement: { amount: bigint; by: Day; received: bigint } | undefined;
  private since: Day | null = null;
  private principalDays = 0n;
  private capitalised = 0n;
  private readonly paidOut: Day;
  private feesDone = new Set<Row>();

  constructor(
    private terms: LoanTerms,
    private readonly product: Product,
  ) {
    this.paidOut = terms.disbursedOn;
    this.rows = this.planOf(terms);
    this.rate = lateRate(terms.rate, product);
  }

  private planOf(terms: LoanTerms): Row[] {
    const periods = periodsOf(terms);
    let balance = BigInt(terms.principal);
    return schedule(terms).map((row, i) => {
      const made = rowOf(row.n, periods[i]!, BigInt(row.principal), BigInt(row.interest), balance, terms);
      made.earned = BigInt(row.earned ?? row.interest);
      // The one period of a bullet loan bears interest from the end of its free part on.
      const free = terms.interestFree ?? 0;
      if (terms.method === "bullet" && free > 0) {
        made.since = dueDay(terms, free);
        made.period = {
          ...made.period,
          from: made.since,
          days: countDays(made.since, made.dueOn, terms.dayCount),
        };
      }
      balance = BigInt(row.balance);
      return made;
    });
  }

  private get mode(): RoundingMode {
    return this.terms.rounding.mode;
  }

  private lastDay(dueOn: Day): Day {
    const { payableOn } = this.product;
    let last = dueOn;
    while (payableOn && !isWorkingDay(payableOn, last)) last = addDays(last, 1);
    return last;
  }

  get closed(): boolean {
    return this.status === "paid-off" || this.status === "settled";
  }

  // --- one day -----------------------------------------------------------------------------------------------------

  live(day: Day, facts: readonly MoneyFact[]): void {
    if (!this.closed) {
      const lent = this.outstanding() - this.capitalised;
      if (day > this.paidOut && lent > 0n) this.principalDays += lent;
      this.accrue(day);
      this.lateFees(day);
      this.noteArrears(day);
      if (this.unapplied > 0n && this.somethingFallsDue(day)) this.allocate(day, 0n);
    }
    for (const fact of facts) this.apply(fact, day);
    this.noteArrears(day);
  }

  private somethingFallsDue(day: Day): boolean {
    const { order } = this.product.allocation;
    const slot = ({ kind }: Charge) => `past-due.${kind === "penalty" ? "penalty" : "fee"}` as const;
    return (
      this.rows.some((row) => row.dueOn === day && open(row) > 0n) ||
      this.charges.some(
        (charge) =>
          chargeOpen(charge) > 0n &&
          (charge.dueOn === day || (this.lastDay(charge.dueOn) < day && order.includes(slot(charge)))),
      )
    );
  }

  private accrue(day: Day): void {
    if (this.lateStops || this.pauses.some((p) => p.stops && p.after < day && day <= p.through)) return;
    const { lateInterest, grace } = this.product;
    for (const row of this.rows) {
      const last = row.lateAfter ?? this.lastDay(row.dueOn);
      if (day <= last) continue;
      const onBoth = !this.judged && lateInterest?.on === "principal+interest";
      const base = principalOpen(row) + (onBoth ? interestOpen(row) : 0n);
      const one = product(whole(base), this.rate);
      const other =
        !this.judged && lateInterest?.compound ? product(whole(interestOpen(row)), this.rate) : NONE;
      const tolerated = this.judged ? 0 : (grace?.days ?? 0);
      if (grace && day <= last + tolerated) {
        if (grace.free) continue;
        row.waiting = sum(row.waiting, one);
        row.waitingCompound = sum(row.waitingCompound, other);
        continue;
      }
      if (open(row) > 0n) {
        this.late = sum(this.late, row.waiting);
        this.compound = sum(this.compound, row.waitingCompound);
      }
      row.waiting = NONE;
      row.waitingCompound = NONE;
      this.late = sum(this.late, one);
      this.compound = sum(this.compound, other);
    }
  }

  private lateFees(day: Day): void {
    const { lateFee } = this.product;
    if (!lateFee || this.judged) return;
    for (const row of this.rows) {
      if (day !== this.lastDay(row.dueOn) + lateFee.afterDays || open(row) === 0n || this.feesDone.has(row))
        continue;
      this.feesDone.add(row);
      const { fee } = lateFee;
      const amount =
        "amount" in fee
          ? BigInt(fee.amount)
          : rounded(
              { n: open(row) * BigInt(fee.share.numerator), d: BigInt(fee.share.denominator) },
              this.mode,
            );
      if (amount > 0n) this.charge(`late ${row.n}`, "penalty", day, amount, row.n);
    }
  }

  private charge(id: string, kind: Charge["kind"], dueOn: Day, amount: bigint, installment: number): void {
    this.charges.push({ id, kind, dueOn, amount, paid: 0n, gone: 0n, waived: 0n, installment });
  }

  private noteArrears(day: Day): void {
    const first = this.oldestUnpaid();
    if (first === undefined || this.closed || this.lastDay(first.dueOn) >= day) this.since = null;
    else this.since ??= first.dueOn;
  }

  /** The first row on whose open amount, summed from the oldest, is above the tolerance. */
  private oldestUnpaid(): Row | undefined {
    const tolerance = BigInt(this.product.dpd?.tolerance ?? 0);
    let total = 0n;
    for (const row of this.rows) {
      total += open(row);
      if (open(row) > 0n && total > tolerance) return row;
    }
    return undefined;
  }

  private outstanding(): bigint {
    return this.rows.reduce((total, row) => total + principalOpen(row), 0n);
  }

  private lateTotal(): bigint {
    return rounded(this.late, this.mode) + rounded(this.compound, this.mode);
  }
  private lateOpen(): bigint {
    return this.lateTotal() - this.latePaid - this.lateGone;
  }

  /** Interest of a row that has run by a day. */
  private run(row: Row, day: Day): bigint {
    if (row.dueOn <= day) return row.earned;
    if (this.rows.find(({ dueOn }) => dueOn > day) !== row) return 0n;
    if (row.of.method === "flat") {
      if (day <= row.since) return row.carried;
      const own = row.earned - row.carried;
      const part = { n: own * BigInt(day - row.since), d: BigInt(row.dueOn - row.since) };
      return row.carried + lesser(own, rounded(part, this.mode));
    }
    if (day <= row.since) return row.carried;
    const { numerator, denominator } = wideOf(shareWithin(row.period, row.of, row.since, day));
    return lesser(
      row.earned,
      row.carried + rounded({ n: row.balance * numerator, d: denominator }, this.mode),
    );
  }

  /** What past periods have earned and leave to rows to come. */
  private left(day: Day): bigint {
    return this.rows.reduce((all, row) => all + (row.dueOn <= day ? row.earned - row.interest : 0n), 0n);
  }

  /** From here on the rows to come ask for it. */
  private moveLeft(day: Day): bigint {
    const left = this.left(day);
    for (const row of this.rows) if (row.dueOn <= day) row.earned = row.interest;
    return left;
  }

  /** All that is owed, were the loan to end this day. Interest paid ahead counts towards it, so that it can be below zero. */
  private contractual(day: Day): bigint {
    let total = this.outstanding() + this.lateOpen();
    for (const row of this.rows) total += this.run(row, day) - row.interestPaid - row.interestGone;
    for (const charge of this.charges) total += chargeOpen(charge);
    return total;
  }

  // --- payments ----------------------------------------------------------------------------------------------------

  private allocate(day: Day, amount: bigint, order: AllocationOrder = this.product.allocation): void {
    const money = amount + this.unapplied;
    const claims = this.claims(day);
    const allNamed = claims.every((claim) => order.order.includes(`${claim.timing}.${claim.kind}`));
    const payoff = this.contractual(day);
    if (allNamed && money >= payoff) {
      this.close(day);
      this.unapplied = money - payoff;
      this.status = "paid-off";
      return;
    }
    let left = money;
    for (const claim of inOrder(claims, order)) {
      const taken = lesser(left, claim.amount);
      if (taken === 0n) continue;
      claim.take(taken);
      left -= taken;
    }
    this.unapplied = left;
    if (this.prepaid > 0n) this.replanAfterPrepayment(day);
    this.endIfNothingIsOpen();
  }

  private prepaid = 0n;

  private claims(day: Day): Claim[] {
    const claims: Claim[] = [];
    const timingOf = (dueOn: Day): Claim["timing"] => {
      const last = this.lastDay(dueOn);
      return last < day ? "past-due" : dueOn <= day ? "due" : "in-advance";
    };
    const add = (
      timing: Claim["timing"],
      kind: Claim["kind"],
      installment: number,
      amount: bigint,
      take: (m: bigint) => void,
    ) => {
      if (amount > 0n) claims.push({ timing, kind, installment, amount, take });
    };
    for (const charge of this.charges)
      add(
        timingOf(charge.dueOn),
        charge.kind === "penalty" ? "penalty" : "fee",
        charge.installment,
        chargeOpen(charge),
        (m) => {
          charge.paid += m;
        },
      );
    add("past-due", "penalty", 0, this.lateOpen(), (m) => {
      this.latePaid += m;
    });
    const whole = (this.product.allocation.inAdvance ?? "next") === "next";
    const running = this.rows.find(({ dueOn }) => dueOn > day);
    for (const row of this.rows) {
      const timing = timingOf(row.dueOn);
      if (row.dueOn <= day || whole) {
        add(timing, "interest", row.n, interestOpen(row), (m) => {
          row.interestPaid += m;
        });
        add(timing, "principal", row.n, principalOpen(row), (m) => {
          row.principalPaid += m;
        });
      } else if (row === running) {
        add(
          timing,
          "interest",
          row.n,
          positive(lesser(interestOpen(row), this.run(row, day) - row.interestPaid - row.interestGone)),
          (m) => {
            row.interestPaid += m;
          },
        );
        const all = this.rows.reduce((total, one) => total + (one.dueOn > day ? principalOpen(one) : 0n), 0n);
        add(timing, "principal", row.n, all, (m) => {
          this.prepaid += m;
        });
      }
    }
    return claims;
  }

  private replanAfterPrepayment(day: Day): void {
    const paid = this.prepaid;
    this.prepaid = 0n;
    this.principalPaidBefore += paid;
    const at = this.rows.findIndex(({ dueOn }) => dueOn > day);
    const coming = this.rows.slice(at);
    const paidOfComing = coming.reduce((total, row) => total + row.principalPaid, 0n);
    const left = coming.reduce((total, row) => total + principalOpen(row), 0n) - paid;
    const running = coming[0]!;
    const left0 = this.moveLeft(day);
    const ran = left0 + this.run(running, day);
    const periods = coming.map(({ period }, i): Period => (i === 0 ? this.restOf(running, day) : period));
    let parts: { principal: bigint; interest: bigint }[];
    if (this.product.allocation.inAdvance === "reamortise") {
      const { graceOnPrincipal } = this.terms;
      const graced = coming.findIndex((row) => row.principal > 0n);
      const graces = {
        graceOnPrincipal: graceOnPrincipal !== undefined && graced > 0 ? graced : 0,
        graceOnInterest: 0,
        interestFree:
          this.terms.method === "bullet" ? 0 : positiveOf((this.terms.interestFree ?? 0) - (running.n - 1)),
      };
      parts = amortise(
        Number(left) as Minor,
        periods,
        { ...this.terms, ...graces },
        Number(ran) as Minor,
      ).map((row) => ({
        principal: BigInt(row.principal),
        interest: BigInt(row.interest),
      }));
    } else {
      const principals = coming.map(principalOpen);
      let off = paid;
      for (let i = principals.length - 1; i >= 0; i--) {
        const taken = lesser(off, principals[i]!);
        principals[i] = principals[i]! - taken;
        off -= taken;
      }
      let balance = left;
      parts = principals.map((principal, i) => {
        if (running.of.method === "flat")
          return { principal, interest: coming[i]!.earned + (i === 0 ? left0 : 0n) };
        const { numerator, denominator } = wideOf(periods[i]!.share);
        const own = rounded({ n: balance * numerator, d: denominator }, this.mode);
        balance -= principal;
        return { principal, interest: own + (i === 0 ? ran : 0n) };
      });
    }
    let balance = left;
    this.rows = [
      ...this.rows.slice(0, at),
      ...coming.map((old, i) => {
        const { principal, interest } = parts[i]!;
        const kept = {
          ...old,
          principal,
          interest,
          earned: interest,
          principalPaid: 0n,
          principalGone: 0n,
          balance,
        };
        if (i === 0) {
          kept.since = day > old.since ? day : old.since;
          kept.carried = ran;
        }
        balance -= principal;
        return kept;
      }),
    ];
    this.principalPaidBefore += paidOfComing;
    if (this.product.allocation.inAdvance === "last")
      while (this.rows.length > at + 1 && this.rows.at(-1)!.principal === 0n) this.rows.pop();
  }

  private restOf(row: Row, day: Day): Period {
    return {
      from: row.period.from,
      dueOn: row.dueOn,
      days: row.period.days,
      share: shareWithin(row.period, row.of, day > row.since ? day : row.since, row.dueOn),
    };
  }

  private close(day: Day): void {
    for (const row of this.rows) {
      row.principalPaid = row.principal - row.principalGone;
      row.interestPaid = this.run(row, day) - row.interestGone;
    }
    this.latePaid = this.lateTotal() - this.lateGone;
    for (const charge of this.charges) charge.paid = charge.amount - charge.gone;
    for (const row of this.rows) {
      row.interest = row.interestPaid + row.interestGone;
      row.earned = row.interest;
      row.carried = row.interest;
    }
  }

  private endIfNothingIsOpen(): void {
    if (this.closed) return;
    if (
      this.rows.every((row) => open(row) === 0n) &&
      this.lateOpen() === 0n &&
      this.charges.every((c) => chargeOpen(c) === 0n)
    )
      this.status = "paid-off";
  }

  // --- facts -------------------------------------------------------------------------------------------------------

  private apply(fact: MoneyFact, day: Day): void {
    if (this.closed && !REOPENING.includes(fact.kind)) {
      if (fact.kind === "PaymentReceived") this.unapplied += BigInt(fact.amount);
      else if (fact.kind === "RefundPaid") this.refund(fact.id, BigInt(fact.amount), day);
      return;
    }
    switch (fact.kind) {
      case "AgeingResumed":
        for (const pause of this.pauses) if (pause.through > day) pause.through = day;
        return;
      case "AgeingPaused":
        this.pauses.push({
          after: day,
          through: fact.until ?? (2_147_483_647 as Day),
          stops: fact.lateInterest === "stops",
        });
        return;
      case "ChargeAdded":
        this.charge(fact.id, fact.charge, fact.dueOn ?? day, BigInt(fact.amount), 0);
        if (this.closed) this.status = "open";
        return;
      case "ClaimWaived":
        this.waive(fact.claim, BigInt(fact.amount), day);
        if (this.outstanding() === 0n && this.contractual(day) <= 0n) {
          this.unapplied -= this.contractual(day);
          this.close(day);
          this.status = "paid-off";
        }
        return;
      case "PlanReplaced":
        this.replan(fact, day);
        return;
      case "LoanAccelerated":
        this.accelerate(day);
        return;
      case "JudgmentEntered": {
        this.release(true);
        this.forget();
        this.late = whole(this.latePaid);
        this.compound = NONE;
        this.lateGone = 0n;
        this.lateWaived = 0n;
        this.judged = true;
        this.capitalised = 0n;
        this.lateStops = false;
        this.settlement = undefined;
        if (this.closed) this.status = "open";
        this.rate = { n: BigInt(fact.interestE8ADay ?? 0), d: 100_000_000n };
        const row = this.single(BigInt(fact.principal), BigInt(fact.interest), fact.performBy, day);
        row.lateAfter = day;
        this.rows.push(row);
        if (fact.costs > 0) this.charge(fact.id, "recovery-cost", fact.performBy, BigInt(fact.costs), 0);
        if (fact.performBy === day && this.unapplied > 0n) this.allocate(day, 0n);
        return;
      }
      case "SettlementAgreed":
        this.settlement = { amount: BigInt(fact.amount), by: fact.by, received: 0n };
        return;
      case "PaymentReceived": {
        let amount = BigInt(fact.amount);
        const agreed = this.settlement;
        let over = 0n;
        let reached = false;
        if (agreed && day <= agreed.by) {
          agreed.received += amount;
          reached = agreed.received >= agreed.amount;
          if (reached) over = agreed.received - agreed.amount;
          amount -= over;
        }
        this.allocate(day, amount);
        // Taken for good: what the contract's order names nothing for goes to whatever else is open.
        if (reached && !this.closed) this.allocate(day, 0n, behind(this.product.allocation));
        this.unapplied += over;
        if (!reached) return;
        this.settlement = undefined;
        if (this.closed) return;
        this.release(true);
        this.forget();
        this.lateGone = this.lateTotal() - this.latePaid;
        this.status = "settled";
        return;
      }
      case "RefundPaid":
        this.refund(fact.id, BigInt(fact.amount), day);
        return;
      case "WrittenOff":
        if (this.status !== "assigned") this.status = "written-off";
        if (fact.lateInterest === "stops") this.lateStops = true;
        return;
      case "LoanAssigned":
        this.status = "assigned";
        return;
    }
  }

  private waive(kind: string, amount: bigint, day: Day): void {
    let left = amount;
    const give = (most: bigint): bigint => {
      const taken = lesser(left, positive(most));
      left -= taken;
      return taken;
    };
    if (kind === "late-interest") {
      const given = give(this.lateOpen());
      this.lateGone += given;
      this.lateWaived += given;
    } else if (kind === "interest") {
      for (const row of this.rows)
        if (row.dueOn <= day) {
          const given = give(interestOpen(row));
          row.interestGone += given;
          row.interestWaived += given;
        }
    } else if (kind === "principal") {
      const at = this.rows.findIndex(({ dueOn }) => dueOn > day);
      const moves = at >= 0 && this.rows[at]!.of.method !== "flat";
      const ran = moves ? this.moveLeft(day) + this.run(this.rows[at]!, day) : 0n;
      for (const row of this.rows) row.principalGone += give(principalOpen(row));
      if (moves) this.interestOnWhatIsLeft(at, ran, day);
    } else {
      const oldest = this.charges.filter((charge) => charge.kind === kind);
      for (const charge of oldest) {
        const given = give(chargeOpen(charge));
        charge.gone += given;
        charge.waived += given;
      }
    }
  }

  /** From the day on, coming interest is that of the planned balance less what was given up of it. */
  private interestOnWhatIsLeft(at: number, ran: bigint, day: Day): void {
    const coming = this.rows.slice(at);
    let balance = coming.reduce((total, row) => total + row.principal - row.principalGone, 0n);
    for (const [i, row] of coming.entries()) {
      const { numerator, denominator } = wideOf((i === 0 ? this.restOf(row, day) : row.period).share);
      const own = rounded({ n: balance * numerator, d: denominator }, this.mode);
      const interest = own + (i === 0 ? ran : 0n);
      row.interest =
        interest > row.interestPaid + row.interestGone ? interest : row.interestPaid + row.interestGone;
      row.earned = row.interest;
      row.balance = balance;
      if (i === 0) {
        row.since = day > row.since ? day : row.since;
        row.carried = ran;
      }
      balance -= row.principal - row.principalGone;
    }
  }

  /** What was given back beyond what is held is owed again. */
  private refund(id: string, amount: bigint, day: Day): void {
    const held = lesser(this.unapplied, amount);
    this.unapplied -= held;
    if (amount === held) return;
    this.charge(id, "recovery-cost", day, amount - held, 0);
    if (this.closed) this.status = "open";
  }

  private fixLate(): void {
    this.late = whole(rounded(this.late, this.mode));
    this.compound = whole(rounded(this.compound, this.mode));
    for (const row of this.rows) {
      row.waiting = NONE;
      row.waitingCompound = NONE;
    }
  }

  private release(charges: boolean): void {
    for (const row of this.rows) {
      row.principalGone = row.principal - row.principalPaid;
      row.interestGone = row.interest - row.interestPaid;
    }
    if (charges) for (const charge of this.charges) charge.gone = charge.amount - charge.paid;
  }

  private single(principal: bigint, interest: bigint, dueOn: Day, day: Day): Row {
    const period: Period = { from: day, dueOn, days: 0, share: { numerator: 0, denominator: 1 } };
    const row = rowOf(this.nextN(), period, principal, interest, principal, this.terms);
    row.carried = interest;
    return row;
  }

  /** The rows go; what was paid of them stays paid. */
  private forget(): void {
    for (const row of this.rows) {
      this.principalPaidBefore += row.principalPaid;
      this.interestPaidBefore += row.interestPaid;
    }
    this.rows = [];
  }

  /** Interest paid ahead is of what has run; the rest of it lies unapplied. Gives what is used. */
  private takeBack(interest: bigint, paidAhead: bigint): bigint {
    const used = lesser(interest, paidAhead);
    this.unapplied += paidAhead - used;
    return used;
  }

  private nextN(): number {
    return this.rows.reduce((most, { n }) => Math.max(most, n), 0) + 1;
  }

  private accelerate(day: Day): void {
    const coming = this.rows.filter(({ dueOn }) => dueOn > day);
    if (coming.length === 0) return;
    const past = this.rows.filter(({ dueOn }) => dueOn <= day);
    const total = (of: (row: Row) => bigint) => coming.reduce((all, row) => all + of(row), 0n);
    const row = this.single(
      total(principalOpen),
      this.moveLeft(day) + total((one) => this.run(one, day)),
      day,
      day,
    );
    // Its number: the first of those in whose place it stands.
    row.n = coming.some((one) => one.n === coming[0]!.n && one.principalPaid + one.principalGone > 0n)
      ? row.n
      : coming[0]!.n;
    row.interestPaid = this.takeBack(
      row.interest,
      total(({ interestPaid }) => interestPaid),
    );
    this.principalPaidBefore += total(({ principalPaid }) => principalPaid);
    this.rows = [...past, row];
    if (this.unapplied > 0n) this.allocate(day, 0n);
  }

  private replan(fact: PlanReplaced, day: Day): void {
    const installments = fact.installments ?? Math.max(1, this.rows.filter((row) => open(row) > 0n).length);
    const n = this.nextN();
    const coming = this.rows.filter(({ dueOn }) => dueOn > day);
    let principal = this.outstanding();
    let interest = this.left(day);
    for (const row of this.rows) interest += row.dueOn > day ? this.run(row, day) : interestOpen(row);
    const ahead = coming.reduce((all, row) => all + row.interestPaid, 0n);
    const used = this.takeBack(interest, ahead);
    for (const row of this.rows) row.interestPaid = row.dueOn > day ? 0n : row.interestPaid;
    const carried = fact.interest === "carry" ? interest : 0n;
    if (fact.interest !== "carry" || interest === 0n) this.interestPaidBefore += used;
    if (fact.interest === "capitalise") {
      principal += interest - used;
      this.capitalised += interest - used;
    }
    if (fact.late !== "keep") {
      const late = this.lateOpen();
      let charges = 0n;
      for (const charge of this.charges) {
        const left = chargeOpen(charge);
        charges += left;
        charge.gone += left;
        if (fact.late === "capitalise" && charge.kind !== "recovery-cost") this.capitalised += left;
        if (fact.late === "waive") charge.waived += left;
      }
      this.lateGone += late;
      if (fact.late === "capitalise") {
        principal += late + charges;
        this.capitalised += late;
      } else this.lateWaived += late;
    }
    this.forget();
    const terms: LoanTerms = {
      ...this.terms,
      principal: Number(principal) as Minor,
      disbursedOn: day,
      firstDueOn: fact.firstDueOn,
      installments,
      method: fact.method ?? this.terms.method,
      every: fact.every ?? this.terms.every,
      graceOnPrincipal: 0,
      graceOnInterest: 0,
      interestFree: 0,
      rate: fact.rateE8 === undefined ? this.terms.rate : rateFromE8(fact.rateE8, this.terms.rate.per),
    };
    if (!this.judged) {
      const rate = lateRate(terms.rate, this.product);
      if (rate.n !== this.rate.n || rate.d !== this.rate.d) this.fixLate();
      this.rate = rate;
    }
    this.terms = terms;
    const periods = periodsOf(terms);
    let balance = principal;
    for (const [i, row] of amortise(terms.principal, periods, terms, Number(carried) as Minor).entries()) {
      const made = rowOf(n + i, periods[i]!, BigInt(row.principal), BigInt(row.interest), balance, terms);
      if (i === 0) {
        made.carried = carried;
        made.interestPaid = carried > 0n ? used : 0n;
      }
      balance = BigInt(row.balance);
      this.rows.push(made);
    }
  }

  // --- what is seen ------------------------------------------------------------------------------------------------

  see(day: Day): Figures {
    const past = this.rows.filter((row) => this.lastDay(row.dueOn) < day);
    const total = (rows: readonly Row[], of: (row: Row) => bigint) =>
      Number(rows.reduce((all, row) => all + of(row), 0n));
    const owed = (kind: Charge["kind"]) =>
      Number(
        this.charges
          .filter((charge) => charge.kind === kind && this.lastDay(charge.dueOn) < day)
          .reduce((all, charge) => all + chargeOpen(charge), 0n),
      );
    const late = this.lateOpen();
    const contractual = this.closed ? 0n : this.contractual(day);
    const next = this.closed
      ? undefined
      : this.rows.find((row) => this.lastDay(row.dueOn) >= day && open(row) > 0n);
    const compound = rounded(this.compound, this.mode);
    return {
      status: this.status,
      outstanding: Number(this.outstanding()),
      principal: total(past, principalOpen),
      interest: total(past, interestOpen),
      lateInterest: Number(late),
      compoundInterest: Number(lesser(late, compound)),
      fee: owed("fee"),
      penalty: owed("penalty"),
      recoveryCost: owed("recovery-cost"),
      dpd: this.closed ? 0 : this.dpd(day),
      dueOn: this.closed ? null : (this.rows.find((row) => open(row) > 0n)?.dueOn ?? null),
      nextDue: next ? { on: next.dueOn, amount: Number(open(next)) } : null,
      contractual: Number(positive(contractual)),
      payoff: Number(positive(contractual - this.unapplied)),
      unapplied: Number(this.unapplied),
      open: this.rows.filter((row) => open(row) > 0n).map((row) => `${row.dueOn} ${open(row)}`),
      principalPaid:
        Number(this.principalPaidBefore) + total(this.rows, ({ principalPaid }) => principalPaid),
      interestPaid: Number(this.interestPaidBefore) + total(this.rows, ({ interestPaid }) => interestPaid),
    };
  }

  private dpd(day: Day): number {
    const from =
      this.product.dpd?.since === "unbroken-arrears" ? this.since : (this.oldestUnpaid()?.dueOn ?? null);
    if (from === null) return 0;
    const last = this.lastDay(from);
    if (day <= last) return 0;
    let days = this.product.dpd?.basis === "30/360" ? countDays(last, day, "30/360") : day - last;
    for (let at = last + 1; at <= day; at++)
      if (this.pauses.some((pause) => pause.after < at && at <= pause.through)) days -= 1;
    const tolerated = this.product.grace?.days ?? 0;
    const how = this.product.dpd?.grace ?? "counts";
    if (how === "waits") return days > tolerated ? days : 0;
    return Math.max(0, how === "excluded" ? days - tolerated : days);
  }

  /** What the loan has cost to the day, paid or not, without what was waived; and how long its principal was out. */
  price(day: Day): Price {
    let charged = this.lateTotal() - this.lateWaived;
    for (const row of this.rows) charged += this.run(row, day) - row.interestWaived;
    for (const charge of this.charges)
      if (charge.kind !== "recovery-cost") charged += charge.amount - charge.waived;
    return { principalDays: this.principalDays, charged: Number(charged) };
  }
}

/** What makes a loan owe again that had ended. */
const REOPENING: readonly MoneyFact["kind"][] = [
  "ChargeAdded",
  "JudgmentEntered",
  "AgeingPaused",
  "AgeingResumed",
  "SettlementAgreed",
];

function rowOf(
  n: number,
  period: Period,
  principal: bigint,
  interest: bigint,
  balance: bigint,
  of: LoanTerms,
): Row {
  return {
    n,
    period,
    dueOn: period.dueOn,
    principal,
    interest,
    earned: interest,
    balance,
    since: period.from,
    carried: 0n,
    principalPaid: 0n,
    interestPaid: 0n,
    principalGone: 0n,
    interestGone: 0n,
    interestWaived: 0n,
    waiting: NONE,
    waitingCompound: NONE,
    of,
  };
}

function lateRate(contract: Rate, { lateInterest, terms }: Product): Ratio {
  if (!lateInterest) return NONE;
  const { rate } = lateInterest;
  if (!("times" in rate)) return aDay(rate, terms.dayCount);
  const times = { n: BigInt(rate.times.numerator), d: BigInt(rate.times.denominator) };
  return product(aDay(contract, terms.dayCount), times);
}

function aDay(rate: Rate, dayCount: string): Ratio {
  const own = { n: BigInt(rate.numerator), d: 10n ** BigInt(rate.scale) };
  if (rate.per === "day") return lowest(own.n, own.d);
  const year = dayCount.endsWith("/360") ? 360n : dayCount === "ACT/364" ? 364n : 365n;
  return product(own, { n: rate.per === "month" ? 12n : 1n, d: year });
}

/** The claims that the order names, in its order, found by taking the first that no other goes before. */
/** Every slot: those of the contract, then all others. */
function behind({ order, ...rest }: AllocationOrder): AllocationOrder {
  const all = ["past-due", "due", "in-advance"].flatMap((timing) =>
    ["fee", "penalty", "interest", "principal"].map((kind) => `${timing}.${kind}` as (typeof order)[number]),
  );
  return { ...rest, order: [...order, ...all.filter((slot) => !order.includes(slot))] };
}

function inOrder(claims: readonly Claim[], { order, by }: AllocationOrder): Claim[] {
  const slotOf = (claim: Claim) => order.indexOf(`${claim.timing}.${claim.kind}`);
  const lastAhead = order.reduce((last, slot, i) => (slot.startsWith("in-advance.") ? i : last), -1);
  const timings = ["past-due", "due", "in-advance"];
  const keysOf = (claim: Claim): number[] => {
    const slot = slotOf(claim);
    if (by === "kind") return [claim.timing === "in-advance" ? lastAhead : slot, claim.installment, slot];
    const rows = claims.filter(
      (other) => other.timing === claim.timing && other.installment > 0 && slotOf(other) >= 0,
    );
    const oldest = rows.length === 0 ? 0 : Math.min(...rows.map(({ installment }) => installment));
    const before = slot < order.indexOf(`${claim.timing}.principal`);
    const place = claim.installment > 0 ? claim.installment : before ? oldest : Number.MAX_SAFE_INTEGER;
    return [timings.indexOf(claim.timing), place, slot];
  };
  const named = claims.filter((claim) => slotOf(claim) >= 0).map((claim) => ({ claim, keys: keysOf(claim) }));
  named.sort((a, b) => a.keys[0]! - b.keys[0]! || a.keys[1]! - b.keys[1]! || a.keys[2]! - b.keys[2]!);
  return named.map(({ claim }) => claim);
}

/** The figures on each day asked, in one life. Facts are those that stand: no reversed ones. */
export function audit(
  terms: LoanTerms,
  facts: readonly MoneyFact[],
  product: Product,
  days: readonly Day[],
): { readonly figures: Figures; readonly price: Price }[] {
  const life = new Life(terms, product);
  const placed = [...facts].sort(
    (a, b) =>
      WITHIN_A_DAY.indexOf(a.kind) - WITHIN_A_DAY.indexOf(b.kind) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  );
  const seen = new Map<Day, { figures: Figures; price: Price }>();
  const end = Math.max(...days);
  for (let at = terms.disbursedOn; at <= end; at = addDays(at, 1)) {
    life.live(
      at,
      placed.filter(({ valueOn }) => valueOn === at),
    );
    if (days.includes(at)) seen.set(at, { figures: life.see(at), price: life.price(at) });
  }
  return days.map((at) => seen.get(at)!);
}
