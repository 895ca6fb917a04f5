import { type Day, invariant } from "../core/index.ts";
import { type Folded, fold, foldWord } from "./fold.ts";
import { coversDay } from "./gate.ts";
import type { ActorRole, Citation, Force, Layer, Purpose, StepKind, Verification, Words } from "./types.ts";

export type WordLanguage = "en" | "zh";
export const WORD_LANGUAGES: readonly WordLanguage[] = ["en", "zh"];

/**
 * Word sequences that a rule looks for. A pattern is `A|B ~4 C|D`: one of A or B, then, at most four characters on and
 * in the same sentence, one of C or D. `~` alone is six Chinese characters or thirty letters. A Latin word may end in
 * `*` for any ending. In a required line, `#sender`, `#amount` and `#day` are what they say, in figures or a placeholder.
 */
export type Patterns = Readonly<Partial<Record<WordLanguage, readonly string[]>>>;

/** Something that no text may say. */
export interface ForbiddenWords {
  readonly catches: Words;
  readonly patterns: Patterns;
  /**
   * Where it may be said all the same: `not ~2 *` (the finding comes at most two characters after "not", in the same
   * clause), `* ~4 is unlawful`, or `* with not` (the word is inside the finding).
   */
  readonly unless?: readonly string[];
  /** An action that may be announced where it may lawfully be taken and is intended. */
  readonly intended?: string;
}

/** Something that a text has to say, by any of its patterns. */
export interface RequiredLine {
  readonly line: Words;
  /** In the first communication on a debt, or in those after it; in every one where absent. */
  readonly when?: "first" | "later";
  readonly stages?: readonly string[];
  /** Kinds within those of the rule. */
  readonly kinds?: readonly StepKind[];
  readonly patterns: Patterns;
  readonly suggestion: Words;
}

/** A rule on what a message says, as data. */
export interface WordRule {
  readonly id: string;
  readonly says: Words;
  readonly cite: Citation;
  readonly layer: Layer;
  readonly force: Force;
  readonly verification: Verification;
  readonly from: string;
  readonly to?: string;
  readonly governs: readonly StepKind[];
  readonly binds?: readonly ActorRole[];
  readonly purposes?: readonly Purpose[];
  /** Languages in which it has been written; a text in another one is not found by it. */
  readonly languages: readonly WordLanguage[];
  /** What to write instead. */
  readonly suggestion: Words;
  readonly forbidden?: readonly ForbiddenWords[];
  readonly required?: readonly RequiredLine[];
}

/** What is known about the text. Absent means not known, and a rule that depends on it holds. */
export interface WordContext {
  readonly kind: StepKind;
  readonly on: Day;
  readonly actor?: ActorRole;
  readonly purpose?: Purpose;
  readonly stage?: string;
  readonly first?: boolean;
  /** Actions that may lawfully be taken and are intended. */
  readonly intended?: readonly string[];
  /** Of the text; by its characters where absent. */
  readonly language?: WordLanguage;
}

export interface WordFinding {
  readonly rule: WordRule;
  readonly kind: "forbidden" | "required";
  /** Offsets in the text; both 0 where a line is missing. */
  readonly from: number;
  readonly to: number;
  /** The words found; empty where a line is missing. */
  readonly found: string;
  /** What was caught, or which line is missing. */
  readonly what: Words;
  readonly suggestion: Words;
}

/**
 * Finds what a text may not say and what it fails to say.
 *
 * Takes   the text with its placeholders, if any; what is known of it; the rules.
 * Gives   findings in the order of the text, missing lines last.
 * Holds   pure; linear in the text's length; separators, widths and traditional forms change nothing.
 */
