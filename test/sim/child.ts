import { loadPack } from "../../packs/load.ts";
import {
  bookStore,
  closeStore,
  findImport,
  lenders,
  openBook,
  rememberImport,
} from "../../src/store/index.ts";
import { shelves } from "../support/book.ts";
import { furnishWorld } from "../support/sql-book.ts";
import { liveByFiles } from "./timeline.ts";
import { type WorldSize, worldOf } from "./world.ts";

/**
 * The process that is killed: lives a world's files and closes on one book from where it stands, and says on standard
 * output when the book is open and when all is done.
 */
const [place, seed, size] = process.argv.slice(2) as [string, string, string];
const world = worldOf(Number(seed), JSON.parse(size) as WorldSize);

let last = 0;
const now = (): number => {
  last = Math.max(last + 1, Date.now());
  return last;
};

const db = await openBook(place);
process.stdout.write("open\n");
await furnishWorld(db, world);
const [lender] = await lenders(db);
const shelf = shelves(loadPack("cn"), now);
await liveByFiles(
  world,
  bookStore(db, shelf),
  closeStore(db, shelf),
  lender!.closedThrough,
  async (name, work) => {
    const file = { lender: lender!.code, kind: "sim", name, sha256: name };
    if (await findImport(db, file)) return;
    await work();
    await rememberImport(db, { ...file, recordedAt: now() }, { bad: 0 });
  },
);
await db.close();
process.stdout.write("done\n");
