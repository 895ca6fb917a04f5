import { isInside } from "../../../src/core/index.ts";
import { rule } from "../../../src/policy/index.ts";
import { minuteThere, spanOf } from "../../clock.ts";
import { TIMED, US_FIRST_DAY } from "../scope.ts";
import { judgeHours } from "./contact-hours.ts";

/** The two edges that the regulation leaves open, and a lender that collects for itself, whom it does not bind. */
export const houseHours = rule({
  id: "house/us-hours",
  says: {
    en: "Contacts begin from 08:00:00 and before 21:00:00 where the person is or may be, whoever makes them.",
    zh: "无论由谁联系，均须在对方所在地（含可能所在地）08:00:00起、21:00:00前开始。",
  },
  cite: {
    law: "house/us-collection",
    at: "hours",
    quote: "Nobody is called, texted, mailed electronically or visited before 08:00:00 or from 21:00:00 on",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: US_FIRST_DAY,
  governs: TIMED,
  needs: ["borrowerZone"],
  params: ["contact.hours.house"],
  check: (context) => {
    const hours = spanOf(context.param("contact.hours.house"));
    return judgeHours(context, (zone, at) => isInside(hours, minuteThere(zone, at)), hours);
  },
});
