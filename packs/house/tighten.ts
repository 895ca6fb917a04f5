import {
  addDays,
  dayAt,
  formatDay,
  formatMinute,
  hash32,
  type Instant,
  instantAt,
  isInside,
  MINUTES_A_DAY,
  parseDay,
  parseMinute,
  type Span,
  weekday,
} from "../../src/core/index.ts";
import {
  allow,
  type Citation,
  CONTACT_KINDS,
  type ContactMade,
  type DatedValue,
  forbid,
  type GateFacts,
  type Pack,
  type Rule,
  rule,
  type StepKind,
  type Words,
  zonesOf,
} from "../../src/policy/index.ts";
import { type YamlNode as Node, wordOf, YamlReader } from "../../src/yaml/index.ts";
import {
  countThatDay,
  isConnected,
  isUnanswered,
  latest,
  outside,
  startOfNextDay,
  timeIn,
  zonesWhere,
} from "../clock.ts";

/** What a lender sets for itself, above what its pack demands. */
export interface House {
  readonly name: string;
  /** First day of the settings. */
  readonly from: string;
  readonly quietHours?: Span;
  readonly callCaps: readonly CallCap[];
  readonly channelsNotUsed: readonly StepKind[];
  /** 1 Monday … 7 Sunday. */
  readonly weekdaysOff: readonly number[];
  readonly datesOff: readonly string[];
  readonly gapMinutes?: number;
  readonly contactCap?: { readonly most: number; readonly days: number };
}

export interface CallCap {
  readonly count: CallCount;
  readonly most: number;
  /** Calendar days that are counted together, the day of the call the last of them. */
  readonly days: number;
  /** Counted for each number by itself. */
  readonly eachNumber: boolean;
}

const CALL_COUNTS = ["connected", "attempts", "all"] as const;
type CallCount = (typeof CALL_COUNTS)[number];

/** The pack's parameters that a setting can be compared with. */
export interface Limits {
  readonly quietHours: readonly string[];
  /** Hours that are open, where the pack says them that way round: all others are closed. */
  readonly openHours: readonly string[];
  readonly connectedADay: readonly string[];
  readonly attemptsANumberADay: readonly string[];
}

export interface HouseRefusal {
  readonly code: string;
  readonly says: string;
  /** `house.yaml:3:5` */
  readonly at: string;
  /** The rule that the setting would loosen, its source, and what would be strict enough. */
  readonly loosens?: { readonly rule: string; readonly cite: Citation; readonly strictEnough: string };
}

export type ReadHouse =
  | { readonly ok: true; readonly house: House }
  | { readonly ok: false; readonly refusals: readonly HouseRefusal[] };

const KEYS = [
  "house",
  "from",
  "quiet_hours",
  "call_caps",
  "channels_not_used",
  "days_off",
  "gap_minutes",
  "contact_cap",
];
const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/** The facts of a step hold the contacts of eight days, so no window and no gap can be longer. */
const MOST_DAYS = 7;

/**
 * Reads a lender's `house.yaml` and holds it against its pack.
 *
 * Takes   the text, the file's name for the refusals, the pack, and which of its parameters a setting is compared with.
 * Refuses an unknown word with the nearest known one, a wrong shape, and a setting that is looser than the pack's on any
 *         day from `from` on; each with its line and column.
 */
export function readHouse(text: string, file: string, pack: Pack, limits: Limits): ReadHouse {
  const reader = new Reader(text, file, pack, limits);
  const house = reader.house();
  return house && reader.refusals.length === 0
    ? { ok: true, house }
    : { ok: false, refusals: reader.refusals };
}

/**
 * The pack with the lender's own rules after its own. The version names all of them.
 *
 * Takes   the lender's settings, in the order of their first days: each holds until the day before the next one's first.
 */
export function withHouse(pack: Pack, ...settings: readonly House[]): Pack {
  const own = hash32(JSON.stringify(settings)).toString(16).padStart(8, "0");
  const rules = settings.flatMap((house, i) => {
    const next = settings[i + 1];
    const rules = rulesOf(house, next && formatDay(addDays(parseDay(next.from)!, -1)));
    // Later settings may say another thing under the same name; the journal tells rules apart by their names.
    return i === 0 ? rules : rules.map((rule) => ({ ...rule, id: `${rule.id}@${house.from}` }));
  });
  return { ...pack, version: `${pack.version}-house-${own}`, rules: [...pack.rules, ...rules] };
}

// --- rules -----------------------------------------------------------------------------------------------------------

const CITE: Citation = {
  law: "house/lender-settings",
  at: "settings",
  quote: "A lender's own settings only make the rules stricter",
};

