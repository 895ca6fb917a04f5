import { loadPack } from "../../packs/load.ts";
import { day, type Instant, instantAt } from "../../src/core/index.ts";
import type { PersonKnown } from "../../src/legal/index.ts";
import type { ApplicationTold, EntryAsked, EntryOutcome } from "../../src/office/enforcement/desk.ts";
import { enforcementLaw } from "../../src/office/enforcement/law.ts";
import { enter } from "../../src/office/enforcement/office.ts";
import { atEnforcement, type Database, findLender, ownersOfLoans } from "../../src/store/index.ts";

export const law = enforcementLaw(loadPack("cn"))!;
export const noonOf = (on: string): Instant => instantAt("Asia/Shanghai", day(on), 720);

/** What a clerk records of the enforcement `E1` of one loan, each at noon of its day. */
export function enforcer(database: () => Database, lenderCode: string, loan: string) {
  const record = async (on: string, entry: Omit<EntryAsked, "line" | "enforcement">, known: PersonKnown) => {
    const db = database();
    const lender = (await findLender(db, lenderCode))!;
    const owner = (await ownersOfLoans(db, lender, [loan])).get(loan)!;
    let outcome: EntryOutcome | undefined;
    await atEnforcement(db, lender, [owner], noonOf(on), (person, openOn) => {
      const asked = { now: noonOf(on), by: "anna", known, law };
      const entered = enter(person, openOn, [{ line: 1, enforcement: "E1", ...entry }], asked);
      outcome = entered.outcomes[0];
      return entered.wish;
    });
    return outcome!;
  };
  const apply = (on: string, told: Partial<ApplicationTold> = {}): Promise<EntryOutcome> => {
    const judgment = { court: "某区人民法院", number: "(2026)沪0115民初1号", dated: day(on), ...told };
    return record(on, { event: "E1/apply", loan, told: {}, judgment }, {});
  };
  const add = (on: string, event: string, told: Record<string, unknown>, known: PersonKnown = {}) =>
    record(on, { event, told: { dated: on, ...told } }, known);
  const done = async (...args: Parameters<typeof add>): Promise<EntryOutcome> => {
    const outcome = await add(...args);
    if (!outcome.done) throw new Error(`${args[1]}: ${outcome.code} ${outcome.says?.en}`);
    return outcome;
  };
  return { apply, add, done };
}
