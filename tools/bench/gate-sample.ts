import {
  addDays,
  type Day,
  day,
  HOLD_KINDS,
  type Hold,
  type Instant,
  instantAt,
} from "../../src/core/index.ts";
import type { ContactMade, GateFacts, PersonRole, ProposedStep, StepKind } from "../../src/policy/index.ts";
import { between, pick, type Random, randomOf } from "../../src/sample/random.ts";

/** One decision to be made: a step and what is known of its borrower. */
export interface Sample {
  readonly step: ProposedStep;
  readonly facts: GateFacts;
}

/** The year whose days are drawn; the guide of the banking association comes into force within it. */
const FIRST_DAY = day("2025-09-01");
const DAYS = 365;

const SITUATIONS = [
  [60, "by-day"],
  [20, "by-night"],
  [10, "cap-reached"],
  [10, "held-or-other-person"],
] as const;

/**
 * Decisions as a collection desk meets them: 60 % by day, 20 % at night, 10 % where a cap of the day is reached, 10 %
 * under a hold or to another person. Texts and calls, four to one in Beijing time, every borrower and instant another. The
 * steps are being planned, without their words yet: no rule engine here reads a message, and `bench words` measures that.
 */
export function gateSamples(count: number): Sample[] {
  const random = randomOf("gate");
  return Array.from({ length: count }, (_, i) => sampleOf(random, i));
}

function sampleOf(random: Random, i: number): Sample {
  const situation = pick(random, SITUATIONS);
  const zone = pick(random, [
    [4, "Asia/Shanghai"],
    [1, "Asia/Urumqi"],
  ]);
  const kind: StepKind = random() < 0.5 ? "text" : "call";
  const today = addDays(FIRST_DAY, between(random, 0, DAYS - 1));
  const minute =
    situation === "by-night"
      ? pick(random, [
          [1, between(random, 0, 479)],
          [1, between(random, 1320, 1439)],
        ])
      : between(random, 480, 1319);
  const at = instantAt(zone, today, minute) + between(random, 0, 59_999);
  const number = `1990000${String(i % 10_000).padStart(4, "0")}`;
  const step: ProposedStep = {
    kind,
    to: { role: "borrower", address: number },
    at,
    actor: { role: "lender" },
    debts: [`L${i}`],
  };
  const facts: GateFacts = {
    borrowerZone: zone,
    holds: random() < 0.1 ? [ended(random, today)] : [],
    contacts: earlier(random, zone, today, number),
    reach: ["text", "call"],
    stops: [],
    ...(random() < 0.05 ? { agreedContactTimes: pick(random, AGREED) } : {}),
    ...(random() < 0.02 ? { agreedCallCaps: { connected: 2, attempts: 4 } } : {}),
  };
  if (situation === "cap-reached") {
    const made = reached(random, kind, zone, today, at, number);
    return { step, facts: { ...facts, contacts: [...facts.contacts!, ...made] } };
  }
  if (situation === "held-or-other-person") {
    if (random() < 0.5)
      return { step, facts: { ...facts, holds: [...facts.holds!, running(random, today)] } };
    return { step: { ...step, to: { role: pick(random, OTHERS), address: number } }, facts };
  }
  return { step, facts };
}

const AGREED: readonly (readonly [number, { readonly from: number; readonly to: number }])[] = [
  [2, { from: 540, to: 1260 }],
  [1, { from: 1080, to: 1380 }],
  [1, { from: 1200, to: 120 }],
];

const OTHERS: readonly (readonly [number, PersonRole])[] = [
  [2, "contact-person"],
  [1, "third-person"],
  [1, "guarantor"],
  [1, "representative"],
];

/** Up to twelve contacts of the eight days before; today's calls were not answered. */
function earlier(random: Random, zone: string, today: Day, number: string): ContactMade[] {
  return Array.from({ length: between(random, 0, 12) }, (): ContactMade => {
    const at = instantAt(zone, addDays(today, -between(random, 1, 8)), between(random, 480, 1319));
    return random() < 0.4
      ? { at, kind: "text", outcome: "sent", address: number }
      : { at, kind: "call", outcome: random() < 0.3 ? "connected" : "no-answer", address: number };
  });
}

function reached(
  random: Random,
  kind: StepKind,
  zone: string,
  today: Day,
  at: Instant,
  number: string,
): ContactMade[] {
  const begin = instantAt(zone, today, 480);
  const times = (count: number, outcome: ContactMade["outcome"]): ContactMade[] =>
    Array.from({ length: count }, () => ({
      at: between(random, begin, Math.max(begin, at)),
      kind,
      outcome,
      address: number,
    }));
  if (kind === "text") return times(1, "sent");
  return random() < 0.5
    ? times(between(random, 3, 5), "connected")
    : times(between(random, 6, 8), "no-answer");
}

const ended = (random: Random, today: Day): Hold => ({
  kind: HOLD_KINDS[between(random, 0, HOLD_KINDS.length - 1)]!,
  until: addDays(today, -between(random, 1, 90)),
});

const running = (random: Random, today: Day): Hold => {
  const kind = HOLD_KINDS[between(random, 0, HOLD_KINDS.length - 1)]!;
  return random() < 0.5 ? { kind } : { kind, until: addDays(today, between(random, 0, 60)) };
};
