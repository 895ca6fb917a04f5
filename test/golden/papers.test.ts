import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { day, formatMoney, minor } from "../../src/core/index.ts";
import { asciiPunctuation } from "../../src/documents/index.ts";
import {
  CONSENT_FORMS,
  checkPaper,
  composePaper,
  mayBeFiled,
  PAPER_KINDS,
  PARTICULARS,
  type PaperKind,
  paperHtml,
  paperText,
  SETTINGS,
} from "../../src/documents/papers/index.ts";
import { openPress, type Press } from "../../src/press/index.ts";
import { factsFor, fedCase, keptCase, PARTICULARS_SAID, restructuredCase, SETTINGS_SAID } from "./papers.ts";

const CASES = { kept: keptCase, fed: fedCase, restructured: restructuredCase } as const;
type Case = keyof typeof CASES;

const paperOf = (
  name: Case,
  kind: PaperKind = "complaint-loan",
  more: Parameters<typeof keptCase>[0] = {},
) => {
  const facts = factsFor(CASES[name](more), kind);
  const paper = composePaper(kind, facts);
  return { facts, paper, findings: checkPaper(paper, facts) };
};

/** All particulars that any paper asks for. */
const WHOLE = new Map([
  ...PARTICULARS_SAID,
  ["case_number", "（2026）沪0115民初12345号"],
  ["property", "在示例银行开立的尾号 1234 的账户"],
  ["bond", "示例保险公司出具的诉讼财产保全责任保险保函"],
  ["urgency", "被申请人正在转移账户资金"],
  ["payment_order_conditions", "yes"],
  ["judgment_number", "（2026）沪0115民初12345号"],
  ["judgment_court", "上海市浦东新区人民法院"],
  ["judgment_effective_on", "2026-06-10"],
  ["mediated_on", "2026-06-15"],
  ["agreement_amount", "8000.00"],
  ["agreement_by", "2026-12-31"],
  ["agreement_terms", "自 2026 年 7 月起分六期支付，每月末日前支付"],
  ["card_number", "6222 0000 0000 1234"],
  ["card_issued_on", "2024-05-06"],
]);

describe("the papers, as a clerk reads them", () => {
  test.each(["kept", "fed", "restructured"] as const)(
    "the element form of the %s loan reads as it was looked at",
    async (name) => {
      const { paper, findings } = paperOf(name);
      expect(mayBeFiled(findings)).toBe(true);
      await expect(paperText(paper)).toMatchFileSnapshot(`papers/complaint-loan.${name}.txt`);
    },
  );

  test.each(PAPER_KINDS.filter((kind) => kind !== "complaint-loan"))(
    "%s reads as it was looked at",
    async (kind) => {
      const judged = {
        kind: "JudgmentEntered" as const,
        on: day("2026-06-10"),
        id: "J1",
        valueOn: day("2026-06-10"),
        principal: minor(800_000),
        interest: minor(52_875),
        costs: minor(5_000),
        performBy: day("2026-06-20"),
      };
      const isLater = kind === "enforcement" || kind === "enforcement-settlement";
      const { paper, findings } = paperOf("kept", kind, {
        particulars: WHOLE,
        reason: "双方已达成和解",
        settings: new Map([
          ...SETTINGS_SAID,
          ["card.fees", "透支利息按日利率万分之五计收"],
          ["card.notice", "申请时以加粗字体提示，并由持卡人逐项勾选确认"],
        ]),
        ...(isLater ? { facts: [...keptCase().facts, judged] } : {}),
      });
      expect(findings.filter(({ state }) => state === "stops")).toEqual([]);
      await expect(paperText(paper)).toMatchFileSnapshot(`papers/${kind}.txt`);
    },
  );

  test("no paper has half-width marks beside Chinese characters", () => {
    for (const kind of PAPER_KINDS)
      expect(asciiPunctuation(paperText(paperOf("kept", kind).paper))).toEqual([]);
  });
});

