import { z } from "zod";
import {
  decimalsOf,
  formatDay,
  formatInstant,
  formatMoney,
  LETTER_STATES,
  type LetterState,
} from "../../core/index.ts";
import { lettersOf } from "../../legal/index.ts";
import { Declined, WrongUse } from "../../office/io.ts";
import { approveBatch, moveLetters, sampleOfBatch } from "../../office/letters/moves.ts";
import { type Office, type Outcome, openOffice } from "../../office/letters/office.ts";
import { NO_PRESS, openPressOf } from "../../office/letters/press.ts";
import { letterSentence } from "../../office/letters/sentences.ts";
import { signLetters } from "../../office/letters/signing.ts";
import {
  journalsOf,
  type KeptLetter,
  keptFile,
  keptLetter,
  type Lender,
  letterOf,
  listCases,
  listLetters,
} from "../../store/index.ts";
import { maskDeep, maskText } from "../access/fields.ts";
import { firmOf, lawyerOf } from "../access/party.ts";
import { isEngaged } from "../access/subject.ts";
import type { Api } from "../api.ts";
import { keyOf, pageOf } from "../http/cursor.ts";
import { Problem, refusedBy } from "../http/problem.ts";
import { said } from "../http/said.ts";
import { randomBytesOf } from "../quiet-io.ts";
import { route, type Who } from "../route.ts";
import { LAWYER_WRITES, LAWYER_WRITES_MANY, LETTER_READS, LETTERS_READ, OPERATES } from "./rows.ts";
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
      says: "the lender has not said what its letters say; its operations team sets that first",
      saysZh: "出借人尚未设定律师函条款，请先由运营设定",
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
      saysZh: `${who.id} 未关联本所律师；只有律师可以批准或退回`,
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
  { dryRun, version }: { readonly dryRun: boolean; readonly version: number | undefined },
): Promise<z.input<typeof Moved>> {
  const { press, close } = openPressOf();
  try {
    const office = await deskOf(api, lender, now, { press, randomBytes: randomBytesOf });
    const [outcome] = await moveLetters(office, [letter], lawyer, wish, dryRun, version);
    return doneOr(outcome);
  } finally {
    await close();
  }
}

const APPROVED = { kind: "LetterApproved" } as const;

/** A letter that was not moved, as the problem that it is. */
function doneOr(outcome: Outcome | undefined): z.input<typeof Moved> {
  if (!outcome) throw new Problem("not-found");
  if (outcome.done) return movedOf(outcome);
  const { code, says, checks = [] } = outcome;
  const open = checks.filter(({ state }) => state !== "ok");
  throw refusedBy({
    code,
    says: says?.en ?? code,
    ...(says ? { saysZh: says.zh } : {}),
    errors: open.map(({ check, state }) => ({ at: check, ...said.check(state) })),
  });
}

/** A second letter is one to the same person; any other is as unknown as none. */
async function ofSameBorrower(api: Api, { owner }: KeptLetter, id: string): Promise<string> {
  const second = await keptLetter(api.db, id);
  if (!second || second.owner.bucket !== owner.bucket || second.owner.n !== owner.n)
    throw refusedBy({ ...UNKNOWN_LETTER, says: UNKNOWN_LETTER.says.en, saysZh: UNKNOWN_LETTER.says.zh });
  return second.id;
}

const UNKNOWN_LETTER = {
  code: "no-such-letter",
  says: { en: "there is no such letter of your firm", zh: "本所没有该函件" },
};

const NOT_APPROVED = (state: string) => ({
  code: `letter-${state}`,
  says: { en: "only an approved letter is signed", zh: "仅可签署已批准函件" },
});

/** Whose certificate signs for a firm on this server. */
async function signerOf(api: Api, { firms, terms, lender }: Office, firm: string) {
  const no = (says: string, saysZh: string) => refusedBy({ code: "no-certificate", says, saysZh });
  if (!api.signer)
    throw no(
      "this server was given no certificate; sign with arrears letter sign, or start it with one",
      "本服务器未配置证书，请用 arrears letter sign 签署，或带证书启动服务",
    );
  try {
    const name = firms.find(({ id }) => id === firm)?.name ?? lender.name;
    return await api.signer(name, terms.certificate !== "own");
  } catch (error) {
    if (error instanceof Declined || error instanceof WrongUse)
      throw no(error.message, "本服务器的证书不可用，请联系运维");
    throw error;
  }
}

