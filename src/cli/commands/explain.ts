import {
  CHANNELS,
  type Channel,
  CONTACT_KINDS,
  type Day,
  dayAt,
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  fromBits,
  type HoldKind,
  type Instant,
  instantAt,
  isBureauFact,
  isEnforcementFact,
  isLetterFact,
  isMatterFact,
  isPersonFact,
  isPlanFact,
  isProceedingFact,
  isReplyFact,
  isRequestFact,
  NEVER,
  nearest,
  type PersonFacts,
  type Placed,
  parseInstant,
  personOf,
  replay,
  STEP_KINDS,
  type StepKind,
} from "../../core/index.ts";
import type { Limitation } from "../../legal/index.ts";
import { contactsBy, type Decision, gate, type Pack, type Rule } from "../../policy/index.ts";
import {
  contactsOf,
  type Database,
  type JournalEntry,
  type LoanFile,
  loanFile,
  personFactsOf,
} from "../../store/index.ts";
import { packFor, withBook } from "../book.ts";
import { bureauSentence } from "../bureau-sentences.ts";
import { decisionJson } from "../calc-gate.ts";
import { enforcementSentence } from "../enforcement/words.ts";
import { gateKnown } from "../gate-known.ts";
import { amount, Declined, type Io, type Language, WrongUse } from "../io.ts";
import { letterSentence } from "../letter-sentences.ts";
import { limitationBrief } from "../limitation-json.ts";
import { LIMITATION_HEADS, limitationLine, limitationShown } from "../limitation-of.ts";
import { limitationSentence } from "../limitation-words.ts";
import { matterSentence } from "../matter-words.ts";
import { say } from "../messages.ts";
import { moneySentence } from "../money-sentences.ts";
import type { Asked } from "../options.ts";
import { personJson, placedSentence, tellPerson } from "../person-known.ts";
import { personSentence } from "../person-sentences.ts";
import { proceedingSentence } from "../proceeding-words.ts";
import { promiseSentence } from "../promise-words.ts";
import { HOLD_NAMES, reasonWords } from "../reasons.ts";
import { replySentence } from "../reply-sentences.ts";
import { planSentence, requestSentence } from "../request-words.ts";
import { teamSentence } from "../team-words.ts";
import { usualDay } from "./show.ts";

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

/** A loan's story and what may be done with its borrower at an instant, and the same as JSON. */
export async function explained(
  db: Database,
  file: LoanFile,
  { at, step, via }: { readonly at: Instant; readonly step?: string; readonly via?: StepKind | undefined },
) {
  const zone = file.borrower.zone ?? file.lender.zone;
  const story = storyOf(file, step);
  const pack = await packFor(db, file.lender);
  const now = await nowOf(db, file, pack, { zone, at, more: via });
  const limited = limitationShown(file, dayAt(zone, at));
  const json = {
    loan: file.id,
    lender: file.lender.code,
    borrower: file.borrower.external_id,
    otherLoans: file.siblings,
    facts: story.map(factJson),
    at: formatInstant(zone, at),
    person: now.person ? personJson(now.person, zone) : null,
    placedWith: now.placement ? now.placement.with : null,
    ...(limited ? { limitation: limitationBrief(limited) } : {}),
    channels: now.channels.map(({ via, decision }) => jsonOf(via, decision, zone)),
  };
  return { story, pack, now, limited, json };
}

/** A fact with its sentence in English and who booked it. */
const factJson = ({ fact, says, by }: Told) => ({ ...fact, on: formatDay(fact.on), says: says.en, by });

/** Ten in the morning of the usual day; later where something was recorded of the person since, so that it counts. */
export function usualInstant(file: LoanFile, zone: string, io: Pick<Io, "now">): Instant {
  const facts = personFactsOf(file);
  const ten = instantAt(zone, usualDay(file, io), 10 * 60);
  return facts.length === 0 ? ten : Math.max(ten, personOf(facts).newest);
}

function viaAsked(text: string | undefined, io: Io): StepKind | undefined {
  if (text === undefined) return undefined;
  const kind = STEP_KINDS.find((one) => one === text);
  if (kind) return kind;
  const near = nearest(text, STEP_KINDS);
  throw new WrongUse(say.badVia[io.language](text, near ?? STEP_KINDS.join(", ")));
}

