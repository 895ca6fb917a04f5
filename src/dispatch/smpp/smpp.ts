import { createHash } from "node:crypto";
import type { Channel, DeliveryStatus, Instant } from "../../core/index.ts";
import type { Tools } from "../care.ts";
import { handing } from "../clear.ts";
import type { Inbound } from "../inbound.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter, Message, Receipt, TakeInbound } from "../types.ts";
import { isPassingStatus, Line, type LineSettings, type Pdu, type SmppLibrary, statusName } from "./line.ts";
import { type Part, partsOf } from "./text.ts";

export type { SmppLibrary } from "./line.ts";

export interface SmppSettings extends LineSettings {
  readonly name: string;
  readonly carries: readonly Channel[];
  /** The number or name that the message comes from. */
  readonly from: string;
  /** Put before numbers that are written without one. */
  readonly countryCode?: string;
  readonly long: "udh" | "payload";
  /** How long the carrier may keep trying: a message that was planned for noon must not arrive at night. */
  readonly validMinutes: number;
  /** Receipts of some centres name in decimal what the answer to the message gave in hexadecimal. */
  readonly receiptIds: "same" | "decimal-of-hex";
}

const PART_TRIES = 5;
const REBIND_MS = 5_000;

/** Text messages by SMPP 3.4, with the carrier's receipts and the borrower's answers on the same connection. */
export function smppChannel(settings: SmppSettings, tools: Tools, library: SmppLibrary): ChannelAdapter {
  let take: TakeInbound | undefined;
  let reference = Math.floor(tools.random() * 256);
  const line = new Line(library, settings, async (pdu) => {
    if (!take) return false;
    await take(cameBy(pdu, settings, tools.now()));
    return true;
  });
  const submit = async (part: Part, message: Message): Promise<Pdu> =>
    line.ask("submit_sm", fieldsOf(part, message, settings));
  return {
    name: settings.name,
    carries: settings.carries,
    send: (permit, message) =>
      handing(permit, message, tools.now, async (): Promise<Receipt> => {
        reference = (reference + 1) & 0xff;
        const parts = partsOf(message.text, reference, settings.long);
        if (!parts) return { outcome: "failed", receipt: "too long for one message of 255 parts" };
        const references: string[] = [];
        for (const part of parts) {
          const answer = await wholly(references.length > 0, () => submit(part, message), tools);
          if (answer.command_status !== library.ESME_ROK)
            return refused(answer.command_status, references.length, parts.length);
          references.push(normalId(answer.message_id ?? ""));
        }
        return { outcome: "sent", receipt: references.join(" "), references };
      }),
    check: async () => {
      await line.ask("enquire_link", {});
      return `bound as ${settings.systemId} (${settings.bind}) at ${settings.host}:${settings.port}, enquire_link answered`;
    },
    listen: async (taker) => {
      take = taker;
      while (!line.closing) {
        const bound = await line.bound().catch(() => undefined);
        if (bound) await line.lost();
        if (!line.closing) await tools.wait(REBIND_MS);
      }
    },
    close: () => line.close(),
  };
}

/**
 * One part. The first that is turned away leaves nothing handed over, and the whole message may be tried again; a later one
 * is tried alone, because the others are on their way.
 */
async function wholly(begun: boolean, submit: () => Promise<Pdu>, tools: Tools): Promise<Pdu> {
  for (let tried = 1; ; tried++) {
    const answer = await submit().catch((error: unknown) => {
      if (begun && error instanceof NotHandedOver)
        throw new Error(`part of the message went out, then: ${error.message}`);
      throw error;
    });
    if (!isPassingStatus(answer.command_status)) return answer;
    const says = `the message centre answered ${statusName(answer.command_status)}`;
    if (!begun) throw new NotHandedOver(says, true);
    if (tried >= PART_TRIES) throw new Error(`part of the message went out, then ${says}`);
    await tools.wait(250 * 2 ** tried);
  }
}

function refused(status: number, taken: number, parts: number): Receipt {
  const says = `the message centre answered ${statusName(status)}`;
  if (taken === 0) return { outcome: "failed", receipt: says };
  throw new Error(`${taken} of ${parts} parts went out, then ${says}`);
}

