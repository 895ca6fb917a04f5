import { decimalsOf } from "../../core/index.ts";
import {
  type Because,
  CERTAINTIES,
  CERTAINTY_WORDS,
  type Certainty,
  dayWords,
  eventWords,
  type Forecast,
  type ForecastEvent,
  whenWords,
} from "../../forecast/index.ts";
import { amount, type Io, type Language, width } from "../../office/io.ts";

/** Certainty has form and not colour: whole, broken, dotted. */
const MARKS: Readonly<Record<Certainty, string>> = { contract: "━", intended: "╌", court: "┈" };
const COLUMNS = 92;
const INDENT = 21;

const WORDS = {
  en: {
    now: "past due",
    on: "On",
    parts: ["principal", "interest", "late interest", "fees"],
    payoff: "To pay off everything that day",
    nothing: "What comes if nothing is paid",
    paying: (sum: string, on: string) => `What comes if ${sum} is paid on ${on}`,
    through: (day: string) => `through ${day}`,
    far: "later, or at no fixed day",
    held: "Kept back by a rule, as things stand",
    heldOn: (count: number) => `${count} times`,
    why: "Where it stands",
    terms: "your contract",
    strategy: "the lender's plan",
    unknown: (day: string, reason: string) => `From ${day} on nothing can be foreseen: ${reason}`,
    unverified: "NOT VERIFIED: nobody here has read the official text",
    none: "Nothing comes in this time.",
    fed: "The lender's own system keeps the plan: days on which more falls due are not known here.",
    note: "This says what comes by itself. It is no legal advice.",
  },
  zh: {
    now: "逾期",
    on: "截至",
    parts: ["本金", "利息", "逾期利息", "费用"],
    payoff: "当日全部结清",
    nothing: "如不还款，接下来会发生什么",
    paying: (sum: string, on: string) => `如于 ${on} 还 ${sum}，接下来会发生什么`,
    through: (day: string) => `至 ${day}`,
    far: "更晚，或没有固定日期",
    held: "按目前情况，因规则而不会进行",
    heldOn: (count: number) => `${count} 次`,
    why: "依据",
    terms: "您的合同",
    strategy: "出借人的计划",
    unknown: (day: string, reason: string) => `自 ${day} 起无法预测：${reason}`,
    unverified: "未核实：未读到官方文本",
    none: "此期间没有事件。",
    fed: "还款计划由出借人系统管理：之后的到期日此处未知。",
    note: "以上说明自动发生的事项，不构成法律意见。",
  },
} as const;

/** The forecast for a person: what stands now, then a line of time, then where each thing stands. */
export function tellForecast(found: Forecast, zone: string, io: Io): void {
  const { language } = io;
  const words = WORDS[language];
  const decimals = decimalsOf(found.currency);
  const money = (sum: number): string => `${found.currency} ${amount(sum, decimals)}`;
  tellNow(found, money, io);
  io.out("");
  const head = found.pay
    ? words.paying(money(found.pay.amount), dayWords(found.pay.on, language))
    : words.nothing;
  io.out(`${head}, ${words.through(dayWords(found.through, language))}`);
  for (const certainty of CERTAINTIES)
    io.out(`  ${MARKS[certainty]}  ${CERTAINTY_WORDS[certainty][language]}`);
  const sources = new Sources(language);
  const near = found.events.filter(
    ({ on, kind }) => on > found.asOf && on <= found.through && kind !== "suit-possible",
  );
  const far = found.events.filter((event) => !near.includes(event));
  io.out("");
  if (found.position.source === "fed") io.out(`  ${words.fed}`);
  if (near.length === 0) io.out(`  ${words.none}`);
  tellEvents(near, { language, money, zone }, sources, io);
  if (found.unknownFrom) {
    io.out("");
    io.out(`  ${words.unknown(dayWords(found.unknownFrom.on, language), found.unknownFrom.reason)}`);
  }
  if (far.length > 0) {
    io.out("");
    io.out(`── ${words.far}`);
    tellEvents(far, { language, money, zone }, sources, io);
  }
  tellHeldBack(found, sources, io);
  io.out("");
  io.out(words.why);
  for (const [number, line] of sources.lines())
    wrap(line, COLUMNS - 7).forEach((part, i) => {
      io.out(`  ${(i === 0 ? `[${number}]` : "").padEnd(5)}${part}`);
    });
  io.out("");
  io.out(words.note);
}