describe("the sums of a paper", () => {
  // By hand, of the kept loan on 30 June: 10,000.00 in ten months at 0.05 % a day, two paid, called in by the suit.
  // Principal 10,000 - 2 x 1,000. Interest: 8,000 x 31 + 7,000 x 30 + 6,000 x 31 + 5,000 x 29 days at 0.0005 = 124.00 + 105.00 +
  // 93.00 + 72.50. Late at 0.00075 on 1,000.00 for 90, 60 and 29 days = 67.50 + 45.00 + 21.75.
  test("of a kept loan are those of the ledger, worked by hand", () => {
    const { facts } = paperOf("kept");
    const claim = facts.claim!;
    expect(
      [claim.principal, claim.interest, claim.compound, claim.late, claim.total].map((known) =>
        formatMoney(known!.value),
      ),
    ).toEqual(["8000.00", "394.50", "0.00", "134.25", "8528.75"]);
    expect(claim.reduced).toBeUndefined();
    expect(claim.calculation.join("")).toContain("1,000.00元×29天×0.075%＝21.75元");
    expect([facts.paid!.principal!, facts.paid!.interest!].map(({ value }) => formatMoney(value))).toEqual([
      "2000.00",
      "281.00",
    ]);
    expect(facts.daysLate!.value).toBe(90);
  });

  test("without calling in, only what is past due is claimed", () => {
    const settings = new Map([...SETTINGS_SAID, ["claims.early", "no"]]);
    const { facts, findings } = paperOf("kept", "complaint-loan", { settings });
    // Three installments of 1,000.00, interest 124.00 + 105.00 + 93.00, late 134.25.
    expect(formatMoney(facts.claim!.total!.value)).toBe("3456.25");
    expect(findings.map(({ code }) => code)).toContain("past-due-only");
  });

  test("a payment order never asks for what is not due", () => {
    expect(formatMoney(factsFor(keptCase(), "payment-order").claim!.total!.value)).toBe("3456.25");
  });

  test("what lies above the ceiling on cost is named and left out", () => {
    const late = { rate: { times: { numerator: 12, denominator: 1 } }, on: "principal" } as const;
    const { paper, facts } = paperOf("kept", "complaint-loan", {
      product: { ...keptCase().product, lateInterest: late },
    });
    // Late interest 12 x 0.05 % on 1,000.00 for 179 days = 1,074.00; charged 281.00 + 394.50 + 1,074.00 = 1,749.50. The line: 10,000 x
    // 31 + 9,000 x 28 + 8,000 x 121 = 1,530,000 yuan-days x 24 % / 365 = 1,006.03. Left out 743.47; claimed 9,468.50 - 743.47.
    expect(formatMoney(facts.claim!.reduced!.amount)).toBe("743.47");
    expect(formatMoney(facts.claim!.total!.value)).toBe("8725.03");
    expect(paperText(paper)).toContain("超过综合成本年化24%的部分743.47元，原告在本案中不主张。");
  });

  test("of a fed loan are the core system's, and said to be", () => {
    const { facts, paper } = paperOf("fed");
    expect(facts.claim!.total!.value).toBe(218_700);
    expect(paper.fields.find(({ id }) => id === "claim.interest")!.source!.from).toBe("particulars");
    expect(paper.fields.find(({ id }) => id === "paid.interest")!.source!.from).toBe("report");
    expect(paperText(paper)).toContain("账务由出借人核心系统记载");
  });

  test("a fed loan without its core system's split has no sums, and is not filed", () => {
    const { paper, findings } = paperOf("fed", "complaint-loan", { particulars: PARTICULARS_SAID });
    const late = paper.fields.find(({ id }) => id === "claim.late")!;
    expect(late.value).toBeUndefined();
    expect(late.empty!.next.en).toContain("core_late");
    expect(mayBeFiled(findings)).toBe(false);
  });

  test("of a loan with a new plan follow the new plan, and the paper tells of it", () => {
    // restructure.txt: 3,123.50 in five at 0.04 % a day. By 16 May: interest 38.73 + 2,498.80 x 0.0004 x 30 + 1,874.10 x 0.0004;
    // late 624.70 x 0.0006 x (31 + 1).
    const { facts, paper } = paperOf("restructured");
    const { principal, interest, late } = facts.claim!;
    expect([principal, interest, late].map((known) => formatMoney(known!.value))).toEqual([
      "3123.50",
      "69.47",
      "11.99",
    ]);
    expect(paperText(paper)).toContain("计入本金的利息、罚息及费用123.50元");
    expect(facts.paid!.through).toBeUndefined();
  });
});

describe("what is not known stays empty", () => {
  test("with nothing but the book, each field that the court needs is named with what to do", () => {
    const { paper, findings } = paperOf("kept", "complaint-loan", {
      settings: new Map(),
      particulars: new Map(),
      agents: [],
      demands: [],
      evidence: [],
    });
    const stops = findings.flatMap(({ state, field }) => (state === "stops" ? [field] : []));
    expect(stops).toEqual([
      "plaintiff.address",
      "plaintiff.representative",
      "plaintiff.representative-title",
      "defendant.registered",
      "defendant.id-number",
      "claim.until-paid",
      "claim.early",
      "contract.name",
      "evidence",
    ]);
    for (const { value, source, empty } of paper.fields) {
      expect(value === undefined).toBe(source === undefined);
      expect(value === undefined).toBe(empty !== undefined);
    }
    expect(paper.fields.find(({ id }) => id === "defendant.sex")!.value).toBeUndefined();
  });

  test("an address for letters is not taken for the domicile by the household register", () => {
    const particulars = new Map([...PARTICULARS_SAID].filter(([column]) => column !== "registered_address"));
    const { paper } = paperOf("kept", "complaint-loan", { particulars });
    expect(paper.fields.find(({ id }) => id === "defendant.registered")!.value).toBeUndefined();
    expect(paper.fields.find(({ id }) => id === "defendant.habitual")!.value).toContain("示例路 8 弄");
  });

  test("sex and day of birth follow from an identity number, and say so", () => {
    const { paper } = paperOf("kept");
    const sex = paper.fields.find(({ id }) => id === "defendant.sex")!;
    expect([sex.value, sex.source!.from]).toEqual(["男", "computed"]);
    expect(paper.fields.find(({ id }) => id === "defendant.born-on")!.value).toBe("1990年3月7日");
  });

  test("a loan is not called in without its clause", () => {
    const settings = new Map([...SETTINGS_SAID].filter(([key]) => key !== "contract.clauses.acceleration"));
    const { findings } = paperOf("kept", "complaint-loan", { settings });
    expect(findings.map(({ code }) => code)).toContain("no-acceleration-clause");
  });

  test("a mediation agreement of thirty-one days ago is too late to be confirmed", () => {
    const at = (on: string) =>
      paperOf("kept", "judicial-confirmation", {
        particulars: new Map([...WHOLE, ["mediated_on", on]]),
      }).findings.map(({ code }) => code);
    expect(at("2026-05-31")).not.toContain("too-late-to-confirm");
    expect(at("2026-05-30")).toContain("too-late-to-confirm");
  });
});

