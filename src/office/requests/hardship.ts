import {
  addDays,
  type Day,
  decimalsOf,
  type Fact,
  formatDay,
  type HardshipEvent,
  type HardshipReason,
  type HardshipRequested,
  type HouseholdTold,
  isPersonFact,
  type Key,
  type Minor,
  personOf,
  type RequestChannel,
} from "../../core/index.ts";
import type { AgreementLanguage } from "../../documents/index.ts";
import { type HardshipLife, hardshipsOf, isRestingHardship, mayMoveHardship } from "../../legal/index.ts";
import { type DeskPerson, type RequestWish, sha256Hex } from "../../store/index.ts";
import { CHANGED_MEANWHILE } from "../refusal-words.ts";
import { acceptedText, offeredOn } from "./agreement.ts";
import type { MoveAsked } from "./complaints.ts";
import {
  bookedOn,
  decideAt,
  findRequest,
  ownerOfLoans,
  placing,
  type RequestDesk,
  type RequestOutcome,
  refusal,
  refusedOutcome,
} from "./desk.ts";
import { hardshipRow, watch, written } from "./hardship-written.ts";
import {
  type CheckScene,
  needsSecond,
  type OfferAsked,
  offerBy,
  stillHolds,
  surplusTold,
  waysFor,
} from "./offers.ts";

export interface HardshipAsked {
  readonly loan: string;
  readonly reasons: readonly HardshipReason[];
  readonly words: string;
  readonly channel: RequestChannel;
  readonly receivedOn?: Day;
  readonly household?: HouseholdTold;
  readonly wish?: Minor;
}

/** Takes a request for help: confirmed at once, and collection rests from this minute on. */
export async function requestHardship(
  desk: RequestDesk,
  asked: HardshipAsked,
  dryRun: boolean,
  owner?: Key,
): Promise<RequestOutcome<HardshipLife>> {
  const id = desk.reference("H");
  const whose = await ownerOfLoans(desk, [asked.loan], owner);
  if ("refusal" in whose) return refusedOutcome(id, whose.refusal);
  return decideAt(
    desk,
    whose.owner,
    id,
    (person, lender): { wish?: RequestWish; told: RequestOutcome<HardshipLife> } => {
      const no = (code: string, en: string, zh: string) => ({
        told: refusedOutcome(id, refusal(code, en, zh)),
      });
      const loan = person.loans.find((one) => one.id === asked.loan)!;
      if (loan.loan.status !== "open" && loan.loan.status !== "written-off")
        return no(
          "nothing-owed",
          `${asked.loan} is ${loan.loan.status}: nothing is owed on it`,
          `${asked.loan} 已无欠款`,
        );
      const before = [...hardshipsOf(person.facts).values()].find(
        (life) => life.debt === asked.loan && isRestingHardship(life.state),
      );
      if (before)
        return no(
          "already-asked",
          `${before.id} about this loan is not answered yet; add to it`,
          `该笔贷款的申请 ${before.id} 尚在办理，请补充材料`,
        );
      const receivedOn = asked.receivedOn ?? person.today;
      if (receivedOn > person.today)
        return no(
          "future-day",
          `${formatDay(receivedOn)} is still to come`,
          `${formatDay(receivedOn)} 尚未到来`,
        );
      const on = bookedOn(person, lender);
      const restsUntil = addDays(Math.max(receivedOn, on) as Day, desk.hardship.restDays);
      const { household, wish } = asked;
      const fact: HardshipRequested = {
        kind: "HardshipRequested",
        on,
        at: desk.now,
        id,
        by: desk.by,
        receivedOn,
        channel: asked.channel,
        debt: asked.loan,
        about: asked.reasons,
        words: asked.words,
        ...(household === undefined ? {} : { household }),
        ...(wish === undefined ? {} : { wish }),
        restsUntil,
      };
      const life = hardshipsOf([fact]).get(id)!;
      return {
        wish: {
          facts: [fact],
          rows: [hardshipRow(desk, life)],
          watch: [watch(desk, person, lender, life)],
          events: placing(person, lender, {
            id: `${id}/hold`,
            debt: asked.loan,
            kind: "hardship",
            until: restsUntil,
          }),
        },
        told: { done: true, known: false, value: life },
      };
    },
    dryRun,
  );
}

/** An event of a request as it is asked for: an offer is computed, an acceptance is of a text. */
export type HardshipWished =
  | Exclude<HardshipEvent, { type: "proposed" | "offered" | "accepted" | "started" }>
  | { readonly type: "offer"; readonly asked: OfferAsked; readonly reason: string }
  | { readonly type: "approve" }
  | {
      readonly type: "accept";
      readonly language: AgreementLanguage;
      readonly sha256: string;
      readonly how: "electronic" | "paper" | "call";
    };