export function findWords(
  text: string,
  context: WordContext,
  rules: readonly WordRule[],
): readonly WordFinding[] {
  const { bound, machine } = machineFor(rules, context);
  const folded = fold(text);
  const language = context.language ?? (folded.chinese ? "zh" : "en");
  const seen = scan(machine, folded);
  const findings: WordFinding[] = [];
  forbidden(machine, seen, text, folded, bound, context.intended ?? [], findings);
  for (const { rule, lines } of machine.required) {
    if (!bound.has(rule) || !rule.languages.includes(language)) continue;
    for (const { line, patterns, signs } of lines) {
      if (line.when === "first" && context.first === false) continue;
      if (line.when === "later" && context.first === true) continue;
      if (line.stages && context.stage !== undefined && !line.stages.includes(context.stage)) continue;
      if (line.kinds && !line.kinds.includes(context.kind)) continue;
      const said =
        patterns[language].some((n) => seen.matched[n] === seen.run) ||
        signs[language].some((sign) => SIGNS[sign](text));
      if (!said)
        findings.push({
          rule,
          kind: "required",
          from: 0,
          to: 0,
          found: "",
          what: line.line,
          suggestion: line.suggestion,
        });
    }
  }
  return findings;
}

// --- signs: what is no word --------------------------------------------------------------------------------------

type Sign = "sender" | "amount" | "day";

const holder = (names: string): RegExp => new RegExp(`\\{\\{[^{}]{0,40}(?:${names})[^{}]{0,40}\\}\\}`, "i");
const HELD: Readonly<Record<Sign, RegExp>> = {
  sender: holder("lender|sender|company|bank|from|机构|出借人|公司|银行|落款"),
  amount: holder("amount|total|sum|owed|balance|金额|应还|欠款|合计"),
  day: holder("day|date|due|日期|应还日|日"),
};
const AMOUNT =
  /(?:[¥￥$€£]|CNY|RMB|USD|EUR|GBP|HKD|KRW|JPY|CZK|人民币)\s?\d|\d\s?(?:元|圆|块|CNY|RMB|USD|EUR|GBP|HKD|KRW|JPY|CZK|yuan|dollar)/i;
const DAY =
  /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}月\d{1,2}日|\d{1,2}\/\d{1,2}\/\d{2,4}|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)/;
/** A name in the brackets of a signature, a name before a colon at the beginning, or "this is …". */
const SENDER =
  /【[^【】\s][^【】]{0,40}】|^\s*(?!尊敬|您好|你好|亲爱|通知|提醒|Dear|Hello|Hi\b|Notice|Reminder|Warning|URGENT)[^:：。！？!?\n]{2,60}[:：]\s?\S|(?:我是|我们是|这里是|本人系|来自)\S{0,30}(?:银行|公司|机构|金融|小贷|消费)|\b(?:this is|we are|on behalf of|your lender,?|from) [A-Z]\w/;

const SIGNS: Readonly<Record<Sign, (text: string) => boolean>> = {
  sender: (text) => SENDER.test(text) || (text.includes("{{") && HELD.sender.test(text)),
  amount: (text) => AMOUNT.test(text) || (text.includes("{{") && HELD.amount.test(text)),
  day: (text) => DAY.test(text) || (text.includes("{{") && HELD.day.test(text)),
};

// --- the machine: every word of every rule, found in one pass --------------------------------------------------------

interface Part {
  readonly phrases: readonly number[];
  /** Most characters between this part and the one before it. */
  readonly gap: number;
}
interface Pattern {
  readonly parts: readonly Part[];
  /** The group that it belongs to; none for a required line. */
  readonly group: number;
}
interface Excuse {
  readonly side: "before" | "after" | "with";
  readonly phrases: ReadonlySet<number>;
  readonly gap: number;
}
interface Group {
  readonly rule: WordRule;
  readonly words: ForbiddenWords;
  readonly excuses: readonly Excuse[];
}
interface Phrase {
  readonly length: number;
  readonly latin: boolean;
  /** Whether the word may go on. */
  readonly open: boolean;
  readonly uses: { pattern: number; part: number }[];
  /** Whether an excuse looks for it. */
  excuses: boolean;
}
/** Symbol of each code unit, 0 for one that no word has; then a row of next states for each state, and its words. */
interface Table {
  readonly symbols: Uint16Array;
  readonly width: number;
  readonly next: Uint16Array;
  readonly hits: readonly (readonly number[] | undefined)[];
}
type LinesOf = Readonly<Record<WordLanguage, readonly number[]>>;
interface Machine {
  readonly groups: readonly Group[];
  readonly patterns: readonly Pattern[];
  readonly phrases: readonly Phrase[];
  readonly breaks: ReadonlySet<number>;
  readonly required: readonly {
    readonly rule: WordRule;
    readonly lines: readonly {
      readonly line: RequiredLine;
      readonly patterns: LinesOf;
      readonly signs: Readonly<Record<WordLanguage, readonly Sign[]>>;
    }[];
  }[];
  readonly latin: Table;
  readonly chinese: Table;
  /** Recent ends and beginnings of each part of each pattern, and where they lie. */
  readonly slots: Int32Array;
  readonly slotOf: readonly number[];
  readonly matched: Int32Array;
  run: number;
}