export interface Told {
  readonly fact: Fact;
  readonly by: string;
  readonly says: Record<Language, string>;
  readonly rules: readonly string[];
}

export const ACTOR_NAMES: Readonly<Record<number, string>> = {
  1: "close",
  2: "import",
  3: "dispatch",
  4: "person",
};

/** The loan's and the borrower's facts in one line of time: by their days, and within a day as they were recorded. */
export function storyOf(file: LoanFile, step: string | undefined): Told[] {
  const decimals = decimalsOf(file.product.terms.currency);
  const byDay = <T extends Recorded>(entries: readonly T[]): T[] =>
    [...entries].sort((a, b) => a.fact.on - b.fact.on);
  const entries = merged(byDay([...file.journal, ...file.waiting]), byDay(file.ofBorrower));
  const told = entries.map(({ fact, actor }) => ({
    fact,
    by: ACTOR_NAMES[actor] ?? "?",
    says: factSentence(fact, decimals, file.borrower.zone ?? file.lender.zone),
    rules: "rules" in fact ? fact.rules : [],
  }));
  return step === undefined ? told : told.filter(({ fact }) => "step" in fact && fact.step.includes(step));
}

type Recorded = Pick<JournalEntry, "fact" | "actor" | "recordedAt">;

/** Two journals as one; the facts of each keep their own order. */
function merged(ofLoan: readonly Recorded[], ofBorrower: readonly Recorded[]): Recorded[] {
  const story: Recorded[] = [];
  let at = 0;
  for (const own of ofLoan) {
    for (let other = ofBorrower[at]; other && isBefore(other, own); other = ofBorrower[++at])
      story.push(other);
    story.push(own);
  }
  return [...story, ...ofBorrower.slice(at)];
}

const isBefore = (one: Recorded, other: Recorded): boolean =>
  one.fact.on < other.fact.on || (one.fact.on === other.fact.on && one.recordedAt < other.recordedAt);

