import { Link, useParams } from "@tanstack/react-router";
import { useReasons } from "../lib/cited.ts";
import { day as dayWords } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { usePages } from "../lib/use-ask.ts";
import { word } from "../parts/rule-card.tsx";
import { LoanLink } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { stepWords } from "../words/steps.ts";
import { refusedWords, today, waysOf } from "../words/today.ts";

/** The loans behind a figure of a night. */
export function Page() {
  const say = useSay();
  const { lang } = useSettings();
  const reason = useReasons();
  const { day, what } = useParams({ strict: false }) as { day: string; what: string };
  const query = usePages("today.did", "/v1/today/did", { day, what, limit: 100 });
  const items = query.data?.pages.flatMap(({ items: some }) => some) ?? [];
  return (
    <>
      <Head title={word(today.did, what, say)} lead={say(refusedWords.lead)(dayWords(day, lang))}>
        <Link to="/today">{say(refusedWords.back)}</Link>
      </Head>
      <Loaded query={query} rows={8}>
        {() => (
          <Panel flush>
            {items.length === 0 ? (
              <Nothing title={say(today.didNone)} />
            ) : (
              <div className="scroll">
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{say(refusedWords.loan)}</th>
                      <th>{say(refusedWords.step)}</th>
                      <th>{say(refusedWords.via)}</th>
                      <th className="num">{say(refusedWords.dpd)}</th>
                      <th>{say(today.rule)}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => (
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
                                  <Link
                                    to="/today/refused/$day/$rule"
                                    params={{ day, rule: rule.replace("/", "~") }}
                                  >
                                    {reason(rule)}
                                  </Link>
                                </div>
                              ))}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
            <More of={query} />
          </Panel>
        )}
      </Loaded>
    </>
  );
}
