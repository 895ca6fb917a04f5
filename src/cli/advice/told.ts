import { formatDay } from "../../core/index.ts";
import type { CaseFacts, RouteFound, WhichWay } from "../../legal/index.ts";
import {
  conditionWords,
  percentOf,
  ROUTE_WORDS,
  SAY,
  STANDING_WORDS,
  STATE_MARKS,
  stretchWords,
  WHY_WORDS,
} from "../../office/advice/words.ts";
import { amount, count, dayOrDash, type Io, table, width } from "../../office/io.ts";
import { LIMITATION_HEADS } from "../../office/limitation/of.ts";
import { STATE_WORDS as LIMITATION_STATES } from "../../office/limitation/words.ts";
import type { LoanFile } from "../../store/index.ts";

export function tellWay(
  file: LoanFile,
  facts: CaseFacts,
  way: WhichWay,
  months: number | undefined,
  io: Io,
): void {
  const { language } = io;
  const words = SAY[language];
  const { take, why } = way.advice;
  const colon = language === "zh" ? "：" : ": ";
  io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(facts.on)}`);
  io.out(`${words.claim}${colon}${amount(facts.claim)} · M${facts.band}`);
  if (facts.limitation) {
    const { state, worstOn, expiresOn } = facts.limitation;
    const heads = LIMITATION_HEADS[language];
    const ends = `${dayOrDash(expiresOn)} · ${heads.worst} ${formatDay(worstOn)}`;
    io.out(`${heads.ends}${colon}${ends} · ${LIMITATION_STATES[state][language]}`);
  }
  const reasons = why.map((one) => WHY_WORDS[one][language]).join(language === "zh" ? "；" : "; ");
  io.out(`${words.advice}${colon}${ROUTE_WORDS[take][language]} – ${reasons}`);
  io.out("");
  io.out(
    table(
      words.heads,
      way.routes.map((found) => rowOf(found, io)),
      ["left", "left", "right", "right", "left", "left", "right", "right", "right"],
    ),
  );
  const like = way.routes.reduce((sum, { history }) => Math.max(sum, history.cases), way.waiting.cases);
  io.out(
    months === undefined
      ? words.none
      : `${words.history(months, like)} · ${words.waiting}: ${shareText(way.waiting, io)}`,
  );
  for (const found of way.routes) tellRoute(found, io);
  io.out("");
  io.out(words.note);
}

function shareText({ cases, share }: WhichWay["waiting"], io: Io): string {
  if (!share) return SAY[io.language].thin(cases);
  return `${percentOf(share.mean)} (${percentOf(share.low)} – ${percentOf(share.high)}), n = ${cases}`;
}

export const netText = ({ net }: RouteFound): string => (net ? amount(net.mean) : "–");

export const breakEvenText = ({ breakEven }: RouteFound): string =>
  breakEven > 10_000 ? "> 100 %" : percentOf(breakEven);

const rowOf = (found: RouteFound, io: Io): string[] => [
  ROUTE_WORDS[found.route][io.language],
  STANDING_WORDS[found.standing][io.language],
  amount(found.outlay),
  amount(found.lost.total.applicant + found.lost.total.open),
  formatDay(found.until),
  formatDay(found.latest),
  found.history.share ? count(found.history.cases) : SAY[io.language].thin(found.history.cases),
  netText(found),
  breakEvenText(found),
];

function tellRoute(found: RouteFound, io: Io): void {
  const { language } = io;
  const words = SAY[language];
  io.out("");
  io.out(
    `${ROUTE_WORDS[found.route][language]}${language === "zh" ? "：" : ": "}${STANDING_WORDS[found.standing][language]}`,
  );
  for (const condition of found.conditions) {
    const { is, supply } = conditionWords(condition, language);
    const rest = figuresOf(condition);
    const { law, at } = condition.source.cite;
    const mark = STATE_MARKS[condition.state][language];
    const indent = " ".repeat(MARK + 3);
    io.out(
      `  ${mark}${" ".repeat(MARK - width(mark))} ${is}${rest === "" ? "" : ` – ${rest}`} · ${law} ${at}`,
    );
    const { wage } = condition;
    if (wage) io.out(`${indent}W ${wage.province} ${wage.year}: ${amount(wage.amount)} (${wage.source})`);
    if (supply !== "") io.out(`${indent}→ ${supply}`);
  }
  if (found.gate && found.gate.verdict !== "allow")
    io.out(`  ${words.gate}: ${found.gate.verdict} (${found.gate.rules.join(", ")})`);
  io.out(`  ${words.time}: ${found.time.map((stretch) => stretchWords(stretch, language)).join(" · ")}`);
}

/** Columns of the longest mark, in either language. */
const MARK = Math.max(...Object.values(STATE_MARKS).flatMap(({ en, zh }) => [width(en), width(zh)]));

function figuresOf({ claim, line }: RouteFound["conditions"][number]): string {
  if (claim === undefined || line === undefined) return claim === undefined ? "" : amount(claim);
  return `${amount(claim)} / ${amount(line)}`;
}
