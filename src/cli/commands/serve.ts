import { isIP } from "node:net";
import { type LogLine, type Provider, readProviders } from "../../api/index.ts";
import { isZone, parseMoney } from "../../core/index.ts";
import { textOf, withBook } from "../../office/book.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { accessSay } from "../access-words.ts";
import { courierAsked } from "../courier.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { portalSettings } from "../portal.ts";
import { serveBook } from "../serving.ts";
import { letterSigner, SIGNER_OPTIONS, signingAsked } from "../signing.ts";
import { signingSay } from "../signing-words.ts";

export const options = {
  host: { type: "string" },
  port: { type: "string" },
  proxy: { type: "string" },
  zone: { type: "string" },
  https: { type: "boolean" },
  "waiver-limit": { type: "string" },
  log: { type: "boolean" },
  "no-webhooks": { type: "boolean" },
  ...SIGNER_OPTIONS,
  base: { type: "string" },
  providers: { type: "string" },
  portal: { type: "string" },
  channels: { type: "string" },
  out: { type: "string" },
} as const;

export const USUAL_PORT = 8789;
const USUAL_ZONE = "Asia/Shanghai";
/** Waivers above this take two people. */
export const WAIVER_LIMIT = "1000.00";

/** Serves the API and the public pages of a book until it is stopped. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const host = asked.text("host") ?? "127.0.0.1";
  const port = portAsked(asked, io);
  const zone = asked.text("zone") ?? USUAL_ZONE;
  if (!isZone(zone)) throw new WrongUse(say.missing[io.language]("--zone", `--zone ${USUAL_ZONE}`));
  const proxies = proxiesAsked(asked, io);
  const waiverLimit = parseMoney(asked.text("waiver-limit") ?? WAIVER_LIMIT);
  if (waiverLimit === undefined || waiverLimit < 0)
    throw new WrongUse(say.missing[io.language]("--waiver-limit", `--waiver-limit ${WAIVER_LIMIT}`));
  const origin = originAsked(asked, io);
  const providers = providersAsked(asked, io);
  const portal = portalSettings(asked.text("portal"), io);
  const { courier, close } = courierAsked({ channels: asked.text("channels"), out: asked.text("out") }, io);
  return withBook(place, io, async (db) => {
    // Whoever serves people over a network has keys; a book on one's own machine made its own.
    if (asked.flag("https") && !db.vault) throw new Declined(accessSay.noKeySource[io.language]());
    const serving = await serveBook(db, io, {
      portal,
      courier,
      host,
      port,
      zone,
      proxies,
      waiverLimit,
      secure: asked.flag("https"),
      signer: async (firm, mayTry) =>
        letterSigner(await signingAsked({ asked, io, place, firm, now: io.now, mayTry }), io.now),
      ...(origin === undefined ? {} : { origin }),
      providers,
      webhooks: !asked.flag("no-webhooks"),
      log: asked.flag("log") ? toStandardError : onlyTrouble,
    });
    io.object({ serving: true, host, port: serving.port });
    io.out(accessSay.serving[io.language](host, serving.port));
    io.out(signingSay.serving[io.language](host, serving.port));
    if (!/^(?:127\.|::1$|localhost$)/.test(host)) io.note(signingSay.notLoopback[io.language](host));
    await serving.untilStopped();
    io.object({ serving: false });
    return 0;
  }).finally(close);
}

/** A line of JSON for each request. */
export const toStandardError = (line: LogLine): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
};
export const onlyTrouble = (line: LogLine): void => {
  if (line.level === "error") toStandardError(line);
};

export function portAsked(asked: Asked, io: Io): number {
  const text = asked.text("port") ?? String(USUAL_PORT);
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new WrongUse(say.missing[io.language]("--port", `arrears serve --port ${USUAL_PORT}`));
  return port;
}

function originAsked(asked: Asked, io: Io): string | undefined {
  const text = asked.text("base");
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== "/" || url.search !== "")
    throw new WrongUse(say.missing[io.language]("--base", "--base https://arrears.example"));
  return url.origin;
}

function providersAsked(asked: Asked, io: Io): readonly Provider[] {
  const file = asked.text("providers");
  if (file === undefined) return [];
  const read = readProviders(textOf(file, io), ({ env, file: path }) =>
    env === undefined ? textOf(path!, io) : process.env[env],
  );
  if (!read.ok) throw new Declined(accessSay.providersBad[io.language](file, read.says));
  return read.providers;
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
