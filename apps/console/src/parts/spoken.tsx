import { Checkbox } from "antd";
import { useEffect, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { ask } from "../lib/client.ts";
import { useSay } from "../lib/settings.tsx";
import { work } from "../words/work.ts";

type Checked = Answers["words.check"];

/** Asks the rules on words about a text a moment after the last key. */
export function useWords(text: string, kind: string): Checked | undefined {
  const [found, setFound] = useState<Checked | undefined>();
  useEffect(() => {
    let current = true;
    const wait = setTimeout(
      () => {
        ask<Checked>("/v1/words/check", { method: "POST", body: { text, kind } }).then(
          (answer) => current && setFound(answer),
          () => current && setFound(undefined),
        );
      },
      text === "" ? 0 : 250,
    );
    return () => {
      current = false;
      clearTimeout(wait);
    };
  }, [text, kind]);
  return found;
}

/** What of a typed text may not be said, with what to say instead. */
export function Forbidden({ text, kind }: { readonly text: string; readonly kind: string }) {
  const say = useSay();
  const cited = useCited();
  const found = useWords(text.trim(), kind);
  if (text.trim() === "" || !found || found.forbidden.length === 0) return null;
  return (
    <ul className="forbidden" role="alert">
      {found.forbidden.map((one) => (
        <li key={`${one.rule} ${one.from}`}>
          <mark>{one.found}</mark> {say(one.what)}
          <div className="soft">
            {say(work.sayInstead)} {say(one.suggestion)} · {cited(one.cite)}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** The lines that a conversation has to have, to tick while one speaks. */
export function RequiredLines({ kind }: { readonly kind: string }) {
  const say = useSay();
  const cited = useCited();
  const found = useWords("", kind);
  if (!found || found.required.length === 0) return null;
  return (
    <fieldset className="lines">
      <legend>{say(work.haveToSay)}</legend>
      {found.required.map(({ what, rule, cite }) => (
        <Checkbox key={`${rule} ${what.en}`}>
          {say(what)}{" "}
          <span className="soft" title={cite.quote}>
            {cited(cite)}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}
