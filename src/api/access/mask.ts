import { maskName } from "../public-letter.ts";

/** What is shown of personal values until somebody asks for them with a reason: enough to tell two people apart on the phone. */
export const masked = {
  name: (value: string): string => maskName(value),
  /** `138****5678`; of short ones only the last two. */
  phone: (value: string): string => {
    const digits = value.replaceAll(/\D/g, "");
    return digits.length >= 10 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`;
  },
  email: (value: string): string => {
    const [name = "", place] = value.split("@");
    return place === undefined ? "****" : `${[...name][0] ?? ""}****@${place}`;
  },
  /** The district at most: the first six characters of a Chinese address, nothing of the street. */
  address: (value: string): string => `${[...value].slice(0, 6).join("")}****`,
  app: (): string => "****",
} as const;

export type PersonalField = keyof typeof masked;
export const PERSONAL_FIELDS = Object.keys(masked) as readonly PersonalField[];

export function maskedPerson(
  row: Readonly<Partial<Record<PersonalField, string | null>>>,
): Record<PersonalField, string | null> {
  return Object.fromEntries(
    PERSONAL_FIELDS.map((field) => {
      const value = row[field];
      return [field, value == null || value === "" ? null : masked[field](value)];
    }),
  ) as Record<PersonalField, string | null>;
}
