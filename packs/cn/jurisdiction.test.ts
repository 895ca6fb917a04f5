import { describe, expect, test } from "vitest";
import { CONSENT_FORMS, day, formatDay } from "../../src/core/index.ts";
import {
  type AgreedClause,
  type AgreedCourt,
  courtsFor,
  type JurisdictionAsked,
  type ServiceAsked,
  type ServiceTry,
  served,
} from "../../src/legal/index.ts";
import { loadPack } from "../load.ts";
import { jurisdictionLaw, serviceLaw } from "./jurisdiction.ts";

const pack = loadPack("cn");
const lawOn = (on: string) => {
  const found = jurisdictionLaw(pack, day(on));
  if (!found.ok) throw new Error(found.refusal.says);
  return found.value;
};

const NANSHAN = "广东省深圳市南山区";
const COURTS = { [NANSHAN]: "深圳市南山区人民法院", 湖南省长沙市岳麓区: "长沙市岳麓区人民法院" };
const loan = (more: Partial<JurisdictionAsked> = {}): JurisdictionAsked => ({
  for: "suit",
  defendants: [{ domicile: "湖南省长沙市岳麓区" }],
  lenderArea: NANSHAN,
  courts: COURTS,
  ...more,
});
const clause = (court: AgreedCourt, more: Partial<AgreedClause> = {}): AgreedClause => ({
  inWriting: true,
  courts: [court],
  pointedOut: true,
  ...more,
});
const shown = (asked: JurisdictionAsked, on = "2026-11-26") =>
  courtsFor(asked, lawOn(on)).courts.map(
    ({ basis, standing, court, missing }) =>
      `${basis} ${standing} ${court ?? "-"}${missing.length > 0 ? ` (${missing.join(", ")})` : ""}`,
  );

describe("which court hears a loan case", () => {
  test("without a clause: where the defendant lives, or where the money is received (CPL 22, 24; interpretation 18)", () => {
    expect(shown(loan())).toEqual([
      "defendant competent 长沙市岳麓区人民法院",
      "performance competent 深圳市南山区人民法院",
    ]);
  });

  // Interpretation art. 4: a year without a break, by the day of filing.
  test.each([
    ["2025-11-26", "defendant competent 深圳市南山区人民法院"],
    ["2025-11-27", "defendant competent 长沙市岳麓区人民法院"],
  ])("somebody who lives elsewhere since %s is sued there only after a year: %s", (since, first) => {
    const defendants = [{ domicile: "湖南省长沙市岳麓区", habitual: { area: NANSHAN, since: day(since) } }];
    expect(shown(loan({ defendants }))[0]).toBe(first);
  });

  test("what is not known is asked for and not guessed", () => {
    const { lenderArea: _, ...unknown } = loan({ defendants: [{}] });
    expect(shown(unknown)).toEqual([
      "defendant not-decided - (where-he-lives)",
      "performance not-decided - (lender-area)",
    ]);
    expect(shown(loan({ courts: {} }))[1]).toBe("performance competent - (court-of-area)");
    expect(shown(loan({ defendants: [{ habitual: { area: NANSHAN } }] }))[0]).toContain("(since-when)");
  });

  test("a place of performance in the contract goes before the place of the money (interpretation 18(1))", () => {
    expect(shown(loan({ performedAt: "湖南省长沙市岳麓区" }))[1]).toBe(
      "performance competent 长沙市岳麓区人民法院",
    );
  });

  test("two borrowers: the court of each (CPL 22(3))", () => {
    const found = courtsFor(
      loan({ defendants: [{ domicile: "甲区" }, { domicile: "乙区" }] }),
      lawOn("2026-11-26"),
    );
    expect(found.courts.slice(0, 2).map(({ area }) => area)).toEqual(["甲区", "乙区"]);
    expect(found.courts[1]!.because.map(({ rule }) => rule)).toContain("several-defendants");
  });

  test("a payment order is asked for where the debtor lives, whatever was agreed (interpretation 23)", () => {
    const asked = loan({ for: "payment-order", clause: clause({ tie: "plaintiff-domicile" }) });
    expect(shown(asked)).toEqual(["defendant competent 长沙市岳麓区人民法院"]);
  });

  test("the plaintiff's home is no ground of its own for a debt (CPL 23), and every answer says so", () => {
    expect(courtsFor(loan(), lawOn("2026-11-26")).notes.map(({ rule }) => rule)).toContain("plaintiff");
  });
});

