import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { useAsk } from "../lib/use-ask.ts";
import { CourtHistory, DaysTable } from "../parts/court-days.tsx";
import { FormDialog } from "../parts/dialog.tsx";
import { EventForm } from "../parts/event-form.tsx";
import { DayField, LineField } from "../parts/fields.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, SumCell } from "../parts/said.tsx";
import { Fact, Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { courtWords as words } from "../words/court.ts";
import { courtEventWords } from "../words/court-events.ts";
import { officeWords } from "../words/office.ts";

type One = Answers["loan.enforcements"]["items"][number];

/** Enforcements about a loan: what is owed under the judgment, measures, lists, days, and what follows from what. */
export function Page() {
  const say = useSay();
  const may = useMay();
  const { loan } = useParams({ strict: false }) as { loan: string };
  const path = `/v1/loans/${encodeURIComponent(loan)}/enforcements`;
  const query = useAsk("loan.enforcements", path);
  const [applying, setApplying] = useState(false);
  return (
    <>
      <Head title={`${say(words.enforcement)} · ${loan}`}>
        <Link to="/court">{say(words.backToRoom)}</Link>
        {may("loan.read") ? (
          <Link to="/cases/$loan" params={{ loan }}>
            {say(words.toCase)}
          </Link>
        ) : null}
        {may("loan.enforcement-apply") ? (
          <Button type="primary" onClick={() => setApplying(true)}>
            {say(words.applyEnforcement)}
          </Button>
        ) : null}
      </Head>
      <Loaded query={query} rows={8}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <Nothing title={say(words.noneEnforced)}>{say(words.noneEnforcedMore)}</Nothing>
            </Panel>
          ) : (
            items.map((one) => <Enforcement key={one.enforcement} one={one} path={path} />)
          )
        }
      </Loaded>
      {applying ? <Apply path={path} close={() => setApplying(false)} /> : null}
    </>
  );
}

