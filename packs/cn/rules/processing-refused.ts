import { askPerson, rule } from "../../../src/policy/index.ts";
import { borrowersStops } from "../../facts.ts";

/** The right to limit or refuse ends where another law provides otherwise: reporting is a duty of lenders. So a refusal asks a
 * person, who knows which of the two it meets. */
export const processingRefused = rule({
  id: "cn/processing-refused",
  says: {
    en: "Where the person refused that his data be handed on, a person decides before a bureau report.",
    zh: "个人限制或者拒绝处理其个人信息的，报送征信前须由人工决定。",
  },
  cite: {
    law: "cn/personal-information-law",
    at: "art. 44",
    quote: "有权限制或者拒绝他人对其个人信息进行处理",
  },
  layer: "law",
  force: "law",
  verification: "verified",
  from: "2025-02-28",
  governs: ["bureau"],
  covers: ({ step, facts }) => borrowersStops(step, facts).some(({ kinds }) => kinds?.includes("bureau")),
  needs: [],
  check: () => askPerson({ en: "He refused that his data be handed on.", zh: "个人已拒绝提供其个人信息。" }),
});
