import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

/**
 * Takes events from Arrears: signed by Standard Webhooks, each at least once. What is forged, old or has come before is not taken.
 *
 * `secret` is the text that was told once, `whsec_…`; `take(type, data)` does the work; `seen` remembers ids – a table of your own
 * in earnest, so that it survives a restart. Answer only after the work is kept: whatever is not 2xx comes again.
 */
export function webhookReceiver({ secret, take, seen = new Set(), now = Date.now }) {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const isSigned = (id, stamp, body, signatures) => {
    const right = createHmac("sha256", key).update(`${id}.${stamp}.`).update(body).digest();
    return signatures.split(" ").some((one) => {
      const [version, text = ""] = one.split(",");
      const given = Buffer.from(text, "base64");
      return version === "v1" && given.length === right.length && timingSafeEqual(given, right);
    });
  };
  return createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const answer = (status) => response.writeHead(status).end();
    const { "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signatures } = request.headers;
    if (!id || !stamp || !signatures) return answer(400);
    if (Math.abs(now() / 1000 - Number(stamp)) > 300) return answer(400);
    if (!isSigned(id, stamp, body, signatures)) return answer(401);
    // The same event again is no second event: say that it is here, and do nothing.
    if (seen.has(id)) return answer(204);
    const { type, data } = JSON.parse(body.toString("utf8"));
    await take(type, data);
    seen.add(id);
    return answer(204);
  });
}
