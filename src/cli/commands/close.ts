import { addDays, formatDay } from "../../core/index.ts";
import { dayOption, lendersAsked, todayAt, withBook } from "../../office/book.ts";
import { closeLender } from "../../office/close/lender.ts";
import { tellSealed } from "../../office/evidence/seal-words.ts";
import { sealBook } from "../../office/evidence/sealing.ts";
import { Declined, type Io } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  through: { type: "string" },
  lender: { type: "string" },
  "no-seal": { type: "boolean" },
} as const;

/** Beyond this many days in one go, somebody should say that he means it. */
const LONG_GAP = 400;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  return withBook(place, io, async (db) => {
    const through = dayOption(asked.text("through"), "--through", io);
    let findings = 0;
    for (const lender of await lendersAsked(db, asked.text("lender"), io)) {
      const today = todayAt(lender, io);
      const last = through ?? today;
      // A closed day stays closed: what arrives tomorrow could not be booked on its own day any more.
      if (last > today)
        throw new Declined(say.notYet[io.language](lender.code, formatDay(last), formatDay(today)));
      if (through === undefined && last - lender.closedThrough > LONG_GAP) {
        const from = formatDay(addDays(lender.closedThrough, 1));
        throw new Declined(say.longGap[io.language](lender.code, from, formatDay(last)));
      }
      if (last <= lender.closedThrough) {
        io.note(say.closedAlready[io.language](lender.code, formatDay(lender.closedThrough)));
        continue;
      }
      const report = await closeLender(db, io, lender, last);
      findings += report.days.reduce((sum, day) => sum + day.setAside, 0);
    }
    if (!asked.flag("no-seal")) tellSealed(await sealBook(db, io), io.language, io.out);
    return findings > 0 ? 1 : 0;
  });
}
