import type { LenderParty, PersonParty } from "./facts.ts";
import type { Asked, Form } from "./form.ts";

/**
 * The fields of the two parties: key, label, where each stands, and whether a paper can be filed without it. A paper asks for those that it
 * has, in its own order; `cite` is the sentence by which it must have them.
 */

/** The claimant as an organisation. */
export function lenderFields(form: Form, lender: LenderParty, cite?: string) {
  const at = (key: string, gloss: string, need: Asked["need"] = "stops"): Asked => ({
    gloss,
    need,
    ...(cite === undefined ? {} : { cite }),
    home: { from: "lender", at: `lender.${key}` },
  });
  return {
    at,
    name: () => form.text("plaintiff.name", "名称", lender.name, at("name", "name")),
    address: (label: string) =>
      form.text("plaintiff.address", label, lender.address, at("address", "place of business")),
    creditCode: () =>
      form.text(
        "plaintiff.credit-code",
        "统一社会信用代码",
        lender.creditCode,
        at("credit_code", "unified social credit code", "warn"),
      ),
    representative: () =>
      form.text(
        "plaintiff.representative",
        "法定代表人/负责人",
        lender.representative,
        at("representative", "legal representative"),
      ),
    representativeTitle: () =>
      form.text(
        "plaintiff.representative-title",
        "职务",
        lender.representativeTitle,
        at("representative_title", "his office"),
      ),
    phone: () => form.text("plaintiff.phone", "联系电话", lender.phone, at("phone", "telephone")),
  };
}

/** The defendant as a natural person. `cite` is asked for each need: what stops a paper may rest on another sentence than what does not. */
export function personFields(form: Form, person: PersonParty, cite?: (need: Asked["need"]) => string) {
  const at = (
    column: string,
    gloss: string,
    need: Asked["need"],
    from: Asked["home"]["from"] = "particulars",
  ): Asked => ({
    gloss,
    need,
    ...(cite === undefined ? {} : { cite: cite(need) }),
    home: { from, at: column },
  });
  return {
    at,
    name: () => form.text("defendant.name", "姓名", person.name, at("name", "name", "stops", "person")),
    bornOn: () =>
      form.day("defendant.born-on", "出生日期", person.bornOn, at("born_on", "day of birth", "warn")),
    ethnicity: () =>
      form.text(
        "defendant.ethnicity",
        "民族",
        person.ethnicity,
        at("ethnicity", "ethnic group", "may-be-empty"),
      ),
    registered: (label: string, gloss: string) =>
      form.text("defendant.registered", label, person.registered, at("registered_address", gloss, "stops")),
    habitual: () =>
      form.text(
        "defendant.habitual",
        "经常居住地",
        person.habitual,
        at("habitual_address", "habitual residence", "may-be-empty"),
      ),
    idType: () =>
      form.text(
        "defendant.id-type",
        "证件类型",
        person.idType,
        at("id_type", "kind of identity paper", "warn"),
      ),
    idNumber: () =>
      form.text("defendant.id-number", "证件号码", person.idNumber, at("id_number", "its number", "stops")),
    phone: () =>
      form.text("defendant.phone", "联系电话", person.phone, at("phone", "telephone", "warn", "person")),
  };
}