function fieldsOf(part: Part, message: Message, settings: SmppSettings): Record<string, unknown> {
  const { from, long, validMinutes } = settings;
  const text =
    long === "payload"
      ? { short_message: Buffer.alloc(0), message_payload: part.bytes }
      : { short_message: part.bytes };
  return {
    source_addr_ton: /^\d+$/.test(from) ? 0 : 5,
    source_addr_npi: /^\d+$/.test(from) ? 1 : 0,
    source_addr: from,
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: numberOf(message.to, settings.countryCode),
    esm_class: part.joined ? 0x40 : 0,
    registered_delivery: 1,
    data_coding: part.coding,
    validity_period: relativeTime(validMinutes),
    ...text,
  };
}

/** Digits only, with the country's code. */
function numberOf(address: string, countryCode: string | undefined): string {
  const digits = address.replace(/\D/g, "");
  const international = address.trim().startsWith("+") || digits.startsWith("00");
  return international || countryCode === undefined ? digits.replace(/^00/, "") : `${countryCode}${digits}`;
}

/** `000000hhmmss000R`: so long from now (SMPP 3.4, 7.1.1.2). */
function relativeTime(minutes: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `0000${two(Math.floor(minutes / 1440))}${two(Math.floor(minutes / 60) % 24)}${two(minutes % 60)}00000R`;
}

const normalId = (id: string): string => id.trim().toLowerCase();

/** 5.2.28 of SMPP 3.4; what is final, and what is under way still. */
const STATES: Readonly<Record<string, DeliveryStatus>> = {
  ENROUTE: "accepted",
  ACCEPTD: "accepted",
  DELIVRD: "delivered",
  EXPIRED: "expired",
  DELETED: "failed",
  UNDELIV: "failed",
  REJECTD: "failed",
  UNKNOWN: "unknown",
};
const STATE_NUMBERS = [
  "",
  "ENROUTE",
  "DELIVRD",
  "EXPIRED",
  "DELETED",
  "UNDELIV",
  "ACCEPTD",
  "UNKNOWN",
  "REJECTD",
];

const bodyOf = (pdu: Pdu): string => {
  const of = pdu.message_payload?.message ?? pdu.short_message?.message ?? "";
  return typeof of === "string" ? of : of.toString("latin1");
};

/** What a `deliver_sm` brought: a receipt, or words of the borrower. */
function cameBy(pdu: Pdu, settings: SmppSettings, now: Instant): Inbound {
  const base = { channel: settings.name, via: "text" as const, at: now, address: pdu.source_addr ?? "" };
  const body = bodyOf(pdu);
  if (((pdu.esm_class ?? 0) & 0x3c) === 0x04) {
    const given = pdu.receipted_message_id ?? /\bid:\s*(\S+)/i.exec(body)?.[1] ?? "";
    const state =
      (pdu.message_state !== undefined ? STATE_NUMBERS[pdu.message_state] : undefined) ??
      /\bstat:\s*(\w+)/i.exec(body)?.[1]?.toUpperCase() ??
      "UNKNOWN";
    const error = /\berr:\s*(\w+)/i.exec(body)?.[1];
    const reference = receiptId(given, settings.receiptIds);
    return {
      ...base,
      kind: "delivery",
      id: `${reference}/${state}`,
      reference,
      status: STATES[state] ?? "unknown",
      reason: error === undefined ? state : `${state} ${error}`,
    };
  }
  // The protocol gives the borrower's message no id. Brought again within the minute, it is the same one.
  const told = [pdu.source_addr, pdu.destination_addr, body, Math.floor(now / 60_000)].join("\u0000");
  const id = createHash("sha256").update(told).digest("hex").slice(0, 32);
  return { ...base, kind: "message", id, text: body };
}

function receiptId(given: string, how: SmppSettings["receiptIds"]): string {
  const id = normalId(given.replaceAll("\u0000", ""));
  return how === "decimal-of-hex" && /^\d+$/.test(id) ? BigInt(id).toString(16) : id;
}
