import {
  CALL_OUTCOMES,
  type CallOutcome,
  type Channel,
  type Day,
  DELIVERY_STATUSES,
  type DeliveryStatus,
  type Instant,
  LETTER_STATUSES,
  type LetterStatus,
  type Minor,
  nearest,
  parseDay,
  parseInstant,
  REPLY_FIELDS,
} from "../core/index.ts";

interface Came {
  /** What the source calls it: the same event, told twice, has the same id. */
  readonly id: string;
  /** Name of the channel that it came by. */
  readonly channel: string;
  readonly via: Channel;
  /** When it happened, by the source's clock. */
  readonly at: Instant;
  /** Whose it is, by what the source knows: our action, its own id of the message, or the address on the other side. */
  readonly action?: string;
  readonly reference?: string;
  readonly address?: string;
}

/** What came in, verified at the door, in one form whatever brought it. */
export type Inbound =
  | (Came & { readonly kind: "delivery"; readonly status: DeliveryStatus; readonly reason?: string })
  | (Came & { readonly kind: "message"; readonly text: string })
  /** He wants no more of this: pressed, ticked or called out, without words of his own. */
  | (Came & { readonly kind: "stop" })
  | (Came & {
      readonly kind: "call";
      readonly outcome: CallOutcome;
      readonly by?: string;
      readonly note?: string;
      readonly promisedOn?: Day;
      readonly promisedAmount?: Minor;
    })
  | (Came & {
      readonly kind: "letter";
      readonly status: LetterStatus;
      readonly on: Day;
      readonly reason?: string;
    });

// ---------------------------------------------------------------------------------------------- what asks us to stop

/**
 * Single words and short forms that ask to stop, as carriers and regulators name them: US carriers' keywords and the words
 * of 47 CFR 64.1200(a)(10); in China 退订, T, TD and what carriers advise (回T退订, 拒收请回复R).
 */
const STOP_WORDS: ReadonlySet<string> = new Set([
  ..."STOP STOPALL STOPP UNSUBSCRIBE CANCEL END QUIT REVOKE OPTOUT REMOVE".split(" "),
  ..."T TD TDTD TT R N QX 退 退订 退定 TD退订 T退订 回T 回TD 取消 取消订阅 拒收 拒绝 停 停止".split(" "),
]);
/** Sentences: any reasonable way of saying it counts. */
const STOP_PHRASES: readonly RegExp[] = [
  /\b(?:STOP|QUIT|CEASE)\s+(?:ALL\s+)?(?:TEXT|MESSAG|CALL|CONTACT|EMAIL|SEND|WRIT|BOTHER|HARASS)/,
  /\b(?:DO NOT|DON'?T|NEVER)\s+(?:EVER\s+)?(?:TEXT|MESSAGE|CALL|CONTACT|EMAIL|WRITE|SEND)/,
  /\b(?:OPT\s*OUT|UNSUBSCRIBE|LEAVE ME ALONE|TAKE ME OFF|REMOVE ME)\b/,
  /退订|退定|取消订阅|拒收/,
  /(?:不要|别|勿|停止|不许|禁止)(?:再|继续)?(?:给我|跟我|向我|往我)?(?:手机)?(?:发|打|联系|骚扰|短信|来电)/,
];

/** Whether a message asks us to stop writing to where it came from. In doubt it does: a stop can be lifted, a message not unsent. */
export function asksToStop(text: string): boolean {
  const plain = text.normalize("NFKC").toUpperCase().replaceAll("’", "'").trim();
  const bare = plain.replace(/[^\p{L}\p{N}]+/gu, "");
  return STOP_WORDS.has(bare) || STOP_PHRASES.some((phrase) => phrase.test(plain));
}

// ---------------------------------------------------------------------------------------------------- our own format

export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly says: string };
const no = (says: string): { readonly ok: false; readonly says: string } => ({ ok: false, says });

const KINDS: readonly Inbound["kind"][] = ["delivery", "message", "stop", "call", "letter"];
const VIAS: readonly Channel[] = ["app", "text", "call", "email", "letter"];
const USUAL_VIA: Readonly<Record<Inbound["kind"], Channel>> = {
  delivery: "text",
  message: "text",
  stop: "text",
  call: "call",
  letter: "letter",
};
const LONGEST = { id: 200, text: 4000, word: 500 } as const;

/**
 * Reads an event in our own format, as signed callbacks and files bring it: one flat object of texts.
 *
 * Takes   the object; the channel that it came by; the instant for events that name none.
 * Gives   the event, or what is wrong with it: unknown words with the nearest known one.
 * Units   `at` an instant with offset, days ISO, money as text in the currency's main unit.
 */
