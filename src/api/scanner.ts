import { connect } from "node:net";

/** Looks into a file that somebody sent. Gives the name of what was found in it, or nothing. Throws where nobody could look. */
export type Scanner = (bytes: Buffer) => Promise<string | undefined>;

const PATIENCE_MS = 30_000;
/** clamd takes a stream in pieces, each with its length before it. */
const PIECE = 64 * 1024;

/**
 * A scanner that speaks clamd's protocol (`INSTREAM`) at an address: `127.0.0.1:3310`, `[::1]:3310`, or the path of a socket.
 * Its own limit has to be that of our uploads (`StreamMaxLength 11M`); beyond it, it looks at nothing and we take nothing.
 */
export function clamd(address: string): Scanner {
  const at = addressOf(address);
  return async (bytes) => {
    const answer = await ask(at, bytes);
    if (/^stream: OK$/.test(answer)) return undefined;
    const found = /^stream: (.{1,200}) FOUND$/.exec(answer)?.[1];
    if (found === undefined)
      throw new Error(`the scanner at ${address} answers ${JSON.stringify(answer.slice(0, 200))}`);
    return found;
  };
}

type Address = { readonly host: string; readonly port: number } | { readonly path: string };

function addressOf(address: string): Address {
  if (address.startsWith("/")) return { path: address };
  const match = /^(?:\[([0-9a-f:]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(address);
  if (!match)
    throw new Error(
      `"${address}" is no address of a scanner; write 127.0.0.1:3310 or the path of its socket`,
    );
  return { host: match[1] ?? match[2]!, port: Number(match[3]) };
}

function ask(at: Address, bytes: Buffer): Promise<string> {
  return new Promise((done, failed) => {
    const socket = connect(at);
    let answer = "";
    socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error("the scanner does not answer")));
    socket.on("error", failed);
    socket.on("data", (part: Buffer) => {
      answer += part.toString("latin1");
    });
    // With a command of `z` an answer ends with NUL.
    socket.on("end", () => done(answer.split("\0")[0]!));
    socket.on("connect", () => {
      socket.write("zINSTREAM\0");
      for (let from = 0; from < bytes.length; from += PIECE) {
        const piece = bytes.subarray(from, from + PIECE);
        socket.write(lengthOf(piece.length));
        socket.write(piece);
      }
      socket.write(lengthOf(0));
    });
  });
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
