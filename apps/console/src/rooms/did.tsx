import { Link, useParams } from "@tanstack/react-router";
import { useReasons } from "../lib/cited.ts";
import { day as dayWords } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { usePages } from "../lib/use-ask.ts";
import { PagedTable } from "../parts/lists.tsx";
import { word } from "../parts/rule-card.tsx";
import { LoanLink } from "../parts/said.tsx";
import { Head, Nothing } from "../parts/states.tsx";
import { stepWords } from "../words/steps.ts";
import { refusedWords, today, waysOf } from "../words/today.ts";

/** The loans behind a figure of a night. */
export function Page() {
  const say = useSay();
  const { lang } = useSettings();
  const reason = useReasons();
  const { day, what } = useParams({ strict: false }) as { day: string; what: string };
  const query = usePages("today.did", "/v1/today/did", { day, what, limit: 100 });
  return (
    <>
      <Head title={word(today.did, what, say)} lead={say(refusedWords.lead)(dayWords(day, lang))}>
        <Link to="/today">{say(refusedWords.back)}</Link>
      </Head>
      <PagedTable
        query={query}
        none={<Nothing title={say(today.didNone)} />}
        heads={
          <>
            <th>{say(refusedWords.loan)}</th>
            <th>{say(refusedWords.step)}</th>
            <th>{say(refusedWords.via)}</th>
            <th className="num">{say(refusedWords.dpd)}</th>
            <th>{say(today.rule)}</th>
          </>
        }
        row={(one) => (
          <tr key={`${one.loan} ${one.step} ${one.via}`}>
            <td>
              <LoanLink loan={one.loan} />
            </td>
            <td>{one.step ? stepWords(one.step, lang) : "–"}</td>
            <td>{one.via ? waysOf(one.via, say) : "–"}</td>
            <td className="num figure">{one.dpd ?? "–"}</td>
            <td>
              {one.rules.length === 0
                ? "–"
                : one.rules.map((rule) => (
                    <div key={rule}>
                      <Link to="/today/refused/$day/$rule" params={{ day, rule: rule.replace("/", "~") }}>
                        {reason(rule)}
                      </Link>
                    </div>
                  ))}
            </td>
          </tr>
        )}
      />
    </>
  );
}