const DEFAULT_GAP: Readonly<Record<WordLanguage, number>> = { zh: 6, en: 30 };
/** How many recent places of a part are remembered: a later one may overlap what follows, an earlier one not. */
const KEPT = 3;
const SLOT = KEPT * 3 + 1;

/** Words that end the reach of a "not": after them it speaks of something else. */
const BREAKS = "将会|将|则|否则|不|但|就会|就要|unless|until|if|but|otherwise|or we";

const isLatin = (unit: number): boolean => unit < 0x3400;

class Builder {
  readonly phrases: Phrase[] = [];
  readonly patterns: Pattern[] = [];
  readonly groups: Group[] = [];
  readonly words: (readonly number[])[] = [];
  readonly #ids = new Map<string, number>();

  phrase(text: string, at: string): number {
    const open = text.endsWith("*");
    const { code } = foldWord(open ? text.slice(0, -1) : text);
    invariant(code.length > 0, `${at}: "${text}" has no letter or character`);
    const key = `${code.join(",")}${open ? "*" : ""}`;
    let id = this.#ids.get(key);
    if (id === undefined) {
      id = this.phrases.length;
      this.#ids.set(key, id);
      const latin = isLatin(code[0]!);
      invariant(
        code.every((unit) => isLatin(unit) === latin),
        `${at}: "${text}" mixes Chinese and Latin; join two words by ~0`,
      );
      this.phrases.push({
        length: code.length,
        latin,
        open: open || !latin,
        uses: [],
        excuses: false,
      });
      this.words.push(code);
    }
    return id;
  }

  choice = (text: string, at: string): number[] =>
    text.split("|").map((word) => {
      invariant(word.trim() !== "", `${at}: an empty word in "${text}"`);
      return this.phrase(word.trim(), at);
    });

  pattern(text: string, language: WordLanguage, group: number, at: string): number {
    const pieces = text.split(/~(\d*)(?=\s)/);
    const parts: Part[] = [];
    for (let i = 0; i < pieces.length; i += 2) {
      const gap = i === 0 ? 0 : pieces[i - 1] === "" ? DEFAULT_GAP[language] : Number(pieces[i - 1]);
      parts.push({ phrases: this.choice(pieces[i]!.trim(), at), gap });
    }
    const n = this.patterns.length;
    this.patterns.push({ parts, group });
    parts.forEach(({ phrases }, part) => {
      for (const phrase of phrases) this.phrases[phrase]!.uses.push({ pattern: n, part });
    });
    return n;
  }

  excuse(text: string, at: string): Excuse {
    const shape = /^(?:(.+?) ~(\d+) \*|\* ~(\d+) (.+)|\* with (.+))$/.exec(text);
    invariant(
      shape !== null,
      `${at}: "${text}" is no exception; write "not ~2 *", "* ~4 is unlawful" or "* with not"`,
    );
    const [, before, gapBefore, gapAfter, after, inside] = shape;
    const phrases = new Set(this.choice((before ?? after ?? inside)!, at));
    for (const phrase of phrases) this.phrases[phrase]!.excuses = true;
    return {
      side: before !== undefined ? "before" : after !== undefined ? "after" : "with",
      phrases,
      gap: Number(gapBefore ?? gapAfter ?? 0),
    };
  }
}

const machines = new WeakMap<readonly WordRule[], Machine>();

function machineOf(rules: readonly WordRule[]): Machine {
  let machine = machines.get(rules);
  if (!machine) {
    machine = build(rules);
    machines.set(rules, machine);
  }
  return machine;
}

