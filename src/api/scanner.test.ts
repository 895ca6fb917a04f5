import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { clamd } from "./scanner.ts";

/** Speaks what clamd's manual says of INSTREAM: pieces with their lengths, a length of zero, one answer, and the connection ends. */
function server(answer: (file: Buffer) => string): Promise<{ address: string; server: Server }> {
  const read = (socket: Socket): void => {
    let heard = Buffer.alloc(0);
    socket.on("error", () => {});
    socket.on("data", (part: Buffer) => {
      heard = Buffer.concat([heard, part]);
      const command = Buffer.from("zINSTREAM\0");
      if (heard.length < command.length) return;
      if (!heard.subarray(0, command.length).equals(command)) return socket.destroy();
      const pieces: Buffer[] = [];
      for (let at = command.length; at + 4 <= heard.length; ) {
        const length = heard.readUInt32BE(at);
        if (length === 0) return socket.end(`${answer(Buffer.concat(pieces))}\0`);
        pieces.push(heard.subarray(at + 4, at + 4 + length));
        at += 4 + length;
      }
    });
  };
  return new Promise((done) => {
    const one = createServer(read).listen(0, "127.0.0.1", () =>
      done({ address: `127.0.0.1:${(one.address() as AddressInfo).port}`, server: one }),
    );
  });
}

describe("a scanner of uploads", () => {
  let open: Server | undefined;
  afterEach(() => open?.close());

  test("is given the file to its last byte, and says what it found", async () => {
    const large = Buffer.alloc(300_000, "x");
    const heard: number[] = [];
    const { address, server: own } = await server((file) => {
      heard.push(file.length);
      return file.includes("BAD") ? "stream: Test.Signature FOUND" : "stream: OK";
    });
    open = own;
    const scan = clamd(address);
    expect(await scan(large)).toBeUndefined();
    expect(await scan(Buffer.concat([large, Buffer.from("BAD")]))).toBe("Test.Signature");
    expect(await scan(Buffer.alloc(0))).toBeUndefined();
    expect(heard).toEqual([300_000, 300_003, 0]);
  });

  test("that answers something else, or is not there, has looked at nothing: that is an error", async () => {
    const { address, server: own } = await server(() => "INSTREAM size limit exceeded. ERROR");
    open = own;
    await expect(clamd(address)(Buffer.from("x"))).rejects.toThrow("size limit exceeded");
    own.close();
    await expect(clamd("127.0.0.1:1")(Buffer.from("x"))).rejects.toThrow();
  });

  test.each(["", "scanner", "host:port", "http://127.0.0.1:3310", "1.2.3.4:123456"])(
    "%j is no address",
    (address) => {
      expect(() => clamd(address)).toThrow("no address of a scanner");
    },
  );
});