/** Records what happened to a request; an acceptance goes into the ledger, and the plan is watched from then on. */
export async function moveHardship(
  desk: RequestDesk,
  ref: string,
  wished: HardshipWished,
  asked: MoveAsked,
  dryRun: boolean,
): Promise<RequestOutcome<HardshipLife>> {
  const found = await findRequest(desk, ref, asked.owner);
  if (!found) return noSuchRequest(ref);
  return decideAt(
    desk,
    found.owner,
    found.id,
    (person, lender): { wish?: RequestWish; told: RequestOutcome<HardshipLife> } => {
      const life = hardshipsOf(person.facts).get(found.id);
      if (!life) return { told: noSuchRequest(ref) };
      const no = (code: string, en: string, zh: string) => ({
        told: refusedOutcome(life.id, refusal(code, en, zh)),
      });
      if (asked.version !== undefined && asked.version !== life.version)
        return { told: refusedOutcome(life.id, CHANGED_MEANWHILE) };
      const dated = asked.dated ?? person.today;
      if (dated > person.today)
        return no("future-day", `${formatDay(dated)} is still to come`, `${formatDay(dated)} 尚未到来`);
      const made = eventOf(desk, person, life, wished);
      if (!("type" in made)) return { told: refusedOutcome(life.id, made) };
      const text = made.type === "accepted" ? acceptedText(person, lender, life, made.language) : undefined;
      const trouble = mayMoveHardship(life, made, {
        dated,
        by: desk.by,
        ...(text === undefined ? {} : { sha256: sha256Hex(text) }),
      });
      if (trouble) return { told: refusedOutcome(life.id, trouble) };
      if (
        BEGINS.includes(made.type) &&
        !stillHolds(sceneOf(desk, person, life), life.offer!, offeredOn(life), person.today)
      )
        return no(
          "hardship-books-changed",
          "something was paid or charged since the offer was made: its table is not right any more; ask for a new one",
          "提出方案后账务已有变动，方案金额不再适用，请重新提出方案",
        );
      return written(desk, person, lender, life, made, dated);
    },
    dryRun,
  );
}

/** Events after which the plan may stand in the ledger. */
const BEGINS: readonly HardshipEvent["type"][] = ["accepted", "consented", "unconsented"];

const noSuchRequest = (ref: string) =>
  refusedOutcome(
    ref,
    refusal(
      "no-such-request",
      `no request ${ref}; arrears hardship list shows them`,
      `没有申请 ${ref}；arrears hardship list 可查`,
    ),
  );

export const sceneOf = (desk: RequestDesk, person: DeskPerson, life: HardshipLife): CheckScene => {
  const loan = person.loans.find(({ id }) => id === life.debt)!;
  return {
    facts: loan.facts,
    product: loan.product,
    pack: desk.pack,
    law: desk.hardship,
    today: person.today,
    surplus: surplusTold(life.household)?.amount,
    guarantor: guarantorOf(person.facts, life.debt),
  };
};

/** Who answers for a loan, as it was recorded of its borrower. */
export const guarantorOf = (facts: readonly Fact[], debt: string): string | undefined =>
  personOf(facts.filter(isPersonFact)).guarantors.find((one) => one.debt === debt)?.name;

/** The event with what has to be computed for it, or the reason why it cannot be. */
function eventOf(desk: RequestDesk, person: DeskPerson, life: HardshipLife, wished: HardshipWished) {
  switch (wished.type) {
    case "offer": {
      const loan = person.loans.find(({ id }) => id === life.debt)!;
      if (loan.loan.extra?.plan?.state === "kept")
        return refusal("plan-runs", "a plan of this loan is kept already", "该笔贷款已有分期协议正在履行");
      const scene = sceneOf(desk, person, life);
      const made = offerBy(scene, wished.asked);
      if (!made.ok) return made.refusal;
      const ways = waysFor(scene);
      const two =
        !ways.ok ||
        needsSecond(ways.value, made.offer, desk.hardship, decimalsOf(loan.product.terms.currency));
      return two
        ? ({ type: "proposed", offer: made.offer, reason: wished.reason } as const)
        : ({ type: "offered", offer: made.offer } as const);
    }
    case "approve":
      return life.offer
        ? ({
            type: "offered",
            offer: life.offer,
            ...(life.proposedBy ? { approves: life.proposedBy } : {}),
          } as const)
        : refusal("hardship-nothing-proposed", "nothing waits for a second person", "没有待复核的方案");
    case "accept": {
      const { language, sha256, how } = wished;
      const text = acceptedText(person, desk.lender, life, language);
      return { type: "accepted", text: text ?? "", sha256, language, how } as const;
    }
    case "unconsented":
      return desk.hardship.guarantee.length === 0
        ? refusal(
            "hardship-consent-needed",
            "no text was read that says what a guarantor answers for without his consent: it has to be given",
            "未读到保证人未同意时责任范围的规定：须取得其同意",
          )
        : wished;
    default:
      return wished;
  }
}
