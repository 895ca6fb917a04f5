import { Link, useParams } from "@tanstack/react-router";
import { Button } from "antd";
import { Fragment, useState } from "react";
import { day as dayWords } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { itemsOf, usePages } from "../lib/use-ask.ts";
import { RuleCard } from "../parts/rule-card.tsx";
import { Day, LoanLink } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { stepWords } from "../words/steps.ts";
import { waysOf, refusedWords as words } from "../words/today.ts";

/** The steps that one rule stopped in one night, each with all that stopped it. */
export function Page() {
  const say = useSay();
  const { lang } = useSettings();
  const { day, rule: named } = useParams({ strict: false }) as { day: string; rule: string };
  const rule = named.replace("~", "/");
  const query = usePages("today.refused", "/v1/today/refused", { day, rule, limit: 50 });
  const [open, setOpen] = useState<string | undefined>();
  const [first] = query.data?.pages ?? [];
  const items = itemsOf(query.data);
  return (
    <>
      <Head title={first?.says?.[lang] ?? rule} lead={`${say(words.lead)(dayWords(day, lang))} · ${rule}`}>
        <Link to="/today">{say(words.back)}</Link>
      </Head>
      <Loaded query={query}>
        {() => (
          <div className="two">
            <Panel title={say(words.title)} flush>
              {items.length === 0 ? (
                <Nothing title={say(words.none)} />
              ) : (
                <table className="plain">
                  <thead>
                    <tr>
                      <th>{say(words.loan)}</th>
                      <th>{say(words.step)}</th>
                      <th className="num">{say(words.dpd)}</th>
                      <th>{say(words.became)}</th>
                      <th>{say(words.again)}</th>
                      <th>
                        <span className="hidden">{say(words.why)}</span>
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => {
                      const key = `${one.loan} ${one.step} ${one.via}`;
                      const isOpen = open === key;
                      return (
                        <Fragment key={key}>
                          <tr>
                            <td>
                              <LoanLink loan={one.loan} />
                            </td>
                            <td>
                              {stepWords(one.step, lang)}
                              <div className="soft">{waysOf(one.via, say)}</div>
                            </td>
                            <td className="num figure">{one.dpd}</td>
                            <td>{say(one.became === "refused" ? words.refused : words.asked)}</td>
                            <td>{one.again ? <Day of={one.again} /> : <span className="soft">–</span>}</td>
                            <td className="right">
                              <Button
                                size="small"
                                aria-expanded={isOpen}
                                onClick={() => setOpen(isOpen ? undefined : key)}
                              >
                                {say(words.why)}
                              </Button>
                            </td>
                          </tr>
                          {isOpen ? (
                            <tr>
                              <td colSpan={6}>
                                {one.rules.map((id) => (
                                  <RuleCard
                                    key={id}
                                    id={id}
                                    says={id === rule ? first?.says?.[lang] : undefined}
                                  />
                                ))}
                                <p className="soft">{one.strategy}</p>
                              </td>
                            </tr>
                          ) : null}
                        </Fragment>
                      );
                    })}
                  </tbody>
                </table>
              )}
              <More of={query} />
            </Panel>
            <Panel title={say(words.why)}>
              <RuleCard id={rule} says={first?.says?.[lang]} />
            </Panel>
          </div>
        )}
      </Loaded>
    </>
  );
}
