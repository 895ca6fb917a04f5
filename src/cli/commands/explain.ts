import {
  formatDay,
  formatInstant,
  type Instant,
  nearest,
  parseInstant,
  STEP_KINDS,
  type StepKind,
} from "../../core/index.ts";
import type { Limitation } from "../../legal/index.ts";
import { withBook } from "../../office/book.ts";
import { reasonWords } from "../../office/gate/reasons.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { LIMITATION_HEADS, limitationLine } from "../../office/limitation/of.ts";
import { placedSentence, tellPerson } from "../../office/people/known.ts";
import { explained, type Now, usualInstant } from "../../office/story/explained.ts";
import type { Told } from "../../office/story/story.ts";
import type { Decision, Pack, Rule } from "../../policy/index.ts";
import { type LoanFile, loanFile } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  at: { type: "string" },
  step: { type: "string" },
  via: { type: "string" },
  lender: { type: "string" },
} as const;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [id] = asked.words;
  if (!id)
    throw new WrongUse(
      say.missing[io.language]("LOAN", "arrears explain L000123 --at 2026-03-31T21:30:00+08:00"),
    );
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const zone = file.borrower.zone ?? file.lender.zone;
    const atText = asked.text("at");
    const at = atText === undefined ? usualInstant(file, zone, io) : parseInstant(atText);
    if (at === undefined) throw new WrongUse(say.notAnInstant[io.language]("--at", atText!));
    const step = asked.text("step");
    const { story, pack, now, limited, json } = await explained(db, file, {
      at,
      via: viaAsked(asked.text("via"), io),
      ...(step === undefined ? {} : { step }),
    });
    io.object(json);
    tell(io, file, pack, story, now, zone, at, limited);
    return 0;
  });
}

function viaAsked(text: string | undefined, io: Io): StepKind | undefined {
  if (text === undefined) return undefined;
  const kind = STEP_KINDS.find((one) => one === text);
  if (kind) return kind;
  const near = nearest(text, STEP_KINDS);
  throw new WrongUse(say.badVia[io.language](text, near ?? STEP_KINDS.join(", ")));
}

const VERDICTS = {
  en: {
    allow: "allowed",
    "allow-with-risk": "allowed, with recorded risk",
    "ask-person": "ask a person",
    forbid: "FORBIDDEN",
  },
  zh: { allow: "允许", "allow-with-risk": "允许（记录风险）", "ask-person": "须人工决定", forbid: "禁止" },
} as const;

function tell(
  io: Io,
  file: LoanFile,
  pack: Pack | undefined,
  story: readonly Told[],
  now: Now,
  zone: string,
  at: Instant,
  limited: Limitation | undefined,
): void {
  const zh = io.language === "zh";
  const others =
    file.siblings.length > 0
      ? `${zh ? " · 同一借款人的其他贷款：" : " · other loans of this borrower: "}${file.siblings.join(", ")}`
      : "";
  io.out(
    `${file.id} · ${file.lender.name} · ${file.product.code} · ${zh ? "借款人" : "borrower"} ${file.borrower.external_id}${others}`,
  );
  io.out("");
  for (const { fact, says } of story) io.out(`${formatDay(fact.on)}  ${says[io.language]}`);
  const cited = new Set(story.flatMap(({ rules }) => rules));
  if (now.person) tellPerson(io, now.person, zone);
  if (limited) io.out(`\n${LIMITATION_HEADS[io.language].ends}: ${limitationLine(limited, io)}`);
  io.out("");
  io.out(
    zh
      ? `在 ${formatInstant(zone, at)} 联系借款人：`
      : `contacting the borrower at ${formatInstant(zone, at)}:`,
  );
  if (now.placement) io.out(`  ${placedSentence(now.placement, io.language)}`);
  for (const { via, hasAddress, decision } of now.channels) {
    const verdict = decision?.verdict ?? "ask-person";
    const rules = decision ? strict(decision).map(({ id }) => id) : ["pack/none-for-lender"];
    if (verdict !== "allow") for (const rule of rules) cited.add(rule);
    const from = decision?.allowedFrom;
    const later =
      from === undefined
        ? ""
        : from === "never"
          ? zh
            ? "；事实不变则一直不可"
            : "; not while the facts stay as they are"
          : zh
            ? `；${formatInstant(zone, from)} 起允许`
            : `; allowed from ${formatInstant(zone, from)}`;
    const address = hasAddress ? "" : zh ? "（无地址）" : " (no address on file)";
    const because = verdict === "allow" ? "" : ` – ${rules.join(", ")}`;
    io.out(`  ${via.padEnd(7)} ${VERDICTS[io.language][verdict]}${address}${because}${later}`);
  }
  tellRules(io, pack, cited);
}

const strict = (decision: Decision): Rule[] =>
  decision.because.filter(({ outcome }) => outcome.outcome === decision.verdict).map(({ rule }) => rule);

/** Each rule that was named, in words, with its source, force and verification state. */
function tellRules(io: Io, pack: Pack | undefined, ids: ReadonlySet<string>): void {
  if (ids.size > 0) io.out("");
  for (const id of ids) {
    const rule = pack?.rules.find((candidate) => candidate.id === id);
    const words = reasonWords(pack, id, io.language);
    if (words) io.out(`${id}: ${words}`);
    if (!rule) continue;
    io.out(`    ${rule.cite.law} ${rule.cite.at} “${rule.cite.quote}”`);
    io.out(`    ${rule.force} · ${rule.verification}`);
  }
}