/** Of these letters those of his firm, under an engagement in force. */
async function ownLetters(
  api: Api,
  lender: Lender,
  who: Who,
  ids: readonly string[],
  now: number,
): Promise<KeptLetter[]> {
  const firm = firmOf(who.party) ?? "";
  const found = await listLetters(api.db, lender, { firm, ids });
  const standing = new Map<string, boolean>();
  for (const { engagement } of found)
    if (!standing.has(engagement))
      standing.set(engagement, await isEngaged(api.db, lender, firm, engagement, now));
  return found.filter(({ engagement }) => standing.get(engagement));
}

/** The letters named that are his, each once, and a row for each that is not or that there is not. */
async function namedLetters(api: Api, lender: Lender, who: Who, named: readonly string[], now: number) {
  const ids = [...new Set(named)];
  const letters = await ownLetters(api, lender, who, ids, now);
  const missing = ids
    .filter((id) => !letters.some((letter) => letter.id === id))
    .map((letter) => ({ letter, done: false, ...UNKNOWN_LETTER }));
  return { letters, missing };
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
      const [after] = (keyOf("letters", query.cursor, ["string"]) as [string] | undefined) ?? [];
      const rows = await listLetters(api.db, lender, {
        ...(query.state === undefined ? {} : { states: [query.state] }),
        ...(who.role === "law-firm" ? { firm: firmOf(who.party) ?? "" } : {}),
        ...(after === undefined ? {} : { after }),
        limit: query.limit + 1,
      });
      const { shown, next } = pageOf("letters", rows, query.limit, ({ id }) => [id]);
      return { items: shown.map(rowOf), next };
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
    shows: "letter",
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
      version: z.int().describe("If-Match takes it"),
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
        version: life?.facts.length ?? 0,
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
    guard: { none: "keeps" },
    may: LAWYER_WRITES,
    // The text has the addressee's name and address.
    once: true,
    params: LetterParams,
    answers: z.object({ letter: z.string(), text: z.string() }),
    handle: async ({ api, lender, now, who, letter }) => {
      const lawyer = lawyerMust(who);
      await moved(
        api,
        lender,
        now,
        letter,
        lawyer,
        { kind: "LetterOpened" },
        { dryRun: false, version: undefined },
      );
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
    guard: { by: "letter" },
    may: LAWYER_WRITES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query, version }) =>
      moved(api, lender, now, letter, lawyerMust(who), APPROVED, { dryRun: query.dryRun, version }),
  }),
  route({
    id: "letters.approve",
    method: "POST",
    url: "/v1/letters/approve",
    says: {
      en: "The lawyer approves many letters: each read, or by a sample of them that he has read; row by row, dry run first",
      zh: "律师批量批准函件：逐封已阅，或按抽样已阅；逐行结果，可先试算",
    },
    of: "lender",
    guard: { none: "rows" },
    may: LAWYER_WRITES_MANY,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      letters: z.array(Id).min(1).max(1000),
      sample: z
        .strictObject({
          n: z.int().min(1).max(1000),
          seed: z
            .int()
            .min(0)
            .max(2 ** 31 - 1),
        })
        .optional()
        .describe("Without it each letter must have been read"),
    }),
    answers: z.object({
      dryRun: z.boolean(),
      approved: z.int(),
      /** Of a sample: the letters that he has to have read. */
      sample: z.array(z.string()).nullable(),
      items: z.array(Moved),
    }),
    handle: async ({ api, lender, now, who, query, body }) => {
      const lawyer = lawyerMust(who);
      const { letters, missing } = await namedLetters(api, lender, who, body.letters, now);
      const office = await deskOf(api, lender, now);
      const asked = body.sample && { lawyer, batch: "api", ...body.sample };
      // Without a sample each letter has to have been opened by him, and each that was not is refused by itself.
      const outcomes = asked
        ? await approveBatch(office, letters, asked, query.dryRun)
        : await moveLetters(office, letters, lawyer, { kind: "LetterApproved" }, query.dryRun);
      return {
        dryRun: query.dryRun,
        approved: outcomes.filter(({ done }) => done).length,
        sample: asked ? [...(await sampleOfBatch(office, letters, asked)).sample] : null,
        items: [...outcomes.map(movedOf), ...missing],
      };
    },
  }),
  route({
    id: "letters.sign",
    method: "POST",
    url: "/v1/letters/sign",
    says: {
      en: "The lawyer signs letters that he approved, with the certificate that this server was given; row by row, dry run first",
      zh: "律师用本服务器配置的证书签署已批准函件；逐行结果，可先试算",
    },
    of: "lender",
    guard: { none: "rows" },
    may: LAWYER_WRITES_MANY,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({ letters: z.array(Id).min(1).max(200) }),
    answers: z.object({
      dryRun: z.boolean(),
      signed: z.int(),
      certificate: z.string(),
      development: z.boolean(),
      items: z.array(Moved),
    }),
    handle: async ({ api, lender, now, who, query, body }) => {
      const lawyer = lawyerMust(who);
      const { letters, missing } = await namedLetters(api, lender, who, body.letters, now);
      const { press, close } = openPressOf();
      try {
        const office = await deskOf(api, lender, now, { press, randomBytes: randomBytesOf });
        const signer = await signerOf(api, office, firmOf(who.party) ?? "");
        const [approved, others] = [
          letters.filter(({ state }) => state === "approved"),
          letters.filter(({ state }) => state !== "approved"),
        ];
        const outcomes: Outcome[] = query.dryRun
          ? approved.map(({ id }) => ({ id, done: true, code: "would-sign" }))
          : await signLetters(office, approved, lawyer, signer);
        return {
          dryRun: query.dryRun,
          signed: outcomes.filter(({ done }) => done).length,
          certificate: signer.certificate,
          development: signer.development,
          items: [
            ...outcomes.map(movedOf),
            ...others.map(({ id, state }) => ({ letter: id, done: false, ...NOT_APPROVED(state) })),
            ...missing,
          ],
        };
      } finally {
        await close();
      }
    },
  }),
  route({
    id: "letter.return",
    method: "POST",
    url: "/v1/letters/:letter/return",
    says: { en: "The lawyer sends a letter back with his reason", zh: "律师退回函件并说明理由" },
    of: "letter",
    guard: { by: "letter" },
    may: LAWYER_WRITES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({ reason: Words }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query, body, version }) => {
      const wish = { kind: "LetterSentBack", reason: body.reason } as const;
      return moved(api, lender, now, letter, lawyerMust(who), wish, { dryRun: query.dryRun, version });
    },
  }),
  route({
    id: "letter.withdraw",
    method: "POST",
    url: "/v1/letters/:letter/withdraw",
    says: {
      en: "Take a letter back; one that left the house only by a second letter, which is signed",
      zh: "撤回函件；已发出的须以另一已签署函件撤回",
    },
    of: "letter",
    guard: { by: "letter" },
    may: OPERATES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({ reason: Words, by: Id.optional().describe("The second letter") }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query, body, version }) => {
      const second = body.by === undefined ? {} : { letter: await ofSameBorrower(api, letter, body.by) };
      const wish = { kind: "LetterWithdrawn", reason: body.reason, ...second } as const;
      return moved(api, lender, now, letter, who.id, wish, { dryRun: query.dryRun, version });
    },
  }),
  route({
    id: "letter.sign",
    method: "POST",
    url: "/v1/letters/:letter/sign",
    says: {
      en: "The lawyer signs one letter that he approved, with the certificate that this server was given",
      zh: "律师签署一封已批准函件",
    },
    of: "letter",
    guard: { by: "letter" },
    may: LAWYER_WRITES,
    params: LetterParams,
    query: z.strictObject({ dryRun: DryRun }),
    answers: Moved,
    handle: async ({ api, lender, now, who, letter, query, version }) => {
      const lawyer = lawyerMust(who);
      const { press, close } = openPressOf();
      try {
        const office = await deskOf(api, lender, now, { press, randomBytes: randomBytesOf });
        const signer = await signerOf(api, office, firmOf(who.party) ?? "");
        const known = lettersOf([...(await journalsOf(api.db, [letter.owner])).values()].flat());
        if (known.get(letter.id)?.facts.length !== version) throw new Problem("changed-meanwhile");
        if (letter.state !== "approved") {
          const { code, says } = NOT_APPROVED(letter.state);
          throw refusedBy({ code, says: says.en, saysZh: says.zh });
        }
        if (query.dryRun) return { letter: letter.id, done: true, code: "would-sign" };
        const [outcome] = await signLetters(office, [letter], lawyer, signer, version);
        return doneOr(outcome);
      } finally {
        await close();
      }
    },
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
      if (!bytes) throw new Problem("not-found", said.notSigned());
      reply
        .type("application/pdf")
        .header("content-disposition", `attachment; filename="${letter.id.replaceAll(/[^\w-]/g, "_")}.pdf"`);
      return bytes;
    },
  }),
];
