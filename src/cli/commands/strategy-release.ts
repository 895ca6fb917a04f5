import { formatDay, formatInstant } from "../../core/index.ts";
import { sha256Of, strategyFrom, textOf, withBook, withBookOrNew } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { CHANGED_MEANWHILE } from "../../office/refusal-words.ts";
import { lineDiff } from "../../office/strategy/line-diff.ts";
import { STATE_NAMES, strategySay } from "../../office/strategy/words.ts";
import {
  type Database,
  type Doing,
  type KnownStrategy,
  knownStrategies,
  proposeStrategy,
  releaseStrategy,
  type StrategyEvent,
  strategies,
  withdrawStrategy,
} from "../../store/index.ts";
import { type Strategy, strategyId } from "../../strategy/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

/** Puts a file into the book as a version that nobody uses yet. */
export async function propose(asked: Asked, io: Io, place: string): Promise<number> {
  const file = asked.words[1];
  if (!file)
    throw new WrongUse(
      say.missing[io.language]("FILE", "arrears strategy propose strategies/mine.v2.yaml --by Li"),
    );
  const doing = doingOf(asked, io);
  const body = textOf(file, io);
  const strategy = strategyFrom(body, file, io);
  const { name, version, from } = strategy;
  const id = strategyId(strategy);
  return withBookOrNew(place, async (db) => {
    const done = await proposeStrategy(db, { name, version, from, body, sha256: sha256Of(body) }, doing);
    if (typeof done === "object")
      throw new Declined(say.strategyChanged[io.language](id, file, lineDiff(done.differs.body, body)));
    const known = await mustKnow(db, id, io);
    io.object({ strategy: id, proposed: done, ...brief(known) });
    io.out(
      done === "same"
        ? strategySay.sameProposed[io.language](id, STATE_NAMES[known.state][io.language])
        : strategySay.proposed[io.language](id, doing.by, formatDay(from)),
    );
    return 0;
  });
}

/** The second person's word: from its first day on, closes use the version. */
export async function release(asked: Asked, io: Io, place: string): Promise<number> {
  const id = versionAsked(asked, io, "release");
  const doing = doingOf(asked, io);
  return withBook(place, io, async (db) => {
    const known = await mustKnow(db, id, io);
    await mustFollow(db, strategyFrom(known.body, id, io), io);
    const done = await releaseStrategy(db, known, doing);
    if (done !== "done") throw new Declined(whyNotReleased(done, id, io));
    io.object({ strategy: id, released: true, ...brief(await mustKnow(db, id, io)) });
    io.out(strategySay.released[io.language](id, doing.by, formatDay(known.from)));
    return 0;
  });
}

function whyNotReleased(
  done: Exclude<Awaited<ReturnType<typeof releaseStrategy>>, "done">,
  id: string,
  io: Io,
): string {
  const { language } = io;
  switch (done.no) {
    case "unknown":
      return strategySay.unknown[language](id);
    case "changed-meanwhile":
      return CHANGED_MEANWHILE.says[language];
    case "not-proposed":
      return strategySay.notProposed[language](id, STATE_NAMES[done.state][language]);
    case "same-person":
      return strategySay.samePerson[language](id, done.by);
    case "too-early":
      return strategySay.tooEarly[language](id, done.lender, formatDay(done.free));
  }
}

/** Takes a version back before its first day. */
export async function withdraw(asked: Asked, io: Io, place: string): Promise<number> {
  const id = versionAsked(asked, io, "withdraw");
  const doing = doingOf(asked, io);
  return withBook(place, io, async (db) => {
    const known = await mustKnow(db, id, io);
    const follower = (await strategies(db))
      .map(({ body, name, version }) => strategyFrom(body, `${name}@${version}`, io))
      .find(({ arms }) => arms.some(({ follows }) => follows === id));
    if (follower) throw new Declined(strategySay.followed[io.language](id, strategyId(follower)));
    const done = await withdrawStrategy(db, known, doing);
    if (done !== "done") {
      if (done.no === "in-use")
        throw new Declined(strategySay.inUse[io.language](id, done.lender, formatDay(done.since)));
      throw new Declined(
        done.no === "unknown"
          ? strategySay.unknown[io.language](id)
          : strategySay.withdrawnAlready[io.language](id),
      );
    }
    io.object({ strategy: id, withdrawn: true, ...brief(await mustKnow(db, id, io)) });
    io.out(strategySay.withdrawn[io.language](id, doing.by));
    return 0;
  });
}

