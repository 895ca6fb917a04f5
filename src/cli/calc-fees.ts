import { decimalsOf, formatMoney, type Minor, PROCEDURES } from "../core/index.ts";
import {
  type AppealFeeEnd,
  type FeeEnd,
  type FeeLife,
  type FeesOfLife,
  type LegalCost,
  PAYMENT_ORDER_ENDS,
  type SuitFeeEnd,
} from "../legal/index.ts";
import { sourceJson } from "../office/limitation/json.ts";
import {
  flagAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  moneyAt,
  moneyOrZeroAt,
  oneOf,
} from "./json-in.ts";

const YUAN = decimalsOf("CNY");
const money = (amount: Minor): string => formatMoney(amount, YUAN);

/** The life of a case as `calc court-fee` takes it under `life`: what happened, or is imagined. */
export function lifeAt(value: unknown, at: string): FeeLife {
  const life = mapAt(value, at);
  known(life, ["paymentOrder", "preservation", "suit", "appeal", "enforcement", "costs"], at);
  const part = <T>(
    key: string,
    keys: readonly string[],
    read: (map: Json, at: string) => T,
  ): T | undefined => {
    if (life[key] === undefined) return undefined;
    const map = mapAt(life[key], `${at}.${key}`);
    known(map, keys, `${at}.${key}`);
    return read(map, `${at}.${key}`);
  };
  const paymentOrder = part("paymentOrder", ["amount", "end"], (map, here) => ({
    amount: moneyAt(map.amount, YUAN, `${here}.amount`),
    end: oneOf(map.end ?? "pending", PAYMENT_ORDER_ENDS, `${here}.end`),
  }));
  const preservation = part("preservation", ["amount"], (map, here) => ({
    amount: moneyAt(map.amount, YUAN, `${here}.amount`),
  }));
  const suit = part("suit", ["amount", "procedure", "after", "changed", "turnedOrdinary", "end"], suitAt);
  const appeal = part("appeal", ["amount", "by", "end"], (map, here) => ({
    amount: moneyAt(map.amount, YUAN, `${here}.amount`),
    by: oneOf(map.by ?? "lender", ["lender", "debtor"] as const, `${here}.by`),
    end: endAt(map.end, ["remanded"], `${here}.end`) as AppealFeeEnd,
  }));
  const enforcement = part("enforcement", ["amount", "settled"], (map, here) => ({
    amount: moneyAt(map.amount, YUAN, `${here}.amount`),
    ...(map.settled === undefined ? {} : { settled: bornAt(map.settled, `${here}.settled`) }),
  }));
  const costs = listAt(life.costs ?? [], `${at}.costs`).map((cost, i) => costAt(cost, `${at}.costs[${i}]`));
  return {
    ...(paymentOrder ? { paymentOrder } : {}),
    ...(preservation ? { preservation } : {}),
    ...(suit ? { suit } : {}),
    ...(appeal ? { appeal } : {}),
    ...(enforcement ? { enforcement } : {}),
    costs,
  };
}

function suitAt(map: Json, at: string): NonNullable<FeeLife["suit"]> {
  const procedure = oneOf(map.procedure, PROCEDURES, `${at}.procedure`);
  const after =
    map.after === undefined
      ? undefined
      : oneOf(map.after, ["payment-order", "separate"] as const, `${at}.after`);
  const turned =
    map.turnedOrdinary === undefined
      ? undefined
      : oneOf(map.turnedOrdinary, ["paid", "unpaid"] as const, `${at}.turnedOrdinary`);
  if (turned !== undefined && procedure === "ordinary")
    throw new Impossible(
      "already-ordinary",
      "a case of ordinary procedure cannot turn into one",
      `${at}.turnedOrdinary`,
    );
  return {
    amount: moneyAt(map.amount, YUAN, `${at}.amount`),
    procedure,
    ...(after === undefined ? {} : { after }),
    ...(map.changed === undefined ? {} : { changed: changedAt(map.changed, `${at}.changed`) }),
    ...(turned === undefined ? {} : { turnedOrdinary: turned }),
    end: endAt(map.end, ["rejected"], `${at}.end`) as SuitFeeEnd,
  };
}

