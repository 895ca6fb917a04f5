import type { Limits } from "../house/tighten.ts";

/** What a lender's own hours are held against. The caps on calls stand over a week, which no setting of a day loosens. */
export const US_LIMITS: Limits = {
  quietHours: [],
  openHours: ["contact.hours", "contact.hours.house"],
  connectedADay: [],
  attemptsANumberADay: [],
};
