import { type Day, formatDay } from "../core/index.ts";
import {
  guaranteeEnd,
  type LimitationEvent,
  limitation,
  OBSTACLE_KINDS,
  OBSTACLE_PROOFS,
  PROOFS_OF,
  RESTART_KINDS,
  type RestartKind,
} from "../legal/index.ts";
import { limitationJson, limitationLaw, sourceJson } from "../office/limitation/json.ts";
import { orRefused, packWith } from "./calc-pack.ts";
import {
  answering,
  dayAt,
  flagAt,
  Impossible,
  type Json,
  known,
  listAt,
  mapAt,
  oneOf,
  textAt,
} from "./json-in.ts";

const KEYS = ["pack", "dueOn", "debt", "events", "asOf", "guarantee"];
const KINDS = [...RESTART_KINDS, "obstacle", "acceleration", "judgment"] as const;

/** `arrears calc limitation`: when the time to claim a debt runs out, and in the worst case. */
export const calcLimitation = answering((request) => {
  known(request, KEYS, "");
  const pack = packWith("limitation.", "limitation", request.pack);
  const dueOn = Array.isArray(request.dueOn)
    ? listAt(request.dueOn, "dueOn").map((on, i) => dayAt(on, `dueOn[${i}]`))
    : [dayAt(request.dueOn, "dueOn")];
  const asOf = dayAt(request.asOf, "asOf");
  const card = request.debt === undefined ? false : oneOf(request.debt, ["loan", "card"], "debt") === "card";
  const events = listAt(request.events ?? [], "events").map((event, i) =>
    eventAt(mapAt(event, `events[${i}]`), `events[${i}]`),
  );
  const guarantee = request.guarantee === undefined ? undefined : mapAt(request.guarantee, "guarantee");
  if (guarantee) known(guarantee, ["principalDueOn"], "guarantee");
  const rule = orRefused(limitationLaw(pack, asOf));
  const found = orRefused(limitation({ dueOn, card, events }, rule, asOf));
  if (!guarantee) return limitationJson(found);
  const { endsOn, worstOn, source } = guaranteeEnd(
    dayAt(guarantee.principalDueOn, "guarantee.principalDueOn"),
    rule,
  );
  return {
    ...limitationJson(found),
    guarantee: { endsOn: formatDay(endsOn), worstOn: formatDay(worstOn), cite: sourceJson(source) },
  };
});

function eventAt(event: Json, at: string): LimitationEvent {
  const kind = oneOf(event.kind, KINDS, `${at}.kind`);
  const on = dayAt(event.on, `${at}.on`);
  const ref = event.ref === undefined ? {} : { ref: textAt(event.ref, `${at}.ref`) };
  const base = { on, ...ref };
  switch (kind) {
    case "acceleration":
      known(event, ["on", "kind", "ref"], at);
      return { ...base, kind };
    case "judgment":
      known(event, ["on", "kind", "ref", "performBy"], at);
      return { ...base, kind, performBy: notBefore(event.performBy, on, `${at}.performBy`) };
    case "obstacle": {
      known(event, ["on", "kind", "ref", "of", "proof", "until"], at);
      const of = oneOf(event.of, OBSTACLE_KINDS, `${at}.of`);
      const proof = oneOf(event.proof ?? "none", OBSTACLE_PROOFS, `${at}.proof`);
      const until = event.until === undefined ? {} : { until: notBefore(event.until, on, `${at}.until`) };
      return { ...base, kind, of, proof, ...until };
    }
    default:
      return { ...base, ...restartAt(kind, event, on, at) };
  }
}

function restartAt(kind: RestartKind, event: Json, on: Day, at: string) {
  const proofs = PROOFS_OF[kind];
  const proceedings = proofs === PROOFS_OF.suit;
  known(event, ["on", "kind", "ref", "proof", "restGivenUp", ...(proceedings ? ["endedOn"] : [])], at);
  const proof = oneOf(event.proof ?? "none", proofs, `${at}.proof`);
  return {
    on,
    kind,
    proof,
    ...(event.endedOn === undefined ? {} : { endedOn: notBefore(event.endedOn, on, `${at}.endedOn`) }),
    ...(event.restGivenUp === undefined
      ? {}
      : { restGivenUp: flagAt(event.restGivenUp, `${at}.restGivenUp`) }),
  };
}

function notBefore(value: unknown, first: Day, at: string): Day {
  const on = dayAt(value, at);
  if (on >= first) return on;
  throw new Impossible(
    "order-of-days",
    `${formatDay(on)} lies before ${formatDay(first)}, the day of the event; expected ${formatDay(first)} or later`,
    at,
  );
}
