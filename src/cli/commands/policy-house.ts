import { createHash } from "node:crypto";
import { basename } from "node:path";
import { type House, withHouse } from "../../../packs/house/tighten.ts";
import { type Place, readHouseFor } from "../../../packs/load.ts";
import { formatDay, parseDay } from "../../core/index.ts";
import { lendersAsked, packFor, packOf, textOf, withBook } from "../../office/book.ts";
import { ruleJson } from "../../office/gate/json.ts";
import { Declined, type Io } from "../../office/io.ts";
import type { Pack } from "../../policy/index.ts";
import { type HouseSettings, houseSettings, type Lender, recordHouse } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

/** Holds a lender's own settings against each pack: what they tighten, or why they are refused. */
export function checkHouse(io: Io, packs: readonly Pack[], file: string): number {
  const text = textOf(file, io);
  const read = packs.map((pack) => houseBeside(io, pack, text, file));
  return read.every((house) => house !== undefined) ? 0 : 1;
}

/** Records a lender's own settings in the book, or tells which there are. */
export function house(asked: Asked, io: Io, place: string): Promise<number> {
  const [, file] = asked.words;
  return withBook(place, io, async (db) => {
    const asks = await lendersAsked(db, asked.text("lender"), io);
    if (file === undefined) {
      for (const lender of asks)
        tellRecorded(io, lender, await houseSettings(db, lender), await packFor(db, lender));
      return 0;
    }
    const [lender, ...more] = asks;
    if (more.length > 0)
      throw new Declined(say.oneLender[io.language](asks.map(({ code }) => code).join(", ")));
    const { code, pack: at } = lender!;
    const pack = packOf(at);
    if (!pack) throw new Declined(say.noPack[io.language](at));
    const body = textOf(file, io);
    const own = houseBeside(io, pack, body, file);
    if (!own) return 1;
    const from = parseDay(own.from)!;
    const sha256 = createHash("sha256").update(body).digest("hex");
    const dryRun = asked.flag("dry-run");
    const done = await recordHouse(db, code, { from, body, sha256 }, io.now(), dryRun);
    if (typeof done === "object")
      throw new Declined(
        say.houseTooEarly[io.language](basename(file), own.from, code, formatDay(done.tooEarly)),
      );
    io.object({
      lender: code,
      from: own.from,
      recorded: done === "new" && !dryRun,
      ...(dryRun ? { dryRun } : {}),
    });
    if (done === "same") io.out(say.houseKnown[io.language](code));
    else io.out((dryRun ? say.houseWouldBe : say.houseRecorded)[io.language](code, own.from));
    return 0;
  });
}

/** Tells what a file of settings adds to a pack. `undefined` where it was refused, and the reasons are told. */
function houseBeside(io: Io, pack: Pack, text: string, file: string): House | undefined {
  const read = readHouseFor(pack.place as Place, pack, text, basename(file));
  if (!read.ok) {
    io.object({ pack: pack.place, version: pack.version, ok: false, refusals: read.refusals });
    io.out(say.houseRefused[io.language](file, pack.place));
    for (const { at, says } of read.refusals) io.out(`  ${at}  ${says}`);
    return undefined;
  }
  const own = withHouse(pack, read.house);
  const rules = own.rules.slice(pack.rules.length);
  io.object({
    pack: pack.place,
    version: own.version,
    ok: true,
    house: read.house.name,
    rules: rules.map(ruleJson),
  });
  io.out(say.houseFine[io.language](read.house.name, read.house.from, own.version));
  for (const rule of rules) io.out(`  ${rule.id}  ${rule.says[io.language]}`);
  if (rules.length === 0) io.out(say.houseEmpty[io.language]());
  return read.house;
}

function tellRecorded(
  io: Io,
  { code }: Lender,
  settings: readonly HouseSettings[],
  pack: Pack | undefined,
): void {
  const rules = (pack?.rules ?? []).filter(({ id }) => id.startsWith("lender/"));
  io.object({
    lender: code,
    ...(pack ? { version: pack.version } : {}),
    settings: settings.map(({ from, body }) => ({ from: formatDay(from), body })),
    rules: rules.map(ruleJson),
  });
  if (settings.length === 0) io.out(say.houseNone[io.language](code));
  else io.out(`${code} ${pack?.version ?? ""}`);
  for (const { id, from, to, says } of rules) io.out(`  ${id}  ${from} – ${to ?? ""}  ${says[io.language]}`);
}
