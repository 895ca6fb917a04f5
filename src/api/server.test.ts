import { once } from "node:events";
import type { Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { codeOf, lettersOf, publicLetter } from "../../test/support/public-letters.ts";
import { attempts, proxyList, publicServer } from "./index.ts";

const CODE = codeOf(1);
let server: Server;
let port: number;

beforeAll(async () => {
  server = publicServer({
    letters: lettersOf(new Map([[CODE, publicLetter()]])),
    attempts: attempts({ atOnce: 1000, everyMs: 1 }),
    proxies: proxyList([]),
    mostBytes: 1_000_000,
    zone: "Asia/Shanghai",
    now: () => 0,
    log: () => {},
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** What comes back for bytes that are sent as they are. */
async function raw(text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.end(text);
  let back = "";
  socket.on("data", (part: Buffer) => {
    back += part.toString();
  });
  socket.on("error", () => {});
  await once(socket, "close");
  return back;
}

describe("the public server", () => {
  test("answers a browser, and one that asks for the head alone", async () => {
    const page = await fetch(`http://127.0.0.1:${port}/verify/${CODE}`);
    expect(page.status).toBe(200);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await page.text()).toContain("张*");
    const head = await fetch(`http://127.0.0.1:${port}/verify`, { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
  });

  test("compares a file that a browser sends", async () => {
    const form = new FormData();
    form.append("code", CODE);
    form.append("file", new Blob(["%PDF-1.7"]), "a.pdf");
    const page = await fetch(`http://127.0.0.1:${port}/verify`, { method: "POST", body: form });
    expect(await page.text()).toContain("文件不一致");
  });

  test("says of a file that is far too large why it is refused, and goes on answering", async () => {
    const form = new FormData();
    form.append("file", new Blob([new Uint8Array(3_000_000)]), "a.pdf");
    const page = await fetch(`http://127.0.0.1:${port}/verify/${CODE}`, { method: "POST", body: form });
    expect([page.status, await page.text()]).toEqual([413, expect.stringContaining("文件过大")]);
    expect((await fetch(`http://127.0.0.1:${port}/verify`)).status).toBe(200);
  });

  test("says so of one whose length is not told beforehand too", async () => {
    const chunk = "x".repeat(65_536);
    const head = `POST /verify HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const begin = "--b\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n";
    const chunks = [begin, ...Array(32).fill(chunk)]
      .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
      .join("");
    expect(await raw(`${head}${chunks}0\r\n\r\n`)).toMatch(/^HTTP\/1\.1 413 /);
  });

  test("does not take headers that smuggle, nor endless ones", async () => {
    const twice =
      "GET /verify HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n";
    expect(await raw(twice)).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw("GET /verify HTTP/1.1\r\nHost: x\r\nX : y\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
    expect(await raw(`GET /verify HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(9000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 431 /,
    );
  });

  test("writes no line of its own into a header, whatever the path or the host says", async () => {
    for (const target of [
      "/%0d%0aSet-Cookie:%20a=b",
      `/verify/${CODE}%0d%0aSet-Cookie:a=b`,
      "/verify?lang=%0d%0aSet-Cookie:a",
    ]) {
      const back = await raw(`GET ${target} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`);
      const [head] = back.split("\r\n\r\n");
      expect(head).not.toMatch(/set-cookie|evil/i);
    }
  });
});