interface Bound {
  readonly machine: Machine;
  readonly bound: ReadonlySet<WordRule>;
}
const bounds = new WeakMap<readonly WordRule[], Map<string, Bound>>();

/** The rules that hold for a text of this kind on this day; found once for each. */
function machineFor(rules: readonly WordRule[], context: WordContext): Bound {
  const { kind, on, actor, purpose = "collect" } = context;
  let ofRules = bounds.get(rules);
  if (!ofRules) {
    ofRules = new Map();
    bounds.set(rules, ofRules);
  }
  const key = `${kind} ${on} ${actor} ${purpose}`;
  let found = ofRules.get(key);
  if (!found) {
    const holds = rules.filter(
      (rule) =>
        rule.governs.includes(kind) &&
        coversDay(rule, on) &&
        (rule.binds === undefined || actor === undefined || rule.binds.includes(actor)) &&
        (rule.purposes?.includes(purpose) ?? true),
    );
    if (ofRules.size > 500) ofRules.clear();
    found = { machine: machineOf(rules), bound: new Set(holds) };
    ofRules.set(key, found);
  }
  return found;
}

const isSign = (pattern: string): pattern is `#${Sign}` => /^#(?:sender|amount|day)$/.test(pattern);

function build(rules: readonly WordRule[]): Machine {
  const builder = new Builder();
  const breaks = new Set(builder.choice(BREAKS, "breaks"));
  for (const phrase of breaks) builder.phrases[phrase]!.excuses = true;
  const required: Machine["required"][number][] = [];
  for (const rule of rules) {
    for (const words of rule.forbidden ?? []) {
      const excuses = (words.unless ?? []).map((text) => builder.excuse(text, rule.id));
      const group = builder.groups.length;
      builder.groups.push({ rule, words, excuses });
      for (const language of WORD_LANGUAGES)
        for (const text of words.patterns[language] ?? []) builder.pattern(text, language, group, rule.id);
    }
    const lines = (rule.required ?? []).map((line) => {
      const of = (language: WordLanguage) => line.patterns[language] ?? [];
      const numbers = (language: WordLanguage) =>
        of(language)
          .filter((text) => !isSign(text))
          .map((text) => builder.pattern(text, language, -1, rule.id));
      const signs = (language: WordLanguage) =>
        of(language)
          .filter(isSign)
          .map((text) => text.slice(1) as Sign);
      return {
        line,
        patterns: { en: numbers("en"), zh: numbers("zh") },
        signs: { en: signs("en"), zh: signs("zh") },
      };
    });
    if (lines.length > 0) required.push({ rule, lines });
  }
  return { ...builderParts(builder), breaks, required, ...tables(builder), run: 0 };
}

function builderParts({ groups, patterns, phrases }: Builder) {
  const slotOf: number[] = [];
  let slots = 0;
  for (const { parts } of patterns) {
    slotOf.push(slots);
    slots += parts.length * SLOT;
  }
  return {
    groups,
    patterns,
    phrases,
    slotOf,
    slots: new Int32Array(slots),
    matched: new Int32Array(patterns.length),
  };
}

/** One table for each script: no word has both, and a table's size is its states times its characters. */
const tables = ({ phrases, words }: Builder) => {
  const of = (latin: boolean) =>
    automaton(words.map((word, id) => (phrases[id]!.latin === latin ? word : [])));
  return { latin: of(true), chinese: of(false) };
};

