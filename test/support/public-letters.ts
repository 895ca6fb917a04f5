import { maskName, type PublicLetter, type PublicLetters, type PublicStanding } from "../../src/api/index.ts";
import { day } from "../../src/core/index.ts";
import { type LetterCode, newLetterCode } from "../../src/documents/letter-code.ts";

/** The same code for each seed. */
export const codeOf = (seed: number): LetterCode =>
  newLetterCode((count) => Uint8Array.from({ length: count }, (_, i) => (seed * 37 + i * 11) % 232));

export function publicLetter(name = "张三丰", standing: PublicStanding = { status: "valid" }): PublicLetter {
  return {
    number: "（2026）示律函字第 0301 号",
    kind: "demand",
    on: day("2026-03-02"),
    firm: { name: "示例律师事务所", licence: "31110000E00000000X" },
    lawyer: { name: "王示例", licence: "11101202610000000" },
    client: { name: "示例小额贷款有限公司" },
    addressee: maskName(name),
    standing,
    sha256: "5e".repeat(32),
    signature: {
      signer: "示例律师事务所",
      issuer: "Development root",
      serial: "4c70b8f9e6bc6ecfac6f477f5f00c5d9",
      signedAt: Date.UTC(2026, 2, 2, 1, 30),
      stampedAt: Date.UTC(2026, 2, 2, 1, 30, 2),
      stampedBy: "Development time stamps",
      development: true,
    },
  };
}

/** Letters held in memory; how often they were asked is counted. */
export function lettersOf(
  known: ReadonlyMap<string, PublicLetter>,
): PublicLetters & { readonly asked: LetterCode[] } {
  const asked: LetterCode[] = [];
  return {
    asked,
    byCode: async (code) => {
      asked.push(code);
      return known.get(code);
    },
  };
}
