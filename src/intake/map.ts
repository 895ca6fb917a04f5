import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
} from "yaml";
import {
  ALLOCATION_SLOTS,
  type AllocationOrder,
  type AllocationSlot,
  CURRENCIES,
  DAY_COUNTS,
  type Day,
  type DayCount,
  DEFAULT_PROMISES,
  type DpdConvention,
  decimalsOf,
  type Every,
  type Fraction,
  type Grace,
  IN_ADVANCE,
  type InAdvance,
  isZone,
  type LateFee,
  type LateInterest,
  METHODS,
  type Method,
  type Minor,
  type MonthEnd,
  minor,
  nearest,
  type ProductTerms,
  type PromiseRules,
  parseDay,
  parseMoney,
  parseRate,
  RATE_PERIODS,
  type RatePeriod,
  RESIDUALS,
  type Refusal,
  type Residual,
  ROUNDING_MODES,
  type RoundingMode,
  reduce,
} from "../core/index.ts";
import { ENCODINGS, type Encoding } from "./decode.ts";
import {
  DATE_LETTERS,
  type DatePattern,
  type Decimal,
  datePattern,
  decimal,
  ISO_DAYS,
  type NumberFormat,
  shown,
} from "./fields.ts";
import type { IntakeKind } from "./records.ts";
import { DELIMITERS } from "./split.ts";

const BALANCE_FIELDS = [
  "as_of",
  "status",
  "outstanding",
  "interest_paid",
  "arrears",
  "charges",
  "due_on",
] as const;

/** What a file of each kind can say, in our words. The order is the order in which a row is checked. */
export const FIELDS = {
  loans: [
    "loan_id",
    "borrower_id",
    "product",
    "currency",
    "principal",
    "rate_percent",
    "disbursed_on",
    "first_due_on",
    "installments",
    "name",
    "phone",
    "email",
    "app",
    "address",
    "zone",
    "language",
    "hold",
    "hold_until",
    ...BALANCE_FIELDS,
  ],
  payments: ["loan_id", "payment_id", "currency", "amount", "value_on", "booked_on"],
  balances: ["loan_id", "currency", ...BALANCE_FIELDS],
} as const;

export type Field = (typeof FIELDS)[IntakeKind][number];

/** Without these a row of the kind says too little. Fed loans also need `FED_FIELDS`. */
export const REQUIRED: Readonly<Record<IntakeKind, readonly Field[]>> = {
  loans: ["loan_id", "borrower_id", "product", "principal", "rate_percent", "disbursed_on", "installments"],
  payments: ["loan_id", "amount", "value_on"],
  balances: ["loan_id", "as_of", "status", "outstanding"],
};
export const FED_FIELDS: readonly Field[] = ["as_of", "status", "outstanding"];

export interface MapLender {
  readonly code: string;
  readonly name: string;
  readonly zone: string;
  readonly pack: string;
  /** First business day of the book. */
  readonly openedOn?: Day;
}

/** A product as the map defines it: what core's `Product` needs, except what the store gives (id, lender). */
export interface MapProduct {
  readonly code: string;
  readonly source: "kept" | "fed";
  readonly terms: ProductTerms;
  readonly lateInterest?: LateInterest;
  readonly grace?: Grace;
  readonly lateFee?: LateFee;
  readonly dpd?: DpdConvention;
  /** The place's calendar is found when the product is used: next year's days off are not known yet. */
  readonly payableOn?: "next-working-day";
  readonly lenderKind?: string;
  readonly allocation?: AllocationOrder;
  readonly inAdvance?: InAdvance;
  readonly bandEdges: readonly number[];
  readonly strategy: string;
  readonly promises?: PromiseRules;
  readonly limitationWarnings?: readonly number[];
}

/** What a map's `pack` stands for, from whoever knows the packs; what is not given is not checked. */
export interface Places {
  /** Kinds of lenders that the place tells apart; `undefined` where no pack is installed for it. */
  readonly lenderKinds?: (pack: string) => readonly string[] | undefined;
  readonly hasCalendar?: (pack: string) => boolean;
}

/** A fixed vocabulary and no expressions: each can be read aloud, and none can do harm. */
export type Derive =
  | { readonly kind: "text"; readonly parts: readonly (string | { readonly column: string })[] }
  | { readonly kind: "times"; readonly by: Decimal; readonly of: string }
  | {
      readonly kind: "sum";
      readonly sign: 1n | -1n;
      readonly of: readonly string[];
      readonly atLeast?: Decimal;
    }
  | { readonly kind: "round"; readonly of: string; readonly decimals: number; readonly mode: RoundingMode }
  | {
      readonly kind: "days";
      readonly from: string;
      readonly sign: 1 | -1;
      readonly by: string | number;
      readonly whenAbove?: number;
    }
  | {
      readonly kind: "months";
      readonly from: string;
      readonly by: string | number;
      readonly monthEnd: MonthEnd;
    }
  | { readonly kind: "lookup"; readonly of: string; readonly table: ReadonlyMap<string, string> };

export interface Trailer {
  readonly startsWith: string;
  /** Place of the row count and of the total, counted from the cell that holds the word, which is 0. */
  readonly rows?: number;
  readonly total?: number;
}

export interface Formats {
  readonly encoding: Encoding | "auto";
  readonly delimiter: string;
  readonly dates: readonly DatePattern[];
  readonly numbers: NumberFormat;
  readonly header: boolean;
  /** `quarantine` takes the good rows and sets the bad ones aside; `hold` takes nothing while any row is bad. */
  readonly onBadRow: "quarantine" | "hold";
  readonly trailer?: Trailer;
}

