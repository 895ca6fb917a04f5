import { createHash, generateKeyPairSync } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type Connection, type ServerConfig } from "ssh2";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { messageOf, send, testTools } from "../../../test/support/permit.ts";
import { folderDrop, type SftpLibrary, sftpDrop } from "../drop.ts";
import { taskChannel } from "../tasks/tasks.ts";
import { NotHandedOver } from "../trouble.ts";
import type { ChannelAdapter } from "../types.ts";
import { postChannel } from "./post.ts";

const { Server, utils } = ssh2;
const SftpClient = createRequire(import.meta.url)("ssh2-sftp-client") as SftpLibrary;
const SETTINGS = {
  name: "print",
  carries: ["letter" as const],
  sender: ["Demo Bank", "Road 2, Shanghai"],
  service: "registered",
};
/** The gate asks a person for letters of some kinds; by app it says yes, and the adapter asks the permit, not the way. */
const letter = () => messageOf({ via: "letter", to: "=Road 1; 200000 Shanghai" });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "arrears-post-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const files = (): string[] => readdirSync(folder).sort();

describe("letters for a print house", () => {
  test("each is its text and a manifest with hash and label; one more lists the run", async () => {
    const channel = postChannel(SETTINGS, testTools(), folderDrop(folder));
    const one = letter();
    const stem = one.id.replaceAll("/", "_");
    const sha256 = createHash("sha256").update(`${one.text}\n`).digest("hex");
    expect(await send(channel, one)).toEqual({
      outcome: "sent",
      receipt: `${stem}.manifest.json ${sha256}`,
      references: [stem],
    });
    expect(files()).toEqual([`${stem}.manifest.csv`, `${stem}.manifest.json`, `${stem}.txt`]);
    await send(channel, letter());
    await channel.close!();
    const run = files().filter((name) => name.startsWith("run-"));
    expect(run).toEqual([
      "run-2026-03-06T04-00-00-000Z.manifest.csv",
      "run-2026-03-06T04-00-00-000Z.manifest.json",
    ]);
    const { letters } = JSON.parse(readFileSync(join(folder, run[1]!), "utf8"));
    expect(letters).toHaveLength(2);
    expect(letters[0]).toEqual({
      letter: one.id,
      file: `${stem}.txt`,
      sha256,
      bytes: Buffer.byteLength(`${one.text}\n`),
      language: "zh",
      service: "registered",
      label: ["Wang Fang", "=Road 1", "200000 Shanghai"],
      sender: ["Demo Bank", "Road 2, Shanghai"],
    });
    expect(readFileSync(join(folder, `${stem}.txt`), "utf8")).toBe(`${one.text}\n`);
  });

  test("what a spreadsheet would take for a formula is tamed in the CSV, and commas and lines are kept", async () => {
    const channel = postChannel(SETTINGS, testTools(), folderDrop(folder));
    const { name: _, ...one } = letter();
    await send(channel, one);
    const csv = readFileSync(join(folder, files().find((file) => file.endsWith(".csv"))!), "utf8");
    expect(csv).toContain('"\'=Road 1\n200000 Shanghai"');
    expect(csv).toContain('"Demo Bank\nRoad 2, Shanghai"\r\n');
  });

  test("a folder that cannot be written is no hand-over", async () => {
    const file = join(folder, "file");
    closeSync(openSync(file, "w"));
    const channel = postChannel(SETTINGS, testTools(), folderDrop(file));
    const failure = await send(channel, letter()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
  });
});

describe("calls that a person makes", () => {
  const settings = {
    name: "calls",
    carries: ["call" as const],
    link: "https://cti.bank.example/call?to={to}&task={id}",
    validMinutes: 30,
  };
  test("a task says whom to call, by which link, what may be said, until when to begin, and what can be answered", async () => {
    const channel = taskChannel(settings, testTools(), folderDrop(folder));
    const call = messageOf({ via: "call", to: "+86 199 0000 0000" });
    expect(await send(channel, call)).toMatchObject({ outcome: "sent", references: [call.id] });
    const task = JSON.parse(readFileSync(join(folder, files()[0]!), "utf8"));
    expect(task).toMatchObject({
      task: call.id,
      to: "+86 199 0000 0000",
      name: "Wang Fang",
      link: `https://cti.bank.example/call?to=%2B86%20199%200000%200000&task=${encodeURIComponent(call.id)}`,
      say: call.text,
      beginBefore: "2026-03-06T04:30:00.000Z",
      permit: { verdict: "allow" },
    });
    expect(task.outcomes).toContain("not-in-service");
  });
});

describe("a folder of the print house, by SFTP to a server on this machine", () => {
  const host = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const hostPem = host.privateKey.export({ type: "pkcs1", format: "pem" }) as string;
  const user = utils.generateKeyPairSync("ed25519");
  const parsed = utils.parseKey(hostPem);
  const fingerprint = `SHA256:${createHash("sha256")
    .update((parsed as { getPublicSSH(): Buffer }).getPublicSSH())
    .digest("base64")
    .replace(/=+$/, "")}`;
  let server: InstanceType<typeof Server>;
  let port: number;
  let failAt: string | undefined;
  const connections: Connection[] = [];

  beforeEach(async () => {
    failAt = undefined;
    mkdirSync(join(folder, "in"));
    server = new Server({ hostKeys: [hostPem] } satisfies ServerConfig, (client) => {
      connections.push(client);
      client.on("error", () => {});
      client.on("authentication", (context) => {
        const known = utils.parseKey(user.public) as { getPublicSSH(): Buffer };
        const right =
          context.username === "lender" &&
          context.method === "publickey" &&
          context.key.data.equals(known.getPublicSSH());
        if (right) context.accept();
        else context.reject(["publickey"]);
      });
      client.on("ready", () =>
        client.on("session", (accept) =>
          accept().on("sftp", (open) => sftpOver(open(), folder, () => failAt)),
        ),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterEach(async () => {
    for (const connection of connections.splice(0)) connection.end();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  const drop = (change: Partial<Parameters<typeof sftpDrop>[0]> = {}) =>
    sftpDrop(
      {
        host: "127.0.0.1",
        port,
        user: "lender",
        privateKey: user.private,
        hostKey: fingerprint,
        folder: "/in",
        answerWithinMs: 3000,
        ...change,
      },
      SftpClient,
    );
  const channel = (change: Partial<Parameters<typeof sftpDrop>[0]> = {}): ChannelAdapter =>
    postChannel(SETTINGS, testTools(), drop(change));

  test("letters arrive whole, under their names and no other", async () => {
    const print = channel();
    const one = letter();
    expect(await send(print, one)).toMatchObject({ outcome: "sent" });
    const stem = one.id.replaceAll("/", "_");
    expect(readdirSync(join(folder, "in")).sort()).toEqual([
      `${stem}.manifest.csv`,
      `${stem}.manifest.json`,
      `${stem}.txt`,
    ]);
    expect(readFileSync(join(folder, "in", `${stem}.txt`), "utf8")).toBe(`${one.text}\n`);
    await print.close!();
  });

  test("a server with another key is given nothing", async () => {
    const other = `SHA256:${"A".repeat(43)}`;
    const failure = await send(channel({ hostKey: other }), letter()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(NotHandedOver);
    expect(readdirSync(join(folder, "in"))).toEqual([]);
  });

  test("before the last manifest a fault is no hand-over; at it, nobody knows", async () => {
    failAt = ".txt";
    expect(await send(channel(), letter()).catch((error: unknown) => error)).toBeInstanceOf(NotHandedOver);
    failAt = ".manifest.json";
    const failure = await send(channel(), letter()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(NotHandedOver);
    expect(
      readdirSync(join(folder, "in")).filter(
        (name) => name.endsWith(".manifest.json") && !name.startsWith("."),
      ),
    ).toEqual([]);
  });

  test("a check looks for the folder and leaves nothing there", async () => {
    const fine = drop();
    expect(await fine.check()).toContain("has the folder /in");
    await fine.close();
    const wrong = drop({ folder: "/out" });
    await expect(wrong.check()).rejects.toThrow("no folder");
    await wrong.close();
    expect(readdirSync(join(folder, "in"))).toEqual([]);
  });
});

/** As much of a server as a drop needs: files below one folder. */
function sftpOver(sftp: import("ssh2").SFTPWrapper, root: string, failAt: () => string | undefined): void {
  const { STATUS_CODE, OPEN_MODE } = utils.sftp;
  const stream = sftp as unknown as {
    on(event: string, heard: (id: number, ...rest: never[]) => void): void;
    status(id: number, code: number): void;
    handle(id: number, handle: Buffer): void;
    attrs(id: number, attrs: object): void;
    name(id: number, names: object[]): void;
  };
  const open = new Map<string, number>();
  let next = 0;
  const at = (path: string): string => join(root, path);
  const tried = (id: number, work: () => void): void => {
    try {
      work();
      stream.status(id, STATUS_CODE.OK);
    } catch {
      stream.status(id, STATUS_CODE.FAILURE);
    }
  };
  const stat = (id: number, path: string): void => {
    if (!existsSync(at(path))) {
      stream.status(id, STATUS_CODE.NO_SUCH_FILE);
      return;
    }
    const { mode, size, uid, gid } = statSync(at(path));
    stream.attrs(id, { mode, size, uid, gid, atime: 0, mtime: 0 });
  };
  stream.on("OPEN", (id, path: string, flags: number) => {
    if ((flags & OPEN_MODE.WRITE) === 0) return stream.status(id, STATUS_CODE.FAILURE);
    const handle = Buffer.from(String(next++));
    open.set(handle.toString(), openSync(at(path), "w"));
    stream.handle(id, handle);
  });
  stream.on("WRITE", (id, handle: Buffer, offset: number, data: Buffer) =>
    tried(id, () => writeSync(open.get(handle.toString())!, data, 0, data.length, offset)),
  );
  stream.on("CLOSE", (id, handle: Buffer) => tried(id, () => closeSync(open.get(handle.toString())!)));
  for (const event of ["STAT", "LSTAT"]) stream.on(event, (id, path: string) => stat(id, path));
  stream.on("REALPATH", (id, path: string) =>
    stream.name(id, [{ filename: path === "." ? "/" : path, longname: path, attrs: {} }]),
  );
  stream.on("SETSTAT", (id) => stream.status(id, STATUS_CODE.OK));
  stream.on("FSETSTAT", (id) => stream.status(id, STATUS_CODE.OK));
  stream.on("REMOVE", (id, path: string) => tried(id, () => rmSync(at(path))));
  stream.on("RENAME", (id, from: string, to: string) =>
    tried(id, () => {
      if (failAt() !== undefined && to.endsWith(failAt()!)) throw new Error("no room");
      renameSync(at(from), at(to));
    }),
  );
}
