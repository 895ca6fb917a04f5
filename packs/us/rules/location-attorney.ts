import { allow, CONTACT_KINDS, forbid, rule } from "../../../src/policy/index.ts";
import { COLLECTORS, isCovered, OTHERS_BUT_ATTORNEY, US_FIRST_DAY } from "../scope.ts";

export const locationAttorney = rule({
  id: "us/location-attorney",
  says: {
    en: "Once the consumer is known to have an attorney, nobody but that attorney is asked where he is.",
    zh: "已知消费者委托律师后，查询其下落只能向该律师提出。",
  },
  cite: {
    law: "us/reg-f-1006-10",
    at: "1006.10(b)",
    quote: "not communicate with any person other than that attorney",
  },
  layer: "law",
  force: "departmental rule",
  verification: "verified",
  from: US_FIRST_DAY,
  governs: CONTACT_KINDS,
  binds: COLLECTORS,
  purposes: ["locate"],
  persons: OTHERS_BUT_ATTORNEY,
  covers: isCovered,
  needs: ["attorney"],
  check: ({ facts }) => {
    const { known, answers } = facts.attorney!;
    if (!known || answers === false) return allow();
    return forbid(
      { en: "An attorney speaks for him: ask the attorney.", zh: "消费者已委托律师，应向律师查询。" },
      "never",
    );
  },
});
