import { Link, useParams } from "@tanstack/react-router";
import { useCited } from "../lib/cited.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { word } from "../parts/rule-card.tsx";
import { Day } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel } from "../parts/states.tsx";
import { officeWords, rulesWords as words } from "../words/office.ts";
import { via as vias } from "../words/today.ts";

/** A dated value of a pack, as the file has it. */
interface Value {
  readonly name?: string;
  readonly from?: string;
  readonly to?: string;
  readonly value?: unknown;
  readonly cite?: { readonly law?: string; readonly at?: string; readonly quote?: string };
  readonly checkedOn?: string;
  readonly checked_on?: string;
  readonly verification?: string;
}

/** One rule: its sentence, its law, its values at each time. */
export function Page() {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const { pack, rule } = useParams({ strict: false }) as { pack: string; rule: string };
  const query = useAsk("rule.read", `/v1/rules/${encodeURIComponent(pack)}/${encodeURIComponent(rule)}`);
  return (
    <Loaded query={query} rows={8}>
      {(one) => (
        <>
          <Head title={one.says[lang]} lead={one.id}>
            <Link to="/rules">{say(words.back)}</Link>
          </Head>
          <div className="two">
            <Panel title={cited(one.cite)}>
              <blockquote className="quote">{one.cite.quote}</blockquote>
            </Panel>
            <Panel>
              <dl className="facts">
                <Fact name={say(words.state)}>{word(officeWords.verifications, one.verification, say)}</Fact>
                <Fact name={say(words.source)}>
                  {word(officeWords.forces, one.force, say)} · {word(officeWords.layers, one.layer, say)}
                </Fact>
                <Fact name={say(words.from)}>
                  <Day of={one.from} />
                  {one.to ? (
                    <>
                      {" "}
                      {say(words.to)} <Day of={one.to} />
                    </>
                  ) : null}
                </Fact>
                <Fact name={say(words.governs)}>
                  {one.governs
                    .map((kind) => (vias[kind] ? say(vias[kind]!) : kind))
                    .join(lang === "zh" ? "、" : ", ")}
                </Fact>
                <Fact name={say(words.pack)}>
                  {one.pack} {one.version}
                </Fact>
              </dl>
            </Panel>
          </div>
          <Panel title={say(words.values)} flush>
            {one.values.length === 0 ? (
              <p className="panel-body soft">{say(words.noValues)}</p>
            ) : (
              <table className="plain">
                <thead>
                  <tr>
                    <th>{say(words.name)}</th>
                    <th>{say(words.value)}</th>
                    <th>{say(words.from)}</th>
                    <th>{say(words.source)}</th>
                  </tr>
                </thead>
                <tbody>
                  {(one.values as readonly unknown[] as readonly Value[]).map(
                    ({ name, value, from, to, cite, verification }) => (
                      <tr key={`${name} ${from} ${JSON.stringify(value)}`}>
                        <td>
                          <code>{name}</code>
                        </td>
                        <td>
                          {typeof value === "string" || typeof value === "number" ? (
                            String(value)
                          ) : (
                            <code>{JSON.stringify(value)}</code>
                          )}
                        </td>
                        <td>
                          <Day of={from} />
                          {to ? (
                            <>
                              {" "}
                              {say(words.to)} <Day of={to} />
                            </>
                          ) : null}
                        </td>
                        <td>
                          {cite?.law && cite.at ? cited({ law: cite.law, at: cite.at }) : null}
                          {verification ? (
                            <div className="soft">{word(officeWords.verifications, verification, say)}</div>
                          ) : null}
                        </td>
                      </tr>
                    ),
                  )}
                </tbody>
              </table>
            )}
          </Panel>
        </>
      )}
    </Loaded>
  );
}
