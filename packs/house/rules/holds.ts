import { addDays, day, type Hold, type HoldKind, type Instant, instantAt } from "../../../src/core/index.ts";
import {
  allow,
  askPerson,
  CONTACT_KINDS,
  forbid,
  type GateFacts,
  type Outcome,
  rule,
  STEP_KINDS,
  type StepKind,
  type Words,
  zonesOf,
} from "../../../src/policy/index.ts";

interface Effect {
  readonly name: Words;
  readonly stops: readonly StepKind[];
  readonly asks: readonly StepKind[];
  readonly because: Words;
}

/** The calendar ends soon after; a later last day means that nobody expects the hold to end. */
const LAST_DAY = day("2199-12-30");

const ON_PAPER: readonly StepKind[] = ["letter", "post"];
const IN_TOUCH = CONTACT_KINDS.filter((kind) => !ON_PAPER.includes(kind));
const FILINGS = STEP_KINDS.filter((kind) => !CONTACT_KINDS.includes(kind));

/** What each hold does to each kind of step, and why. The same table stands in law/house/holds.md. */
export const HOLD_EFFECTS: Readonly<Record<HoldKind, Effect>> = {
  dispute: {
    name: { en: "dispute", zh: "异议" },
    stops: CONTACT_KINDS,
    asks: FILINGS,
    because: { en: "What is owed is being checked.", zh: "欠款正在核查。" },
  },
  complaint: {
    name: { en: "complaint", zh: "投诉" },
    stops: CONTACT_KINDS,
    asks: FILINGS,
    because: { en: "The conduct of collection is being checked.", zh: "催收行为正在核查。" },
  },
  hardship: {
    name: { en: "hardship", zh: "经济困难" },
    stops: CONTACT_KINDS,
    asks: FILINGS,
    because: { en: "The person asked for help and waits for an answer.", zh: "借款人已申请协商，等待答复。" },
  },
  represented: {
    name: { en: "represented", zh: "已委托代理人" },
    stops: IN_TOUCH,
    asks: [...ON_PAPER, ...FILINGS],
    because: { en: "Someone speaks for the person.", zh: "借款人已委托他人代理。" },
  },
  "cease-contact": {
    name: { en: "request to stop contact", zh: "停止联系请求" },
    stops: IN_TOUCH,
    asks: ON_PAPER,
    because: { en: "The person asked to be left alone.", zh: "借款人要求停止联系。" },
  },
  insolvency: {
    name: { en: "insolvency", zh: "破产" },
    stops: CONTACT_KINDS,
    asks: FILINGS,
    because: { en: "One collective process decides who is paid.", zh: "由破产程序统一清偿。" },
  },
  deceased: {
    name: { en: "deceased", zh: "已故" },
    stops: IN_TOUCH,
    asks: [...ON_PAPER, ...FILINGS],
    because: {
      en: "The person has died; the estate is a matter of letters and law.",
      zh: "借款人已故，遗产事宜依法以书面处理。",
    },
  },
  minor: {
    name: { en: "minor", zh: "未成年人或限制行为能力人" },
    stops: IN_TOUCH,
    asks: [...ON_PAPER, ...FILINGS],
    because: { en: "The person lacks full capacity.", zh: "借款人不具有完全民事行为能力。" },
  },
};

export const holds = rule({
  id: "house/holds",
  says: {
    en: "While a hold is recorded, no step is made that the hold stops, and a step that the hold questions waits for a person.",
    zh: "暂停催收记录有效期间，被暂停的动作一律不做，存疑的动作须由人工决定。",
  },
  cite: {
    law: "house/holds",
    at: "holds",
    quote:
      "While a hold is recorded, no step is made that the hold stops, and a step that the hold questions waits for a person.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: "2021-01-01",
  governs: STEP_KINDS,
  needs: ["holds"],
  check: ({ step, facts }) => {
    let asks: Outcome | undefined;
    let stops: { hold: Hold; effect: Effect; allowedFrom: Instant | "never" } | undefined;
    for (const hold of facts.holds!) {
      const effect = HOLD_EFFECTS[hold.kind];
      if (effect === undefined) {
        asks = askPerson({ en: `Not a known hold: ${hold.kind}.`, zh: `未知的暂停类型：${hold.kind}。` });
        continue;
      }
      const ends = endOf(hold, facts);
      if (ends !== "never" && ends <= step.at) continue;
      if (effect.stops.includes(step.kind)) {
        if (stops === undefined || isLater(ends, stops.allowedFrom))
          stops = { hold, effect, allowedFrom: ends };
      } else if (effect.asks.includes(step.kind)) {
        asks ??= askPerson(sentence(effect));
      }
    }
    if (stops) return forbid(sentence(stops.effect), stops.allowedFrom);
    return asks ?? allow();
  },
});

/**
 * The start of the day after the hold's last day, in the last of the zones where he may be; without that day, or without
 * a zone, nobody can say.
 */
function endOf({ until }: Hold, facts: GateFacts): Instant | "never" {
  if (until === undefined || facts.borrowerZone === undefined || until > LAST_DAY) return "never";
  return Math.max(...zonesOf(facts).map((zone) => instantAt(zone, addDays(until, 1), 0)));
}

const isLater = (a: Instant | "never", b: Instant | "never"): boolean =>
  b !== "never" && (a === "never" || a > b);

const sentence = ({ name, because }: Effect): Words => ({
  en: `Hold: ${name.en}. ${because.en}`,
  zh: `暂停：${name.zh}。${because.zh}`,
});
