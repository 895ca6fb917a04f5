import type { Browser } from "playwright-core";
import { openBrowser } from "../../test/support/browser.ts";
import { letIn, onPhone, type PortalWorld, portalWorld } from "../../test/support/portal.ts";

/** Pages of the borrower whose first look counts: those that anybody opens, and his own. */
const PAGES = ["/", "/check", "/debts", "/me", "/me/next", "/me/ways", "/me/plan", "/me/ask/cannot-pay"];
/** A slow line and an old phone: 400 kb/s with 150 ms to the server and back, a processor four times slower. */
const LINE = { offline: false, latency: 150, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const SLOWER = 4;

/**
 * What a page of the borrower costs on a slow line and an old phone, with nothing kept from before.
 *
 * Gives   per page: bytes as they came over the line; the server's own milliseconds; milliseconds to the first paint; and to the moment from
 *         which it answers: every script of it has run and no long task follows. Medians of `--runs` looks, 3 unless said.
 */
export async function benchPortal(
  args: ReadonlyMap<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const runs = Number(args.get("runs") ?? 3);
  const only = args.get("only")?.split(",");
  process.env.ARREARS_TEST_PG ??= process.env.BENCH_PG ?? "postgres://postgres@127.0.0.1:5432/postgres";
  const [world, browser] = await Promise.all([portalWorld(60), openBrowser()]);
  try {
    const figures: Record<string, unknown> = { runs, kbPerSecond: 400, slower: SLOWER };
    for (const path of PAGES.filter((one) => !only || only.includes(one))) {
      progress(path);
      const looks: Look[] = [];
      for (let i = 0; i < runs; i++) looks.push(await look(world, browser, path));
      figures[path] = Object.fromEntries(
        (Object.keys(looks[0]!) as (keyof Look)[]).map((key) => [key, median(looks.map((one) => one[key]))]),
      );
    }
    return figures;
  } finally {
    await browser.close();
    await world.close();
  }
}

interface Look {
  readonly bytes: number;
  readonly serverMs: number;
  readonly firstPaintMs: number;
  readonly answersMs: number;
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** Ends of what the page did: the paint, its scripts, and tasks of more than 50 ms. */
const WHEN = `new Promise((done) => {
  new PerformanceObserver((list) => {
    window.busyUntil = Math.max(window.busyUntil ?? 0, ...list.getEntries().map((one) => one.startTime + one.duration));
  }).observe({ type: "longtask", buffered: true });
  setTimeout(() => {
    const [page] = performance.getEntriesByType("navigation");
    done([
      page.responseStart - page.requestStart,
      performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
      Math.max(page.domContentLoadedEventEnd, window.busyUntil ?? 0),
    ]);
  }, 300);
})`;

async function look(world: PortalWorld, browser: Browser, path: string): Promise<Look> {
  const page = await onPhone(browser);
  if (path.startsWith("/me")) await letIn(page, await world.borrowerLink());
  const tools = await page.by.newCDPSession(page);
  await tools.send("Network.enable");
  await tools.send("Network.clearBrowserCache");
  await tools.send("Network.emulateNetworkConditions", LINE);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  let bytes = 0;
  tools.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(world.base + path, { waitUntil: "load" });
  const [server, paint, answers] = (await page.evaluate(WHEN)) as [number, number, number];
  await page.by.close();
  return {
    bytes,
    serverMs: Math.round(server),
    firstPaintMs: Math.round(paint),
    answersMs: Math.round(answers),
  };
}
