import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { addDays, addMonths, type Day, day, formatDay, parseDay } from "../../src/core/index.ts";
import {
  guaranteeEnd,
  type Limitation,
  type LimitationEvent,
  type LimitedDebt,
  limitation,
  OBSTACLE_KINDS,
  OBSTACLE_PROOFS,
  PROOFS_OF,
  RESTART_KINDS,
  type Restart,
} from "../../src/legal/index.ts";
import { loadCalendar, loadPack } from "../load.ts";
import { limitationRule, limitationWarningDays } from "./limitation.ts";

const pack = loadPack("cn");
const calendar = loadCalendar("cn");

interface Example {
  readonly says: string;
  readonly cite: { readonly law: string; readonly at: string; readonly quote: string };
  readonly due: readonly string[];
  readonly card?: boolean;
  readonly events?: readonly Readonly<Record<string, unknown>>[];
  readonly as_of: string;
  readonly expect: {
    readonly expires?: string | null;
    readonly worst?: string;
    readonly state?: string;
    readonly worst_state?: string;
    readonly of?: string;
    readonly because?: string;
    readonly not_because?: string;
    readonly refused?: string;
  };
}

const examples = parse(
  readFileSync(new URL("examples/limitation.yaml", import.meta.url), "utf8"),
) as readonly Example[];

const eventOf = (told: Readonly<Record<string, unknown>>): LimitationEvent =>
  Object.fromEntries(
    Object.entries(told).map(([key, value]) => [
      key,
      typeof value === "string" ? (parseDay(value) ?? value) : value,
    ]),
  ) as unknown as LimitationEvent;

const asked = (debt: LimitedDebt, asOf: Day) => {
  const rule = limitationRule(pack, calendar, asOf);
  return rule.ok ? limitation(debt, rule.value, asOf) : rule;
};

const reckoned = (debt: LimitedDebt, asOf: Day): Limitation => {
  const found = asked(debt, asOf);
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
};

describe("each sentence has its example", () => {
  test.each(examples.map((example) => [`${example.cite.at}: ${example.says}`, example] as const))(
    "%s",
    (_, { due, card = false, events = [], as_of, expect: wanted, cite }) => {
      const found = asked({ dueOn: due.map(day), card, events: events.map(eventOf) }, day(as_of));
      expect(clauses(cite.law).get(cite.at) ?? "", "the example's citation").toContain(squeeze(cite.quote));
      if (!found.ok) return expect({ refused: found.refusal.code }).toEqual(wanted);
      const { expiresOn, worstOn, state, worstState, of, because } = found.value;
      const effects = because.map(({ effect }) => effect as string);
      expect({
        expires: expiresOn === undefined ? null : formatDay(expiresOn),
        worst: formatDay(worstOn),
        state,
        ...(wanted.worst_state ? { worst_state: worstState } : {}),
        ...(wanted.of ? { of } : {}),
        ...(wanted.because ? { because: effects.find((effect) => effect === wanted.because) } : {}),
        ...(wanted.not_because && !effects.includes(wanted.not_because)
          ? { not_because: wanted.not_because }
          : {}),
      }).toEqual(wanted);
    },
  );

  const LAWS = [
    ["cn/civil-code", ["188", "189", "192", "193", "194", "195", "201", "202", "203"]],
    ["cn/limitation-interpretation", []],
    ["cn/bank-card-interpretation", []],
    ["cn/general-part-interpretation", []],
    ["cn/general-provisions-2017", []],
    ["cn/civil-procedure-law", ["250"]],
  ] as const;
  /** Clauses that say themselves why they are not built, and the ends of sentences that speak of somebody else. */
  const ELSEWHERE = [
    "当事人一方为法人或者其他组织的",
    "上述机关决定不立案",
    "法律文书规定分期履行的",
  ] as const;

  test.each(LAWS)("of %s none is left out", (law, articles) => {
    const left: string[] = [];
    for (const [at, words] of clauses(law)) {
      const article = /^art\. (\d+)/.exec(at)![1]!;
      if (articles.length > 0 && !articles.includes(article as never)) continue;
      const quotes = examples.filter(({ cite }) => cite.law === law && cite.at === at);
      for (const sentence of words.split(/(?<=。)/).filter((part) => part !== "")) {
        if (ELSEWHERE.some((start) => sentence.startsWith(start))) continue;
        const tried = quotes.some(
          ({ cite }) => sentence.includes(squeeze(cite.quote)) || squeeze(cite.quote).includes(sentence),
        );
        if (!tried) left.push(`${at}: ${sentence}`);
      }
    }
    expect(left).toEqual([]);
  });
});