function Enforcement({ one, path }: { readonly one: One; readonly path: string }) {
  const say = useSay();
  const cited = useCited();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [recording, setRecording] = useState(false);
  const kinds = useAsk("enforcement.kinds", "/v1/enforcement-events", {}, { enabled: recording });
  const { currency, owed } = one;
  return (
    <section aria-label={one.number ?? one.enforcement}>
      <div className="head inner">
        <div>
          <h2>{one.number ?? one.enforcement}</h2>
          <p className="soft">
            <span className="tag">{say(one.stateSays)}</span> {one.court}
          </p>
        </div>
        {may("loan.enforcement-event") ? (
          <div className="head-acts">
            <Button onClick={() => setRecording(true)}>{say(words.record)}</Button>
          </div>
        ) : null}
      </div>
      <div className="two">
        <div>
          <Panel title={say(words.owed)} flush>
            <table className="plain">
              <tbody>
                <tr>
                  <td>{say(words.judged)}</td>
                  <SumCell of={owed?.judgment} currency={currency} />
                </tr>
                <tr>
                  <td>{say(words.doubled)}</td>
                  <SumCell of={owed?.doubled} currency={currency} />
                </tr>
                <tr className="sum">
                  <td>{say(words.total)}</td>
                  <SumCell of={owed?.total} currency={currency} />
                </tr>
              </tbody>
            </table>
            <dl className="facts panel-body">
              <Fact name={say(words.judgmentNumber)}>{one.judgment.number}</Fact>
              <Fact name={say(words.performBy)}>
                <Day of={one.judgment.performBy} />
              </Fact>
              <Fact name={say(words.applyBy)}>
                <Day of={one.applyBy} />{" "}
                {one.late ? <span className="tag dash">{say(words.late)}</span> : null}
              </Fact>
            </dl>
          </Panel>
          <Panel title={say(words.measures)} flush>
            {one.measures.length === 0 ? (
              <p className="panel-body soft">{say(words.noMeasures)}</p>
            ) : (
              <table className="plain">
                <tbody>
                  {one.measures.map(({ measure, type, what, granted, amount, until, ended }) => (
                    <tr key={measure}>
                      <td>
                        {type ? word(courtEventWords.choices, type, say) : measure}
                        <div className="soft">{what}</div>
                      </td>
                      <td>
                        <span className={ended ? "tag dash" : granted ? "tag on" : "tag"}>
                          {ended
                            ? `${say(words.endedMeasure)} · ${word(courtEventWords.choices, ended, say)}`
                            : say(granted ? words.granted : words.wished)}
                        </span>
                        {until ? (
                          <div className="soft">
                            {say(words.untilDay)} <Day of={until} />
                          </div>
                        ) : null}
                      </td>
                      <SumCell of={amount} currency={currency} />
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Panel>
          <Panel title={say(words.follows)} flush>
            <ul className="channels">
              {one.follows.map(({ follows, says, by, cite, verification }) => (
                <li key={`${follows} ${says.en}`}>
                  <p>
                    <strong>{word(words.followKinds, follows, say)}</strong> {say(says)}{" "}
                    {by ? <Day of={by} /> : null}
                  </p>
                  <p className="soft" title={cite.quote}>
                    {cited(cite)} · {word(officeWords.verifications, verification, say)}
                  </p>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
        <div>
          <Panel title={say(words.lists)} flush>
            <table className="plain">
              <tbody>
                {(["dishonest", "consumption"] as const).map((list) => (
                  <tr key={list}>
                    <td>{say(words[list])}</td>
                    <td>
                      <span className="tag">{say(one[list].says)}</span>
                      {one[list].until ? (
                        <div className="soft">
                          {say(words.untilDay)} <Day of={one[list].until} />
                        </div>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Panel>
          <Panel title={say(words.days)} flush>
            {one.days.length === 0 ? (
              <p className="panel-body soft">{say(words.noDay)}</p>
            ) : (
              <DaysTable days={one.days} />
            )}
          </Panel>
          <CourtHistory events={one.history} />
        </div>
      </div>
      {recording && kinds.data ? (
        <EventForm
          path={`${path}/${encodeURIComponent(one.enforcement)}/events`}
          version={one.version}
          choices={kinds.data.items.map(({ event, fields }) => ({
            key: event,
            words: word(courtEventWords.enforcementEvents, event, say),
            event,
            with: {},
            fields: [...fields, { column: "proof", choices: null }].map((field) => ({
              ...field,
              kind: KINDS[field.column] ?? "text",
              needed: false,
            })),
          }))}
          close={() => setRecording(false)}
          done={() => {
            setRecording(false);
            void message.success(say(words.recorded));
            void queries.invalidateQueries();
          }}
        />
      ) : null}
    </section>
  );
}

const KINDS: Readonly<Record<string, string>> = {
  amount: "money",
  keeps: "money",
  until: "day",
  performBy: "day",
  days: "number",
  years: "number",
};

interface Told {
  readonly court: string;
  readonly number: string;
  readonly on: Dayjs;
}

function Apply({ path, close }: { readonly path: string; readonly close: () => void }) {
  const say = useSay();
  const apply = useAct({
    send: ({ on, ...told }: Told) =>
      ask(path, { method: "POST", body: { ...told, on: on.format("YYYY-MM-DD") } }),
    done: close,
  });
  return (
    <FormDialog<Told>
      title={say(words.applyEnforcement)}
      lead={say(words.applyLead)}
      initial={{ on: dayjs() }}
      finish={(told) => apply.mutate(told)}
      write={apply}
      close={close}
    >
      <LineField name="court" label={say(words.court)} hint={say(words.courtHint)} autoFocus />
      <LineField name="number" label={say(words.judgmentNumber)} hint={say(words.judgmentNumber)} />
      <DayField name="on" label={say(words.on)} allowClear={false} />
    </FormDialog>
  );
}
