import type { LetterWay } from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import type { LimitationRule, Proof, ProofGrade, RestartKind } from "./limitation.ts";
import type { Source } from "./source.ts";

/** How a letter's way ended, as far as anybody knows. */
export type DeliveryOutcome = "sent" | "delivered" | "refused" | "returned";
export const DELIVERY_OUTCOMES: readonly DeliveryOutcome[] = ["sent", "delivered", "refused", "returned"];

const RESTARTS: Readonly<Record<LetterWay, RestartKind>> = {
  post: "letter",
  email: "message",
  portal: "message",
  "in-person": "demand-in-person",
};

/** What is stated of each way and end. Where it says practice, no text was read that says so. */
const SAYS: Readonly<Record<LetterWay, Readonly<Record<DeliveryOutcome, Words>>>> = {
  post: {
    sent: {
      en: "the posting is on record, the arrival is not",
      zh: "有交寄记录，无到达记录",
    },
    delivered: {
      en: "the carrier's record of delivery shows that the letter reached him",
      zh: "承运方的投递记录证明信件到达",
    },
    refused: {
      en: "whether a refused letter should have reached him is for a court; an agreement on where to deliver makes it likelier (practice)",
      zh: "拒收是否视为“应当到达”由法院认定；有送达地址约定的较易认定（实务）",
    },
    returned: {
      en: "whether a returned letter should have reached him is for a court; an agreement on where to deliver makes it likelier (practice)",
      zh: "退回是否视为“应当到达”由法院认定；有送达地址约定的较易认定（实务）",
    },
  },
  email: {
    sent: { en: "handed to his mail server, without more", zh: "已交其邮件服务器，无其他记录" },
    delivered: {
      en: "the server's receipt shows that the message entered his mailbox, not that he read it (practice)",
      zh: "服务器回执证明邮件进入其邮箱，不证明已阅读（实务）",
    },
    refused: { en: "he sent it back or refused it", zh: "对方退回或拒收" },
    returned: { en: "it bounced: it did not reach him", zh: "被退信，未到达" },
  },
  portal: {
    sent: { en: "he was told that it waits for him", zh: "已通知其查阅" },
    delivered: {
      en: "opened in the portal by somebody who was authenticated as him; how he was is part of the record (practice)",
      zh: "经身份验证后在门户打开，验证方式随记录保存（实务）",
    },
    refused: { en: "he declined to open it", zh: "拒绝查阅" },
    returned: { en: "it could not be shown to him", zh: "未能展示" },
  },
  "in-person": {
    sent: { en: "somebody went, without more", zh: "已派人送交，无其他记录" },
    delivered: {
      en: "handed to him; his signature, or other proof of arrival, is on record",
      zh: "当面送交，有签收或其他到达凭证",
    },
    refused: {
      en: "he would not take it; who was there is on record (practice)",
      zh: "拒绝接收，在场人员有记录（实务）",
    },
    returned: { en: "he was not met", zh: "未见到本人" },
  },
};

/** What a delivery, or its failure, proves towards limitation. */
export interface DeliveryValue {
  readonly restart: RestartKind;
  readonly proof: Proof;
  /** `holds` restarts limitation in the worst case too; `doubtful` only in the usual one; `nothing` not at all. */
  readonly grade: ProofGrade;
  readonly says: Words;
  /** The text by which the way restarts limitation, and the house rule on what is proved. */
  readonly sources: readonly Source[];
}

/** The proof that a way and its end make, in the words of the limitation clock. */
export function proofOfDelivery(
  way: LetterWay,
  outcome: DeliveryOutcome,
  receivedBy?: string,
): { readonly restart: RestartKind; readonly proof: Proof } {
  const restart = RESTARTS[way];
  if (outcome === "delivered" && way === "in-person")
    return { restart, proof: receivedBy === undefined ? "delivered" : "signed" };
  if (outcome === "delivered") return { restart, proof: way === "portal" ? "read" : "delivered" };
  // What bounced is known not to have arrived; what the post brought back may have been his to take.
  if (outcome === "returned" && way !== "post") return { restart, proof: "failed" };
  return { restart, proof: outcome };
}

/** What a delivery is worth in law: only where it `holds` does it interrupt limitation in the worst case. */
export function deliveryValue(
  way: LetterWay,
  outcome: DeliveryOutcome,
  rule: LimitationRule,
  receivedBy?: string,
): DeliveryValue {
  const { restart, proof } = proofOfDelivery(way, outcome, receivedBy);
  return {
    restart,
    proof,
    grade: rule.proofs.grade[proof],
    says: SAYS[way][outcome],
    sources: [rule.restarts[restart].source, rule.proofs.source],
  };
}
