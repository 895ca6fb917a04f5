import { z } from "zod";
import { letterSentence } from "../../cli/letter-sentences.ts";
import { NO_PRESS, openPressOf } from "../../cli/letters/desk.ts";
import { moveLetters } from "../../cli/letters/moves.ts";
import { type Office, type Outcome, openOffice } from "../../cli/letters/office.ts";
import {
  decimalsOf,
  formatDay,
  formatInstant,
  formatMoney,
  LETTER_STATES,
  type LetterState,
} from "../../core/index.ts";
import { lettersOf } from "../../legal/index.ts";
import {
  journalsOf,
  type KeptLetter,
  keptFile,
  type Lender,
  letterOf,
  listCases,
  listLetters,
} from "../../store/index.ts";
import { maskDeep, maskText } from "../access/fields.ts";
import { firmOf, lawyerOf } from "../access/party.ts";
import type { Api } from "../api.ts";
import { cursorOf, keyOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { randomBytesOf } from "../quiet-io.ts";
import { route, type Who } from "../route.ts";
import { LAWYER_WRITES, LETTER_READS, LETTERS_READ } from "./rows.ts";
import { DryRun, Id, Loose, Money, Paging, page, Words } from "./shapes.ts";

const LetterParams = z.strictObject({ letter: Id });

const Row = z.object({
  letter: z.string(),
  number: z.string(),
  kind: z.string(),
  state: z.string(),
  loans: z.array(z.string()),
  firm: z.string(),
  lawyer: z.string(),
  dated: z.string(),
  answerBy: z.string(),
  demanded: Money,
  currency: z.string(),
});

const rowOf = (kept: KeptLetter): z.input<typeof Row> => {
  const { demanded, currency } = letterOf(kept);
  return {
    letter: kept.id,
    number: kept.number,
    kind: kept.kind,
    state: kept.state,
    loans: [...kept.loans],
    firm: kept.firm,
    lawyer: kept.lawyer,
    dated: formatDay(kept.dated),
    answerBy: formatDay(kept.answerBy),
    demanded: formatMoney(demanded, decimalsOf(currency)),
    currency,
  };
};

const Moved = z.object({
  letter: z.string(),
  done: z.boolean(),
  code: z.string(),
  says: z.object({ en: z.string(), zh: z.string() }).optional(),
  checks: z.array(Loose).optional(),
});

const movedOf = ({ id, done, code, says, checks }: Outcome): z.input<typeof Moved> => ({
  letter: id,
  done,
  code,
  ...(says ? { says } : {}),
  ...(checks ? { checks: checks.map((check) => ({ ...check })) } : {}),
});

/** The desk at which letters are worked on; refused until the lender has said what its letters say. */
async function deskOf(
  api: Api,
  lender: Lender,
  now: number,
  press: Pick<Office, "press" | "randomBytes"> = NO_PRESS,
): Promise<Office> {
  const pack = await api.packFor(lender);
  const office =
    pack &&
    (await openOffice({
      db: api.db,
      lender,
      shelves: { ...api.shelves, now: () => now },
      now,
      pack,
      ...press,
    }));
  if (!office)
    throw refusedBy({
      code: "no-letter-terms",
      says: "the lender has not said what its letters say: arrears letter terms",
    });
  return office;
}

/** A lawyer's own word, by the lawyer whose session it is: a clerk of the firm has none. */
function lawyerMust(who: Who): string {
  const lawyer = lawyerOf(who.party);
  if (!lawyer)
    throw refusedBy({
      code: "no-lawyer",
      says: `${who.id} is linked to no lawyer of the firm; only a lawyer approves or returns`,
    });
  return lawyer;
}

async function moved(
  api: Api,
  lender: Lender,
  now: number,
  letter: KeptLetter,
  lawyer: string,
  wish: Parameters<typeof moveLetters>[3],
  dryRun: boolean,
): Promise<z.input<typeof Moved>> {
  const { press, close } = openPressOf();
  try {
    const office = await deskOf(api, lender, now, { press, randomBytes: randomBytesOf });
    const [outcome] = await moveLetters(office, [letter], lawyer, wish, dryRun);
    if (!outcome) throw new Problem("not-found");
    if (!outcome.done)
      throw new Problem("refused", {
        refusal: outcome.code,
        ...(outcome.says ? { says: outcome.says.en } : {}),
        errors: (outcome.checks ?? [])
          .filter(({ state }) => state !== "ok")
          .map(({ check, state }) => ({ at: check, says: state })),
      });
    return movedOf(outcome);
  } finally {
    await close();
  }
}

export const LETTER_ROUTES = [
  route({
    id: "letters.list",
    method: "GET",
    url: "/v1/letters",
    says: { en: "Lawyers' letters; a firm sees its own", zh: "律师函列表（律所仅见本所）" },
    of: "lender",
    may: LETTERS_READ,
    scope: "letters:read",
    query: z.strictObject({
      ...Paging,
      state: z.enum(LETTER_STATES as unknown as [LetterState, ...LetterState[]]).optional(),
    }),
    answers: page(Row),
    handle: async ({ api, lender, who, query }) => {
      const all = await listLetters(
        api.db,
        lender,
        query.state === undefined ? {} : { states: [query.state] },
      );
      const firm = who.role === "law-firm" ? firmOf(who.party) : undefined;
      const [after = ""] = (keyOf("letters", query.cursor, ["string"]) as [string] | undefined) ?? [];
      const own = all.filter(
        (letter) => (who.role !== "law-firm" || letter.firm === firm) && letter.id > after,
      );
      const shown = own.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map(rowOf),
        next: own.length > shown.length && last ? cursorOf("letters", [last.id]) : null,
      };
    },
  }),
  route({
    id: "cases.list",
    method: "GET",
    url: "/v1/cases",
    says: { en: "Cases offered to firms; a firm sees its own", zh: "委托律所的案件（律所仅见本所）" },
    of: "lender",
    may: LETTERS_READ,
    scope: "letters:read",
    answers: z.object({
      items: z.array(
        z.object({
          case: z.string(),
          loan: z.string(),
          firm: z.string(),
          engagement: z.string(),
          batch: z.string(),
          state: z.string(),
        }),
      ),
    }),
    handle: async ({ api, lender, who }) => {
      const firm = who.role === "law-firm" ? (firmOf(who.party) ?? "") : undefined;
      const all = await listCases(api.db, lender, firm === undefined ? {} : { firm });
      return {
        items: all
          .filter(({ state }) => firm === undefined || state === "offered" || state === "accepted")
          .slice(0, 1000)
          .map(({ id, loan, firm: of, engagement, batch, state }) => ({
            case: id,
            loan,
            firm: of,
            engagement,
            batch,
            state,
          })),
      };
    },
  }),
  route({
    id: "letter.read",
    method: "GET",
    url: "/v1/letters/:letter",
    says: {
      en: "A letter: the facts to check, each with its proof, and its life",
      zh: "律师函：待核对事实及其依据、流转记录",
    },
    of: "letter",
    may: LETTER_READS,
    scope: "letters:read",
    params: LetterParams,
    answers: Row.extend({
      checks: z.array(Loose),
      history: z.array(
        z.object({
          at: z.string(),
          kind: z.string(),
          by: z.string(),
          says: z.object({ en: z.string(), zh: z.string() }),
        }),
      ),
      addressee: z.string(),
      file: z.string().nullable(),
    }),
    handle: async ({ api, lender, letter }) => {
      const facts = [...(await journalsOf(api.db, [letter.owner])).values()].flat();
      const life = lettersOf(facts).get(letter.id);
      const { addressee } = letterOf(letter);
      const known = [addressee.name];
      return {
        ...rowOf(letter),
        addressee: `${[...addressee.name][0] ?? ""}*`,
        file: letter.file,
        checks: maskDeep(
          (life?.drafted.checks ?? []).map((check) => ({ ...check })),
          known,
        ),
        history: (life?.facts ?? []).map((fact) => {
          const says = letterSentence(fact, lender.zone);
          return {
            at: formatInstant(lender.zone, fact.at),
            kind: fact.kind,
            by: fact.by,
            says: { en: maskText(says.en, known), zh: maskText(says.zh, known) },
          };
        }),
      };
    },
  }),
  route({
    id: "letter.open",
    method: "POST",
    url: "/v1/letters/:letter/open",
    says: {
      en: "The lawyer reads the letter as it stands; that he did is kept",
      zh: "律师查看函件全文（留痕）",
    },
    of: "letter",
    may: LAWYER_WRITES,
    // The text has the addressee's name and address.
    once: true,
    params: LetterParams,
    answers: z.object({ letter: z.string(), text: z.string() }),
    handle: async ({ api, lender, now, who, letter }) => {
      const lawyer = lawyerMust(who);
      await moved(api, lender, now, letter, lawyer, { kind: "LetterOpened" }, false);
      const { press, close } = openPressOf();
      try {
        return { letter: letter.id, text: press.text(letterOf(letter)) };
      } finally {
        await close();
      }
    },
  }),
  route({
    id: "letter.approve",
    method: "POST",
    url: "/v1/letters/:letter/approve",
    says: { en: "The lawyer approves a letter that he has read", zh: "律师批准已阅函件" },
    of: "letter",
    may: LAWYER_WRITES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query }) =>
      moved(api, lender, now, letter, lawyerMust(who), { kind: "LetterApproved" }, query.dryRun),
  }),
  route({
    id: "letter.return",
    method: "POST",
    url: "/v1/letters/:letter/return",
    says: { en: "The lawyer sends a letter back with his reason", zh: "律师退回函件并说明理由" },
    of: "letter",
    may: LAWYER_WRITES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({ reason: Words }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query, body }) =>
      moved(
        api,
        lender,
        now,
        letter,
        lawyerMust(who),
        { kind: "LetterSentBack", reason: body.reason },
        query.dryRun,
      ),
  }),
  route({
    id: "letter.file",
    method: "GET",
    url: "/v1/letters/:letter/file",
    says: { en: "The signed file", zh: "已签名文件" },
    of: "letter",
    may: LETTER_READS,
    scope: "letters:read",
    params: LetterParams,
    streams: true,
    answers: z.unknown(),
    handle: async ({ api, letter, reply }) => {
      const bytes = letter.file === null ? undefined : await keptFile(api.db, letter.file);
      if (!bytes) throw new Problem("not-found", { says: "the letter is not signed yet" });
      reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename="${letter.id.replaceAll(/[^\w-]/g, "_")}.pdf"`);
      return bytes;
    },
  }),
];
