import { useMemo } from "react";
import { withSteps } from "../words/steps.ts";
import { useReasons } from "./cited.ts";
import { instant, type Lang } from "./format.ts";
import { type Both, useSettings } from "./settings.tsx";

/** Names of rules within a sentence, as what they say. */
const withReasons = (text: string, reason: (id: string) => string): string =>
  text.replaceAll(/\b(?:cn|us|house|strategy|reach|pack)\/[a-z-]+/g, (id) =>
    reason(id).replace(/[。.]$/, ""),
  );

/** Instants within a sentence, as they are told everywhere else. */
const withClocks = (text: string, lang: Lang): string =>
  text.replace(/\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})/g, (at) => instant(at, lang));

/** A sentence of the journal as people read it: steps, rules, instants by their words. */
export function useTold(): (says: Both<string>) => string {
  const { lang } = useSettings();
  const reason = useReasons();
  return useMemo(
    () => (says) => withReasons(withSteps(withClocks(says[lang], lang), lang), reason),
    [lang, reason],
  );
}