test("each clause that a field or a finding cites stands in law/, and the four ways of consent are its words", () => {
  const folder = new URL("../../law/cn/", import.meta.url);
  const textOf = (law: string): string => readFileSync(new URL(`${law}.md`, folder), "utf8");
  const facts = {
    ...factsFor(keptCase(), "complaint-loan"),
    agents: [1, 2, 3].map(() => keptCase().agents[0]!),
  };
  const cites = PAPER_KINDS.flatMap((kind) => {
    const paper = composePaper(kind, facts);
    return [...paper.fields, ...checkPaper(paper, facts)].flatMap(({ cite }) => cite ?? []);
  });
  expect(cites.length).toBeGreaterThan(20);
  for (const cite of new Set(cites)) {
    const [, law, at] = /^cn\/(\S+) (.*)$/.exec(cite)!;
    expect(textOf(law!)).toContain(`\n## ${at} — `);
  }
  for (const form of CONSENT_FORMS) expect(textOf("online-litigation-rules")).toContain(form);
});

test("the reference names each kind, key, column and field", () => {
  const doc = readFileSync(new URL("../../docs/reference/papers.md", import.meta.url), "utf8");
  const missing = [
    ...PAPER_KINDS,
    ...Object.keys(SETTINGS).map((key) =>
      key.startsWith("contract.clauses.") && !key.endsWith(".rate") ? key.slice(16) : key,
    ),
    ...Object.keys(PARTICULARS),
    ...(["complaint-loan", "complaint-card"] as const).flatMap((kind) =>
      paperOf("restructured", kind).paper.fields.map(({ id }) => id.replace(/\.1(?=\.|$)/, ".N")),
    ),
  ].filter((word) => !doc.includes(`\`${word}\``));
  expect(missing).toEqual([]);
});

describe("the forms of a paper", () => {
  let press: Press;
  let folder: string;
  beforeAll(async () => {
    press = await openPress();
    folder = mkdtempSync(join(tmpdir(), "arrears-paper-"));
  });
  afterAll(async () => {
    await press.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A drawn box has no text where it is empty, and √ where it is ticked. */
  const bare = (text: string): string => text.replaceAll("□", "").replaceAll("☑", "√").replace(/\s/g, "");
  const unescaped = (text: string): string =>
    text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

  test.each(["complaint-loan", "evidence-catalogue", "payment-order"] as const)(
    "%s says the same as PDF, Word, page and text",
    async (kind) => {
      const { paper } = paperOf("kept", kind, { particulars: WHOLE });
      const text = bare(paperText(paper));
      const printed = await press.paper(paper, "示例");
      if (!printed.ok) throw new Error(printed.refusal.says);
      const file = join(folder, `${kind}.pdf`);
      writeFileSync(file, printed.value.bytes);
      const extracted = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
      // Columns stand beside each other in a PDF: each sign is there as often as in the text.
      expect(counted(bare(extracted).replace(/第\d+页共\d+页/g, ""))).toEqual(counted(text));
      const word = strFromU8(unzipSync(press.paperDocx(paper, "示例").bytes)["word/document.xml"]!);
      expect(bare(unescaped(word.replace(/<[^>]*>/g, "")))).toBe(text);
      const page = paperHtml(paper)
        .replace(/^[\s\S]*<main>/, "")
        .replace(/<caption>.*?<\/caption>/, "");
      expect(bare(unescaped(page.replace(/<[^>]*>/g, "")))).toBe(text);
    },
  );

  test("the same paper gives the same bytes", async () => {
    const { paper } = paperOf("kept", "authority-special");
    const [one, two] = [await press.paper(paper, "示例"), await press.paper(paper, "示例")];
    if (!one.ok || !two.ok) throw new Error("not printed");
    expect(Buffer.compare(Buffer.from(one.value.bytes), Buffer.from(two.value.bytes))).toBe(0);
  });
});

function counted(text: string): Record<string, number> {
  const found: Record<string, number> = {};
  for (const sign of [...text].sort()) found[sign] = (found[sign] ?? 0) + 1;
  return found;
}
