import { CONTACT_KINDS, rule } from "../../../src/policy/index.ts";
import { US_FIRST_DAY } from "../scope.ts";
import { judgeStops } from "./stopped-medium.ts";

/** A lender that collects for itself; those whom the regulation binds have its rule. */
export const houseStops = rule({
  id: "house/us-stops",
  says: {
    en: "A lender too honours a wish that a way or an address not be used, at once.",
    zh: "出借人自行催收的，同样立即遵从不使用某一方式或者地址的要求。",
  },
  cite: {
    law: "house/us-collection",
    at: "stops",
    quote: "A wish that a way or an address not be used is honoured at once, by whoever acts.",
  },
  layer: "house",
  force: "house rule",
  verification: "house",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: ["lender"],
  needs: ["stops", "contacts"],
  check: (context) => judgeStops(context),
});
