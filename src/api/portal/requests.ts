import {
  type Day,
  dayAt,
  decimalsOf,
  ESCALATED_TO,
  type EscalatedTo,
  type RequestFileAdded,
  type WishMade,
  whatHappened,
} from "../../core/index.ts";
import { agreementText } from "../../documents/index.ts";
import {
  answerDay,
  COMPLAINT_EVENT_WORDS,
  COMPLAINT_EVENTS_OF_HIS,
  COMPLAINT_KIND_WORDS,
  COMPLAINT_STATE_WORDS,
  type ComplaintLife,
  complaintLives,
  complaintMayFollow,
  HARDSHIP_EVENT_WORDS,
  HARDSHIP_EVENTS_OF_HIS,
  HARDSHIP_STATE_WORDS,
  type HardshipLife,
  hardshipDay,
  hardshipMayFollow,
  hardshipsOf,
  isOpenComplaint,
  isRestingHardship,
  numberIn,
  sourcesIn,
} from "../../legal/index.ts";
import {
  agreementOf,
  openRequests,
  partContested,
  planStanding,
  type RequestDesk,
} from "../../office/requests/index.ts";
import { WISH_WORDS } from "../../office/requests/words.ts";
import {
  type AgreementShown,
  type DocumentShown,
  type Further,
  type RequestAct,
  type RequestShown,
  type Said,
  takenTo,
} from "../../portal/index.ts";
import { sha256Hex } from "../../store/index.ts";
import type { OwnVisit } from "./visit.ts";

const SAYS = {
  answer: { zh: "出借人的人会书面答复您", en: "Somebody at the lender answers you in writing" },
  offer: { zh: "您可以接受或不接受方案", en: "You can accept or refuse the offer" },
  rests: { zh: "这段时间暂停催收", en: "Collection pauses in this time" },
  partRests: {
    zh: "您有异议的部分在此期间不要求支付",
    en: "The part that you contest is not asked for in this time",
  },
  keptRest: { zh: "按方案还款期间，不再催收", en: "While you keep the plan there is no collection" },
  counted: { zh: "已经生效", en: "It counts already" },
  help: { zh: "我还不起：协商申请", en: "I cannot pay: request for help" },
  complaint: (about: Said): Said => ({ zh: `投诉或异议：${about.zh}`, en: `Complaint: ${about.en}` }),
  wish: (about: Said): Said => ({ zh: `联系要求：${about.zh}`, en: `How I am contacted: ${about.en}` }),
} as const;

/** How the closes found an agreed plan. */
const PLANS: Readonly<Record<string, Said>> = {
  beginning: {
    zh: "协议已成立，下一次日终后开始计。",
    en: "It is agreed, and counts from the next night on.",
  },
  kept: { zh: "您在按方案还款。不会有催收。", en: "You are keeping the plan. There is no collection." },
  missed: {
    zh: "有一期没有按时到账。在宽限期内补上，就不算违约。",
    en: "One payment did not come on its day. Make it up within the days of grace, and it is no breach.",
  },
  broken: {
    zh: "方案没有履行。出借人的人会来看下一步；您可以再提申请。",
    en: "The plan was not kept. A person looks at what follows; you can ask for help again.",
  },
  completed: { zh: "全部还清了。", en: "All of it is paid." },
  ended: { zh: "方案已终止。", en: "The plan has ended." },
};

const INSIDE = ["noted", "proposed", "returned"];

/** States in which nothing is added any more. */
const OVER: readonly string[] = ["withdrawn", "closed", "ended"];

const documentShown = ({ sha256, name, bytes, at, by }: RequestFileAdded): DocumentShown => ({
  sha256,
  name,
  bytes,
  at,
  his: by === "borrower",
});

const wentTo = (to: EscalatedTo): Said => {
  const whom = takenTo(to);
  return { zh: `已反映到：${whom.zh}`, en: `taken further: ${whom.en}` };
};

/** To whom this complaint can go from here; what an authority answers within is told only of the credit record, whose text was read. */
function furtherOf(
  { about, events }: ComplaintLife,
  { pack, lender }: Pick<RequestDesk, "pack" | "lender">,
  now: number,
): Further {
  const on = dayAt(lender.zone, now as never);
  const ofRecord = about === "credit-record";
  const been = events.flatMap((fact) => {
    const what = whatHappened(fact);
    return what.type === "escalated" ? [what.to] : [];
  });
  const recordDays = ofRecord ? numberIn(pack, "credit.complaint", "days", on) : undefined;
  return {
    to: ESCALATED_TO.filter((to) => !been.includes(to) && (ofRecord || to !== "bureau")),
    ...(recordDays === undefined ? {} : { recordDays }),
    law: sourcesIn(
      pack,
      on,
      "complaint.review",
      ...(ofRecord ? ["credit.complaint"] : []),
      "help-line.lender-complaints",
      "help-line.consumer",
    ),
  };
}

