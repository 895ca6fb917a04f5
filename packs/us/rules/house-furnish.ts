import { rule } from "../../../src/policy/index.ts";
import { COLLECTORS, isCovered, US_FIRST_DAY } from "../scope.ts";
import { judgeFurnish } from "./furnish.ts";

/** The comment's "14 consecutive days after" against its examples' 1 to 14 May: the longer. */
export const houseFurnish = rule({
  id: "house/us-furnish",
  says: {
    en: "Information goes to a bureau from the sixteenth day on, the day of mailing being the first.",
    zh: "寄出当日为第一日，自第十六日起方可报送。",
  },
  cite: {
    law: "house/us-collection",
    at: "furnishing",
    quote: "Information goes to a bureau from the sixteenth day on, the day of mailing being the first.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: US_FIRST_DAY,
  governs: ["bureau"],
  binds: COLLECTORS,
  covers: isCovered,
  needs: ["borrowerZone", "contacts", "notices"],
  params: ["furnish.from-day"],
  check: (context) => judgeFurnish(context, context.param<{ day: number }>("furnish.from-day").day - 1),
});