interface CommonMap {
  readonly name: string;
  /** Our field to the file's column (its number, from 1, in a file without a header). */
  readonly columns: ReadonlyMap<Field, string>;
  readonly constants: ReadonlyMap<Field, string>;
  readonly derive: ReadonlyMap<Field, Derive>;
  readonly formats: Formats;
  /** Of payments and balances: what amounts are in, where no column says it. */
  readonly currency?: string;
  readonly control?: { readonly rows?: number; readonly total?: string };
}

export interface LoansMap extends CommonMap {
  readonly kind: "loans";
  readonly lender: MapLender;
  readonly products: ReadonlyMap<string, MapProduct>;
}

export interface PaymentsMap extends CommonMap {
  readonly kind: "payments";
  readonly lender: { readonly code: string };
}

export interface BalancesMap extends CommonMap {
  readonly kind: "balances";
  readonly lender: { readonly code: string };
}

export type IntakeMap = LoansMap | PaymentsMap | BalancesMap;

/** What is wrong in a map file, and where: lines and columns from 1. */
export interface MapRefusal extends Refusal {
  readonly line: number;
  readonly column: number;
}

export type MapResult =
  | { readonly ok: true; readonly value: IntakeMap }
  | { readonly ok: false; readonly refusals: readonly MapRefusal[] };

/**
 * Reads a map file.
 *
 * Gives   the map, or every refusal found in it, not only the first.
 * Refuses unknown keys (with the nearest known one), values outside their list, a required field that is given nowhere
 *         or in two places, aliases and tags of YAML.
 */
export function parseMap(text: string, fileName = "map.yaml", places: Places = {}): MapResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, strict: true });
  const reader = new MapReader(lines, fileName, places);
  for (const error of document.errors) {
    const message = error.message.split("\n")[0]!.replace(/ at line \d+, column \d+:?$/, "");
    reader.refuseAt(
      error.pos[0],
      "bad-yaml",
      `This is not YAML (${message}): mend the line, or compare it with the guide's example.`,
    );
  }
  const value = document.errors.length === 0 ? reader.map(document.contents) : undefined;
  return value && reader.refusals.length === 0
    ? { ok: true, value }
    : { ok: false, refusals: reader.refusals };
}

type Entries = Map<string, Node | null>;

class MapReader {
  readonly refusals: MapRefusal[] = [];
  readonly #lines: LineCounter;
  readonly #file: string;
  readonly #places: Places;

  constructor(lines: LineCounter, file: string, places: Places) {
    this.#lines = lines;
    this.#file = file;
    this.#places = places;
  }

  refuseAt(offset: number, code: string, says: string): undefined {
    const { line, col } = this.#lines.linePos(offset);
    this.refusals.push({
      code,
      says,
      line: Math.max(1, line),
      column: Math.max(1, col),
      at: `${this.#file}:${Math.max(1, line)}:${Math.max(1, col)}`,
    });
    return undefined;
  }

  refuse(node: Node | null | undefined, code: string, says: string): undefined {
    return this.refuseAt((node as ParsedNode | null | undefined)?.range?.[0] ?? 0, code, says);
  }

  map(root: Node | null): IntakeMap | undefined {
    const top = this.entries(root, "the map", [
      "map",
      "kind",
      "lender",
      "products",
      "columns",
      "formats",
      "constants",
      "derive",
      "currency",
      "control",
    ]);
    if (!top) return undefined;
    const kind = this.oneOf(root, top, "kind", ["loans", "payments", "balances"] as const);
    const name = this.required(root, top, "map");
    if (!kind || name === undefined) return undefined;
    const lender = this.lender(root, top, kind);
    const pack = lender && "pack" in lender ? lender.pack : undefined;
    const products = kind === "loans" ? this.products(root, top, pack) : undefined;
    if (kind !== "loans" && top.has("products"))
      this.refuse(
        top.get("products"),
        "unknown-key",
        `A ${kind} map has no products: they are defined in the loans map.`,
      );
    const currency = top.has("currency") ? this.currency(root, top) : undefined;
    const columns = this.fieldTexts(top.get("columns"), "columns", kind);
    const constants = this.fieldTexts(top.get("constants"), "constants", kind);
    const derive = this.derives(top.get("derive"), kind);
    const formats = this.formats(top.get("formats"));
    const control = this.control(top.get("control"));
    // By its key alone: a product with a mistake in it is still the only one.
    const listed = top.get("products");
    const only =
      isMap(listed) && listed.items.length === 1 ? this.text(listed.items[0]!.key as Node) : undefined;
    if (
      kind === "loans" &&
      only !== undefined &&
      !columns.has("product") &&
      !derive.has("product") &&
      !constants.has("product")
    )
      constants.set("product", only);
    this.complete(root, top, kind, [columns, constants, derive], products);
    if (!lender || !formats) return undefined;
    const common = {
      name,
      columns,
      constants,
      derive,
      formats,
      ...(currency === undefined ? {} : { currency }),
      ...(control === undefined ? {} : { control }),
    };
    if (kind === "loans") return products && { ...common, kind, lender: lender as MapLender, products };
    return { ...common, kind, lender };
  }

