import { allowWithRisk, rule } from "../../../src/policy/index.ts";
import { COLLECTORS } from "../scope.ts";

/**
 * A third layer, beside law and house. The carriers' own conditions were not seen, and a collector may have other terms with
 * its provider: the text passes with its risk on record. Whoever sends by such a programme makes a house rule of it.
 */
export const carrierTexts = rule({
  id: "us/carrier-texts",
  says: {
    en: "Carriers' programmes refuse texts of third-party debt collectors: such a text may be blocked and its number lost.",
    zh: "美国运营商的短信项目拒绝第三方催收短信：此类短信可能被拦截，号码可能被停用。",
  },
  cite: {
    law: "us/carrier-texts",
    at: "30863",
    quote: "Don't use SMS or MMS for third-party debt collection",
  },
  layer: "provider",
  force: "self-regulation",
  verification: "verified-press",
  from: "2024-01-31",
  governs: ["text"],
  binds: COLLECTORS,
  needs: [],
  check: () =>
    allowWithRisk({
      en: "Carriers refuse texts that collect for somebody else; this one may be blocked.",
      zh: "运营商不接受代他人催收的短信，本条可能被拦截。",
    }),
});
