import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList, isIPv6 } from "node:net";
import type { Call, Heard } from "./inbound.ts";

/** Compares two texts in a time that tells nothing of where they differ, nor of how long the expected one is. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

/** What stands in for a signature where a carrier signs nothing: a path that nobody can guess, and where it calls from. */
export interface SecretPath {
  readonly token: string;
  /** Addresses, or ranges such as `203.0.113.0/24`; every one where absent. */
  readonly allowFrom?: readonly string[];
}

/** Refuses a call that does not know the path or comes from elsewhere; `undefined` where it may be read. */
export function refusedBy({ token, allowFrom }: SecretPath, call: Call): Heard | undefined {
  if (call.method !== "POST") return { ok: false, status: 405, says: `${call.method} instead of POST` };
  if (!sameSecret(call.path[0] ?? "", token))
    return { ok: false, status: 404, says: "the secret path is wrong" };
  if (allowFrom && !isFrom(allowFrom, call.from))
    return { ok: false, status: 401, says: `a call from ${call.from}, which allow_from does not name` };
  return undefined;
}

function isFrom(ranges: readonly string[], from: string): boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.split("/");
    const family = isIPv6(address!) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address!, family);
    else list.addSubnet(address!, Number(bits), family);
  }
  // A server that listens on both families sees an IPv4 caller as ::ffff:a.b.c.d.
  const plain = from.replace(/^::ffff:(?=\d+\.)/, "");
  return list.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}

/** The events of a JSON list, each read by itself. One that cannot be read is refused with the whole call, so that it comes again. */
export function readList<T>(
  call: Call,
  read: (entry: Readonly<Record<string, unknown>>) => T | undefined,
): T[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(call.body.toString("utf8"));
  } catch {
    return undefined;
  }
  const entries = Array.isArray(value) ? value : [value];
  const all = entries.map((entry) =>
    typeof entry === "object" && entry !== null ? read(entry as Record<string, unknown>) : undefined,
  );
  return all.every((one) => one !== undefined) ? (all as T[]) : undefined;
}

export const unreadable: Heard = { ok: false, status: 400, says: "not what the carrier documents" };
export const textIn = (entry: Readonly<Record<string, unknown>>, key: string): string | undefined => {
  const value = entry[key];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
};
