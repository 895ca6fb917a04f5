import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ensureBuilt } from "../../test/support/build.ts";
import { type Desk, desk, type Ran } from "../../test/support/cli.ts";
import { Carrier, deadPort } from "../../test/support/listener.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
let place: Desk;
let folder = "";
const carrier = new Carrier();
let port: number;
const run = (...args: string[]): Promise<Ran> => place.run(...args);

/** A sample book of a few people, closed to a day on which messages are due. */
beforeAll(async () => {
  ensureBuilt();
  place = await desk("channels", { HOOK: KEY });
  folder = place.folder;
  port = await carrier.open();
  carrier.answer = (_, response) => {
    response.statusCode = 202;
    response.end("{}");
  };
  await run(
    "sample",
    "--borrowers",
    "25",
    "--seed",
    "7",
    "--out",
    "sample",
    "--opened-on",
    "2025-12-01",
    "--through",
    "2026-02-20",
  );
  const files = readdirSync(join(folder, "sample"));
  const loans = files.find((name) => /^loans.*\.csv/.test(name))!;
  const map = files.find((name) => /^loans.*map\.ya?ml$/.test(name))!;
  expect((await run("import", "loans", `sample/${loans}`, "--map", `sample/${map}`)).code).toBe(0);
  expect((await run("close", "--through", "2026-02-20")).code).toBe(0);
  writeFileSync(
    join(folder, "channels.yaml"),
    `channels:
  push: { adapter: webhook, carries: [app, text], url: "http://127.0.0.1:${port}/", secret: { env: HOOK } }
  calls: { adapter: tasks, folder: calls, callback_secret: { env: HOOK } }
  dead: { adapter: webhook, carries: [app], url: "http://127.0.0.1:${await deadPort()}/", secret: { env: HOOK } }
routes:
  - app: push
    text: push
    call: calls
`,
  );
});
afterAll(async () => {
  await carrier.close();
  await place.clear();
});

test("a file with a secret in it is refused, its line named and the secret not repeated", async () => {
  writeFileSync(
    join(folder, "bad.yaml"),
    readFileSync(join(folder, "channels.yaml"), "utf8").replace("{ env: HOOK }", "hunter2"),
  );
  const { code, err } = await run("channels", "list", "--channels", "bad.yaml");
  expect(code).toBe(1);
  expect(err).toContain("bad.yaml:2");
  expect(err).not.toContain("hunter2");
});

test("channels are listed, and each is tried without a word to any borrower", async () => {
  const list = await run("channels", "list", "--json");
  expect(list.objects().at(-1)).toEqual({ route: null, app: ["push"], text: ["push"], call: ["calls"] });
  const tried = await run("channels", "test");
  expect(tried.code).toBe(1);
  expect(tried.out).toContain("ok      push");
  expect(tried.out).toContain("FAILED  dead");
  expect(carrier.asked.map(({ body }) => JSON.parse(body).type)).toEqual(["check"]);
  expect((await run("channels", "test", "psh")).err).toContain("did you mean push?");
});