/** Each setting as a rule of the house, through its last day where it has one: it forbids, and says from when it would not. */
function rulesOf(house: House, to: string | undefined): readonly Rule[] {
  const of = (id: string, says: Words, rest: Pick<Rule, "governs" | "needs" | "check">): Rule =>
    rule({
      id: `lender/${id}`,
      says,
      cite: CITE,
      layer: "house",
      force: "house rule",
      verification: "house",
      from: house.from,
      ...(to === undefined ? {} : { to }),
      ...rest,
    });
  const rules: Rule[] = [];
  if (house.quietHours) rules.push(of("quiet-hours", ...quietHours(house.quietHours)));
  house.callCaps.forEach((cap, n) => {
    rules.push(of(`call-cap-${n + 1}`, ...callCap(cap)));
  });
  if (house.channelsNotUsed.length > 0)
    rules.push(of("channels-not-used", ...notUsed(house.channelsNotUsed)));
  if (house.weekdaysOff.length + house.datesOff.length > 0) rules.push(of("days-off", ...daysOff(house)));
  if (house.gapMinutes !== undefined) rules.push(of("gap", ...gap(house.gapMinutes)));
  if (house.contactCap) rules.push(of("contact-cap", ...contactCap(house.contactCap)));
  return rules;
}

type Body = [Words, Pick<Rule, "governs" | "needs" | "check">];

const quietHours = (quiet: Span): Body => {
  const hours = `${formatMinute(quiet.from)}–${formatMinute(quiet.to)}`;
  return [
    { en: `No contact ${hours} where the borrower lives.`, zh: `借款人所在地${hours}不联系。` },
    {
      governs: CONTACT_KINDS,
      needs: ["borrowerZone"],
      check: ({ step, facts }) => {
        const asleep = zonesWhere(facts, step.at, (minute) => isInside(quiet, minute));
        if (asleep.length === 0) return allow();
        const time = timeIn(asleep[0]!, step.at);
        return forbid(
          { en: `It is ${time} there; no contact ${hours}.`, zh: `当地时间${time}；${hours}不联系。` },
          latest(asleep, step.at, outside(quiet)),
        );
      },
    },
  ];
};

const COUNTED: Readonly<Record<CallCount, { readonly is: (made: ContactMade) => boolean } & Words>> = {
  connected: { is: isConnected, en: "connected calls", zh: "接通电话" },
  attempts: { is: isUnanswered, en: "unanswered calls", zh: "未接通电话" },
  all: { is: () => true, en: "calls", zh: "电话" },
};

const callCap = ({ count, most, days, eachNumber }: CallCap): Body => {
  const { is, en, zh } = COUNTED[count];
  return [
    {
      en: `At most ${most} ${en}${eachNumber ? " to one number" : ""} in ${inDays(days)}.`,
      zh: `${days}日内${eachNumber ? "对同一号码" : ""}${zh}至多${most}次。`,
    },
    {
      governs: ["call"],
      needs: ["borrowerZone", "contacts"],
      check: ({ step, facts }) => {
        const number = step.to.address;
        // Where a number is not named it is taken to be the same one: that can only count too many.
        const same = ({ address }: ContactMade) =>
          !eachNumber || number === undefined || address === undefined || address === number;
        const made = countThatDay(facts, step.at, ["call"], (call) => is(call) && same(call), days);
        if (made < most) return allow();
        return forbid(
          {
            en: `${made} ${en} in ${inDays(days)}; at most ${most}.`,
            zh: `${days}日内${zh}${made}次，至多${most}次。`,
          },
          startOfNextDay(facts, step.at),
        );
      },
    },
  ];
};

const notUsed = (kinds: readonly StepKind[]): Body => [
  { en: `Not used: ${kinds.join(", ")}.`, zh: `不使用：${kinds.join("、")}。` },
  {
    governs: kinds,
    needs: [],
    check: ({ step }) =>
      forbid({ en: `This lender does not use ${step.kind}.`, zh: `本出借人不使用${step.kind}。` }, "never"),
  },
];

const daysOff = ({ weekdaysOff, datesOff }: House): Body => {
  const en = [...weekdaysOff.map((n) => WEEKDAYS[n - 1]!), ...datesOff].join(", ");
  const zh = [...weekdaysOff.map((n) => `周${"一二三四五六日"[n - 1]}`), ...datesOff].join("、");
  const dates = new Set(datesOff.map((date) => parseDay(date)!));
  const isOff = (zone: string, at: Instant): boolean => {
    const on = dayAt(zone, at);
    return dates.has(on) || weekdaysOff.includes(weekday(on));
  };
  return [
    { en: `No contact on ${en}.`, zh: `以下日子不联系：${zh}。` },
    {
      governs: CONTACT_KINDS,
      needs: ["borrowerZone"],
      check: ({ step, facts }) => {
        const off = zonesOf(facts).filter((zone) => isOff(zone, step.at));
        if (off.length === 0) return allow();
        // Each zone's day off has to be over; whether the next day is one is asked again then.
        const over = off.map((zone) => instantAt(zone, addDays(dayAt(zone, step.at), 1), 0));
        const date = formatDay(dayAt(off[0]!, step.at));
        return forbid({ en: `${date} is a day off.`, zh: `${date}不联系。` }, Math.max(...over));
      },
    },
  ];
};

