import type { Limits } from "../house/tighten.ts";

/** What a lender's own hours and caps are held against. A rule that only asks a person is a limit all the same. */
export const CN_LIMITS: Limits = {
  quietHours: ["contact.quiet-hours", "contact.quiet-hours.consent"],
  openHours: [],
  connectedADay: ["contact.call-cap.notice-voice", "contact.call-cap.interactive"],
  attemptsANumberADay: ["contact.attempt-cap"],
};