export function readInbound(value: unknown, channel: string, received: Instant): Read<Inbound> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return no("an event is one object");
  const fields = value as Record<string, unknown>;
  const texts = new Map<string, string>();
  for (const [key, field] of Object.entries(fields)) {
    if (!REPLY_FIELDS.includes(key))
      return no(`unknown word ${key}; the nearest is ${nearest(key, REPLY_FIELDS) ?? REPLY_FIELDS[0]}`);
    if (field === null || field === undefined || field === "") continue;
    if (typeof field !== "string" && typeof field !== "number") return no(`${key} is a text`);
    const text = String(field).trim();
    if (text.length > (key === "text" ? LONGEST.text : key === "id" ? LONGEST.id : LONGEST.word))
      return no(`${key} is too long`);
    texts.set(key, text);
  }
  const kind = oneOf("kind", texts.get("kind"), KINDS);
  if (!kind.ok) return kind;
  const via = oneOf("via", texts.get("via") ?? USUAL_VIA[kind.value], VIAS);
  if (!via.ok) return via;
  const id = texts.get("id");
  if (!id) return no("id is missing: what the source calls the event, so that it counts once");
  const at = texts.has("at") ? parseInstant(texts.get("at")!) : received;
  if (at === undefined) return no(`at: ${texts.get("at")} is no instant; write 2026-03-06T10:00:00+08:00`);
  const named = ["action", "reference", "address"].filter((key) => texts.has(key));
  if (named.length === 0) return no("names nobody: give action, reference or address");
  const came: Came = {
    id,
    channel,
    via: via.value,
    at,
    ...Object.fromEntries(named.map((key) => [key, texts.get(key)!])),
  };
  return rest(kind.value, came, texts);
}

function rest(kind: Inbound["kind"], came: Came, texts: ReadonlyMap<string, string>): Read<Inbound> {
  const reason = texts.has("reason") ? { reason: texts.get("reason")! } : {};
  switch (kind) {
    case "delivery": {
      const status = oneOf("status", texts.get("status"), DELIVERY_STATUSES);
      return status.ok ? { ok: true, value: { ...came, kind, status: status.value, ...reason } } : status;
    }
    case "message": {
      const text = texts.get("text");
      return text ? { ok: true, value: { ...came, kind, text } } : no("text is missing");
    }
    case "stop":
      return { ok: true, value: { ...came, kind } };
    case "call":
      return callOf(came, texts);
    case "letter": {
      const status = oneOf("status", texts.get("status"), LETTER_STATUSES);
      if (!status.ok) return status;
      const on = parseDay(texts.get("on") ?? "");
      if (on === undefined) return no("on: the day of the event, as 2026-03-06");
      return { ok: true, value: { ...came, kind, status: status.value, on, ...reason } };
    }
  }
}

function callOf(came: Came, texts: ReadonlyMap<string, string>): Read<Inbound> {
  const outcome = oneOf("outcome", texts.get("outcome"), CALL_OUTCOMES);
  if (!outcome.ok) return outcome;
  const promisedOn = texts.has("promised_on") ? parseDay(texts.get("promised_on")!) : undefined;
  if (texts.has("promised_on") && promisedOn === undefined) return no("promised_on: a day, as 2026-03-06");
  const amountText = texts.get("promised_amount");
  const promisedAmount = amountText === undefined ? undefined : minorOf(amountText);
  if (amountText !== undefined && promisedAmount === undefined)
    return no(`promised_amount: ${amountText} is no amount; write 100.00`);
  if (outcome.value !== "promised" && (promisedOn !== undefined || promisedAmount !== undefined))
    return no("only a call with the outcome promised has promised_on and promised_amount");
  return {
    ok: true,
    value: {
      ...came,
      kind: "call",
      outcome: outcome.value,
      ...(texts.has("by") ? { by: texts.get("by")! } : {}),
      ...(texts.has("note") ? { note: texts.get("note")! } : {}),
      ...(promisedOn === undefined ? {} : { promisedOn }),
      ...(promisedAmount === undefined ? {} : { promisedAmount }),
    },
  };
}

/** `100.00` in minor units, for currencies with two decimals: those of both packs. */
const minorOf = (text: string): Minor | undefined => {
  const match = /^(\d{1,12})(?:\.(\d{2}))?$/.exec(text);
  return match ? ((Number(match[1]) * 100 + Number(match[2] ?? 0)) as Minor) : undefined;
};

function oneOf<T extends string>(name: string, text: string | undefined, known: readonly T[]): Read<T> {
  const found = known.find((one) => one === text);
  if (found !== undefined) return { ok: true, value: found };
  if (text === undefined) return no(`${name} is missing: one of ${known.join(", ")}`);
  return no(`unknown ${name} ${text}; the nearest is ${nearest(text, known) ?? known[0]}`);
}

// ------------------------------------------------------------------------------------------------------------ the ear

/** A request as it came to the listener. */
export interface Call {
  readonly method: string;
  /** What follows the channel's name in the path. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** Address of the other end of the connection. */
  readonly from: string;
  readonly at: Instant;
}

export type Heard =
  | {
      readonly ok: true;
      readonly events: readonly Inbound[];
      readonly answer: string;
      readonly type?: string;
    }
  /** `says` goes to the log of the listener, never to the caller. */
  | { readonly ok: false; readonly status: 400 | 401 | 404 | 405; readonly says: string };

/** Verifies what a carrier calls back with, and reads it. Forged or stale calls are refused before anything is read. */
export interface Ear {
  readonly name: string;
  hear(call: Call): Heard;
}
