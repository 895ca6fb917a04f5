import { lookup } from "node:dns/promises";
import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import { BlockList, isIP, isIPv6 } from "node:net";
import { secretBytes, webhookSignature } from "../dispatch/signature.ts";

/** What became of one call. */
export interface Posted {
  /** None where nobody answered. */
  readonly status: number | null;
  readonly says: string;
}

export interface PostAsked {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  /** Seconds, as the signature has them. */
  readonly at: number;
  /** Networks within which an endpoint may lie though they are nobody's on the internet; plain HTTP goes only there. */
  readonly allowed: BlockList;
  readonly answerWithinMs: number;
}

/** Networks that are this machine, this network, or nobody's: an address that a stranger gives must not lead there. */
const INSIDE = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  INSIDE.addSubnet(network, bits, "ipv4");
/** Of IPv6 only what is given out for the internet is outside, and of that not what wraps an IPv4 address. */
const OUTSIDE_V6 = new BlockList();
OUTSIDE_V6.addSubnet("2000::", 3, "ipv6");
const WRAPPED_V6 = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
] as const)
  WRAPPED_V6.addSubnet(network, bits, "ipv6");

const family = (address: string): "ipv4" | "ipv6" => (isIPv6(address) ? "ipv6" : "ipv4");
/** `::ffff:10.0.0.1` is 10.0.0.1. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

export function isInside(address: string): boolean {
  const of = plain(address);
  if (family(of) === "ipv4") return INSIDE.check(of, "ipv4");
  return !OUTSIDE_V6.check(of, "ipv6") || WRAPPED_V6.check(of, "ipv6");
}

/** Why an address cannot be an endpoint, from its text alone; `undefined` where it may be. */
export function urlTrouble(text: string): "not-a-url" | "not-https" | "has-credentials" | undefined {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "not-a-url";
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return "not-https";
  if (url.username !== "" || url.password !== "") return "has-credentials";
  return undefined;
}

export interface Place {
  readonly address: string;
  readonly family: 4 | 6;
}

/** The address to connect to, looked up and judged; a text says why there is none. Every address of the name has to be allowed. */
export async function placeOf(
  url: URL,
  allowed: BlockList,
  resolve: (host: string) => Promise<readonly Place[]> = (host) =>
    lookup(host, { all: true }) as Promise<Place[]>,
): Promise<Place | string> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isAddress = isIP(host) !== 0;
  let found: readonly Place[];
  try {
    found = isAddress ? [{ address: host, family: isIP(host) as 4 | 6 }] : await resolve(host);
  } catch (error) {
    return `the name is not found: ${(error as { code?: string }).code ?? "no answer"}`;
  }
  if (found.length === 0) return "the name has no address";
  const isAllowed = ({ address }: Place): boolean => allowed.check(plain(address), family(plain(address)));
  if (found.some((place) => isInside(place.address) && !isAllowed(place)))
    return "the address is of a private network";
  if (url.protocol !== "https:" && !found.every(isAllowed)) return "only https goes outside";
  return found[0]!;
}

const MOST_ANSWER = 4096;

/**
 * Sends one event, signed by Standard Webhooks, to the address that was looked up and judged: between the judgment and the
 * connection nobody can give the name another one. Redirects are not followed.
 */
export async function postEvent(asked: PostAsked): Promise<Posted> {
  const trouble = urlTrouble(asked.url);
  if (trouble) return { status: null, says: trouble };
  const url = new URL(asked.url);
  const place = await placeOf(url, asked.allowed);
  if (typeof place === "string") return { status: null, says: place };
  const { id, body, at, secrets } = asked;
  const signature = secrets.map((one) => webhookSignature(secretBytes(one), id, at, body)).join(" ");
  const send = url.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((done) => {
    const request = send(url, {
      method: "POST",
      agent: false,
      headers: {
        "content-type": "application/json",
        "content-length": String(Buffer.byteLength(body)),
        "user-agent": "Arrears",
        "webhook-id": id,
        "webhook-timestamp": String(at),
        "webhook-signature": signature,
      },
      lookup: (_host, options, found) => {
        if (options.all) found(null, [place]);
        else found(null, place.address, place.family);
      },
      signal: AbortSignal.timeout(asked.answerWithinMs),
    });
    request.on("response", (response) => {
      const status = response.statusCode ?? 0;
      let length = 0;
      const end = (): void => done({ status, says: `answered ${status}` });
      response.on("data", (part: Buffer) => {
        length += part.length;
        // What it says beyond its status is not read, and must not keep us.
        if (length > MOST_ANSWER) {
          response.destroy();
          end();
        }
      });
      response.on("end", end);
      response.on("error", end);
    });
    request.on("error", (error: NodeJS.ErrnoException) => {
      const timedOut = error.name === "TimeoutError" || error.name === "AbortError";
      done({ status: null, says: timedOut ? "no answer in time" : (error.code ?? "not reached") });
    });
    request.end(body);
  });
}