export async function list(_asked: Asked, io: Io, place: string): Promise<number> {
  return withBook(place, io, async (db) => {
    const all = await knownStrategies(db);
    for (const known of all) io.object({ strategy: idOf(known), ...brief(known) });
    if (all.length === 0) io.out(strategySay.none[io.language]());
    else
      io.out(
        table(
          strategySay.listHeads[io.language](),
          all.map((known) => [
            idOf(known),
            formatDay(known.from),
            STATE_NAMES[known.state][io.language],
            byOf(known, "proposed"),
            byOf(known, "released") || byOf(known, "shipped"),
            known.products.join(io.language === "zh" ? "、" : ", ") || "–",
          ]),
          ["left", "left", "left", "left", "left", "left"],
        ),
      );
    return 0;
  });
}

/** A version's text as the book holds it, with everything that was done with it. */
export async function show(asked: Asked, io: Io, place: string): Promise<number> {
  const id = versionAsked(asked, io, "show");
  return withBook(place, io, async (db) => {
    const known = await mustKnow(db, id, io);
    io.object({ strategy: id, ...brief(known), body: known.body });
    for (const event of known.events) io.out(`# ${eventLine(event, io)}`);
    io.out(known.body.trimEnd());
    return 0;
  });
}

const eventLine = ({ what, by, at, remark }: StrategyEvent, io: Io): string =>
  strategySay.event[io.language](
    STATE_NAMES[what][io.language],
    by,
    at === 0 ? "" : formatInstant("UTC", at).slice(0, 16).replace("T", " "),
    remark,
  );

const idOf = ({ name, version }: Pick<KnownStrategy, "name" | "version">): string => `${name}@${version}`;
const byOf = ({ events }: KnownStrategy, what: StrategyEvent["what"]): string =>
  events.findLast((event) => event.what === what)?.by ?? "";

const brief = (known: KnownStrategy) => ({
  from: formatDay(known.from),
  state: known.state,
  sha256: known.sha256,
  products: known.products,
  events: known.events.map(({ at, ...event }) => ({ ...event, at: formatInstant("UTC", at) })),
});

export async function mustKnow(db: Database, id: string, io: Io): Promise<KnownStrategy> {
  const [name] = id.split("@");
  const known = (await knownStrategies(db, name!)).find((one) => idOf(one) === id);
  if (!known) throw new Declined(strategySay.unknown[io.language](id));
  return known;
}

/** What its arms follow is in use here, and has no arms itself. */
async function mustFollow(db: Database, strategy: Strategy, io: Io): Promise<void> {
  const inUse = await strategies(db);
  for (const { name: arm, follows } of strategy.arms) {
    if (follows === undefined) continue;
    const found = inUse.find((one) => idOf(one) === follows);
    if (!found)
      throw new Declined(strategySay.followsUnreleased[io.language](strategyId(strategy), arm, follows));
    if (strategyFrom(found.body, follows, io).arms.length > 0)
      throw new Declined(strategySay.followsArms[io.language](strategyId(strategy), arm, follows));
  }
}

function doingOf(asked: Asked, io: Io): Doing {
  const by = asked.text("by")?.trim();
  if (!by) throw new WrongUse(strategySay.noBy[io.language]());
  return { by, at: io.now(), remark: asked.text("reason") ?? "" };
}

function versionAsked(asked: Asked, io: Io, verb: string): string {
  const word = asked.words[1];
  if (!word)
    throw new WrongUse(say.missing[io.language]("NAME@VERSION", `arrears strategy ${verb} micro-loan@1`));
  if (!/^\S+@\d{1,6}$/.test(word)) throw new WrongUse(strategySay.notAVersion[io.language](word));
  return word;
}
