import type { Instant } from "../core/index.ts";
import { actorOf, gate, gateFactsOf, type Pack, type ProposedStep } from "../policy/index.ts";
import { handOne } from "./hand-over.ts";
import { channelFor } from "./judge.ts";
import type { ChannelAdapter, Message } from "./types.ts";

/** A code that somebody asked for, to the phone that the book has of him. */
export interface CodeAsked {
  readonly id: string;
  readonly code: string;
  readonly phone: string;
  readonly language: "en" | "zh";
  /** The name in whose brackets it stands, and the lender's code. */
  readonly sign: string;
  readonly lender: string;
  readonly pack: Pack;
  readonly zone: string;
}

export type CodeSent =
  | { readonly sent: true; readonly outcome: "sent" | "unknown" | "failed"; readonly at: Instant }
  | { readonly sent: false; readonly why: string };

/** Carries codes to sign in, and nothing else. */
export interface Courier {
  code(asked: CodeAsked): Promise<CodeSent>;
}

const TEXTS: Readonly<Record<CodeAsked["language"], (sign: string, code: string) => string>> = {
  zh: (sign, code) => `【${sign}】您的验证码是 ${code}，十分钟内有效。请不要告诉任何人。`,
  en: (sign, code) => `【${sign}】Your code is ${code}. It works for ten minutes. Tell it to nobody.`,
};

/**
 * A courier over the channels. He asked for the message this minute, so it is planned by no strategy and waits for no slot; the gate judges it
 * all the same, and a channel takes it only with its permit.
 */
export const courierOf = (channels: readonly ChannelAdapter[], now: () => Instant): Courier => ({
  code: async ({ id, code, phone, language, sign, lender, pack, zone }) => {
    const at = now();
    const text = TEXTS[language](sign, code);
    const step: ProposedStep = {
      kind: "text",
      to: { role: "borrower", address: phone },
      at,
      actor: actorOf(undefined),
      purpose: "sign-in",
      debts: [],
      text,
    };
    const facts = gateFactsOf({
      zone,
      holds: [],
      contacts: [],
      reach: ["text"],
      person: undefined,
      placement: undefined,
      debts: [],
      lenderKind: undefined,
    });
    const { permit, verdict } = gate(pack, step, facts);
    if (!permit) return { sent: false, why: verdict };
    const message: Message = {
      id,
      via: "text",
      to: phone,
      language,
      what: "sign-in-code",
      text,
      loans: [],
      lender,
    };
    if (!channelFor(channels, message)) return { sent: false, why: "no-channel" };
    const { outcome } = await handOne(channels, permit, message);
    return { sent: true, outcome: outcome === "sent" || outcome === "failed" ? outcome : "unknown", at };
  },
});