describe("a jurisdiction clause", () => {
  test("for one of the five places holds, and displaces the others (CPL 35)", () => {
    expect(shown(loan({ clause: clause({ tie: "plaintiff-domicile" }) }))).toEqual([
      "agreed competent 深圳市南山区人民法院",
      "defendant displaced 长沙市岳麓区人民法院",
      "performance displaced 深圳市南山区人民法院",
    ]);
  });

  test("that is not in writing is void (interpretation 29)", () => {
    const agreed = clause({ tie: "plaintiff-domicile" }, { inWriting: false });
    expect(shown(loan({ clause: agreed }))).toEqual([
      "agreed void -",
      "defendant competent 长沙市岳麓区人民法院",
      "performance competent 深圳市南山区人民法院",
    ]);
  });

  // 法释〔2025〕15号 item 1, in force 2025-12-31.
  test.each([
    ["2025-12-30", undefined, "agreed not-decided 北京市朝阳区人民法院 (proof-of-connection, law-before)"],
    ["2025-12-31", undefined, "agreed void 北京市朝阳区人民法院 (proof-of-connection)"],
    ["2025-12-31", "platform's office there", "agreed competent 北京市朝阳区人民法院"],
  ])("outside the five places, filed on %s with proof %s: %s", (on, proof, expected) => {
    const court = { tie: "other" as const, court: "北京市朝阳区人民法院", ...(proof ? { proof } : {}) };
    expect(shown(loan({ clause: clause(court) }), on)[0]).toBe(expected);
  });

  test("outside the five without proof leaves the law's own courts competent", () => {
    const agreed = clause({ tie: "other", court: "北京市朝阳区人民法院" });
    expect(shown(loan({ clause: agreed })).slice(1)).toEqual([
      "defendant competent 长沙市岳麓区人民法院",
      "performance competent 深圳市南山区人民法院",
    ]);
  });

  test("that names an area only is enough where the court can be found (item 3)", () => {
    const found = courtsFor(loan({ clause: clause({ tie: "signing", area: NANSHAN }) }), lawOn("2026-11-26"));
    expect(found.courts[0]).toMatchObject({ standing: "competent", court: "深圳市南山区人民法院" });
    expect(found.courts[0]!.because.map(({ rule }) => rule)).toContain("agreed.area");
  });

  test("that names no court at all decides nothing", () => {
    expect(shown(loan({ clause: clause({ tie: "object" }) }))[0]).toBe("agreed not-decided - (which-court)");
  });

  test("in standard terms that nobody pointed out holds until the borrower says so (interpretation 31)", () => {
    const { pointedOut: _, ...unknown } = clause({ tie: "plaintiff-domicile" });
    expect(shown(loan({ clause: unknown }))[0]).toBe("agreed competent 深圳市南山区人民法院 (pointed-out)");
  });

  test("for a court of another level, or a special one, is not decided here", () => {
    const of = (court: string) => shown(loan({ clause: clause({ tie: "plaintiff-domicile", court }) }))[0];
    expect(of("深圳市中级人民法院")).toContain("not-decided");
    expect(of("上海金融法院")).toContain("(special-court)");
  });

  test("for two connected places lets the plaintiff choose (interpretation 30(2))", () => {
    const agreed = clause({ tie: "plaintiff-domicile" });
    const two = { ...agreed, courts: [...agreed.courts, { tie: "defendant-domicile" as const }] };
    expect(shown(loan({ clause: two })).slice(0, 2)).toEqual([
      "agreed competent 深圳市南山区人民法院",
      "agreed competent 长沙市岳麓区人民法院",
    ]);
  });

  test("binds the buyer of the claim only if he knew of it (interpretation 33)", () => {
    const of = (knewOfClause: boolean) =>
      shown(loan({ clause: clause({ tie: "plaintiff-domicile" }), assigned: { knewOfClause } }))[0];
    expect(of(true)).toContain("competent");
    expect(of(false)).toContain("void");
  });

  test("for arbitration alone leaves no suit; for arbitration or suit, the suit stands (CPL 127; item 4)", () => {
    const of = (arbitration: "only" | "or-suit") =>
      courtsFor(
        loan({ clause: clause({ tie: "plaintiff-domicile" }, { arbitration }) }),
        lawOn("2026-11-26"),
      );
    expect(of("only")).toMatchObject({ suit: "arbitration", courts: [] });
    expect(of("or-suit").courts[0]!.standing).toBe("competent");
    expect(of("or-suit").notes[0]!.rule).toBe("agreed.arbitration-or-suit");
  });
});

