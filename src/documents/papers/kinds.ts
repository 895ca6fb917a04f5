import type { Words } from "../../policy/index.ts";
import {
  enforcement,
  enforcementSettlement,
  judicialConfirmation,
  mediation,
  paymentOrder,
  preservationBeforeSuit,
  preservationInSuit,
  settlement,
  withdrawal,
} from "./applications.ts";
import { complaintLoan } from "./complaint.ts";
import { complaintCard } from "./complaint-card.ts";
import type { PaperFacts } from "./facts.ts";
import {
  addressConfirmation,
  authorityGeneral,
  authoritySpecial,
  evidenceCatalogue,
  firmLetter,
  representativeCertificate,
} from "./mandate.ts";
import type { Paper, PaperKind } from "./paper.ts";

interface KindOfPaper {
  readonly kind: PaperKind;
  readonly name: Words;
  readonly compose: (facts: PaperFacts) => Paper;
}

const kind = (of: PaperKind, zh: string, en: string, compose: (facts: PaperFacts) => Paper): KindOfPaper => ({
  kind: of,
  name: { zh, en },
  compose,
});

/** Every paper that can be made, in the order in which a case needs them. */
export const PAPERS: readonly KindOfPaper[] = [
  kind(
    "complaint-loan",
    "民事起诉状（金融借款合同纠纷）",
    "complaint, bank loan, element form",
    complaintLoan,
  ),
  kind("complaint-card", "民事起诉状（信用卡纠纷）", "complaint, credit card, element form", complaintCard),
  kind("payment-order", "支付令申请书", "application for a payment order", paymentOrder),
  kind(
    "preservation-before-suit",
    "诉前财产保全申请书",
    "application to preserve property before a suit",
    preservationBeforeSuit,
  ),
  kind(
    "preservation-in-suit",
    "财产保全申请书",
    "application to preserve property in a suit",
    preservationInSuit,
  ),
  kind("mediation", "调解申请书", "application for mediation", mediation),
  kind(
    "judicial-confirmation",
    "司法确认申请书",
    "application to confirm a mediation agreement",
    judicialConfirmation,
  ),
  kind("enforcement", "强制执行申请书", "application for enforcement", enforcement),
  kind("settlement", "和解协议", "settlement agreement", settlement),
  kind("enforcement-settlement", "执行和解协议", "settlement in enforcement", enforcementSettlement),
  kind("withdrawal", "撤诉申请书", "application to withdraw a suit", withdrawal),
  kind("evidence-catalogue", "证据目录", "catalogue of evidence", evidenceCatalogue),
  kind("authority-general", "授权委托书（一般授权）", "power of attorney, general", authorityGeneral),
  kind("authority-special", "授权委托书（特别授权）", "power of attorney, special", authoritySpecial),
  kind("firm-letter", "律师事务所函", "law firm's letter to the court", firmLetter),
  kind(
    "representative-certificate",
    "法定代表人身份证明书",
    "certificate of the legal representative",
    representativeCertificate,
  ),
  kind(
    "address-confirmation",
    "送达地址确认书",
    "confirmation of the address for service",
    addressConfirmation,
  ),
];
export const PAPER_KINDS: readonly PaperKind[] = PAPERS.map((one) => one.kind);

/**
 * Writes a paper: its fields with their sources, and its words in order.
 *
 * Takes   what is known of the case; nothing is asked of a book here.
 * Holds   what is not known stands as an empty field with why and what to do, and as a blank on the paper; nothing is made up.
 */
export const composePaper = (kind: PaperKind, facts: PaperFacts): Paper =>
  PAPERS.find((one) => one.kind === kind)!.compose(facts);