const gap = (minutes: number): Body => {
  const ms = minutes * 60_000;
  return [
    { en: `At least ${minutes} minutes between two contacts.`, zh: `两次联系至少间隔${minutes}分钟。` },
    {
      governs: CONTACT_KINDS,
      needs: ["contacts"],
      check: ({ step, facts }) => {
        const near = ours(facts).filter(({ at }) => Math.abs(step.at - at) < ms);
        if (near.length === 0) return allow();
        return forbid(
          {
            en: `The last contact was less than ${minutes} minutes before.`,
            zh: `距上次联系不足${minutes}分钟。`,
          },
          Math.max(...near.map(({ at }) => at)) + ms,
        );
      },
    },
  ];
};

const ours = ({ contacts }: GateFacts): readonly ContactMade[] =>
  contacts!.filter(({ inbound, kind }) => !inbound && CONTACT_KINDS.includes(kind));

const contactCap = ({ most, days }: { readonly most: number; readonly days: number }): Body => [
  {
    en: `At most ${most} contacts in ${inDays(days)}, over all channels.`,
    zh: `${days}日内各渠道合计至多联系${most}次。`,
  },
  {
    governs: CONTACT_KINDS,
    needs: ["borrowerZone", "contacts"],
    check: ({ step, facts }) => {
      const made = countThatDay(facts, step.at, CONTACT_KINDS, () => true, days);
      if (made < most) return allow();
      return forbid(
        {
          en: `${made} contacts in ${inDays(days)}; at most ${most}.`,
          zh: `${days}日内已联系${made}次，至多${most}次。`,
        },
        startOfNextDay(facts, step.at),
      );
    },
  },
];

const inDays = (days: number): string => (days === 1 ? "a day" : `${days} days`);

// --- reading ---------------------------------------------------------------------------------------------------------

class Reader {
  readonly #yaml: YamlReader<HouseRefusal>;
  readonly #pack: Pack;
  readonly #limits: Limits;
  #from = "";

  constructor(text: string, file: string, pack: Pack, limits: Limits) {
    this.#yaml = new YamlReader(text, file);
    this.#pack = pack;
    this.#limits = limits;
  }

  get refusals(): readonly HouseRefusal[] {
    return this.#yaml.refusals;
  }