// 法释〔2018〕16号 art. 2(iii) until 2025-10-31; 法释〔2025〕14号 arts 1, 4 from 2025-11-01.
describe("an internet court", () => {
  const agreed = clause({ tie: "signing", court: "杭州互联网法院" });
  test.each([
    ["2025-10-31", { madeOnline: true }, "agreed competent 杭州互联网法院"],
    ["2025-10-31", { madeOnline: false }, "agreed void 杭州互联网法院"],
    ["2025-10-31", {}, "agreed not-decided 杭州互联网法院 (made-online)"],
    ["2025-11-01", { madeOnline: true }, "agreed void 杭州互联网法院"],
    ["2026-11-26", { acceptedOn: day("2025-10-31") }, "agreed competent 杭州互联网法院"],
    ["2026-11-26", { acceptedOn: day("2025-11-01") }, "agreed void 杭州互联网法院"],
    ["2026-11-26", { designatedBy: "a High Court's paper" }, "agreed competent 杭州互联网法院"],
  ])("filed on %s, %j: %s", (on, more, expected) => {
    expect(shown(loan({ clause: agreed, ...more }), on)[0]).toBe(expected);
  });
});

test("a day before the law as revised in 2023 is refused", () => {
  expect(jurisdictionLaw(pack, day("2023-12-31"))).toMatchObject({ refusal: { code: "no-text-read" } });
  expect(serviceLaw(pack, day("2023-12-31"))).toMatchObject({ refusal: { code: "no-text-read" } });
});

