import type { FeeLife, PaymentOrderEnd, SuitFeeEnd } from "./fee-life.ts";
import type { ProceedingLife } from "./proceeding.ts";

/**
 * A proceeding as `feesOf` takes it, as far as it has gone.
 *
 * Gives   `undefined` where nobody said how much is claimed, and of mediation, which costs nothing before it is a suit. Who bears a fee after
 *         a judgment is left open: the judgment says it, and what it says stands in its costs.
 */
export function feeLifeOf({ way, opened, procedure, state, events }: ProceedingLife): FeeLife | undefined {
  const { claimed } = opened;
  if (claimed === undefined || way === "mediation") return undefined;
  const happened = (...types: readonly string[]): boolean =>
    events.some(({ what }) => types.includes(what.type));
  if (way === "payment-order") {
    const voided = events.find(({ what }) => what.type === "voided")?.what;
    const end: PaymentOrderEnd =
      voided?.type === "voided"
        ? voided.why === "objection"
          ? "opposed"
          : "other"
        : state === "effective" || state === "performed"
          ? "unopposed"
          : state === "ended"
            ? "other"
            : "pending";
    return { paymentOrder: { amount: claimed, end } };
  }
  const accepted = events.findIndex(({ what }) => what.type === "accepted");
  const began = events[accepted]?.what;
  const first =
    (began?.type === "accepted" ? began.procedure : undefined) ?? opened.procedure ?? procedure ?? "ordinary";
  const turned = events.findIndex(
    ({ what }, i) => i > accepted && what.type === "converted" && what.procedure === "ordinary",
  );
  const topped = events.slice(turned + 1).some(({ what }) => what.type === "fee-paid" && what.of === "case");
  const end: SuitFeeEnd = happened("withdrawn")
    ? { kind: "withdrawn" }
    : state === "mediated" || (happened("mediated") && !happened("judgment"))
      ? { kind: "mediated" }
      : happened("judgment", "claim-dismissed")
        ? { kind: "judgment" }
        : happened("ruled")
          ? { kind: "rejected" }
          : { kind: "pending" };
  return {
    suit: {
      amount: claimed,
      procedure: first,
      ...(turned >= 0 && first !== "ordinary" ? { turnedOrdinary: topped ? "paid" : "unpaid" } : {}),
      end,
    },
  };
}
