import { Link } from "@tanstack/react-router";
import { useCited } from "../lib/cited.ts";
import { ApiProblem } from "../lib/client.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { officeWords as words } from "../words/office.ts";
import { Loaded } from "./states.tsx";

export interface Cited {
  readonly law: string;
  readonly at: string;
  readonly quote: string;
}

/** One rule in words, with the sentence of law that it stands on, its force and whether anybody has verified the text. */
export function RuleCard({ id, says: told }: { readonly id: string; readonly says?: string | undefined }) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const [pack = "", rule = ""] = id.split("/");
  const isOfPack = /^[a-z]{2}$|^house$/.test(pack);
  const query = useAsk(
    "rule.read",
    `/v1/rules/${encodeURIComponent(pack)}/${encodeURIComponent(rule)}`,
    {},
    { enabled: isOfPack },
  );
  if (!isOfPack || (query.error instanceof ApiProblem && query.error.status === 404))
    return (
      <div className="why">
        <p className="strong">{told ?? id}</p>
        <p className="soft">{say(words.ownReason)}</p>
        <p className="soft">
          <code>{id}</code>
        </p>
      </div>
    );
  return (
    <Loaded query={query} rows={2}>
      {({ says, cite, force, layer, verification }) => (
        <div className="why">
          <p className="strong">{says[lang]}</p>
          {/* A rule of the house is quoted in the language that it is written in, English, and says the same above. */}
          {lang === "zh" && cite.law.startsWith("house/") ? null : (
            <blockquote className="quote">{cite.quote}</blockquote>
          )}
          <p className="soft">
            {[
              ...new Set([
                cited(cite),
                word(words.forces, force, say),
                word(words.layers, layer, say),
                word(words.verifications, verification, say),
              ]),
            ].join(" · ")}
          </p>
          <p>
            <Link to="/rules/$pack/$rule" params={{ pack, rule }}>
              {id}
            </Link>
          </p>
        </div>
      )}
    </Loaded>
  );
}

type Words = Readonly<Record<string, { readonly en: string; readonly zh: string }>>;
export const word = (
  words: Words,
  key: string,
  say: <T>(both: { readonly en: T; readonly zh: T }) => T,
): string => {
  const both = words[key];
  return both ? say(both) : key;
};