function tellNow(
  { asOf, position, currency }: Forecast,
  money: (sum: number) => string,
  { language, out }: Io,
): void {
  const words = WORDS[language];
  const { arrears, payoff } = position;
  const decimals = decimalsOf(currency);
  const fees = arrears.fee + arrears.penalty + arrears.recoveryCost;
  const sums = [arrears.principal, arrears.interest, arrears.lateInterest, fees];
  const parts = words.parts.map((part, i) => `${part} ${amount(sums[i]!, decimals)}`).join(" + ");
  out(`${words.on} ${dayWords(asOf, language)}: ${words.now} ${money(arrears.total)}`);
  out(`  = ${parts}`);
  out(`${words.payoff}: ${money(payoff)}`);
}

function tellEvents(
  events: readonly ForecastEvent[],
  telling: Parameters<typeof eventWords>[1],
  sources: Sources,
  { language, out }: Io,
): void {
  let last = "";
  for (const event of events) {
    const when = whenWords(event, language);
    const lines = eventWords(event, telling);
    const marks = sources.marks(event.because);
    const wrapped = lines.flatMap((line, i) =>
      wrap(i === lines.length - 1 ? `${line}  ${marks}` : line, COLUMNS - INDENT),
    );
    // A range is longer than the margin: it has a line to itself.
    const range = when.length > INDENT - 5 && width(when) > INDENT - 5;
    if (range) out(`  ${when}`);
    wrapped.forEach((line, i) => {
      const margin = i === 0 && !range && when !== last ? when : "";
      const mark = i === 0 ? MARKS[event.certainty] : " ";
      out(`  ${margin}${" ".repeat(Math.max(1, INDENT - 4 - width(margin)))}${mark} ${line}`);
    });
    last = when;
  }
}

/** Refusals of the same step by the same rules are one line: a step that waits is looked at again and again. */
function tellHeldBack({ heldBack }: Forecast, sources: Sources, { language, out }: Io): void {
  if (heldBack.length === 0) return;
  const words = WORDS[language];
  const groups = new Map<string, { first: (typeof heldBack)[number]; count: number }>();
  for (const one of heldBack) {
    const key = `${one.step} ${one.because.map(({ ref }) => ref).join()}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { first: one, count: 1 });
  }
  out("");
  out(`── ${words.held}`);
  for (const { first, count } of groups.values()) {
    const times = count > 1 ? ` (${words.heldOn(count)})` : "";
    out(`  ${dayWords(first.on, language)}  ${first.step}${times}  ${sources.marks(first.because)}`);
  }
}

/** Reasons with a number each, in the order in which they are met. */
class Sources {
  readonly #language: Language;
  readonly #known = new Map<string, number>();

  constructor(language: Language) {
    this.#language = language;
  }

  marks(because: readonly Because[]): string {
    const numbers = because.map((one) => {
      const line = this.#line(one);
      const number = this.#known.get(line) ?? this.#known.size + 1;
      this.#known.set(line, number);
      return number;
    });
    return numbers.length === 0 ? "" : `[${[...new Set(numbers)].join(" ")}]`;
  }

  lines(): (readonly [number, string])[] {
    return [...this.#known].map(([line, number]) => [number, line] as const);
  }

  #line({ from, ref, source }: Because): string {
    const words = WORDS[this.#language];
    if (source) {
      const { cite, force, verification } = source;
      const state = verification === "unverified" ? words.unverified : verification;
      return `${cite.law} ${cite.at} · ${force} · ${state} · ${cite.quote}`;
    }
    // Which step of it, the JSON says.
    return from === "contract" ? words.terms : `${words.strategy}: ${ref.split(" ")[0]}`;
  }
}

/** Lines no wider than so many columns; text without spaces breaks anywhere. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/(?<= )|(?<=[\u3000-\u9fff，。；：、）])(?=[^，。；：、）])/u)) {
    if (line !== "" && width(`${line}${word}`.trimEnd()) > columns) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += word;
  }
  return line.trim() === "" ? lines : [...lines, line.trimEnd()];
}
