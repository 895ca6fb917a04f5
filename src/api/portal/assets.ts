import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { serveFolder } from "../console.ts";

/** A sheet with a line under it: of our own making. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#0F6E6E"/><path d="M20 14h18l8 8v28H20z" fill="#fff"/><path d="M26 30h14M26 37h14M26 44h9" stroke="#0F6E6E" stroke-width="3" stroke-linecap="round"/></svg>`;

/** What a phone shows says nothing of a debt. */
const MANIFEST = JSON.stringify({
  name: "我的页面 My page",
  short_name: "我的页面",
  start_url: "/",
  display: "minimal-ui",
  background_color: "#F6F7F9",
  theme_color: "#F6F7F9",
  icons: [{ src: "/portal/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" }],
});

/** A script of ours by its address, the files that it needs after it: named with it, they come at once and not one after another. */
export type Island = readonly [file: string, ...needs: string[]];

/** Serves the files that belong to no page. Gives the islands by their names, none where nothing is built. */
export function serveAssets(
  fastify: FastifyInstance,
  folder: string | undefined,
): ReadonlyMap<string, Island> {
  const kept = (url: string, type: string, text: string): void => {
    fastify.get(url, { schema: { hide: true } }, async (_request, reply) => {
      reply.type(type).header("cache-control", "public, max-age=86400");
      return text;
    });
  };
  kept("/portal/icon.svg", "image/svg+xml", ICON);
  kept("/portal/manifest.json", "application/manifest+json", MANIFEST);
  const assets = folder === undefined ? undefined : join(folder, "assets");
  if (assets === undefined || !existsSync(assets)) return new Map();
  const names = serveFolder(fastify, assets, "/portal/assets");
  const address = (name: string): string => `/portal/assets/${name}`;
  return new Map(
    names.flatMap((name) => {
      const found = /^([a-z]+)-[\w-]+\.js$/.exec(name);
      return found ? [[found[1]!, [address(name), ...needed(assets, name).map(address)]] as const] : [];
    }),
  );
}

/** What a built file imports, and what that imports. */
function needed(folder: string, name: string, known: Set<string> = new Set()): string[] {
  const text = readFileSync(join(folder, name), "utf8");
  for (const [, one] of text.matchAll(/\bfrom\s*"\.\/([\w.-]+\.js)"|\bimport\s*"\.\/([\w.-]+\.js)"/g))
    if (one !== undefined && !known.has(one)) {
      known.add(one);
      needed(folder, one, known);
    }
  return [...known];
}