/** Aho and Corasick's automaton with every step worked out: one look-up a character, whatever the text. */
function automaton(words: readonly (readonly number[])[]): Table {
  const symbols = new Uint16Array(0x10000);
  let width = 1;
  for (const unit of words.flat()) if (symbols[unit] === 0) symbols[unit] = width++;
  const states = 1 + words.reduce((sum, word) => sum + word.length, 0);
  invariant(states < 0x10000, `${states} states are more than a table can number`);
  const next = new Uint16Array(states * width);
  const hits: number[][] = [[]];
  let count = 1;
  words.forEach((word, id) => {
    if (word.length === 0) return;
    let state = 0;
    for (const unit of word) {
      const edge = state * width + symbols[unit]!;
      if (next[edge] === 0) {
        next[edge] = count++;
        hits.push([]);
      }
      state = next[edge]!;
    }
    hits[state]!.push(id);
  });
  const fail = new Int32Array(count);
  const queue: number[] = [];
  for (let symbol = 1; symbol < width; symbol++) if (next[symbol] !== 0) queue.push(next[symbol]!);
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head]!;
    const back = fail[state]!;
    hits[state]!.push(...hits[back]!);
    for (let symbol = 1; symbol < width; symbol++) {
      const edge = state * width + symbol;
      const behind = next[back * width + symbol]!;
      if (next[edge] === 0) next[edge] = behind;
      else {
        fail[next[edge]!] = behind;
        queue.push(next[edge]!);
      }
    }
  }
  return {
    symbols,
    width,
    next: next.slice(0, count * width),
    hits: hits.map((list) => (list.length === 0 ? undefined : list)),
  };
}

// --- the pass ---------------------------------------------------------------------------------------------------------

interface Seen {
  readonly run: number;
  readonly matched: Int32Array;
  /** Candidates: group, from, to, in folded characters. */
  readonly candidates: number[];
  /** Words of exceptions: phrase, from, to. */
  readonly excuses: number[];
}

function scan(machine: Machine, { n, code, start, stop }: Folded): Seen {
  const { phrases } = machine;
  let { symbols, width, next, hits } = machine.latin;
  machine.run = (machine.run + 1) & 0x3fffffff;
  const seen: Seen = { run: machine.run, matched: machine.matched, candidates: [], excuses: [] };
  let state = 0;
  let sentence = 0;
  let wasHan = false;
  for (let i = 0; i < n; i++) {
    const unit = code[i]!;
    const han = unit >= 0x3400;
    const mark = stop[i]!;
    if (mark === 1 || mark === 2) {
      state = 0;
      if (mark === 2) sentence = i;
    }
    if (han !== wasHan) {
      wasHan = han;
      state = 0;
      ({ symbols, width, next, hits } = han ? machine.chinese : machine.latin);
    }
    const symbol = symbols[unit]!;
    state = symbol === 0 ? 0 : next[state * width + symbol]!;
    const found = hits[state];
    if (found === undefined) continue;
    for (const id of found) {
      const phrase = phrases[id]!;
      const from = i + 1 - phrase.length;
      if (phrase.latin) {
        if (!isEdge(start[from]!, phrase)) continue;
        if (!phrase.open && i + 1 < n && !isEdge(start[i + 1]!, phrase)) continue;
      }
      if (phrase.excuses && isWord(phrase, start, from, i + 1, n)) seen.excuses.push(id, from, i + 1);
      for (const use of phrase.uses) advance(machine, seen, use, from, i + 1, sentence);
    }
  }
  return seen;
}

/** A long word is one between any marks (`you*will*be*arrested`); a short one may be a piece of another (`pay*me*nt`). */
const LONG = 6;
const isEdge = (start: number, phrase: Phrase): boolean =>
  start === 1 || (start === 2 && phrase.length >= LONG);

/** Whether a word of an exception is a word there, and no piece of another that was taken apart (`not*ify`). */
const isWord = (phrase: Phrase, start: Uint8Array, from: number, to: number, n: number): boolean =>
  !phrase.latin || (start[from] !== 2 && (to >= n || start[to] !== 2));

/** Whether it is spelled out letter by letter: inside a finding it may then be a piece of it (`n o t i f y`). */
function isSpelled(start: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (start[i] !== 1) return false;
  return to - from > 1;
}

