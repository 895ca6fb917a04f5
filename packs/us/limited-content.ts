/**
 * A limited-content message: a voicemail that says so little that it is no communication. It counts as a call and needs no
 * disclosure of a collector. As data, because only what stands here may be said.
 *
 * Source  12 CFR 1006.2(j).
 */
export interface LimitedContentMessage {
  /** A name of the business that does not show collection. */
  readonly business: string;
  /** Who can be reached: natural persons. */
  readonly persons: readonly string[];
  readonly phones: readonly string[];
  readonly asksForReply: boolean;
  readonly salutation?: string;
  readonly saidAt?: string;
  readonly suggestedTimes?: string;
  /** "any of our representatives": the words, and no description of the group. */
  readonly anyRepresentative?: boolean;
  /** Anything else that is said. */
  readonly other?: string;
  /** Whether it is left for the consumer, and not knowingly for somebody else. */
  readonly forConsumer: boolean;
}

const SHOWS_COLLECTION = /collect|debt|recover|arrears|receivable/i;

/** Why a voicemail is no limited-content message; nothing: it is one. */
export function notLimitedBecause(message: LimitedContentMessage): string | undefined {
  if (!message.forConsumer) return "it is left for somebody other than the consumer";
  if (message.business.trim() === "") return "it names no business";
  if (SHOWS_COLLECTION.test(message.business)) return "the name of the business shows that it collects debts";
  if (message.persons.length === 0) return "it names no natural person";
  if (message.phones.length === 0) return "it gives no number";
  if (!message.asksForReply) return "it does not ask for a reply";
  if (message.other !== undefined) return `it says more than it may: ${message.other}`;
  return undefined;
}

/** The words, in the order of the comment's first example. */
export function wordsOf(message: LimitedContentMessage): string {
  const { business, persons, phones, salutation, saidAt, suggestedTimes, anyRepresentative } = message;
  const who = [persons[0], ...persons.slice(1)].map((name, at) => (at === 0 ? "me" : name));
  if (anyRepresentative === true) who.push("any of our representatives");
  const whom = who.length === 1 ? who[0] : `${who.slice(0, -1).join(", ")} or ${who[who.length - 1]}`;
  return [
    `${salutation === undefined ? "" : `${salutation}, t`}${salutation === undefined ? "T" : ""}his is ${persons[0]} calling from ${business}.`,
    ...(saidAt === undefined ? [] : [`It is ${saidAt}.`]),
    `Please contact ${whom} at ${phones.join(" or ")}${suggestedTimes === undefined ? "" : ` ${suggestedTimes}`}.`,
  ].join(" ");
}

const NAME = "[A-Z][\\w.'&-]*(?: [A-Z][\\w.'&-]*){0,4}";
const PHONE = "\\+?[\\d(][\\d() -]{5,18}\\d";
const WHEN_WORDS =
  "a\\.m\\.|p\\.m\\.|am|pm|noon|today|tomorrow|any|every|weekday|weekdays|on|at|or|and|from|to|until|between|before|after|" +
  "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October|" +
  "November|December|(?:Eastern|Central|Mountain|Pacific|Alaska|Hawaii)(?: time)?|\\d{1,2}(?::\\d\\d|st|nd|rd|th)?|\\d{4}";
const WHEN = `(?:${WHEN_WORDS})(?:,? (?:${WHEN_WORDS}))*`;
const WORDS_OF_ONE = new RegExp(
  `^(?:(?:Hi|Hello|Dear|Good morning|Good afternoon|Good evening)(?: ${NAME})?, t|T)his is (?<person>${NAME}) ` +
    `calling from (?<business>${NAME})\\. (?:It is ${WHEN}\\. )?Please contact me(?:, ${NAME})*` +
    `(?:,? or (?:${NAME}|any of our (?:representatives|associates)))? at ${PHONE}(?: or ${PHONE})*(?: ${WHEN})?\\.$`,
);

/**
 * Whether words are those of a message of limited content, as `wordsOf` writes them: the form of the comment's examples
 * and nothing else, so that a message that might say more is taken for a communication.
 */
export function isLimitedContent(text: string): boolean {
  const found = text.length <= LONGEST ? WORDS_OF_ONE.exec(text.trim()) : null;
  return found !== null && !SHOWS_COLLECTION.test(text);
}

/** Longer than any such message needs to be. */
const LONGEST = 500;
