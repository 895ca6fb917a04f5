import { jurisdictionLaw, serviceLaw } from "../../../packs/cn/index.ts";
import { formatDay } from "../../core/index.ts";
import { courtsFor, type Jurisdiction } from "../../legal/index.ts";
import { placesOf } from "../../office/advice/case.ts";
import { dayOption, packOf, withBook } from "../../office/book.ts";
import { courtTermsFor } from "../../office/court/terms.ts";
import { courtsJson, type Reach, reachOf, serviceJson } from "../../office/court/where.ts";
import {
  BASIS,
  type Both,
  CONSENT_WORDS,
  courtName,
  MISSING,
  RULE_WORDS,
  STANDING,
} from "../../office/court/where-words.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import { usualDay } from "../../office/loans/shown.ts";
import { loanFile } from "../../store/index.ts";
import { oneWordOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

const TEXT = { type: "string" } as const;
export const whereOptions = {
  "as-of": TEXT,
  lender: TEXT,
  terms: TEXT,
  for: TEXT,
  residence: TEXT,
  since: TEXT,
  accepted: TEXT,
} as const;

/** `arrears court where LOAN`: which courts can hear it, why, and what is missing to be sure. */
export async function whichCourt(asked: Asked, io: Io, place: string): Promise<number> {
  const [, id] = asked.words;
  if (id === undefined) throw new WrongUse(say.missing[io.language]("LOAN", "arrears court where L000123"));
  const { terms } = courtTermsFor(asked.text("terms"), io);
  const kind = oneWordOf(asked.text("for") ?? "suit", ["suit", "payment-order"] as const, "for", io);
  return withBook(place, io, async (db) => {
    const file = await loanFile(db, id, asked.text("lender"));
    if (!file) throw new Declined(say.noLoan[io.language](id));
    const on = dayOption(asked.text("as-of"), "--as-of", io) ?? usualDay(file, io);
    const pack = packOf(file.lender.pack);
    if (file.lender.pack !== "cn" || !pack) throw new Declined(NO_LAW[io.language](file.lender.pack));
    const law = jurisdictionLaw(pack, on);
    if (!law.ok) throw new Declined(law.refusal.says);
    const [area, since, acceptedOn] = [
      asked.text("residence"),
      dayOption(asked.text("since"), "--since", io),
      dayOption(asked.text("accepted"), "--accepted", io),
    ];
    const said = {
      ...(area === undefined ? {} : { residence: { area, ...(since === undefined ? {} : { since }) } }),
      ...(acceptedOn === undefined ? {} : { acceptedOn }),
    };
    const found = courtsFor(
      { ...placesOf({ product: file.product, defendant: file.borrower }, terms, said), for: kind },
      law.value,
    );
    const service = reachOf(file, terms.products[file.product.code], serviceLaw(pack, on));
    io.object({
      loan: file.id,
      lender: file.lender.code,
      asOf: formatDay(on),
      for: kind,
      ...courtsJson(found),
      service: serviceJson(service),
    });
    io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(on)}`);
    tell(found, io);
    tellService(service, io);
    return found.courts.some(({ standing }) => standing === "competent") ? 0 : 1;
  });
}

function tellService({ addresses, consent, forms }: Reach, io: Io): void {
  const { language } = io;
  const words = SERVICE[language];
  const known = Object.entries(addresses).flatMap(([way, value]) =>
    value === undefined ? [] : [words.ways[way as "post"]],
  );
  io.out("");
  io.out(`${words.head}${known.length === 0 ? words.nothing : known.join(language === "zh" ? "、" : ", ")}`);
  if (consent) {
    const { law, at } = consent.source.cite;
    const file = consent.toAddressOnFile ? "" : ` – ${words.otherAddress}`;
    io.out(`${words.consent(consent.proof ?? "")}${file} · ${law} ${at}`);
    return;
  }
  io.out(words.none);
  for (const { form, source } of forms)
    io.out(`   ${CONSENT_WORDS[form][language]} · ${source.cite.law} ${source.cite.at}`);
}

const SERVICE = {
  en: {
    head: "papers can reach him by: ",
    nothing: "no address on file",
    ways: { post: "post", email: "e-mail", phone: "telephone" },
    consent: (clause: string) => `electronic service was agreed before${clause === "" ? "" : ` (${clause})`}`,
    otherAddress: "but not for the address on file: it counts only where he answers or reads it",
    none: "no consent to electronic service is known; any of these would be one:",
  },
  zh: {
    head: "在册送达地址：",
    nothing: "无",
    ways: { post: "邮寄地址", email: "电子邮箱", phone: "电话" },
    consent: (clause: string) => `诉前已约定电子送达${clause === "" ? "" : `（${clause}）`}`,
    otherAddress: "但非在册地址：须其回复或阅知方生效",
    none: "未见电子送达同意；下列任一即可：",
  },
} as const;

function tell({ suit, courts, notes }: Jurisdiction, io: Io): void {
  const { language } = io;
  if (suit === "arbitration") io.out(ARBITRATION[language]);
  courts.forEach((found, i) => {
    io.out("");
    io.out(
      `${i + 1}. ${courtName(found, language)} – ${STANDING[found.standing][language]} (${BASIS[found.basis][language]})`,
    );
    for (const { rule, source } of found.because)
      io.out(`   ${RULE_WORDS[rule][language]} · ${source.cite.law} ${source.cite.at}`);
    for (const missing of found.missing) io.out(`   ! ${MISSING[missing][language]}`);
  });
  if (notes.length > 0) io.out("");
  for (const { rule, source } of notes)
    io.out(`${RULE_WORDS[rule][language]} · ${source.cite.law} ${source.cite.at}`);
}

const ARBITRATION: Both = {
  en: "arbitration was agreed: no court takes a suit",
  zh: "约定了仲裁：法院不受理起诉",
};
const NO_LAW = {
  en: (pack: string) => `the pack ${pack} has no law on which court is competent`,
  zh: (pack: string) => `合规包 ${pack} 没有管辖规定`,
} as const;