test("messages go out by the file, reports come back by the listener, and what matches nobody is listed", async () => {
  carrier.asked.length = 0;
  const sent = await run(
    "dispatch",
    "--channels",
    "channels.yaml",
    "--at",
    "2026-02-20T10:00:00+08:00",
    "--json",
  );
  const [report] = sent.objects();
  expect(report!.sent).toBeGreaterThan(0);
  const pushed = carrier.asked
    .map(({ body }) => JSON.parse(body))
    .filter(({ type }) => type === "message.send");
  expect(pushed.length).toBeGreaterThan(0);

  const root = fileURLToPath(new URL("../../", import.meta.url));
  const listener = spawn(process.execPath, [join(root, "bin/arrears"), "listen", "--port", "0", "--json"], {
    cwd: folder,
    env: { ...process.env, HOOK: KEY, ARREARS_DB: place.url },
  });
  const lines: string[] = [];
  listener.stdout
    .setEncoding("utf8")
    .on("data", (text: string) => lines.push(...text.split("\n").filter(Boolean)));
  while (lines.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const { port: bound } = JSON.parse(lines[0]!);
  const post = async (event: object): Promise<number> => {
    const body = JSON.stringify(event);
    const at = new Date();
    const headers = {
      "webhook-id": `evt-${body.length}`,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(KEY).sign(`evt-${body.length}`, at, body),
    };
    return (await fetch(`http://127.0.0.1:${bound}/in/push`, { method: "POST", body, headers })).status;
  };
  const { id, to, via } = pushed[0].data;
  expect(await post({ kind: "delivery", via, id: "d1", action: id, status: "delivered" })).toBe(200);
  expect(await post({ kind: "delivery", via, id: "d1", action: id, status: "delivered" })).toBe(200);
  expect(await post({ kind: "message", via, id: "m1", address: to, text: "退订" })).toBe(200);
  expect(await post({ kind: "message", via, id: "m2", address: "nobody", text: "hello" })).toBe(200);
  expect((await fetch(`http://127.0.0.1:${bound}/in/push`, { method: "POST", body: "{}" })).status).toBe(401);
  listener.kill("SIGTERM");
  await once(listener, "close");
  expect(JSON.parse(lines.at(-1)!)).toMatchObject({ listening: false, new: 2, same: 1, kept: 1 });

  const left = await run("inbound", "list", "--json");
  expect(left.objects()).toMatchObject([{ channel: "push", id: "m2", event: { text: "hello" } }]);
  expect((await run("inbound", "match")).code).toBe(1);
});

test("a call's outcome is reported by hand once, and by file", async () => {
  const { objects } = await run("outbox", "list", "--state", "done", "--limit", "1000", "--json");
  const action = String(objects()[0]!.action);
  expect(
    (await run("outbox", "report", action, "no-answer", "--by", "Li Na", "--json")).objects(),
  ).toMatchObject([{ taken: "new" }]);
  expect(
    (await run("outbox", "report", action, "no-answer", "--by", "Li Na", "--json")).objects(),
  ).toMatchObject([{ taken: "same" }]);
  expect((await run("outbox", "report", action, "no-anser")).err).toContain("the nearest is no-answer");
  writeFileSync(
    join(folder, "tracking.csv"),
    `kind,action,status,on,reason\nletter,${action},delivered,2026-02-22,\nletter,${action},lost,2026-02-22,\nletter,9-0/2026-01-01/letter/1,returned,2026-02-22,moved\n`,
  );
  const imported = await run("import", "receipts", "tracking.csv", "--json");
  expect(imported.objects()[0]).toMatchObject({ rows: 3, bad: 1, new: 1, same: 0, kept: 1 });
  expect(readFileSync(join(folder, "tracking.csv.quarantine.csv"), "utf8")).toContain("unknown status lost");
  const again = await run("import", "receipts", "tracking.csv", "--json");
  expect(again.objects()[0]).toMatchObject({ new: 0, same: 1, kept: 1 });
});

test("what failed is listed with its reason, shown before it is put back, and put back under a name", async () => {
  await run("close", "--through", "2026-02-24");
  writeFileSync(
    join(folder, "down.yaml"),
    readFileSync(join(folder, "channels.yaml"), "utf8")
      .replace("app: push", "app: dead")
      .replace("    text: push\n", "")
      .replace("    call: calls\n", ""),
  );
  const sent = await run(
    "dispatch",
    "--channels",
    "down.yaml",
    "--at",
    "2026-02-24T10:00:00+08:00",
    "--json",
  );
  expect(sent.code).toBe(1);
  const failed = (await run("outbox", "list", "--failed", "--json")).objects();
  expect(failed.length).toBeGreaterThan(0);
  const bulk = await run("outbox", "retry", "--failed", "--by", "Li Na", "--reason", "carrier was down");
  expect([bulk.code, bulk.out]).toEqual([1, expect.stringContaining("nothing was changed. Add --yes")]);
  expect((await run("outbox", "list", "--failed", "--json")).objects()).toHaveLength(failed.length);
  expect((await run("outbox", "retry", String(failed[0]!.action))).err).toContain("--by NAME");
  const one = await run(
    "outbox",
    "retry",
    String(failed[0]!.action),
    "--by",
    "Li Na",
    "--reason",
    "carrier was down",
    "--json",
  );
  expect(one.objects()).toMatchObject([{ ok: true, was: "failed" }]);
  expect((await run("outbox", "list", "--failed", "--json")).objects()).toHaveLength(failed.length - 1);
});

test("a dispatch that follows stays after what was due, and ends when it is asked to", async () => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const args = ["dispatch", "--out", "out", "--follow", "--every", "3600", "--json"];
  const child = spawn(process.execPath, [join(root, "bin/arrears"), ...args], {
    cwd: folder,
    env: { ...process.env, ARREARS_DB: place.url },
  });
  let told = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    told += text;
  });
  // Everything that was planned is long over by today's clock, and is cancelled in the first pass.
  while (!told.includes("\n")) await new Promise((resolve) => setTimeout(resolve, 50));
  expect(JSON.parse(told)).toMatchObject({ sent: 0, cancelled: expect.any(Number) });
  expect(child.exitCode).toBe(null);
  child.kill("SIGTERM");
  expect(await once(child, "close")).toEqual([0, null]);
  expect((await run("outbox", "list", "--state", "planned", "--json")).code).toBe(0);
});