const squeeze = (text: string): string => text.replace(/\s+/g, "");

/** Quoted words by clause, without those that the file says are not modelled. */
function clauses(law: string): ReadonlyMap<string, string> {
  const page = readFileSync(new URL(`../../law/${law}.md`, import.meta.url), "utf8");
  return new Map(
    page
      .split(/^## /m)
      .slice(1)
      .filter((section) => !/^Not modelled:/m.test(section))
      .map((section) => {
        const quoted = section.split("\n").filter((line) => line.startsWith(">"));
        return [
          section.slice(0, section.indexOf(" — ")),
          squeeze(quoted.map((line) => line.slice(1)).join("")),
        ];
      }),
  );
}

describe("a sweep over due days", () => {
  // By the calendar of the notices: the end of a day of 2022 or 2023 lies in 2025 or 2026, whose days off are published.
  test("each of two years ends three years later, or on the first working day after", () => {
    const off = new Set([
      ...spans("2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06 2025-05-01..2025-05-05"),
      ...spans("2025-05-31..2025-06-02 2025-10-01..2025-10-08 2026-01-01..2026-01-03 2026-02-15..2026-02-23"),
      ...spans("2026-04-04..2026-04-06 2026-05-01..2026-05-05 2026-06-19..2026-06-21 2026-09-25..2026-09-27"),
      ...spans("2026-10-01..2026-10-07"),
    ]);
    const worked = new Set(
      spans(
        "2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10",
      ),
    );
    for (let due = day("2022-01-01"); due <= day("2023-12-31"); due = addDays(due, 1)) {
      const date = new Date(`${formatDay(due)}T00:00:00Z`);
      const end = new Date(Date.UTC(date.getUTCFullYear() + 3, date.getUTCMonth(), date.getUTCDate()));
      const text = () => end.toISOString().slice(0, 10);
      const idle = () => off.has(text()) || ([0, 6].includes(end.getUTCDay()) && !worked.has(text()));
      while (idle()) end.setUTCDate(end.getUTCDate() + 1);
      const { expiresOn, worstOn } = reckoned({ dueOn: [due], card: false, events: [] }, day("2024-01-01"));
      expect(formatDay(expiresOn!), `due on ${formatDay(due)}`).toBe(text());
      expect(worstOn).toBe(expiresOn);
    }
  });

  function spans(text: string): string[] {
    return text.split(" ").flatMap((span) => {
      const [first, last = first] = span.split("..").map((one) => day(one));
      return Array.from({ length: last! - first! + 1 }, (_, n) => formatDay((first! + n) as Day));
    });
  }
});

describe("a guarantee", () => {
  const rule = limitationRule(pack, calendar, day("2026-11-26"));
  // Art. 692(2), six months; 2026-11-20 is a Friday, 2026-02-15 the first day of the Spring Festival.
  test.each([
    ["2026-05-20", "2026-11-20", "2026-11-20"],
    ["2025-08-15", "2026-02-24", "2026-02-24"],
    ["2025-08-31", "2026-02-28", "2026-02-28"],
    ["2026-08-06", "2027-02-08", "2027-02-06"],
  ])("of a debt due on %s ends on %s, in the worst case on %s", (due, ends, worst) => {
    if (!rule.ok) throw new Error(rule.refusal.says);
    const { endsOn, worstOn, source } = guaranteeEnd(day(due), rule.value);
    expect([formatDay(endsOn), formatDay(worstOn)]).toEqual([ends, worst]);
    expect(source.cite.at).toBe("art. 692(2)");
  });
});

test("the close warns 180, 60 and 14 days before, by the house's rule", () => {
  expect(limitationWarningDays(pack, day("2026-11-26"))).toEqual([180, 60, 14]);
});

describe("properties", () => {
  const first = day("2018-01-01");
  const near = fc.integer({ min: 0, max: 5000 }).map((n) => addDays(first, n));
  const restart = fc
    .record({
      kind: fc.constantFrom(...RESTART_KINDS),
      on: near,
      nth: fc.integer({ min: 0, max: 10 }),
      lasts: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    })
    .map(({ kind, on, nth, lasts }): Restart => {
      const proofs = PROOFS_OF[kind];
      return {
        kind,
        on,
        proof: proofs[nth % proofs.length]!,
        ...(lasts === undefined ? {} : { endedOn: addDays(on, lasts) }),
      };
    });
  const obstacle = fc
    .record({
      of: fc.constantFrom(...OBSTACLE_KINDS),
      proof: fc.constantFrom(...OBSTACLE_PROOFS),
      on: near,
      lasts: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    })
    .map(
      ({ lasts, on, ...rest }): LimitationEvent => ({
        kind: "obstacle",
        on,
        ...rest,
        ...(lasts === undefined ? {} : { until: addDays(on, lasts) }),
      }),
    );
  const events = fc.array(fc.oneof({ weight: 4, arbitrary: restart }, { weight: 1, arbitrary: obstacle }), {
    maxLength: 8,
  });
  const asOf = fc.integer({ min: 0, max: 4500 }).map((n) => addDays(day("2021-06-01"), n));
  const debt = fc.record({
    dueOn: fc.array(near, { minLength: 1, maxLength: 3 }),
    card: fc.boolean(),
    events,
  });
  const FAR = 1_000_000;
  /** While proceedings run there is no end; while an obstacle lasts, none before six months from the day asked about. */
  const usual = ({ expiresOn, state }: Limitation, on: Day): number =>
    expiresOn ?? (state === "suspended" ? addMonths(on, 6, "clamp") : FAR);

  test("the worst case is never later than the usual end", () => {
    fc.assert(
      fc.property(debt, asOf, (one, on) => {
        const found = reckoned(one, on);
        expect(found.worstOn).toBeLessThanOrEqual(found.expiresOn ?? FAR);
      }),
      { numRuns: 1000 },
    );
  });

  test("an event that interrupts brings no end nearer", () => {
    fc.assert(
      fc.property(debt, restart, asOf, (one, more, on) => {
        const [before, after] = [reckoned(one, on), reckoned({ ...one, events: [...one.events, more] }, on)];
        expect(usual(after, on)).toBeGreaterThanOrEqual(usual(before, on));
        expect(after.worstOn).toBeGreaterThanOrEqual(before.worstOn);
      }),
      { numRuns: 2000 },
    );
  });

  test("leaving proofs out moves no worst case later", () => {
    fc.assert(
      fc.property(debt, asOf, fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }), (one, on, keep) => {
        const less = { ...one, events: one.events.filter((_, i) => keep[i]) };
        const weaker = {
          ...one,
          events: one.events.map((event, i) =>
            "proof" in event && !keep[i] ? ({ ...event, proof: "none" } as LimitationEvent) : event,
          ),
        };
        const { worstOn } = reckoned(one, on);
        expect(reckoned(less, on).worstOn).toBeLessThanOrEqual(worstOn);
        expect(reckoned(weaker, on).worstOn).toBeLessThanOrEqual(worstOn);
      }),
      { numRuns: 2000 },
    );
  });

  test("the order in which events arrive does not matter", () => {
    fc.assert(
      fc.property(
        debt.chain((one) =>
          fc.tuple(
            fc.constant(one),
            fc.shuffledSubarray([...one.events], {
              minLength: one.events.length,
              maxLength: one.events.length,
            }),
          ),
        ),
        asOf,
        ([one, shuffled], on) => {
          expect(reckoned({ ...one, events: shuffled }, on)).toEqual(reckoned(one, on));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("what has not happened yet moves nothing", () => {
    fc.assert(
      fc.property(debt, asOf, (one, on) => {
        const { because: _, ...past } = reckoned(
          { ...one, events: one.events.filter((e) => e.on <= on) },
          on,
        );
        expect(reckoned(one, on)).toMatchObject(past);
      }),
      { numRuns: 500 },
    );
  });

  test("once expired it stays so while only days pass", () => {
    fc.assert(
      fc.property(debt, asOf, fc.integer({ min: 1, max: 700 }), (one, on, days) => {
        const over = (e: LimitationEvent) =>
          e.on <= on && !("until" in e && e.until! > on) && !("endedOn" in e && e.endedOn! > on);
        const past = { ...one, events: one.events.filter(over) };
        if (reckoned(past, on).worstState !== "expired") return;
        expect(reckoned(past, addDays(on, days)).worstState).toBe("expired");
      }),
      { numRuns: 500 },
    );
  });
});
