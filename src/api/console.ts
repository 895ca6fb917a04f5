import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";
import type { FastifyInstance, FastifyReply } from "fastify";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

interface Asset {
  readonly type: string;
  readonly plain: Buffer;
  packed?: Buffer;
}

/**
 * The console's pages and files, from memory. Names of files hold a hash of what is in them, so a browser may keep them for
 * ever; the page itself is asked for each time and has a nonce of its own, without which no style made in the browser counts.
 * No script stands in it, and none of another place is let in.
 *
 * Takes   the folder that `npm run build` filled; without one nothing is served and `false` given.
 */
export function serveConsole(fastify: FastifyInstance, folder: string): boolean {
  const index = join(folder, "index.html");
  if (!existsSync(index)) return false;
  const page = readFileSync(index, "utf8");
  serveFolder(fastify, join(folder, "assets"), "/console/assets");
  const pageFor = (reply: FastifyReply): string => {
    const nonce = randomBytes(16).toString("base64url");
    reply.type("text/html; charset=utf-8").header("content-security-policy", policyOf(nonce));
    return page.replaceAll("%NONCE%", nonce);
  };
  // Whatever page of it is asked for: which there are, the browser knows.
  for (const url of ["/console", "/console/*"])
    fastify.get(url, { schema: { hide: true } }, async (_request, reply) => pageFor(reply));
  return true;
}

/** Files of a folder, from memory, by names that hold a hash of what is in them. Gives the names. */
export function serveFolder(fastify: FastifyInstance, folder: string, under: string): readonly string[] {
  const assets = new Map<string, Asset>();
  for (const name of readdirSync(folder)) {
    const type = TYPES[extname(name)];
    if (type) assets.set(name, { type, plain: readFileSync(join(folder, name)) });
  }
  fastify.get<{ Params: { name: string } }>(
    `${under}/:name`,
    { schema: { hide: true } },
    async (request, reply) => {
      const asset = assets.get(request.params.name);
      if (!asset) return reply.callNotFound();
      reply.type(asset.type).header("cache-control", "public, max-age=31536000, immutable");
      if (!/\bgzip\b/.test(request.headers["accept-encoding"] ?? "")) return asset.plain;
      asset.packed ??= gzipSync(asset.plain);
      reply.header("content-encoding", "gzip").header("vary", "accept-encoding");
      return asset.packed;
    },
  );
  return [...assets.keys()];
}

const policyOf = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
