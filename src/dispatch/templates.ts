import { NotHandedOver } from "./trouble.ts";
import type { Draft, Message } from "./types.ts";
import { type Figure, figuresOf, type Owed } from "./words.ts";

/**
 * A text that a carrier has approved beforehand. What is sent is its code and the figures; the carrier puts them together.
 * So that what it sends is what was judged, the same text stands here, word for word.
 */
export interface Template {
  /** Which messages it is for, by the word in the strategy. */
  readonly what: string;
  readonly language: "en" | "zh";
  /** Before the due day, or after it; both where absent. */
  readonly when?: "before" | "overdue";
  /** The carrier's name for it. */
  readonly code: string;
  /** With `{amount}` and the like in place of figures. */
  readonly text: string;
  /** Figures in the order in which the carrier numbers them; in the order of the text where absent. */
  readonly params?: readonly Figure[];
}

export interface Approved {
  /** The approved name in whose brackets the carrier sets each message. */
  readonly sign: string;
  readonly templates: readonly Template[];
}

const PLACE = /\{(\w+)\}/g;

export const figuresNamed = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name]) => name!);

export function templateFor(
  { templates }: Approved,
  { what, language, owed }: Pick<Draft, "what" | "language" | "owed">,
): Template | undefined {
  const when = owed.dpd > 0 ? "overdue" : "before";
  return templates.find(
    (one) => one.what === what && one.language === language && (one.when === undefined || one.when === when),
  );
}

/** The whole text as the person will read it, the carrier's brackets included. */
export function wordsOf(approved: Approved, draft: Draft): string | undefined {
  const template = templateFor(approved, draft);
  return template && filled(approved, template, draft.owed);
}

const filled = (approved: Approved, { text }: Template, owed: Owed): string => {
  const figures = figuresOf(owed);
  return `【${approved.sign}】${text.replace(PLACE, (_, name: Figure) => figures[name])}`;
};

/** What a message is sent with. Throws `NotHandedOver` where no template gives the very text that was judged. */
export function sendable(
  approved: Approved,
  message: Message,
): { readonly template: Template; readonly figures: Readonly<Record<string, string>> } {
  const { owed } = message;
  const template = owed && templateFor(approved, { ...message, owed });
  if (!owed || !template)
    throw new NotHandedOver(`no approved template for ${message.what} in ${message.language}`);
  if (filled(approved, template, owed) !== message.text)
    throw new NotHandedOver(`the template ${template.code} does not give the text that was judged`);
  const all = figuresOf(owed);
  const named = template.params ?? (figuresNamed(template.text) as Figure[]);
  return { template, figures: Object.fromEntries(named.map((name) => [name, all[name]])) };
}
