import { Link, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { useAsk } from "../lib/use-ask.ts";
import { ReasonDialog } from "../parts/reason.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Instant, Loans, Money } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel, Trouble } from "../parts/states.tsx";
import { lettersWords as words } from "../words/letters.ts";

type Letter = Answers["letter.read"];

/** A fact of a letter that is checked before a lawyer puts his name to it. */
interface Check {
  readonly check: string;
  readonly state: string;
  readonly says?: string | { readonly en: string; readonly zh: string };
  readonly proof?: unknown;
}

/** A letter: the facts to check beside its paper; a lawyer reads, approves or returns it. */
export function Page() {
  const { letter } = useParams({ strict: false }) as { letter: string };
  const query = useAsk("letter.read", `/v1/letters/${encodeURIComponent(letter)}`);
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Told data={data} />}
    </Loaded>
  );
}

function Told({ data }: { readonly data: Letter }) {
  const say = useSay();
  const { lang } = useSettings();
  const may = useMay();
  const { message } = App.useApp();
  const [returning, setReturning] = useState(false);
  const path = `/v1/letters/${encodeURIComponent(data.letter)}`;
  const again = "letter.read";
  const read = useAct({
    send: () => ask<Answers["letter.open"]>(`${path}/open`, { method: "POST", body: {} }),
    again,
  });
  const approve = useAct({
    send: () => ask(`${path}/approve`, { method: "POST", body: {}, ifMatch: data.version }),
    done: () => void message.success(say(words.approved)),
    again,
  });
  const sendBack = useAct({
    send: (reason: string) =>
      ask(`${path}/return`, { method: "POST", body: { reason }, ifMatch: data.version }),
    done: () => {
      setReturning(false);
      void message.success(say(words.returned));
    },
    again,
  });
  const isOpen = data.state === "drafted";
  const checks = data.checks as readonly unknown[] as readonly Check[];
  return (
    <>
      <Head
        title={`${word(words.kinds, data.kind, say)} ${data.number}`}
        lead={
          <>
            <span className="tag">{word(words.states, data.state, say)}</span> {say(words.addressee)}{" "}
            {data.addressee}
          </>
        }
      >
        <Link to="/letters">{say(words.all)}</Link>
        {isOpen && may("letter.open") && !read.data ? (
          <Button type="primary" loading={read.isPending} onClick={() => read.mutate()}>
            {say(words.read)}
          </Button>
        ) : null}
        {isOpen && may("letter.return") ? (
          <Button onClick={() => setReturning(true)}>{say(words.back)}</Button>
        ) : null}
        {isOpen && may("letter.approve") && read.data ? (
          <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate()}>
            {say(words.approve)}
          </Button>
        ) : null}
        {data.file ? (
          <Button href={`${path}/file`} download>
            {say(words.file)}
          </Button>
        ) : null}
      </Head>
      {read.error ? <Trouble error={read.error} /> : null}
      {approve.error ? <Trouble error={approve.error} /> : null}
      <div className="two">
        <div>
          {read.data ? (
            <Panel label={say(words.letter)} flush>
              <article className="paper">{read.data.text}</article>
            </Panel>
          ) : null}
          <Panel title={say(words.checks)} flush>
            <table className="plain">
              <tbody>
                {checks.map(({ check, state, says, proof }) => (
                  <tr key={check}>
                    <td>
                      {word(words.checkNames, check, say)}
                      {says ? (
                        <div className="soft">{typeof says === "string" ? says : says[lang]}</div>
                      ) : null}
                      {typeof proof === "string" ? <div className="soft">{proof}</div> : null}
                    </td>
                    <td>
                      <span className={state === "ok" ? "tag on" : "tag dash"}>
                        {word(words.checkStates, state, say)}
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
        </div>
        <div>
          <Panel>
            <dl className="facts">
              <Fact name={say(words.demanded)}>
                <Money of={data.demanded} currency={data.currency} strong />
              </Fact>
              <Fact name={say(words.dated)}>
                <Day of={data.dated} />
              </Fact>
              <Fact name={say(words.answerBy)}>
                <Day of={data.answerBy} />
              </Fact>
              <Fact name={say(words.lawyer)}>
                {data.firm} · {data.lawyer}
              </Fact>
              <Fact name={say(words.loans)}>
                <Loans of={data.loans} between=" " />
              </Fact>
            </dl>
          </Panel>
          <Panel title={say(words.life)}>
            {data.history.length === 0 ? (
              <p className="soft">{say(words.noLife)}</p>
            ) : (
              <ul className="log">
                {data.history.map(({ at, kind, by, says }) => (
                  <li key={`${at} ${kind}`}>
                    <div className="soft">
                      <Instant of={at} /> · {by}
                    </div>
                    {says[lang]}
                  </li>
                ))}
              </ul>
            )}
          </Panel>
        </div>
      </div>
      {returning ? (
        <ReasonDialog
          title={say(words.backTitle)}
          act={say(words.back)}
          write={sendBack}
          close={() => setReturning(false)}
          run={sendBack.mutate}
        />
      ) : null}
    </>
  );
}