/** What he asked for, the newest first. */
export async function requestsOf({ api, lender, files, now }: OwnVisit): Promise<RequestShown[]> {
  const [file] = files;
  if (!file) return [];
  const opened = await openRequests({ db: api.db, lender, now, by: "borrower" });
  if (!opened.ok) return [];
  const { complaints, hardship } = opened.desk;
  const facts = file.ofBorrower.map(({ fact }) => fact);
  const all: RequestShown[] = [];
  for (const life of complaintLives(facts).values()) {
    const due = answerDay(life, complaints);
    const may = complaintMayFollow(life.state).filter((one) => COMPLAINT_EVENTS_OF_HIS.includes(one));
    all.push({
      reference: life.id,
      what: SAYS.complaint(COMPLAINT_KIND_WORDS[life.about]),
      state: COMPLAINT_STATE_WORDS[life.state],
      at: life.opened.at,
      loans: life.debts,
      words: life.opened.words,
      ...(due ? { next: { says: SAYS.answer, on: due.lastOn, source: due.source } } : {}),
      ...(life.opened.holds && isOpenComplaint(life.state)
        ? { rests: { says: partContested(life.opened) === undefined ? SAYS.rests : SAYS.partRests } }
        : {}),
      ...(life.outcome ? { reason: life.outcome.reason } : {}),
      events: life.events.flatMap((fact) => {
        const what = whatHappened(fact);
        return INSIDE.includes(what.type)
          ? []
          : [
              {
                on: fact.dated,
                says: what.type === "escalated" ? wentTo(what.to) : COMPLAINT_EVENT_WORDS[what.type],
                ...("words" in what && what.words ? { words: what.words } : {}),
                ...(what.type === "escalated" && what.reference ? { words: what.reference } : {}),
              },
            ];
      }),
      may: may as readonly RequestAct[],
      version: life.version,
      agreed: false,
      files: life.files.map(documentShown),
      mayAdd: !OVER.includes(life.state),
      ...(may.includes("escalated") ? { further: furtherOf(life, opened.desk, now) } : {}),
    });
  }
  for (const life of hardshipsOf(facts).values()) {
    const due = hardshipDay(life, hardship);
    const loan = files.find(({ id }) => id === life.debt);
    const state = life.state === "proposed" ? "requested" : life.state;
    const standing = planStanding(loan?.stored, life);
    const currency = loan?.product.terms.currency ?? "CNY";
    const may = hardshipMayFollow(life.state).filter((one) => HARDSHIP_EVENTS_OF_HIS.includes(one));
    const until = restsUntil(life, due?.what === "hardship-offer" ? due.lastOn : undefined);
    all.push({
      reference: life.id,
      what: SAYS.help,
      state: HARDSHIP_STATE_WORDS[state],
      at: life.requested.at,
      loans: [life.debt],
      words: life.requested.words,
      ...(due
        ? {
            next: {
              says: due.by === "us" ? SAYS.answer : SAYS.offer,
              on: due.lastOn,
              ...(due.source ? { source: due.source } : {}),
            },
          }
        : {}),
      ...(until === undefined
        ? standing === "kept" || standing === "beginning"
          ? { rests: { says: SAYS.keptRest } }
          : {}
        : { rests: { says: SAYS.rests, until } }),
      ...(life.refused && life.state === "refused" ? { reason: life.refused.reason } : {}),
      events: life.events.flatMap((fact) => {
        const what = whatHappened(fact);
        return INSIDE.includes(what.type)
          ? []
          : [
              {
                on: fact.dated,
                says: HARDSHIP_EVENT_WORDS[what.type],
                ...("words" in what && what.words ? { words: what.words } : {}),
              },
            ];
      }),
      may: may.filter((one) => one !== "accepted") as readonly RequestAct[],
      version: life.version,
      ...(life.offer && life.state !== "proposed"
        ? { offer: { offer: life.offer, currency, decimals: decimalsOf(currency) } }
        : {}),
      agreed: life.offer !== undefined && life.state !== "proposed",
      files: life.files.map(documentShown),
      mayAdd: !OVER.includes(life.state),
      ...(standing && PLANS[standing] ? { plan: PLANS[standing] } : {}),
    });
  }
  const lifted = new Set(
    facts.flatMap((fact) => (fact.kind === "StopLifted" ? [(fact as { of: string }).of.split("/")[0]!] : [])),
  );
  for (const fact of facts)
    if (fact.kind === "WishMade") {
      const made = fact as WishMade;
      all.push({
        reference: made.id,
        what: SAYS.wish(WISH_WORDS[made.wish]),
        state: SAYS.counted,
        at: made.at,
        loans: [made.debt],
        ...(made.words === undefined ? {} : { words: made.words }),
        events: [],
        may: made.wish !== "lift" && made.wish.startsWith("stop") && !lifted.has(made.id) ? ["lift"] : [],
        version: 1,
        agreed: false,
        files: [],
        mayAdd: false,
      });
    }
  return all.sort((a, b) => b.at - a.at);
}

const restsUntil = (life: HardshipLife, offerUntil: Day | undefined): Day | undefined =>
  isRestingHardship(life.state) ? (offerUntil ?? life.requested.restsUntil) : undefined;

/** The agreement behind a request, word for word; what was accepted is kept and no later version of the words changes it. */
export function agreementShown({
  files,
  lender,
  params,
  show,
}: OwnVisit): (AgreementShown & { readonly text: string }) | undefined {
  const facts = files[0]?.ofBorrower.map(({ fact }) => fact) ?? [];
  const life = hardshipsOf(facts).get(params.ref ?? "");
  const file = life && files.find(({ id }) => id === life.debt);
  if (!life || !file || life.state === "proposed") return undefined;
  const language = life.accepted?.language ?? (show.language === "zh" ? "zh-CN" : "en");
  const made = agreementOf(life, { lender, borrower: file.borrower, product: file.product }, language);
  if (!made) return undefined;
  const text = life.accepted?.text ?? agreementText(made);
  return {
    ...made,
    reference: life.id,
    text,
    sha256: sha256Hex(text),
    version: life.version,
    mayAccept: life.state === "offered",
    accepted: life.accepted !== undefined,
  };
}
