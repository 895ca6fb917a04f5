import { dayAt, formatInstant } from "../../core/index.ts";
import { type AgreementLanguage, agreementPaper } from "../../documents/index.ts";
import type { HardshipLife } from "../../legal/index.ts";
import { openPress } from "../../press/index.ts";
import { type AgreementParties, agreementOf, offeredOn } from "./agreement.ts";
import { refusal } from "./desk.ts";

/** The agreement as PDF/A, with when it was accepted and by which hash; refused where nothing was offered, or a character has no glyph. */
export async function agreementPdf(
  life: HardshipLife,
  parties: AgreementParties,
  zone: string,
  language: AgreementLanguage,
) {
  const made = agreementOf(life, parties, language);
  if (!made)
    return { ok: false as const, refusal: refusal("nothing-offered", "nothing was offered yet", "尚无方案") };
  const { accepted } = life;
  const when = accepted && formatInstant(zone, accepted.at);
  const paper = agreementPaper(made, {
    language,
    on: accepted ? dayAt(zone, accepted.at) : offeredOn(life),
    ...(accepted
      ? {
          accepted:
            language === "zh-CN"
              ? `接受时间 ${when}；文本 SHA-256 ${accepted.sha256}`
              : `Accepted ${when}; SHA-256 of the text ${accepted.sha256}`,
        }
      : {}),
  });
  const press = await openPress({ workers: 1 });
  try {
    const printed = await press.paper(paper, parties.lender.name);
    return printed.ok
      ? { ok: true as const, bytes: printed.value.bytes }
      : {
          ok: false as const,
          refusal: refusal(printed.refusal.code, printed.refusal.says, printed.refusal.says),
        };
  } finally {
    await press.close();
  }
}
