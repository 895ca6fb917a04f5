import { BlockList, isIP, isIPv6 } from "node:net";
import type { Instant } from "../core/index.ts";

/** How often one address may look something up: so many at once, and one more each so many milliseconds. */
export interface Pace {
  readonly atOnce: number;
  readonly everyMs: number;
}

export interface Attempts {
  /** `undefined` where a look-up may be made, and it is counted; else in how many seconds one may. */
  take(client: string, now: Instant): number | undefined;
}

/** Addresses that are remembered; the one that was not seen for the longest is forgotten first. */
const MOST_CLIENTS = 20_000;

/**
 * A bucket of tokens for each address, in memory: it is about load, not about guessing, which the length of a code
 * forbids by itself. Starting anew fills every bucket.
 */
export function attempts({ atOnce, everyMs }: Pace, most = MOST_CLIENTS): Attempts {
  const buckets = new Map<string, { tokens: number; at: Instant }>();
  return {
    take: (client, now) => {
      const known = buckets.get(client);
      const gained = known ? Math.max(0, now - known.at) / everyMs : 0;
      const tokens = Math.min(atOnce, (known?.tokens ?? atOnce) + gained);
      buckets.delete(client);
      buckets.set(client, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
      if (buckets.size > most) buckets.delete(buckets.keys().next().value!);
      return tokens >= 1 ? undefined : Math.ceil(((1 - tokens) * everyMs) / 1000);
    },
  };
}

/** Addresses of proxies of our own, `10.0.0.1` or `10.0.0.0/8`: only they are believed about where a call came from. */
export function proxyList(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address, bits] = range.split("/");
    const family = isIPv6(address!) ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address!, family);
    else list.addSubnet(address!, Number(bits), family);
  }
  return list;
}

/**
 * Whom a call is counted for.
 *
 * Takes   the address at the other end, the header `X-Forwarded-For`, and the proxies that are believed.
 * Gives   an IPv4 address, or the first 64 bits of an IPv6 one: a customer has all addresses behind them.
 */
export function clientOf(peer: string, forwarded: string | undefined, proxies: BlockList): string {
  const isProxy = (address: string): boolean => proxies.check(address, isIPv6(address) ? "ipv6" : "ipv4");
  let client = plain(peer);
  if (isProxy(client)) {
    // Each proxy writes at the end whom it heard; what stands before a stranger's address is the stranger's own word.
    for (const heard of (forwarded ?? "").split(",").reverse()) {
      const address = plain(heard.trim());
      if (isIP(address) === 0) break;
      client = address;
      if (!isProxy(address)) break;
    }
  }
  return isIPv6(client) ? networkOf(client) : client;
}

/** The address alone: without a port, which some proxies write, without a zone, and IPv4 as itself where a server listens on both families. */
const plain = (address: string): string =>
  address
    .replace(/^\[([^\]]*)\](?::\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "")
    .replace(/^::ffff:(?=\d+\.)/i, "");

function networkOf(address: string): string {
  const [head = "", tail] = address.split("::");
  const groups = (part: string): string[] => part.split(":").filter(Boolean);
  const before = groups(head);
  const after = groups(tail ?? "");
  const full =
    tail === undefined
      ? before
      : [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill("0"), ...after];
  return `${full
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}