describe("a paper of a court", () => {
  const law = (() => {
    const found = serviceLaw(pack, day("2026-11-26"));
    if (!found.ok) throw new Error(found.refusal.says);
    return found.value;
  })();
  const on = day("2026-03-02");
  const of = (one: ServiceTry, more: Partial<ServiceAsked> = {}) => {
    const found = served(
      { paper: "complaint", procedure: "ordinary", tries: [one], consents: [], ...more },
      law,
    );
    const when = found.servedOn === undefined ? "" : ` ${formatDay(found.servedOn)}`;
    return `${found.state}${when} ${found.tries[0]!.proof}`;
  };
  const consents = [{ form: "agreed-before" as const, on: day("2025-01-05"), proof: "第十八条" }];
  const mail = { way: "electronic" as const, sentOn: on };

  test.each<[string, ServiceTry, Partial<ServiceAsked>, string]>([
    [
      "signed by himself",
      { way: "direct", on, receivedBy: "self", signed: true },
      {},
      "served 2026-03-02 signed-receipt",
    ],
    [
      "by an adult who lives with him (88)",
      { way: "direct", on, receivedBy: "cohabiting-adult", signed: true },
      {},
      "served 2026-03-02 signed-receipt",
    ],
    [
      "by a neighbour",
      { way: "direct", on, receivedBy: "other", signed: true },
      {},
      "not-served signed-by-other",
    ],
    ["not signed", { way: "direct", on, receivedBy: "self", signed: false }, {}, "not-served unsigned"],
    [
      "a mediation paper by family (133)",
      { way: "direct", on, receivedBy: "cohabiting-adult", signed: true },
      { paper: "mediation-paper" },
      "not-served signed-by-family",
    ],
    [
      "refused and left at home in pictures (89)",
      { way: "left", on, at: "home", record: "pictures" },
      {},
      "served 2026-03-02 pictures",
    ],
    [
      "left without a record",
      { way: "left", on, at: "home", record: "none" },
      {},
      "not-served left-without-record",
    ],
    [
      "a mediation paper left (133)",
      { way: "left", on, at: "home", record: "witness" },
      { paper: "mediation-paper" },
      "not-possible left",
    ],
    [
      "a payment order left (429)",
      { way: "left", on, at: "home", record: "witness" },
      { paper: "payment-order", procedure: "payment-order" },
      "served 2026-03-02 witness",
    ],
    [
      "by post, received (91)",
      { way: "post", sentOn: on, receivedOn: day("2026-03-05") },
      {},
      "served 2026-03-05 postal-receipt",
    ],
    ["by post, returned", { way: "post", sentOn: on, returned: true }, {}, "not-served returned"],
    [
      "by public notice (95): thirty days",
      { way: "public-notice", publishedOn: on },
      {},
      "served 2026-04-01 publication",
    ],
    [
      "by public notice in summary procedure (140)",
      { way: "public-notice", publishedOn: on },
      { procedure: "summary" },
      "not-possible public-notice",
    ],
    [
      "a payment order by public notice",
      { way: "public-notice", publishedOn: on },
      { procedure: "payment-order" },
      "not-possible public-notice",
    ],
    [
      "to his own address, arrived (31(1))",
      { ...mail, address: "own", arrivedOn: day("2026-03-03") },
      { consents },
      "served 2026-03-03 court-system",
    ],
    [
      "with another day that he proves (135(2))",
      { ...mail, address: "own", arrivedOn: day("2026-03-03"), provedOn: day("2026-03-04") },
      { consents },
      "served 2026-03-04 proved-by-him",
    ],
    ["to his own address, not arrived", { ...mail, address: "own" }, { consents }, "not-served no-arrival"],
    [
      "electronic without consent (90)",
      { ...mail, address: "own", arrivedOn: on },
      {},
      "not-served no-consent",
    ],
    [
      "to another address, arrived only (31(2))",
      { ...mail, address: "known", arrivedOn: on },
      { consents },
      "not-served arrival-only",
    ],
    [
      "to another address, he replied",
      { ...mail, address: "known", repliedOn: day("2026-03-06") },
      {},
      "served 2026-03-06 reply",
    ],
    [
      "to another address, read",
      { ...mail, address: "known", readOn: day("2026-03-06") },
      { consents },
      "presumed 2026-03-06 read",
    ],
    [
      "read, and he shows that another read it",
      { ...mail, address: "known", readOn: on, rebutted: true },
      { consents },
      "not-served rebutted",
    ],
    [
      "an address that may be anybody's",
      { ...mail, address: "unsure", repliedOn: on },
      { consents },
      "not-served arrival-only",
    ],
    ["by text in ordinary procedure (32)", { way: "sms", on }, {}, "told-only sms"],
    ["by text in summary procedure (261)", { way: "sms", on }, { procedure: "summary" }, "told-only sms"],
    [
      "by text, confirmed",
      { way: "sms", on, confirmedOn: day("2026-03-03") },
      { procedure: "summary" },
      "served 2026-03-03 confirmed",
    ],
    [
      "by telephone, recorded",
      { way: "phone", on, otherProof: "recording" },
      { procedure: "small-claims" },
      "served 2026-03-02 recording",
    ],
  ])("%s", (_, one, more, expected) => {
    expect(of(one, more)).toBe(expected);
  });

  test("consent has four forms, each with its sentence (rules on litigation online, art. 29(2))", () => {
    const at = CONSENT_FORMS.map((form) => {
      const found = served(
        {
          paper: "complaint",
          procedure: "ordinary",
          tries: [{ ...mail, address: "own", arrivedOn: on }],
          consents: [{ form, on }],
        },
        law,
      );
      return `${found.state} ${found.consent!.source.cite.at}`;
    });
    expect(at).toEqual([
      "served art. 29(2)(i)",
      "served art. 29(2)(ii)",
      "served art. 29(2)(iii)",
      "served art. 29(2)(iv)",
    ]);
  });

  test("sent by several electronic ways: the first that counts (31(4))", () => {
    const tries: ServiceTry[] = [
      { ...mail, address: "own", arrivedOn: day("2026-03-05") },
      { ...mail, address: "known", repliedOn: day("2026-03-04") },
    ];
    const found = served({ paper: "complaint", procedure: "ordinary", tries, consents }, law);
    expect(formatDay(found.servedOn!)).toBe("2026-03-04");
    expect(found.tries[1]!.because.map(({ rule }) => rule)).toContain("electronic.first");
  });

  const absent = (paper: "summons" | "hearing-notice", procedure: "ordinary" | "summary", one: ServiceTry) =>
    served({ paper, procedure, tries: [one], consents }, law).defaultJudgment;
  test.each<["summons" | "hearing-notice", "ordinary" | "summary", ServiceTry, string]>([
    ["summons", "ordinary", { way: "direct", on, receivedBy: "self", signed: true }, "may"],
    ["summons", "ordinary", { way: "public-notice", publishedOn: on }, "may"],
    ["hearing-notice", "ordinary", { way: "direct", on, receivedBy: "self", signed: true }, "not"],
    ["hearing-notice", "summary", { way: "sms", on }, "not"],
    ["hearing-notice", "summary", { way: "sms", on, confirmedOn: on }, "may"],
    ["hearing-notice", "summary", { way: "phone", on, otherProof: "recording" }, "may"],
    ["summons", "summary", { ...mail, address: "known", readOn: on }, "not-known"],
    ["summons", "summary", { way: "post", sentOn: on, returned: true }, "not"],
  ])("he does not come on a %s in %s procedure, %j: %s", (paper, procedure, one, expected) => {
    expect(absent(paper, procedure, one)).toBe(expected);
  });
});
