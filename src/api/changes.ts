import {
  decimalsOf,
  type Fact,
  formatDay,
  formatInstant,
  isEnforcementFact,
  isProceedingFact,
  isRequestFact,
} from "../core/index.ts";
import { lettersOf } from "../legal/index.ts";
import { factSentence } from "../office/story/facts.ts";
import {
  approval,
  journalsOf,
  knownStrategies,
  type LoanFile,
  loanHistory,
  staffSecrets,
} from "../store/index.ts";
import { maskText, ownValues } from "./access/fields.ts";
import type { Change, Shown } from "./guard.ts";
import type { AskWhole, Subjects } from "./route.ts";
import { utc } from "./routes/shapes.ts";

/** What a thing is now, and what was done to it, the oldest first. */
interface Now {
  readonly version: number;
  readonly changes: readonly Change[];
}

/** Roles to which nothing of what the house or a firm does to a thing is told, only that something was. */
const NOT_TOLD: readonly string[] = ["borrower", "agency", "agency-collector", "integrator"];

/** What was done to a thing since a version of it was read, by whom, in both languages; names and numbers masked as everywhere. */
export async function changesOf(of: Shown, ask: AskWhole, read: number): Promise<Partial<Now>> {
  const now = await NOW[of](ask as Ask);
  if (!now) return {};
  const { version, changes } = now;
  if (NOT_TOLD.includes(ask.who.role)) return { version };
  return { version, changes: changes.slice(Math.max(0, changes.length - (version - read))).slice(-MOST) };
}

/** Of many changes the last so many are told. */
const MOST = 20;

type Ask = AskWhole & Subjects["loan"] & Subjects["borrower"] & Subjects["letter"];

const nameIn = ({ request }: AskWhole, name: string): string =>
  (request.params as Readonly<Record<string, string>>)[name] ?? "";

const NOW: Readonly<Record<Shown, (ask: Ask) => Promise<Now | undefined>>> = {
  loan: async ({ api, lender, file }) => {
    const now = await api.reads.loan(lender, file.id);
    return now && ofFacts(now, loanHistory(now));
  },
  letter: async ({ api, lender, letter }) => {
    const [facts, file] = await Promise.all([
      journalsOf(api.db, [letter.owner]),
      api.reads.loan(lender, letter.loans[0]!),
    ]);
    const life = lettersOf([...facts.values()].flat()).get(letter.id);
    return life && file && ofFacts(file, life.facts);
  },
  proceeding: (ask) => ofMatter(ask, nameIn(ask, "proceeding"), isProceedingFact),
  enforcement: (ask) => ofMatter(ask, nameIn(ask, "enforcement"), isEnforcementFact),
  complaint: (ask) => ofRequest(ask),
  hardship: (ask) => ofRequest(ask),
  strategy: async (ask) => {
    const all = await knownStrategies(ask.api.db, nameIn(ask, "name"));
    const known = all.find(({ version }) => String(version) === nameIn(ask, "version"));
    return (
      known && {
        version: known.events.length,
        changes: known.events.map(({ what, by, at }) => ({ at: utc(at), by, says: { ...DONE[what] } })),
      }
    );
  },
  approval: async (ask) => {
    const one = await approval(ask.api.db, ask.lender.code, nameIn(ask, "approval"));
    if (!one) return undefined;
    const { decidedAt, decidedBy, state } = one;
    return {
      version: decidedAt === null ? 1 : 2,
      changes: [
        { at: utc(one.proposedAt), by: one.proposedBy, says: { ...DONE.proposed } },
        ...(decidedAt === null || decidedBy === null || state === "proposed"
          ? []
          : [{ at: utc(decidedAt), by: decidedBy, says: { ...DONE[state] } }]),
      ],
    };
  },
  user: async (ask) => {
    const one = await staffSecrets(ask.api.db, nameIn(ask, "user"));
    return one && { version: one.changedAt, changes: [] };
  },
};

const DONE = {
  proposed: { en: "proposed", zh: "提交" },
  approved: { en: "approved", zh: "批准" },
  refused: { en: "refused", zh: "拒绝" },
  released: { en: "released", zh: "发布" },
  shipped: { en: "taken in as shipped", zh: "随附载入" },
  withdrawn: { en: "withdrawn", zh: "撤回" },
} as const;

async function ofMatter(
  { api, lender, file }: Ask,
  id: string,
  isOf: (fact: Fact) => boolean,
): Promise<Now | undefined> {
  const now = await api.reads.loan(lender, file.id);
  return now && ofFacts(now, factsNamed(now, id, isOf));
}

async function ofRequest(ask: Ask): Promise<Now | undefined> {
  const [file] = await ask.api.reads.loansOf(ask.lender, ask.borrower.externalId);
  return file && ofFacts(file, factsNamed(file, nameIn(ask, "reference"), isRequestFact));
}

const factsNamed = ({ ofBorrower }: LoanFile, id: string, isOf: (fact: Fact) => boolean): Fact[] =>
  ofBorrower.flatMap(({ fact }) => (isOf(fact) && "id" in fact && fact.id === id ? [fact] : []));

function ofFacts(file: LoanFile, facts: readonly Fact[]): Now {
  const zone = file.borrower.zone ?? file.lender.zone;
  const decimals = decimalsOf(file.product.terms.currency);
  const own = ownValues(file);
  return {
    version: facts.length,
    changes: facts.map((fact) => {
      const says = factSentence(fact, decimals, zone);
      return {
        at: "at" in fact && typeof fact.at === "number" ? formatInstant(zone, fact.at) : formatDay(fact.on),
        by: "by" in fact && typeof fact.by === "string" ? fact.by : "",
        says: { en: maskText(says.en, own), zh: maskText(says.zh, own) },
      };
    }),
  };
}