export function factSentence(fact: Fact, decimals: number, zone: string): Record<Language, string> {
  const money = (value: number) => amount(value, decimals);
  switch (fact.kind) {
    case "LoanBooked":
      return { en: `booked: ${money(fact.principal)} lent`, zh: `入账：本金 ${money(fact.principal)}` };
    case "EntryReversed":
      return { en: `entry ${fact.id} reversed: ${fact.reason}`, zh: `冲正 ${fact.id}：${fact.reason}` };
    case "BalanceReported":
      return {
        en: `reported for ${formatDay(fact.asOf)}: ${fact.status}, principal ${money(fact.principal)}, oldest unpaid due day ${fact.dueOn === null ? "none" : formatDay(fact.dueOn)}`,
        zh: `${formatDay(fact.asOf)} 报送：${fact.status}，剩余本金 ${money(fact.principal)}，最早未还应还日 ${fact.dueOn === null ? "无" : formatDay(fact.dueOn)}`,
      };
    case "HoldPlaced": {
      const until =
        fact.until === null
          ? { en: "", zh: "" }
          : { en: ` until ${formatDay(fact.until)}`, zh: `至 ${formatDay(fact.until)}` };
      const part =
        fact.part === undefined
          ? { en: "", zh: "" }
          : { en: ` of ${money(fact.part)}`, zh: `（${money(fact.part)}）` };
      return {
        en: `hold: ${fact.hold}${part.en}${until.en}`,
        zh: `暂停：${holdName(fact.hold)}${part.zh}${until.zh}`,
      };
    }
    case "HoldLifted":
      return { en: `hold lifted: ${fact.hold}`, zh: `解除暂停：${holdName(fact.hold)}` };
    case "ReachChanged":
      return {
        en: `addresses on file now for: ${fromBits(fact.reach, CHANNELS).join(", ") || "nothing"}`,
        zh: `可用渠道变为：${fromBits(fact.reach, CHANNELS).join("、") || "无"}`,
      };
    case "BandEntered":
      return {
        en: `M${Math.max(0, fact.from)} → M${fact.band}: ${fact.dpd} ${fact.dpd === 1 ? "day" : "days"} past due, ${money(fact.arrears)} overdue`,
        zh: `M${Math.max(0, fact.from)} → M${fact.band}：逾期 ${fact.dpd} 天，逾期欠款 ${money(fact.arrears)}`,
      };
    case "Cured":
      return { en: `cured, from M${fact.from}`, zh: `由 M${fact.from} 恢复正常` };
    case "LoanEnded":
      return { en: `ended: ${fact.how}`, zh: `结束：${ENDED[fact.how]}` };
    case "StepPlanned":
      return {
        en: `step ${fact.step} planned by ${fact.via} from ${formatInstant(zone, fact.slot)}${fact.under ? `, said together with ${fact.under.step} of loan ${fact.under.loan}` : ""}`,
        zh: `动作 ${fact.step} 计划经 ${fact.via} 于 ${formatInstant(zone, fact.slot)} 起执行${fact.under ? `，并入第 ${fact.under.loan} 笔贷款的 ${fact.under.step}` : ""}`,
      };
    case "StepRefused":
      return {
        en: `step ${fact.step} REFUSED by ${fact.rules.join(", ")}${fact.retryOn < 2_000_000 ? `; looked at again on ${formatDay(fact.retryOn)}` : ""}`,
        zh: `动作 ${fact.step} 被拒：${fact.rules.join("、")}${fact.retryOn < 2_000_000 ? `；${formatDay(fact.retryOn)} 再看` : ""}`,
      };
    case "StepAsked":
      return {
        en: `step ${fact.step} waits for a person (${fact.rules.join(", ")})${fact.after ? `; should be behind it: ${fact.after.join(", ")}` : ""}`,
        zh: `动作 ${fact.step} 待人工决定（${fact.rules.join("、")}）${fact.after ? `；此前应已完成：${fact.after.join("、")}` : ""}`,
      };
    case "StageEntered":
      return {
        en: `stage ${fact.stage} of ${fact.strategy}${fact.segment ? `, segment ${fact.segment}` : ""}${fact.arm ? `, arm ${fact.arm} (drawn with ${fact.share} %)` : ""}`,
        zh: `进入 ${fact.strategy} 的阶段 ${fact.stage}${fact.segment ? `，客群 ${fact.segment}` : ""}${fact.arm ? `，分组 ${fact.arm}（抽取概率 ${fact.share}%）` : ""}`,
      };
    case "StepLapsed":
      return {
        en: `step ${fact.step} lapsed: ${fact.why}${fact.by ? ` by ${fact.by}` : ""}`,
        zh: `动作 ${fact.step} 失效：${LAPSED[fact.why]}${fact.by ? `（${fact.by}）` : ""}`,
      };
    case "SetAside":
      return { en: `SET ASIDE: ${fact.reason}`, zh: `搁置：${fact.reason}` };
    case "PromiseMade":
    case "PromiseReplaced":
    case "PromiseWithdrawn":
    case "PromiseKept":
    case "PromiseBroken":
    case "PromiseReopened":
    case "PromiseLapsed":
      return promiseSentence(fact, money);
    case "CaseClaimed":
    case "CaseReleased":
    case "ContactResult":
    case "QuestionAnswered":
    case "ContactChecked":
    case "AddressDropped":
    case "LanguageNoted":
    case "CaseShown":
      return teamSentence(fact, zone);
    case "ContactStarted":
      return {
        en: `contact by ${fact.via} begun at ${formatInstant(zone, fact.at)}`,
        zh: `${formatInstant(zone, fact.at)} 开始经 ${fact.via} 触达`,
      };
    case "ContactEnded":
      return { en: `contact ended: ${fact.outcome}`, zh: `触达结果：${fact.outcome}` };
    case "ActionCancelled":
      return {
        en: `not sent: ${[fact.why, ...fact.rules].join(", ")}`,
        zh: `未发送：${[fact.why, ...fact.rules].join("、")}`,
      };
    case "ActionConsolidated":
      return {
        en: `said together with ${fact.into}, which goes out as ${fact.by.step} of loan ${fact.by.loan}`,
        zh: `并入 ${fact.into}，以第 ${fact.by.loan} 笔贷款的 ${fact.by.step} 发出`,
      };
    case "ContactWithdrawn":
      return {
        en: `contact not handed over: ${fact.why}; judged again`,
        zh: `触达未交出：${fact.why}；重新判定`,
      };
    case "ActionFellBack":
      return {
        en: `${fact.from} failed, so ${fact.to ?? "the next way"} is tried`,
        zh: `${fact.from} 未成功，改用${fact.to ? ` ${fact.to}` : "下一渠道"}`,
      };
    case "PersonErased":
      return {
        en: `personal values of ${fact.facts} facts erased by ${fact.by}: ${fact.ground}`,
        zh: `${fact.by} 删除 ${fact.facts} 条事实中的个人信息：${fact.ground}`,
      };
    case "PersonChanged":
      return {
        en: `looked at again: ${fact.what} ${fact.of}`,
        zh: `重新判断：${fact.what} ${fact.of}`,
      };
    case "LimitationWarned":
    case "LimitationReckoned":
    case "LimitationPassed":
      return limitationSentence(fact);
    default:
      if (isReplyFact(fact)) return replySentence(fact, zone);
      if (isLetterFact(fact)) return letterSentence(fact, zone);
      if (isBureauFact(fact)) return bureauSentence(fact);
      if (isMatterFact(fact)) return matterSentence(fact);
      if (isEnforcementFact(fact)) return enforcementSentence(fact, decimals);
      if (isProceedingFact(fact)) return proceedingSentence(fact, money);
      if (isRequestFact(fact)) return requestSentence(fact);
      if (isPlanFact(fact)) return planSentence(fact, money);
      return isPersonFact(fact) ? personSentence(fact, zone) : moneySentence(fact, money);
  }
}