function changedAt(value: unknown, at: string) {
  const map = mapAt(value, at);
  known(map, ["amount", "inTime"], at);
  return { amount: moneyAt(map.amount, YUAN, `${at}.amount`), inTime: flagAt(map.inTime, `${at}.inTime`) };
}

function bornAt(value: unknown, at: string): { readonly debtorBears?: Minor } {
  const map = mapAt(value, at);
  known(map, ["debtorBears"], at);
  return map.debtorBears === undefined
    ? {}
    : { debtorBears: moneyOrZeroAt(map.debtorBears, YUAN, `${at}.debtorBears`) };
}

/** `"withdrawn"` or `{"kind":"judgment","debtorBears":"all"}`; `pending` where nothing is said. */
function endAt(
  value: unknown,
  more: readonly ("rejected" | "remanded")[],
  at: string,
): FeeEnd | { kind: "rejected" | "remanded" } {
  const map =
    typeof value === "string" || value === undefined ? { kind: value ?? "pending" } : mapAt(value, at);
  const kind = oneOf(
    map.kind,
    ["pending", "judgment", "mediated", "withdrawn", ...more] as const,
    `${at}.kind`,
  );
  const { debtorBears, directly } = map as Json;
  switch (kind) {
    case "judgment": {
      known(map, ["kind", "debtorBears", "directly"], at);
      const share =
        debtorBears === "all" || debtorBears === "none" || debtorBears === undefined
          ? debtorBears
          : moneyOrZeroAt(debtorBears, YUAN, `${at}.debtorBears`);
      return {
        kind,
        ...(share === undefined ? {} : { debtorBears: share }),
        ...(directly === undefined ? {} : { directly: flagAt(directly, `${at}.directly`) }),
      };
    }
    case "mediated":
      known(map, ["kind", "debtorBears"], at);
      return {
        kind,
        ...(debtorBears === undefined
          ? {}
          : { debtorBears: moneyOrZeroAt(debtorBears, YUAN, `${at}.debtorBears`) }),
      };
    default:
      known(map, ["kind"], at);
      return { kind };
  }
}

const COSTS: readonly LegalCost["kind"][] = ["lawyer", "service", "announcement", "appraisal", "other"];

function costAt(value: unknown, at: string): LegalCost {
  const map = mapAt(value, at);
  known(map, ["kind", "amount", "claimable", "debtorBears"], at);
  return {
    kind: oneOf(map.kind, COSTS, `${at}.kind`),
    amount: moneyAt(map.amount, YUAN, `${at}.amount`),
    ...(map.claimable === undefined ? {} : { claimable: flagAt(map.claimable, `${at}.claimable`) }),
    ...(map.debtorBears === undefined
      ? {}
      : { debtorBears: moneyOrZeroAt(map.debtorBears, YUAN, `${at}.debtorBears`) }),
  };
}

/** Every line over its life, and the sums of all, as `calc court-fee` gives them. */
export const feesJson = ({ lines, total }: FeesOfLife): Json => ({
  lines: lines.map((line) => ({
    of: line.of,
    charged: money(line.charged),
    prepaidBy: line.prepaidBy,
    prepaid: money(line.prepaid),
    credited: money(line.creditedIn),
    fromCourt: money(line.fromCourt),
    fromDebtor: money(line.fromDebtor),
    toPay: money(line.toPay),
    borne: { applicant: money(line.applicant), debtor: money(line.debtor), open: money(line.open) },
    mayClaim: line.mayClaim,
    because: line.because.map(({ rule, gives, source }) => ({
      rule,
      ...(gives === undefined ? {} : { gives: money(gives) }),
      cite: sourceJson(source),
    })),
  })),
  total: Object.fromEntries(Object.entries(total).map(([key, value]) => [key, money(value)])),
});