  house(): House | undefined {
    if (this.refusals.length > 0) return undefined;
    const root = this.#yaml.map(this.#yaml.root, KEYS, "the file");
    if (!root) return undefined;
    const name = this.#yaml.text(root.get("house"), "house", root.node);
    const firstDay = this.#yaml.day(root.get("from"), "from", root.node);
    if (name === undefined || firstDay === undefined) return undefined;
    const from = formatDay(firstDay);
    this.#from = from;
    const off = this.#daysOff(root.get("days_off"));
    const quiet = this.#quietHours(root.get("quiet_hours"));
    const gapMinutes = root.get("gap_minutes");
    const cap = root.get("contact_cap");
    const contact = cap && this.#yaml.map(cap, ["most", "days"], "contact_cap");
    const minutes =
      gapMinutes && this.#yaml.whole(gapMinutes, "gap_minutes", gapMinutes, 1, MOST_DAYS * MINUTES_A_DAY);
    const most = contact && this.#yaml.whole(contact.get("most"), "most", contact.node, 1, 1000);
    const days = contact && this.#days(contact.get("days"));
    return {
      name,
      from,
      callCaps: this.#items(root.get("call_caps"), "call_caps").flatMap((node) => this.#callCap(node)),
      channelsNotUsed: this.#items(root.get("channels_not_used"), "channels_not_used").flatMap(
        (node) => this.#yaml.word(node, CONTACT_KINDS, "channels_not_used", node) ?? [],
      ),
      ...off,
      ...(quiet ? { quietHours: quiet } : {}),
      ...(minutes ? { gapMinutes: minutes } : {}),
      ...(most && days ? { contactCap: { most, days } } : {}),
    };
  }

  #quietHours(node: Node | undefined): Span | undefined {
    if (node === undefined) return undefined;
    const map = this.#yaml.map(node, ["from", "to"], "quiet_hours");
    const from = map && this.#yaml.minute(map.get("from"), "from", map.node, MINUTES_A_DAY);
    const to = map && this.#yaml.minute(map.get("to"), "to", map.node, MINUTES_A_DAY);
    if (from === undefined || to === undefined) return undefined;
    if (from === to) {
      this.#yaml.refuse("no-time-left", "quiet_hours: from and to are the same; no time would be left", node);
      return undefined;
    }
    const span = { from, to };
    const closed = [
      ...this.#inForce(this.#limits.quietHours).map((one) => ({ ...one, turned: false })),
      ...this.#inForce(this.#limits.openHours).map((one) => ({ ...one, turned: true })),
    ];
    for (const { name, value, turned } of closed) {
      const said = value.value as { from: string; to: string };
      const theirs = turned ? { from: said.to, to: said.from } : said;
      const asked = { from: parseMinute(theirs.from)!, to: parseMinute(theirs.to)! };
      if (contains(span, asked)) continue;
      this.#looser(
        `quiet_hours ${formatMinute(from)}–${formatMinute(to)} leave open a time that is closed ${theirs.from}–${theirs.to}`,
        name,
        value,
        `from ${theirs.from} or earlier, to ${theirs.to} or later`,
        node,
      );
      break;
    }
    return span;
  }

  #callCap(node: Node): CallCap[] {
    const map = this.#yaml.map(node, ["count", "most", "days", "on"], "a call cap");
    if (!map) return [];
    const on = map.get("on");
    const count = this.#yaml.word(map.get("count"), CALL_COUNTS, "count", map.node);
    const number = on && this.#yaml.word(on, ["number"] as const, "on", on);
    const most = this.#yaml.whole(map.get("most"), "most", map.node, 1, 1000);
    const days = this.#days(map.get("days"));
    if (count === undefined || most === undefined || days === undefined) return [];
    const eachNumber = number === "number";
    // A cap over all numbers on tries has no like in a pack, and can only add to one.
    const names =
      count === "connected"
        ? this.#limits.connectedADay
        : count === "attempts" && eachNumber
          ? this.#limits.attemptsANumberADay
          : [];
    for (const { name, value } of this.#inForce(names)) {
      const theirs = (value.value as number) * days;
      if (most <= theirs) continue;
      this.#looser(
        `${most} ${COUNTED[count].en} in ${inDays(days)} are more than the ${theirs} of the pack`,
        name,
        value,
        `most: ${theirs} or less`,
        map.get("most") ?? node,
      );
      break;
    }
    return [{ count, most, days, eachNumber }];
  }

  #daysOff(node: Node | undefined): Pick<House, "weekdaysOff" | "datesOff"> {
    const weekdaysOff = new Set<number>();
    const datesOff = new Set<string>();
    for (const item of this.#items(node, "days_off")) {
      const word = wordOf(item);
      if (parseDay(word) !== undefined) datesOff.add(word);
      else {
        const known = this.#yaml.word(item, WEEKDAYS, "days_off, beside dates", item);
        if (known !== undefined) weekdaysOff.add(WEEKDAYS.indexOf(known) + 1);
      }
    }
    if (weekdaysOff.size === WEEKDAYS.length)
      this.#yaml.refuse("no-time-left", "days_off: no day of the week would be left", node);
    return { weekdaysOff: [...weekdaysOff].sort(), datesOff: [...datesOff].sort() };
  }

  /** The values of these parameters on the days from `from` on, with the name of each. */
  #inForce(names: readonly string[]): readonly { readonly name: string; readonly value: DatedValue }[] {
    return names.flatMap((name) =>
      (this.#pack.params[name] ?? [])
        .filter(({ to }) => to === undefined || to >= this.#from)
        .map((value) => ({ name, value })),
    );
  }

  #looser(says: string, param: string, value: DatedValue, strictEnough: string, node: Node): void {
    const by = this.#pack.rules.find(({ params }) => params?.includes(param));
    const loosens = { rule: by?.id ?? param, cite: value.cite, strictEnough };
    const { law, at, quote } = value.cite;
    const reason = `${says}: it would loosen ${loosens.rule} (${law}, ${at}: “${quote}”); strict enough: ${strictEnough}`;
    this.#yaml.refuse("looser-than-the-pack", reason, node, { loosens });
  }

  /** A list that may be left out. */
  #items(node: Node | undefined, key: string): readonly Node[] {
    return node === undefined ? [] : this.#yaml.items(node, key, node);
  }

  /** One day where none is given. */
  #days(node: Node | undefined): number | undefined {
    return node === undefined ? 1 : this.#yaml.whole(node, "days", node, 1, MOST_DAYS);
  }
}

/** Every minute of the second is in the first. */
function contains(outer: Span, inner: Span): boolean {
  for (let minute = 0; minute < MINUTES_A_DAY; minute++) {
    if (isInside(inner, minute) && !isInside(outer, minute)) return false;
  }
  return true;
}
