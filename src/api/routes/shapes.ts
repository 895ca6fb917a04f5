import { z } from "zod";
import { type Day, formatInstant, parseDay, parseInstant } from "../../core/index.ts";
import { ofSchema } from "../http/said.ts";

/** Texts that come from outside, each with a length: nothing endless is looked up. */
/** One line: no database takes a NUL, and no id, name or cursor has another control character. */
const LINE = /^[^\p{Cc}]+$/u;
export const line = (most: number) => z.string().min(1).max(most).regex(LINE);
export const Id = line(200);
export const Words = z.string().trim().min(1).max(2000);
export const Reason = z
  .string()
  .trim()
  .min(5)
  .max(500)
  .describe("Why, in words; it is kept in the log of accesses");
export const Money = z.string().regex(/^-?\d{1,15}(?:\.\d{1,4})?$/);

/** Beside what is past due, on every screen from which somebody asks for it. */
export const AskedFor = {
  disputed: Money.describe("Of what is past due, or falls due next: contested, and not to be asked for"),
  askable: Money.describe("What a message or a call may ask for: the rest of it"),
};

export const DayText = z
  .string()
  .refine((text) => parseDay(text) !== undefined, ofSchema("a day, as 2026-03-31"))
  .meta({ format: "date" });
export const InstantText = z
  .string()
  .max(40)
  .refine(
    (text) => parseInstant(text) !== undefined,
    ofSchema("an instant with its offset, as 2026-03-31T21:30:00+08:00"),
  )
  .meta({ format: "date-time" });

export const dayOf = (text: string): Day => parseDay(text)!;
export const dayOrNot = (text: string | undefined): Day | undefined =>
  text === undefined ? undefined : dayOf(text);

/** An instant as it is told where no borrower's or lender's zone is at hand. */
export const utc = (at: number): string => formatInstant("UTC", at);
export const utcOrNull = (at: number | null): string | null => (at === null ? null : utc(at));

export const Paging = {
  cursor: z.string().max(400).optional().describe("What `next` of the page before said"),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe("Cursor of the next page; null at the end"),
  });

/** JSON whose members differ from rule to rule and are documented with the command that gives the same. */
export const Loose = z.record(z.string(), z.unknown());

export const DryRun = z
  .enum(["true", "false"])
  .default("false")
  .transform((text) => text === "true")
  .describe("Says what would happen, and does nothing");

/** A sentence in both languages. */
export const Says = z.object({ en: z.string(), zh: z.string() });

export const Cite = z.object({ law: z.string(), at: z.string(), quote: z.string() });

/** Something that was recorded of a person; values of his are within `says` and `saysZh`, masked. */
export const OfPerson = z.object({
  id: z.string(),
  kind: z.string(),
  on: z.string(),
  at: z.string(),
  says: z.string(),
  saysZh: z.string(),
});

export const citeOf = ({ cite }: { readonly cite: z.output<typeof Cite> }): z.input<typeof Cite> => ({
  law: cite.law,
  at: cite.at,
  quote: cite.quote,
});
