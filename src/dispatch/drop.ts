import { createHash } from "node:crypto";
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, statSync, writeSync } from "node:fs";
import { join, posix } from "node:path";
import { NotHandedOver, saysOf } from "./trouble.ts";

/** A place where files are left for somebody else: each appears whole or not at all. */
export interface Drop {
  put(name: string, bytes: Buffer): Promise<void>;
  check(): Promise<string>;
  close(): Promise<void>;
}

/** A folder of this machine. */
export function folderDrop(folder: string): Drop {
  return {
    put: async (name, bytes) => {
      mkdirSync(folder, { recursive: true });
      const part = join(folder, `.${name}.part`);
      const file = openSync(part, "w");
      try {
        writeSync(file, bytes);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(part, join(folder, name));
    },
    check: async () => {
      mkdirSync(folder, { recursive: true });
      if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder`);
      return `the folder ${folder} can be written`;
    },
    close: async () => {},
  };
}

export interface SftpSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password?: string;
  readonly privateKey?: string;
  /** The server's key as `SHA256:…`, the way ssh prints it: nobody else is given letters. */
  readonly hostKey: string;
  readonly folder: string;
  readonly answerWithinMs: number;
}

interface SftpClient {
  connect(options: object): Promise<unknown>;
  put(input: Buffer, remote: string): Promise<unknown>;
  posixRename(from: string, to: string): Promise<unknown>;
  rename(from: string, to: string): Promise<unknown>;
  delete(remote: string, missingIsFine: boolean): Promise<unknown>;
  exists(remote: string): Promise<false | string>;
  end(): Promise<unknown>;
}
/** What of the package `ssh2-sftp-client` is used here. */
export type SftpLibrary = new () => SftpClient;

/** A folder of another machine, by SFTP. The connection is made when it is first needed, and again after it broke. */
export function sftpDrop(settings: SftpSettings, Client: SftpLibrary): Drop {
  let client: SftpClient | undefined;
  const open = async (): Promise<SftpClient> => {
    if (client) return client;
    const fresh = new Client();
    try {
      await fresh.connect({
        host: settings.host,
        port: settings.port,
        username: settings.user,
        ...(settings.password === undefined ? {} : { password: settings.password }),
        ...(settings.privateKey === undefined ? {} : { privateKey: settings.privateKey }),
        readyTimeout: Math.min(20_000, settings.answerWithinMs),
        hostVerifier: (key: Buffer) => fingerprint(key) === settings.hostKey.replace(/=+$/, ""),
      });
    } catch (error) {
      await fresh.end().catch(() => {});
      throw new NotHandedOver(`sftp ${settings.host}:${settings.port}: ${saysOf(error)}`, true);
    }
    client = fresh;
    return fresh;
  };
  const forget = async (): Promise<void> => {
    const old = client;
    client = undefined;
    await old?.end().catch(() => {});
  };
  return {
    put: async (name, bytes) => {
      const sftp = await open();
      try {
        const part = posix.join(settings.folder, `.${name}.part`);
        await sftp.put(bytes, part);
        await renamed(sftp, part, posix.join(settings.folder, name));
      } catch (error) {
        await forget();
        throw error;
      }
    },
    check: async () => {
      const sftp = await open();
      const found = await sftp.exists(settings.folder);
      if (found !== "d") throw new Error(`${settings.folder} is no folder at ${settings.host}`);
      return `${settings.user}@${settings.host}:${settings.port} has the folder ${settings.folder}`;
    },
    close: forget,
  };
}

/** In one step where the server can (OpenSSH), and otherwise by the plain rename, which replaces nothing. */
async function renamed(sftp: SftpClient, from: string, to: string): Promise<void> {
  try {
    await sftp.posixRename(from, to);
  } catch (error) {
    if (!/extended request/i.test(saysOf(error))) throw error;
    if (await sftp.exists(to)) await sftp.delete(to, true);
    await sftp.rename(from, to);
  }
}

const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