/** A part of a pattern was met: does it go on from the part before it, and does it end the pattern? */
function advance(
  machine: Machine,
  seen: Seen,
  use: { readonly pattern: number; readonly part: number },
  from: number,
  to: number,
  sentence: number,
): void {
  const { patterns, slots, slotOf } = machine;
  const { parts, group } = patterns[use.pattern]!;
  const base = slotOf[use.pattern]!;
  let begun = from;
  if (use.part > 0) {
    begun = -1;
    const before = base + (use.part - 1) * SLOT;
    const gap = parts[use.part]!.gap;
    for (let k = 0; k < KEPT; k++) {
      const at = before + 1 + k * 3;
      if (slots[at] !== seen.run) continue;
      const end = slots[at + 2]!;
      const first = slots[at + 1]!;
      if (end <= from && from - end <= gap && first >= sentence && first > begun) begun = first;
    }
    if (begun < 0) return;
  }
  if (use.part === parts.length - 1) {
    machine.matched[use.pattern] = seen.run;
    if (group >= 0) seen.candidates.push(group, begun, to);
    return;
  }
  const own = base + use.part * SLOT;
  const turn = slots[own]!;
  slots[own] = (turn + 1) % KEPT;
  const at = own + 1 + turn * 3;
  slots[at] = seen.run;
  slots[at + 1] = begun;
  slots[at + 2] = to;
}

function forbidden(
  machine: Machine,
  { candidates, excuses }: Seen,
  text: string,
  folded: Folded,
  bound: ReadonlySet<WordRule>,
  intended: readonly string[],
  findings: WordFinding[],
): void {
  const kept: { group: number; from: number; to: number }[] = [];
  for (let i = 0; i < candidates.length; i += 3) {
    const group = candidates[i]!;
    const from = candidates[i + 1]!;
    const to = candidates[i + 2]!;
    const { rule, words, excuses: allowed } = machine.groups[group]!;
    if (!bound.has(rule)) continue;
    if (words.intended !== undefined && intended.includes(words.intended)) continue;
    if (allowed.length > 0 && excused(machine, allowed, excuses, folded, from, to)) continue;
    kept.push({ group, from, to });
  }
  // In the order of the text, the longer first; of one rule only the first of those that overlap.
  kept.sort((a, b) => a.from - b.from || b.to - a.to || a.group - b.group);
  const ends = new Map<WordRule, number>();
  for (const { group, from, to } of kept) {
    const { rule, words } = machine.groups[group]!;
    if (from < (ends.get(rule) ?? 0)) continue;
    ends.set(rule, to);
    const start = folded.from[from]!;
    const end = folded.to[to - 1]!;
    findings.push({
      rule,
      kind: "forbidden",
      from: start,
      to: end,
      found: text.slice(start, end),
      what: words.catches,
      suggestion: rule.suggestion,
    });
  }
}

/** Longest reach of an exception, so that the search for its words stays near the finding. */
const REACH = 60;

function excused(
  machine: Machine,
  allowed: readonly Excuse[],
  seen: readonly number[],
  { start, stop }: Folded,
  from: number,
  to: number,
): boolean {
  // Words of exceptions stand in the order of their ends.
  let low = 0;
  let high = seen.length / 3;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (seen[middle * 3 + 2]! < from - REACH) low = middle + 1;
    else high = middle;
  }
  for (let i = low; i < seen.length / 3 && seen[i * 3 + 2]! <= to + REACH; i++) {
    const id = seen[i * 3]!;
    const begin = seen[i * 3 + 1]!;
    const end = seen[i * 3 + 2]!;
    for (const { side, phrases, gap } of allowed) {
      if (!phrases.has(id)) continue;
      // Two letters that are spelled out come of anything: `n o w`.
      const spelled = machine.phrases[id]!.latin && isSpelled(start, begin, end);
      if (spelled && end - begin < 3) continue;
      if (side === "with" && begin >= from && end <= to && !spelled) return true;
      if (side === "after" && begin >= to && begin - to <= gap && !stopped(stop, to, begin)) return true;
      if (
        side === "before" &&
        end <= from &&
        from - end <= gap &&
        !stopped(stop, end, from) &&
        !broken(machine, seen, i, end, from)
      )
        return true;
    }
  }
  return false;
}

/** Whether a clause ends between two places. */
function stopped(stop: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i <= to; i++) if (stop[i] !== 0) return true;
  return false;
}

/** Whether, between a "not" and what it should excuse, the sentence turns to something else. */
function broken(machine: Machine, seen: readonly number[], after: number, from: number, to: number): boolean {
  for (let i = after + 1; i < seen.length / 3 && seen[i * 3 + 2]! <= to; i++)
    if (machine.breaks.has(seen[i * 3]!) && seen[i * 3 + 1]! >= from) return true;
  return false;
}
