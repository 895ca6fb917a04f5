import { describe, expect, test } from "vitest";
import { loadPack } from "../../packs/load.ts";
import { day } from "../../src/core/index.ts";
import { sourceIn, sourcesIn, valueIn } from "../../src/legal/index.ts";
import {
  checkPage,
  GUIDE_IDS,
  guideOf,
  guidePage,
  guidesPage,
  HELP_FOR,
  homePage,
  NO_HOUSE,
  type Page,
  pageText,
  type Show,
} from "../../src/portal/index.ts";

const ON = day("2026-07-01");
const PLACES = ["cn", "us"] as const;
/** A place without a pack has nothing to tell. */
const packOf = (place: string) => {
  const known = PLACES.find((one) => one === place);
  return known && loadPack(known);
};

function showOf(place: string, language: "zh" | "en"): Show {
  const pack = packOf(place);
  const help = HELP_FOR.flatMap((name) => {
    const source = sourceIn(pack, `help-line.${name}`, ON);
    const value = valueIn(pack, `help-line.${name}`, ON)?.value as { readonly at: string } | undefined;
    return source && value ? [{ for: name, at: value.at, source }] : [];
  });
  return { language, zone: "Asia/Shanghai", path: "/", large: false, house: NO_HOUSE, laws: {}, place, help };
}

function pagesOf(place: string, language: "zh" | "en"): readonly (readonly [string, string])[] {
  const show = showOf(place, language);
  const pack = packOf(place);
  const text = (page: Page): string => pageText(show, "", page);
  const check = checkPage({ today: ON, typed: { text: "", from: "", received: "" } }, show);
  return [
    ["/", text(homePage(show))],
    ["/check", text(check)],
    ["/guides", text(guidesPage(false, show))],
    ...GUIDE_IDS.map((id) => {
      const law = sourcesIn(pack, ON, ...(guideOf(id, place)?.law ?? []));
      return [`/guides/${id}`, text(guidePage(id, law, undefined, show))] as const;
    }),
  ];
}

/** What only the law or the offices of mainland China have. */
const CHINESE = /\b(?:12348|12378|12368|12356)\b|大陆|人民银行|mainland China|central bank|cn\//;

describe.each(["zh", "en"] as const)("pages tell the law of the reader's place, in %s", (language) => {
  test("every rule on which a general answer rests is in the pack of its place", () => {
    for (const place of PLACES)
      for (const id of GUIDE_IDS) {
        const { law } = guideOf(id, place)!;
        const found = sourcesIn(loadPack(place), ON, ...law).map(({ param }) => param);
        expect(found, `${place} ${id}`).toEqual(law);
      }
  });

  test("a loan in the United States is told nothing of Chinese law, and by what its answers go", () => {
    for (const [path, text] of pagesOf("us", language)) {
      expect(text, path).not.toMatch(CHINESE);
      if (path.startsWith("/guides/")) {
        expect(text, path).toContain("cfpb.gov/debt-collection");
        expect(text, path).toMatch(language === "zh" ? /只依据联邦规则/ : /by federal rules alone/);
      }
    }
  });

  test("where nobody wrote an answer it is said, and nothing of another place's law stands there", () => {
    for (const [path, text] of pagesOf("xx", language)) {
      expect(text, path).not.toMatch(CHINESE);
      if (path.startsWith("/guides"))
        expect(text, path).toMatch(language === "zh" ? /还没有写一般的回答/ : /no general answers yet/);
    }
  });

  test("a number that nobody has verified is marked where it stands, and its words with their source can be opened", () => {
    const pages = new Map(pagesOf("cn", language));
    for (const [path, text] of pages) {
      if (!/1237\d|1234\d|1236\d/.test(text) || path === "/guides") continue;
      expect(text, path).toMatch(language === "zh" ? /未核实：来自公开报道/ : /Not verified: /);
    }
    expect(pages.get("/")).toContain("国家金融监督管理总局设立全国统一投诉举报电话 12378");
    // The one of which the issuer's own words were read is not marked.
    expect(/[（(](?:Not verified: )?([\d、, ]+)/.exec(pages.get("/")!)?.[1]).not.toContain("12356");
  });

  test("each answer says what is true for anybody, its steps, free help, sources with their force, and the day on which it was read", () => {
    for (const place of PLACES)
      for (const [path, text] of pagesOf(place, language).filter(([one]) => one.startsWith("/guides/"))) {
        expect(text, path).toContain("<ol>");
        expect(text, path).toContain("2026");
        expect(text, path).toMatch(language === "zh" ? /核对日期/ : /Read beside its sources/);
        expect(text, path).toMatch(/<p class="source">[^<]+·[^<]+·/);
        expect(text, path).toMatch(place === "us" ? /cfpb\.gov/ : /12348/);
      }
  });
});