  /** Each required field once, no field twice. */
  complete(
    root: Node | null,
    top: Entries,
    kind: IntakeKind,
    places: readonly ReadonlyMap<Field, unknown>[],
    products: ReadonlyMap<string, MapProduct> | undefined,
  ): void {
    const fed = [...(products?.values() ?? [])].some((product) => product.source === "fed");
    const required = fed ? [...REQUIRED[kind], ...FED_FIELDS] : REQUIRED[kind];
    for (const field of FIELDS[kind]) {
      const given = places.filter((place) => place.has(field)).length;
      if (given > 1)
        this.refuse(
          top.get("derive") ?? top.get("constants") ?? root,
          "given-twice",
          `"${field}" is given in two places of columns, constants and derive: leave one.`,
        );
      if (given === 0 && required.includes(field))
        this.refuse(
          top.get("columns") ?? root,
          "missing-field",
          `"${field}" is given nowhere: name its column (columns), a fixed value (constants) or a way to derive it (derive).`,
        );
    }
  }

  lender(root: Node | null, top: Entries, kind: IntakeKind): MapLender | { code: string } | undefined {
    if (!top.has("lender")) {
      return this.refuse(root, "missing-key", 'The map has no "lender": add it, with at least its code.');
    }
    const node = top.get("lender") ?? null;
    const lender = this.entries(node, "lender", ["code", "name", "zone", "pack", "opened_on"]);
    if (!lender) return undefined;
    const code = this.required(node, lender, "code");
    if (code !== undefined && !/^[\w.-]{1,64}$/.test(code))
      this.refuse(
        lender.get("code"),
        "bad-code",
        `Found "${shown(code)}", expected up to 64 letters, digits, dots, dashes or underscores.`,
      );
    if (kind !== "loans") return code === undefined ? undefined : { code };
    const name = this.required(node, lender, "name");
    const zone = this.required(node, lender, "zone");
    const pack = this.required(node, lender, "pack");
    if (zone !== undefined && !isZone(zone))
      this.refuse(
        lender.get("zone"),
        "unknown-zone",
        `Found "${shown(zone)}", expected a time zone such as Asia/Shanghai.`,
      );
    let openedOn: Day | undefined;
    if (lender.has("opened_on")) openedOn = this.day(lender.get("opened_on"));
    if (code === undefined || name === undefined || zone === undefined || pack === undefined)
      return undefined;
    return { code, name, zone, pack, ...(openedOn === undefined ? {} : { openedOn }) };
  }

  products(root: Node | null, top: Entries, pack: string | undefined): Map<string, MapProduct> | undefined {
    const node = top.get("products");
    const entries = node ? this.entries(node, "products") : undefined;
    if (!entries || entries.size === 0)
      return this.refuse(
        node ?? root,
        "missing-key",
        'The map has no "products": a loans map defines at least one, by code.',
      );
    const products = new Map<string, MapProduct>();
    for (const [code, value] of entries) {
      const product = this.product(code, value, pack);
      if (product) products.set(code, product);
    }
    return products;
  }

  product(code: string, node: Node | null, pack: string | undefined): MapProduct | undefined {
    const where = `product "${code}"`;
    const found = this.entries(node, where, PRODUCT_KEYS);
    if (!found) return undefined;
    const before = this.refusals.length;
    const source = this.oneOf(node, found, "source", ["kept", "fed"] as const);
    const currency = this.currency(node, found);
    const decimals = decimalsOf(currency ?? "CNY");
    const method = this.oneOf<Method>(node, found, "method", METHODS);
    const every = this.every(node, found);
    const ratePer = this.oneOf<RatePeriod>(node, found, "rate_per", RATE_PERIODS);
    const dayCount = this.oneOf<DayCount>(node, found, "day_count", DAY_COUNTS);
    const interest = this.oneOf(node, found, "interest", ["daily", "period"] as const);
    const monthEnd = this.oneOf<MonthEnd>(node, found, "month_end", ["clamp", "roll"], "clamp");
    const rounding = this.rounding(found.get("rounding"), decimals);
    const graces = this.graces(found);
    const lateInterest = this.lateInterest(found.get("late_interest"));
    this.oldGrace(found.get("grace_days"));
    const grace = this.grace(found.get("grace"));
    const lateFee = this.lateFee(found.get("late_fee"), decimals);
    const dpd = this.dpd(found.get("dpd"), decimals);
    const payableOn = this.payableOn(node, found, pack);
    const lenderKind = found.has("lender_kind") ? this.lenderKind(found.get("lender_kind"), pack) : undefined;
    const allocation = this.allocation(found.get("allocation"));
    const inAdvance = this.oneOf<InAdvance>(node, found, "in_advance", IN_ADVANCE, "next");
    const bandEdges = found.has("buckets") ? this.bandEdges(found.get("buckets")) : [1, 31, 61, 91, 121];
    const strategy = this.required(node, found, "strategy");
    const promises = this.promises(found.get("promises"));
    const limitationWarnings = this.limitationWarnings(found.get("limitation_warnings"));
    if (this.refusals.length > before) return undefined;
    return {
      code,
      source: source!,
      terms: {
        currency: currency!,
        every: every!,
        method: method!,
        ratePer: ratePer!,
        dayCount: dayCount!,
        interest: interest!,
        monthEnd: monthEnd!,
        rounding: rounding!,
        ...graces,
      },
      bandEdges: bandEdges!,
      strategy: strategy!,
      ...(lateInterest ? { lateInterest } : {}),
      ...(grace ? { grace } : {}),
      ...(lateFee ? { lateFee } : {}),
      ...(dpd ? { dpd } : {}),
      ...(payableOn ? { payableOn } : {}),
      ...(lenderKind === undefined ? {} : { lenderKind }),
      ...(allocation ? { allocation } : {}),
      // What is the rule is not written down, so that a map which spells it out gives the same product.
      ...(inAdvance === "next" ? {} : { inAdvance: inAdvance! }),
      ...(promises ? { promises } : {}),
      ...(limitationWarnings ? { limitationWarnings } : {}),
    };
  }

