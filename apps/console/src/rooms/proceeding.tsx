import { useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { useAsk } from "../lib/use-ask.ts";
import { CourtHistory, DaysTable } from "../parts/court-days.tsx";
import { EventForm } from "../parts/event-form.tsx";
import { Papers } from "../parts/papers.tsx";
import { ReasonDialog } from "../parts/reason.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Loans, Money } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel } from "../parts/states.tsx";
import { Where } from "../parts/where.tsx";
import { Worth } from "../parts/worth.tsx";
import { courtWords as words } from "../words/court.ts";

type Told = Answers["loan.proceeding"];

/** A proceeding: its days, its fees, its papers, what happened, and what may be recorded next with just what it needs. */
export function Page() {
  const { loan, proceeding } = useParams({ strict: false }) as { loan: string; proceeding: string };
  const path = `/v1/loans/${encodeURIComponent(loan)}/proceedings/${encodeURIComponent(proceeding)}`;
  const query = useAsk("loan.proceeding", path);
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Proceeding data={data} loan={loan} path={path} />}
    </Loaded>
  );
}

function Proceeding({
  data,
  loan,
  path,
}: {
  readonly data: Told;
  readonly loan: string;
  readonly path: string;
}) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [dialog, setDialog] = useState<"event" | "back" | undefined>();
  const last = data.history.find((one) => one.last);
  const back = useAct({
    send: (reason: string) =>
      ask(`${path}/events`, {
        method: "POST",
        ifMatch: data.version,
        body: { event: "taken-back", on: last!.on, with: { name: last!.event, reason } },
      }),
    done: () => setDialog(undefined),
  });
  return (
    <>
      <Head
        title={data.caseNumber ?? data.proceeding}
        lead={
          <>
            <span className="tag">{say(data.kindSays)}</span> {data.court} · {say(data.stateSays)}
          </>
        }
      >
        <Link to="/court">{say(words.backToRoom)}</Link>
        {may("loan.proceeding-event") && last ? (
          <Button onClick={() => setDialog("back")}>{say(words.takeBack)}</Button>
        ) : null}
        {may("loan.proceeding-event") && data.may.length > 0 ? (
          <Button type="primary" onClick={() => setDialog("event")}>
            {say(words.record)}
          </Button>
        ) : null}
      </Head>
      <div className="two">
        <div>
          <Panel title={say(words.days)} flush>
            {data.days.length === 0 ? (
              <p className="panel-body soft">{say(data.over ? words.over : words.noDay)}</p>
            ) : (
              <DaysTable days={data.days} />
            )}
          </Panel>
          <Fees data={data} />
          {may("loan.papers") ? <Papers loan={loan} court={data.court} /> : null}
        </div>
        <div>
          <Facts data={data} />
          {data.over ? null : <Worth loan={loan} />}
          <Where loan={loan} kind={data.kind} />
          <CourtHistory events={data.history} />
        </div>
      </div>
      {dialog === "event" ? (
        <EventForm<Answers["loan.proceeding-event"]>
          path={`${path}/events`}
          version={data.version}
          choices={data.may.map((one) => ({ ...one, words: say(one.says) }))}
          close={() => setDialog(undefined)}
          done={({ booked }) => {
            setDialog(undefined);
            void message.success(
              booked.length > 0 ? say(words.booked)(booked.join(", ")) : say(words.recorded),
            );
            void queries.invalidateQueries();
          }}
        />
      ) : null}
      {dialog === "back" && last ? (
        <ReasonDialog
          title={say(words.takeBack)}
          lead={
            <>
              {say(last.says)}. {say(words.takeBackLead)}
            </>
          }
          act={say(words.takeBack)}
          write={back}
          close={() => setDialog(undefined)}
          run={back.mutate}
        />
      ) : null}
    </>
  );
}

function Facts({ data }: { readonly data: Told }) {
  const say = useSay();
  const { currency, award } = data;
  return (
    <Panel>
      <dl className="facts">
        <Fact name={say(words.claimed)}>
          <Money of={data.claimed} currency={currency} strong />
        </Fact>
        <Fact name={say(words.procedure)}>{data.procedureSays ? say(data.procedureSays) : "–"}</Fact>
        <Fact name={say(words.openedOn)}>
          <Day of={data.openedOn} />
        </Fact>
        <Fact name={say(words.firm)}>
          {data.firm ? `${data.firm}${data.lawyer ? ` · ${data.lawyer}` : ""}` : say(words.house)}
        </Fact>
        <Fact name={say(words.loans)}>
          <Loans of={data.loans} between=" " />
        </Fact>
        {data.performBy ? (
          <Fact name={say(words.performBy)}>
            <Day of={data.performBy} />
          </Fact>
        ) : null}
      </dl>
      {award ? (
        <table className="plain" style={{ marginTop: 12 }}>
          <caption>{say(words.award)}</caption>
          <thead>
            <tr>
              <th>{say(words.loan)}</th>
              <th className="num">{say(words.principal)}</th>
              <th className="num">{say(words.interest)}</th>
              <th className="num">{say(words.costs)}</th>
            </tr>
          </thead>
          <tbody>
            {award.map(({ loan, principal, interest, costs }) => (
              <tr key={loan}>
                <td>{loan}</td>
                {[principal, interest, costs].map((sum, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three columns, always in this order
                  <td key={i} className="num">
                    <Money of={sum} currency={currency} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </Panel>
  );
}

/** Who pays a fee first and who bears it in the end, with the sentence that says so. */
function Fees({ data: { fees, kind, currency } }: { readonly data: Told }) {
  const say = useSay();
  const cited = useCited();
  return (
    <Panel title={say(words.fees)} flush>
      {fees === null ? (
        <p className="panel-body soft">{say(kind === "mediation" ? words.feesFree : words.feesNone)}</p>
      ) : (
        <div className="scroll">
          <table className="plain">
            <thead>
              <tr>
                <th>{say(words.fee)}</th>
                <th className="num">{say(words.charged)}</th>
                <th className="num">{say(words.prepaid)}</th>
                <th className="num">{say(words.fromCourt)}</th>
                <th className="num">{say(words.applicant)}</th>
                <th className="num">{say(words.debtor)}</th>
                <th className="num">{say(words.stillOpen)}</th>
              </tr>
            </thead>
            <tbody>
              {fees.lines.map((line) => (
                <tr key={line.of}>
                  <td>
                    {word(words.feeOf, line.of, say)}
                    <div className="soft">
                      {[...new Set(line.because.map(({ cite }) => cited(cite)))].join("; ")}
                    </div>
                  </td>
                  {[line.charged, line.prepaid, line.fromCourt, line.applicant, line.debtor, line.open].map(
                    (sum, i) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: six columns, always in this order
                      <td key={i} className="num">
                        <Money of={sum} currency={currency} />
                      </td>
                    ),
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
