import { allow, askPerson, forbid, rule } from "../../../src/policy/index.ts";
import { answered, COLLECTORS, CONSUMERS, isCovered, US_FIRST_DAY } from "../scope.ts";

/**
 * Letters, visits and landlines are tied to a place; e-mail, texts and mobiles are not. A call that names no place is one to a
 * mobile; a letter or visit that names none asks.
 */
export const inconvenientPlaces = rule({
  id: "us/inconvenient-places",
  says: {
    en: "No letter, visit or landline call to a place that the consumer said does not suit him.",
    zh: "消费者表示不便的地点，不得寄信、上门或者拨打该处固定电话。",
  },
  cite: {
    law: "us/reg-f-1006-6",
    at: "1006.6(b)(1)(ii)",
    quote: "at a place that the debt collector knows or should know is inconvenient to the consumer",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: ["call", "visit", "letter", "post"],
  binds: COLLECTORS,
  persons: CONSUMERS,
  covers: isCovered,
  needs: ["inconvenient"],
  check: ({ step, facts }) => {
    const places = facts.inconvenient!.flatMap(({ place }) => place ?? []);
    if (places.length === 0) return allow();
    const { place } = step.to;
    if (place === undefined && step.kind !== "call") {
      return askPerson({ en: "Which place this reaches is not known.", zh: "该联系送达何处不明。" });
    }
    if (place === undefined || !places.includes(place) || answered(step, facts)) return allow();
    return forbid(
      {
        en: `He said that his ${place} does not suit him.`,
        zh: `消费者已表示该地点（${place === "home" ? "住所" : "工作单位"}）不便。`,
      },
      "never",
    );
  },
});