const ENDED = { "paid-off": "已结清", settled: "和解结清", cancelled: "已撤销", assigned: "已转让" } as const;

const LAPSED = {
  overtaken: "被更晚的动作取代",
  "stage-over": "阶段已过",
  "not-in-strategy": "策略中已无此动作",
} as const;

const holdName = (kind: HoldKind): string => HOLD_NAMES[kind];

interface ChannelNow {
  readonly via: StepKind;
  readonly hasAddress: boolean;
  readonly decision: Decision | undefined;
}

/** What the gate says of each kind of step at an instant, with the facts known then; with whom the loan is placed. */
interface Now {
  readonly channels: readonly ChannelNow[];
  readonly person: PersonFacts | undefined;
  readonly placement: Placed | undefined;
}

/** A loan's facts of the days until then; a hold counts from its record on, though the day that was closed already booked it on the next. */
const factsAt = ({ journal, waiting }: LoanFile, day: Day, at: Instant): Fact[] =>
  [...journal, ...waiting].flatMap(({ fact, recordedAt }) => {
    const isHold = fact.kind === "HoldPlaced" || fact.kind === "HoldLifted";
    return fact.on <= day || (isHold && fact.on === day + 1 && recordedAt <= at) ? [fact] : [];
  });

async function nowOf(
  db: Database,
  file: LoanFile,
  pack: Pack | undefined,
  { zone, at, more }: { readonly zone: string; readonly at: Instant; readonly more: StepKind | undefined },
): Promise<Now> {
  const day = dayAt(zone, at);
  const loan = replay(file.key, factsAt(file, day, at), () => file.product) ?? file.stored;
  const owner = { bucket: file.borrower.bucket, n: file.borrower.n };
  // A filing may ask whether he was ever spoken to; of what reaches him, the last days count.
  const since = more !== undefined && !CONTACT_KINDS.includes(more) ? 0 : day - 8;
  const contacts = [...(await contactsOf(db, [owner], since as Day)).values()]
    .flatMap((booked) => contactsBy(booked, NEVER))
    .filter((contact) => contact.at <= at);
  const { known, step, person, placement } = gateKnown(loan, file.product, {
    id: file.id,
    zone,
    at,
    day,
    contacts,
    facts: personFactsOf(file, day, at),
  });
  const reach = fromBits(loan.reach, CHANNELS);
  const kinds: readonly StepKind[] =
    more === undefined || CHANNELS.includes(more as Channel) ? CHANNELS : [...CHANNELS, more];
  const channels = kinds.map((via) => ({
    via,
    hasAddress: !CHANNELS.includes(via as Channel) || reach.includes(via as Channel),
    decision: pack && gate(pack, { kind: via, ...step }, known(via)),
  }));
  return { channels, person, placement };
}

function jsonOf(via: string, decision: Decision | undefined, zone: string): Record<string, unknown> {
  if (!decision) return { via, verdict: "ask-person", because: [{ rule: "pack/none-for-lender" }] };
  return {
    via,
    ...decisionJson(decision, zone),
  };
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
