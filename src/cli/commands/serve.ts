import { once } from "node:events";
import { isIP } from "node:net";
import { attempts, proxyList, publicServer } from "../../api/index.ts";
import { isZone } from "../../core/index.ts";
import { withBook } from "../book.ts";
import { type Io, WrongUse } from "../io.ts";
import { publicLetters } from "../letters/public.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { signingSay } from "../signing-words.ts";
import { stopped } from "../stopped.ts";

export const options = {
  host: { type: "string" },
  port: { type: "string" },
  proxy: { type: "string" },
  zone: { type: "string" },
} as const;

const USUAL_PORT = 8789;
/** Thirty look-ups at once, then one every two seconds: far more than a person needs, far less than a crawler wants. */
const PACE = { atOnce: 30, everyMs: 2000 };
/** A signed letter has some 150 KB; scans that people made of one are compared too, if only to be told apart. */
const MOST_BYTES = 5_000_000;

/** Serves the public pages of a book until it is stopped. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const host = asked.text("host") ?? "127.0.0.1";
  const portText = asked.text("port") ?? String(USUAL_PORT);
  const port = Number(portText);
  if (!/^\d{1,5}$/.test(portText) || port > 65_535)
    throw new WrongUse(say.missing[io.language]("--port", `arrears serve --port ${USUAL_PORT}`));
  const zone = asked.text("zone") ?? "Asia/Shanghai";
  if (!isZone(zone)) throw new WrongUse(say.missing[io.language]("--zone", "--zone Asia/Shanghai"));
  const proxies = proxiesAsked(asked, io);
  return withBook(place, io, async (db) => {
    const server = publicServer({
      letters: publicLetters(db),
      attempts: attempts(PACE),
      proxies: proxyList(proxies),
      mostBytes: MOST_BYTES,
      zone,
      now: io.now,
      log: io.note,
    });
    server.listen(port, host);
    await once(server, "listening");
    const bound = server.address() as { port: number };
    io.object({ serving: true, host, port: bound.port });
    io.out(signingSay.serving[io.language](host, bound.port));
    if (!/^(?:127\.|::1$|localhost$)/.test(host)) io.note(signingSay.notLoopback[io.language](host));
    await stopped();
    server.close();
    server.closeIdleConnections();
    io.object({ serving: false });
    return 0;
  });
}

function proxiesAsked(asked: Asked, io: Io): readonly string[] {
  const ranges =
    asked
      .text("proxy")
      ?.split(",")
      .map((range) => range.trim()) ?? [];
  for (const range of ranges) {
    const [address = "", bits] = range.split("/");
    const most = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
    if (most === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
      throw new WrongUse(signingSay.badProxy[io.language](range));
  }
  return ranges;
}
