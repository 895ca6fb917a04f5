import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";

interface Owner {
  readonly pid: number;
  /** Start of the process, where the system tells: a pid alone may have been given to another process since. */
  readonly started: string;
}

/** The folder is in use by another living process. */
export class LockedError extends Error {
  override name = "LockedError";
}

/**
 * Takes a lock file by creating it, which only one process can. A lock whose owner is dead is taken over; a living
 * owner's never, however old it is. Gives the function that releases it.
 */
export function takeLock(path: string): () => void {
  const me: Owner = { pid: process.pid, started: startOf(process.pid) };
  for (let attempt = 0; attempt < 20; attempt++) {
    if (create(path, me)) {
      const release = () => {
        process.off("exit", release);
        if (read(path)?.pid === process.pid) remove(path);
      };
      process.once("exit", release);
      return release;
    }
    const owner = read(path);
    if (owner && isAlive(owner)) {
      throw new LockedError(
        `${path.replace(/\.lock$/, "")} is in use by process ${owner.pid}. Wait until it ends, or give another --db; ` +
          "for several processes at once use a PostgreSQL server.",
      );
    }
    // The owner is dead. Whoever moves its lock away first may try to create the new one; the others start over.
    const grave = `${path}.${process.pid}.dead`;
    try {
      renameSync(path, grave);
      // What lay there may be the new lock of a faster process by now: it is put back.
      const buried = read(grave);
      if (buried && isAlive(buried)) linkSync(grave, path);
    } catch {
      // Another process was faster.
    }
    remove(grave);
  }
  throw new LockedError(`could not take the lock ${path}; if no process uses it, delete that file`);
}

/** Written aside and then linked: the lock appears whole, so that nobody takes a half-written one for a dead one. */
function create(path: string, owner: Owner): boolean {
  const aside = `${path}.${process.pid}.new`;
  writeFileSync(aside, JSON.stringify(owner));
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return createInPlace(path, owner);
  } finally {
    remove(aside);
  }
}

/** Where a file system knows no links. */
function createInPlace(path: string, owner: Owner): boolean {
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function read(path: string): Owner | undefined {
  try {
    const owner = JSON.parse(readFileSync(path, "utf8"));
    return typeof owner.pid === "number" ? owner : undefined;
  } catch {
    return undefined;
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Gone already.
  }
}

function isAlive(owner: Owner): boolean {
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  const started = startOf(owner.pid);
  return started === "" || owner.started === "" || started === owner.started;
}

/** Field 22 of /proc/PID/stat on Linux; empty elsewhere. */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
  } catch {
    return "";
  }
}
