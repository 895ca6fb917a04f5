import type { Refusal } from "../core/index.ts";
import type { Language } from "./io.ts";
import { REFUSALS_IN_CHINESE, type RefusalCode } from "./refusal-texts.ts";

/** Somebody else was quicker: what was read is not what is there now. */
export const CHANGED_MEANWHILE = {
  code: "changed-meanwhile",
  says: { en: "it changed since it was read; read it again", zh: "内容已变动，请重新读取" },
} as const;

/** A refusal in a language; in Chinese the English sentence, which has the figures, stands behind it. */
export function refusalWords({ code, says }: Pick<Refusal, "code" | "says">, language: Language): string {
  const chinese =
    language === "zh" && Object.hasOwn(REFUSALS_IN_CHINESE, code)
      ? REFUSALS_IN_CHINESE[code as RefusalCode]
      : undefined;
  return chinese === undefined ? says : `${chinese}（${says}）`;
}