  promises(node: Node | null | undefined): PromiseRules | undefined {
    if (!node) return undefined;
    const keys = ["within_days", "kept_from_percent", "partial", "remind_days"];
    const found = this.entries(node, "promises", keys);
    if (!found) return undefined;
    const whole = (key: string, least: number, most: number): number | undefined =>
      found.has(key) ? this.whole(found.get(key), least, most) : undefined;
    const withinDays = whole("within_days", 1, 366) ?? DEFAULT_PROMISES.withinDays;
    const keptFromPercent = whole("kept_from_percent", 1, 100) ?? DEFAULT_PROMISES.keptFromPercent;
    const remindDays = whole("remind_days", 1, 30);
    const partial = found.has("partial") ? this.partial(found.get("partial")) : undefined;
    const rules: PromiseRules = {
      ...(withinDays === DEFAULT_PROMISES.withinDays ? {} : { withinDays }),
      ...(keptFromPercent === DEFAULT_PROMISES.keptFromPercent ? {} : { keptFromPercent }),
      ...(partial ? { partial } : {}),
      ...(remindDays === undefined ? {} : { remindDays }),
    };
    return Object.keys(rules).length === 0 ? undefined : rules;
  }

  partial(node: Node | null | undefined): PromiseRules["partial"] {
    const found = node ? this.entries(node, "partial", ["from_percent", "pause_days"]) : undefined;
    if (!found) return undefined;
    for (const key of ["from_percent", "pause_days"])
      if (!found.has(key)) return this.refuse(node, "missing-key", `"${key}" is missing here: add it.`);
    const fromPercent = this.whole(found.get("from_percent"), 1, 99);
    const pauseDays = this.whole(found.get("pause_days"), 1, 30);
    return fromPercent === undefined || pauseDays === undefined ? undefined : { fromPercent, pauseDays };
  }

  graces(found: Entries): Pick<ProductTerms, "graceOnPrincipal" | "graceOnInterest" | "interestFree"> {
    const count = (key: string): number => (found.has(key) ? (this.whole(found.get(key), 0, 599) ?? 0) : 0);
    const [graceOnPrincipal, graceOnInterest, interestFree] = [
      count("grace_on_principal"),
      count("grace_on_interest"),
      count("interest_free"),
    ];
    return {
      ...(graceOnPrincipal > 0 ? { graceOnPrincipal } : {}),
      ...(graceOnInterest > 0 ? { graceOnInterest } : {}),
      ...(interestFree > 0 ? { interestFree } : {}),
    };
  }

  /** The key of the first version says how many days and not what they are worth: only 0 is clear. */
  oldGrace(node: Node | null | undefined): void {
    if (!node) return;
    const days = this.whole(node, 0, 365);
    if (days !== undefined && days > 0)
      this.refuse(
        node,
        "bad-value",
        `"grace_days" does not say whether late interest counts from the due day once the days are over: write grace: { days: ${days}, free: true } or free: false.`,
      );
  }

  grace(node: Node | null | undefined): Grace | undefined {
    if (!node || this.isText(node, "none")) return undefined;
    const found = this.entries(node, "grace", ["days", "free"]);
    if (!found) return undefined;
    if (!found.has("days")) return this.refuse(node, "missing-key", '"days" is missing here: add it.');
    const days = this.whole(found.get("days"), 0, 366);
    const free = this.flag(node, found, "free");
    return days === undefined || free === undefined || days === 0 ? undefined : { days, free };
  }

  lateFee(node: Node | null | undefined, decimals: number): LateFee | undefined {
    if (!node || this.isText(node, "none")) return undefined;
    const found = this.entries(node, "late_fee", ["after_days", "amount", "percent"]);
    if (!found) return undefined;
    const afterDays = found.has("after_days") ? this.whole(found.get("after_days"), 1, 3650) : 1;
    if (found.has("amount") === found.has("percent"))
      return this.refuse(
        node,
        "bad-value",
        '"late_fee" has either "amount" or "percent" (of what is unpaid of the installment).',
      );
    if (found.has("amount")) {
      const amount = this.money(found.get("amount"), decimals);
      return afterDays === undefined || amount === undefined ? undefined : { afterDays, fee: { amount } };
    }
    const percent = this.fraction(found.get("percent"), "5");
    if (afterDays === undefined || !percent) return undefined;
    return { afterDays, fee: { share: reduce(percent.numerator, percent.denominator * 100) } };
  }

  dpd(node: Node | null | undefined, decimals: number): DpdConvention | undefined {
    if (!node) return undefined;
    const found = this.entries(node, "dpd", ["since", "grace", "tolerance", "basis"]);
    if (!found) return undefined;
    const since = this.oneOf(
      node,
      found,
      "since",
      ["oldest-unpaid", "unbroken-arrears"] as const,
      "oldest-unpaid",
    );
    const grace = this.oneOf(node, found, "grace", ["counts", "waits", "excluded"] as const, "counts");
    const basis = this.oneOf(node, found, "basis", ["actual", "30/360"] as const, "actual");
    const tolerance = found.has("tolerance") ? this.money(found.get("tolerance"), decimals) : undefined;
    const dpd: DpdConvention = {
      ...(since && since !== "oldest-unpaid" ? { since } : {}),
      ...(grace && grace !== "counts" ? { grace } : {}),
      ...(tolerance === undefined ? {} : { tolerance }),
      ...(basis && basis !== "actual" ? { basis } : {}),
    };
    return Object.keys(dpd).length === 0 ? undefined : dpd;
  }

  payableOn(
    node: Node | null,
    found: Entries,
    pack: string | undefined,
  ): MapProduct["payableOn"] | undefined {
    const rule = this.oneOf(node, found, "payable_on", ["due-day", "next-working-day"] as const, "due-day");
    if (rule !== "next-working-day") return undefined;
    if (pack === undefined || this.#places.hasCalendar?.(pack) !== false) return rule;
    return this.refuse(
      found.get("payable_on"),
      "bad-value",
      `No days off are published here for the place "${shown(pack)}": write payable_on: due-day, or name a pack that has a calendar.`,
    );
  }

  lenderKind(node: Node | null | undefined, pack: string | undefined): string | undefined {
    const { lenderKinds } = this.#places;
    if (pack === undefined || !lenderKinds) return this.text(node);
    const kinds = lenderKinds(pack);
    if (kinds) return this.known(node, "lender_kind", kinds);
    return this.refuse(
      node,
      "bad-value",
      `No pack is installed for the place "${shown(pack)}", so no kinds of lenders are known: leave "lender_kind" out.`,
    );
  }

  currency(node: Node | null, found: Entries): string | undefined {
    const text = this.required(node, found, "currency");
    if (text === undefined || CURRENCIES.includes(text)) return text;
    return this.refuse(
      found.get("currency"),
      "unknown-currency",
      `Found "${shown(text)}", expected one of ${CURRENCIES.join(", ")}.`,
    );
  }

  every(node: Node | null, found: Entries): Every | undefined {
    if (!found.has("every"))
      return this.refuse(node, "missing-key", 'The product has no "every": add it, e.g. { months: 1 }.');
    const value = found.get("every") ?? null;
    const every = this.entries(value, "every", ["months", "weeks", "days"]);
    if (!every) return undefined;
    if (every.size !== 1)
      return this.refuse(value, "bad-value", '"every" has one key: months, weeks or days.');
    const [unit, count] = [...every][0]!;
    const n = this.whole(count, 1, unit === "months" ? 120 : 3660);
    return n === undefined ? undefined : ({ [unit]: n } as unknown as Every);
  }

  rounding(node: Node | null | undefined, decimals: number): ProductTerms["rounding"] | undefined {
    const usual = { mode: "half-even", residual: "last", installmentMultiple: minor(1) } as const;
    if (!node) return usual;
    const found = this.entries(node, "rounding", [
      "mode",
      "residual",
      "installment_multiple",
      "installment_mode",
      "unit",
    ]);
    if (!found) return undefined;
    const mode = this.oneOf<RoundingMode>(node, found, "mode", ROUNDING_MODES, usual.mode);
    const residual = this.oneOf<Residual>(node, found, "residual", RESIDUALS, usual.residual);
    const multiple = found.has("installment_multiple")
      ? this.money(found.get("installment_multiple"), decimals)
      : usual.installmentMultiple;
    const installmentMode = found.has("installment_mode")
      ? this.known<RoundingMode>(found.get("installment_mode"), "installment_mode", ROUNDING_MODES)
      : undefined;
    const unit = found.has("unit") ? this.money(found.get("unit"), decimals) : undefined;
    if (!mode || !residual || multiple === undefined) return undefined;
    return {
      mode,
      residual,
      installmentMultiple: multiple,
      ...(installmentMode === undefined ? {} : { installmentMode }),
      ...(unit === undefined ? {} : { unit }),
    };
  }

  /** An amount above zero. */
  money(node: Node | null | undefined, decimals: number): Minor | undefined {
    const text = this.text(node);
    if (text === undefined) return undefined;
    const amount = parseMoney(text, decimals);
    if (amount !== undefined && amount >= 1) return amount;
    return this.refuse(
      node,
      "bad-value",
      `Found "${shown(text)}", expected an amount above zero, such as "${decimals === 0 ? "1" : "0.01"}".`,
    );
  }

  fraction(node: Node | null | undefined, example: string): Fraction | undefined {
    const text = this.text(node);
    if (text === undefined) return undefined;
    if (!/^\d{1,4}(\.\d{1,6})?$/.test(text))
      return this.refuse(
        node,
        "bad-value",
        `Found "${shown(text)}", expected a number such as "${example}".`,
      );
    const { units, scale } = decimal(text);
    return reduce(Number(units), 10 ** scale);
  }

  flag(node: Node | null, found: Entries, key: string, usual?: "true" | "false"): boolean | undefined {
    const text = this.oneOf(node, found, key, ["true", "false"] as const, usual);
    return text === undefined ? undefined : text === "true";
  }

  lateInterest(node: Node | null | undefined): LateInterest | undefined {
    if (!node || this.isText(node, "none")) return undefined;
    const found = this.entries(node, "late_interest", ["times", "percent", "per", "on", "compound"]);
    if (!found) return undefined;
    const on = this.oneOf(node, found, "on", ["principal", "principal+interest"] as const, "principal");
    const compounds = this.flag(node, found, "compound", "false");
    if (!on || compounds === undefined) return undefined;
    if (compounds && on !== "principal")
      return this.refuse(
        found.get("compound"),
        "bad-value",
        "Interest that bears late interest already does not bear compound interest too: write on: principal, or compound: false.",
      );
    if (found.has("times") === found.has("percent"))
      return this.refuse(
        node,
        "bad-value",
        '"late_interest" has either "times" (of the contract rate) or "percent" with "per".',
      );
    const rate = this.lateRate(node, found);
    return rate && { rate, on, ...(compounds ? { compound: true } : {}) };
  }

  lateRate(node: Node | null, found: Entries): LateInterest["rate"] | undefined {
    if (found.has("times")) {
      const times = this.fraction(found.get("times"), "1.5");
      return times && { times };
    }
    const per = this.oneOf<RatePeriod>(node, found, "per", RATE_PERIODS);
    const text = this.text(found.get("percent")) ?? "";
    const rate = per && parseRate(text, per);
    if (per && !rate)
      return this.refuse(
        found.get("percent"),
        "bad-value",
        `Found "${shown(text)}", expected a rate in percent, such as "0.05".`,
      );
    return rate;
  }

  allocation(node: Node | null | undefined): AllocationOrder | undefined {
    if (!node) return undefined;
    const found = this.entries(node, "allocation", ["by", "order"]);
    if (!found) return undefined;
    const by = this.oneOf(node, found, "by", ["installment", "kind"] as const);
    const order: AllocationSlot[] = [];
    for (const item of this.items(found.get("order"), "order")) {
      const slot = this.known<AllocationSlot>(item, "order", ALLOCATION_SLOTS);
      if (slot && order.includes(slot))
        this.refuse(item, "bad-value", `"${slot}" is named twice: leave one.`);
      if (slot) order.push(slot);
    }
    return by && { by, order };
  }

  /** Days before the end, falling. */
  limitationWarnings(node: Node | null | undefined): number[] | undefined {
    if (!node) return undefined;
    const days: number[] = [];
    for (const item of this.items(node, "limitation_warnings")) {
      const one = this.whole(item, 1, 365);
      if (one === undefined) return undefined;
      const last = days.at(-1) ?? 366;
      if (one >= last)
        return this.refuse(
          item,
          "bad-value",
          `Found ${one} after ${last}: "limitation_warnings" lists days before the end, falling.`,
        );
      days.push(one);
    }
    return days;
  }

  bandEdges(node: Node | null | undefined): number[] | undefined {
    const edges: number[] = [];
    for (const item of this.items(node, "buckets")) {
      const edge = this.whole(item, 1, 10_000);
      if (edge === undefined) return undefined;
      if (edge <= (edges.at(-1) ?? 0))
        return this.refuse(
          item,
          "bad-value",
          `Found ${edge} after ${edges.at(-1)}: "buckets" lists the first day past due of each band, rising.`,
        );
      edges.push(edge);
    }
    return edges;
  }

  fieldTexts(node: Node | null | undefined, where: string, kind: IntakeKind): Map<Field, string> {
    const texts = new Map<Field, string>();
    for (const [field, value] of (node && this.entries(node, where, FIELDS[kind])) ?? []) {
      const text = this.text(value);
      if (text === undefined || text === "")
        this.refuse(
          value ?? node,
          "bad-value",
          `"${field}" in "${where}" is empty: give a text or remove it.`,
        );
      else texts.set(field as Field, text);
    }
    return texts;
  }

  derives(node: Node | null | undefined, kind: IntakeKind): Map<Field, Derive> {
    const derives = new Map<Field, Derive>();
    for (const [field, value] of (node && this.entries(node, "derive", FIELDS[kind])) ?? []) {
      const derive = this.derive(field, value);
      if (derive) derives.set(field as Field, derive);
    }
    return derives;
  }

  derive(field: string, node: Node | null): Derive | undefined {
    const where = `derive of "${field}"`;
    const before = this.refusals.length;
    const all = this.entries(node, where, Object.values(DERIVES).flat());
    if (!all || this.refusals.length > before) return undefined;
    const verb = Object.keys(DERIVES).find((name) => all.has(name));
    if (!verb)
      return this.refuse(
        node,
        "missing-key",
        `The ${where} says not how: use one of ${Object.keys(DERIVES).join(", ")}.`,
      );
    const found = this.entries(node, where, DERIVES[verb]!);
    if (!found) return undefined;
    const subject = found.get(verb);
    switch (verb) {
      case "text": {
        const text = this.text(subject);
        if (text === undefined) return undefined;
        const parts = text.split(/(\{[^{}]*\})/).filter((part) => part !== "");
        return {
          kind: "text",
          parts: parts.map((part) => (/^\{.*\}$/.test(part) ? { column: part.slice(1, -1) } : part)),
        };
      }
      case "times": {
        const by = this.number(subject);
        const of = this.required(node, found, "of");
        return by && of !== undefined ? { kind: "times", by, of } : undefined;
      }
      case "subtract":
      case "add": {
        const of = this.items(subject, verb).map((item) => this.text(item) ?? "");
        if (of.length < 2) return this.refuse(subject, "bad-value", `"${verb}" lists at least two columns.`);
        const atLeast = found.has("at_least") ? this.number(found.get("at_least")) : undefined;
        return { kind: "sum", sign: verb === "add" ? 1n : -1n, of, ...(atLeast ? { atLeast } : {}) };
      }
      case "round": {
        const of = this.text(subject);
        const decimals = found.has("decimals") ? this.whole(found.get("decimals"), 0, 10) : 2;
        const mode = this.oneOf<RoundingMode>(node, found, "mode", ROUNDING_MODES);
        return of !== undefined && decimals !== undefined && mode
          ? { kind: "round", of, decimals, mode }
          : undefined;
      }
      case "days_before":
      case "days_after": {
        const from = this.text(subject);
        const by = this.count(node, found);
        const whenAbove = found.has("when_above")
          ? this.whole(found.get("when_above"), -10_000, 10_000)
          : undefined;
        if (from === undefined || by === undefined) return undefined;
        const sign = verb === "days_before" ? -1 : 1;
        return { kind: "days", from, sign, by, ...(whenAbove === undefined ? {} : { whenAbove }) };
      }
      case "months_after": {
        const from = this.text(subject);
        const by = this.count(node, found);
        const monthEnd = this.oneOf<MonthEnd>(node, found, "month_end", ["clamp", "roll"], "clamp");
        return from !== undefined && by !== undefined && monthEnd
          ? { kind: "months", from, by, monthEnd }
          : undefined;
      }
      default: {
        const of = this.text(subject);
        const table = new Map<string, string>();
        const entries = this.entries(found.get("table") ?? node, "table");
        for (const [from, to] of found.has("table") ? (entries ?? []) : [])
          table.set(from, this.text(to) ?? "");
        if (table.size === 0)
          return this.refuse(node, "missing-key", `The ${where} needs a "table" from their words to ours.`);
        return of === undefined ? undefined : { kind: "lookup", of, table };
      }
    }
  }

  /** `by`: a whole number, or the column that holds one. */
  count(node: Node | null, found: Entries): string | number | undefined {
    const text = this.required(node, found, "by");
    return text !== undefined && /^[+-]?\d{1,6}$/.test(text) ? Number(text) : text;
  }

  formats(node: Node | null | undefined): Formats | undefined {
    const found = node
      ? this.entries(node, "formats", [
          "encoding",
          "delimiter",
          "date",
          "decimal",
          "thousands",
          "header",
          "on_bad_row",
          "trailer",
        ])
      : new Map<string, Node | null>();
    if (!found) return undefined;
    const at = node ?? null;
    const named = this.oneOf(at, found, "encoding", [...ENCODINGS, "auto", "gbk", "gb2312"] as const, "auto");
    const delimiter = this.oneOf(
      at,
      found,
      "delimiter",
      ["auto", "comma", "tab", "semicolon", "pipe", ...DELIMITERS] as const,
      "auto",
    );
    const decimalMark = this.oneOf(at, found, "decimal", [".", ","] as const, ".");
    const thousands = found.has("thousands")
      ? this.oneOf(at, found, "thousands", ["", "none", ",", ".", " ", "'", "’"] as const)
      : decimalMark === "."
        ? ","
        : ".";
    const header = this.oneOf(at, found, "header", ["true", "false"] as const, "true");
    const onBadRow = this.oneOf(at, found, "on_bad_row", ["quarantine", "hold"] as const, "quarantine");
    const dates = found.has("date") ? this.dates(found.get("date")) : ISO_DAYS;
    const trailer = found.has("trailer") ? this.trailer(found.get("trailer")) : undefined;
    if (named === undefined || !delimiter || !decimalMark || thousands === undefined || !header || !onBadRow)
      return undefined;
    if (thousands === decimalMark)
      return this.refuse(
        found.get("thousands") ?? at,
        "bad-value",
        `"decimal" and "thousands" are both "${thousands}": they must differ.`,
      );
    const names: Readonly<Record<string, string>> = { comma: ",", tab: "\t", semicolon: ";", pipe: "|" };
    return {
      // GB18030 contains GBK and GB2312: each of their texts reads the same in it.
      encoding: named === "gbk" || named === "gb2312" ? "gb18030" : named,
      delimiter: names[delimiter] ?? delimiter,
      dates,
      numbers: { decimal: decimalMark, thousands: thousands === "none" ? "" : thousands },
      header: header === "true",
      onBadRow,
      ...(trailer ? { trailer } : {}),
    };
  }

  dates(node: Node | null | undefined): DatePattern[] {
    const patterns: DatePattern[] = [];
    for (const item of isSeq(node) ? this.items(node, "date") : [node]) {
      const text = this.text(item) ?? "";
      const pattern = datePattern(text);
      if (pattern) patterns.push(pattern);
      else
        this.refuse(
          item,
          "bad-pattern",
          `Found "${shown(text)}", expected a date pattern such as yyyy-MM-dd, made of ${DATE_LETTERS.join(", ")} and signs.`,
        );
    }
    return patterns;
  }

  trailer(node: Node | null | undefined): Trailer | undefined {
    const found = this.entries(node ?? null, "trailer", ["starts_with", "rows", "total"]);
    const startsWith = found && this.required(node ?? null, found, "starts_with");
    if (!found || startsWith === undefined) return undefined;
    const rows = found.has("rows") ? this.whole(found.get("rows"), 1, 1000) : undefined;
    const total = found.has("total") ? this.whole(found.get("total"), 1, 1000) : undefined;
    return {
      startsWith,
      ...(rows === undefined ? {} : { rows }),
      ...(total === undefined ? {} : { total }),
    };
  }

  control(node: Node | null | undefined): CommonMap["control"] | undefined {
    const found = node ? this.entries(node, "control", ["rows", "total"]) : undefined;
    if (!found) return undefined;
    const rows = found.has("rows") ? this.whole(found.get("rows"), 0, 1_000_000_000) : undefined;
    const total = found.has("total") ? this.text(found.get("total")) : undefined;
    if (total !== undefined && !/^-?\d{1,20}(\.\d{1,2})?$/.test(total))
      return this.refuse(
        found.get("total"),
        "bad-value",
        `Found "${shown(total)}", expected an amount such as "1234.56".`,
      );
    return { ...(rows === undefined ? {} : { rows }), ...(total === undefined ? {} : { total }) };
  }

  /** The keys of a block; unknown ones are refused with the nearest known one. Any key, where none are listed. */
  entries(node: Node | null, where: string, known?: readonly string[]): Entries | undefined {
    if (isAlias(node)) return this.refuse(node, "bad-yaml", "A YAML alias is not read here: write it out.");
    if (!isMap(node)) return this.refuse(node, "bad-value", `Expected keys and values in ${where}.`);
    const entries: Entries = new Map();
    for (const { key, value } of node.items) {
      const name = this.text(key as Node) ?? "";
      if (known && !known.includes(name)) {
        const near = nearest(name, known);
        this.refuse(
          key as Node,
          "unknown-key",
          `Found "${shown(name)}" in ${where}, ${near ? `did you mean "${near}"?` : `expected one of ${[...new Set(known)].join(", ")}.`}`,
        );
      } else entries.set(name, value as Node | null);
    }
    return entries;
  }

  items(node: Node | null | undefined, where: string): Node[] {
    if (isSeq(node)) return node.items as Node[];
    this.refuse(node, "bad-value", `Expected a list for "${where}": [a, b].`);
    return [];
  }

  /** A scalar as it is written, so that no number passes through a float. */
  text(node: Node | null | undefined): string | undefined {
    if (isScalar(node)) {
      if (typeof node.value === "string") return node.value;
      return node.value === null ? "" : (node.source ?? String(node.value));
    }
    return this.refuse(node, "bad-value", "Expected a single value here.");
  }

  isText(node: Node, text: string): boolean {
    return isScalar(node) && String(node.value) === text;
  }

  required(node: Node | null, found: Entries, key: string): string | undefined {
    if (!found.has(key)) return this.refuse(node, "missing-key", `"${key}" is missing here: add it.`);
    const text = this.text(found.get(key));
    if (text === "") return this.refuse(found.get(key), "bad-value", `"${key}" is empty: give its value.`);
    return text;
  }

  oneOf<T extends string>(
    node: Node | null,
    found: Entries,
    key: string,
    list: readonly T[],
    usual?: T,
  ): T | undefined {
    if (found.has(key)) return this.known(found.get(key), key, list);
    if (usual !== undefined) return usual;
    return this.refuse(
      node,
      "missing-key",
      `"${key}" is missing here: add it, as one of ${list.join(", ")}.`,
    );
  }

  known<T extends string>(node: Node | null | undefined, key: string, list: readonly T[]): T | undefined {
    const text = this.text(node);
    if (text === undefined || list.includes(text as T)) return text as T | undefined;
    const near = nearest(text, list);
    return this.refuse(
      node,
      "bad-value",
      `Found "${shown(text)}" for "${key}", expected one of ${list.filter((word) => word.trim() !== "").join(", ")}${near ? `; did you mean "${near}"?` : "."}`,
    );
  }

  whole(node: Node | null | undefined, least: number, most: number): number | undefined {
    const text = this.text(node);
    if (text === undefined) return undefined;
    const value = /^-?\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    return this.refuse(
      node,
      "bad-value",
      `Found "${shown(text)}", expected a whole number from ${least} to ${most}.`,
    );
  }

  number(node: Node | null | undefined): Decimal | undefined {
    const text = this.text(node);
    if (text === undefined) return undefined;
    if (/^[+-]?\d{1,15}(\.\d{1,10})?$/.test(text)) return decimal(text);
    return this.refuse(node, "bad-value", `Found "${shown(text)}", expected a number such as 100 or "0.01".`);
  }

  day(node: Node | null | undefined): Day | undefined {
    const text = this.text(node);
    const value = text === undefined ? undefined : parseDay(text);
    if (text === undefined || value !== undefined) return value;
    return this.refuse(node, "bad-value", `Found "${shown(text)}", expected a day written YYYY-MM-DD.`);
  }
}

const PRODUCT_KEYS = [
  "source",
  "currency",
  "method",
  "every",
  "rate_per",
  "day_count",
  "interest",
  "month_end",
  "rounding",
  "grace_on_principal",
  "grace_on_interest",
  "interest_free",
  "late_interest",
  "grace",
  "grace_days",
  "late_fee",
  "dpd",
  "payable_on",
  "lender_kind",
  "allocation",
  "in_advance",
  "buckets",
  "strategy",
  "promises",
  "limitation_warnings",
];

/** Each way to derive, by its verb, with the keys that go with it. */
const DERIVES: Readonly<Record<string, readonly string[]>> = {
  text: ["text"],
  times: ["times", "of"],
  subtract: ["subtract", "at_least"],
  add: ["add", "at_least"],
  round: ["round", "decimals", "mode"],
  days_before: ["days_before", "by", "when_above"],
  days_after: ["days_after", "by", "when_above"],
  months_after: ["months_after", "by", "month_end"],
  lookup: ["lookup", "table"],
};
