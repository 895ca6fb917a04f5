import { useParams } from "@tanstack/react-router";
import { Button, Tabs } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { day as dayWords, isZero } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { useGone } from "../lib/use-gone.ts";
import { CaseCourt } from "../parts/case-court.tsx";
import { CaseForecast } from "../parts/case-forecast.tsx";
import { CaseTimeline } from "../parts/case-timeline.tsx";
import { Channels } from "../parts/channels.tsx";
import { LoanLine } from "../parts/loan-line.tsx";
import { MessageForm } from "../parts/message-form.tsx";
import { Oversight } from "../parts/oversight.tsx";
import { Presence } from "../parts/presence.tsx";
import { PromiseForm } from "../parts/promise-form.tsx";
import { Age, Day, Money, SumCell } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel, Trouble } from "../parts/states.tsx";
import { Who } from "../parts/who.tsx";
import { owedParts, caseWords as words } from "../words/case.ts";
import { work } from "../words/work.ts";

type Loan = Answers["loan.read"];

/** One loan from every side: who, what is owed, what happened, and what may be done now. */
export function Page() {
  const { loan } = useParams({ strict: false }) as { loan: string };
  const path = `/v1/loans/${encodeURIComponent(loan)}`;
  return <Watched key={path} path={path} />;
}

function Watched({ path }: { readonly path: string }) {
  const [gone, again] = useGone(path);
  return gone ? <Trouble error={gone} retry={again} /> : <Looked path={path} />;
}

function Looked({ path }: { readonly path: string }) {
  const { asOf } = useSettings();
  const query = useAsk("loan.read", path, { asOf });
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Case data={data} />}
    </Loaded>
  );
}

function Case({ data }: { readonly data: Loan }) {
  const say = useSay();
  const { lang } = useSettings();
  const may = useMay();
  const [promise, setPromise] = useState(false);
  const [message, setMessage] = useState(false);
  return (
    <>
      <Head
        title={data.loan}
        lead={
          <>
            <Age bucket={data.bucket} dpd={data.dpd} /> · {words.statuses[data.status]?.[lang] ?? data.status}{" "}
            · {say(words.asOf)(dayWords(data.asOf, lang))}
          </>
        }
      >
        {may("loan.message-send") && data.status === "open" ? (
          <Button onClick={() => setMessage(true)}>{say(work.message)}</Button>
        ) : null}
        {may("loan.record") && data.status === "open" ? (
          <Button type="primary" onClick={() => setPromise(true)}>
            {say(words.promise)}
          </Button>
        ) : null}
      </Head>
      {may("loan.presence") ? <Presence loan={data.loan} /> : null}
      <Tabs
        items={[
          { key: "now", label: say(words.tabNow), children: <Now data={data} /> },
          ...(may("loan.forecast")
            ? [{ key: "comes", label: say(words.tabComes), children: <CaseForecast loan={data.loan} /> }]
            : []),
          ...(may("loan.proceedings")
            ? [{ key: "court", label: say(words.tabCourt), children: <CaseCourt loan={data.loan} /> }]
            : []),
        ]}
        destroyOnHidden
      />
      {message ? <MessageForm loan={data.loan} close={() => setMessage(false)} /> : null}
      {promise ? <PromiseForm data={data} close={() => setPromise(false)} /> : null}
    </>
  );
}

function Now({ data }: { readonly data: Loan }) {
  const may = useMay();
  return (
    <div className="two">
      <div>
        <Owed data={data} />
        {may("loan.line") ? <LoanLine loan={data.loan} /> : null}
        <CaseTimeline loan={data.loan} />
        {may("loan.schedule") ? <Schedule loan={data.loan} currency={data.currency} /> : null}
      </div>
      <div>
        {may("loan.why") ? <Channels loan={data.loan} /> : null}
        {may("loan.borrower") ? <Who loan={data.loan} /> : null}
        <Oversight loan={data.loan} />
      </div>
    </div>
  );
}

/** What is past due, part by part with its zeros, down to the sum; each figure is the API's. */
function Owed({ data }: { readonly data: Loan }) {
  const say = useSay();
  const { lang } = useSettings();
  const { currency, arrears } = data;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    [say(words.payoff), <Money key="payoff" of={data.payoff} currency={currency} strong />],
    ...(data.claimable === undefined
      ? []
      : [[say(words.claimable), <Money key="claimable" of={data.claimable} currency={currency} />] as const]),
    ...(data.outstanding === undefined
      ? []
      : [
          [
            say(words.outstanding),
            <Money key="outstanding" of={data.outstanding} currency={currency} />,
          ] as const,
        ]),
    ...(data.principal === undefined
      ? []
      : [[say(words.lent), <Money key="lent" of={data.principal} currency={currency} />] as const]),
    [say(words.oldest), <Day key="oldest" of={data.dueOn} />],
    [
      say(words.next),
      data.nextDue ? (
        <span key="next">
          <Day of={data.nextDue.on} /> <Money of={data.nextDue.amount} currency={currency} />
        </span>
      ) : (
        "–"
      ),
    ],
    ...(data.limitation
      ? [[say(words.limitation), <Limit key="limit" {...data.limitation} />] as const]
      : []),
    ...(data.product === undefined ? [] : [[say(words.product), data.product] as const]),
  ];
  return (
    <Panel title={say(words.owed)} extra={<span className="soft">{dayWords(data.asOf, lang)}</span>} flush>
      <table className="plain">
        <tbody>
          {owedParts.map((part) => (
            <tr key={part}>
              <td>{say(words[part])}</td>
              <SumCell of={arrears[part]} currency={currency} />
            </tr>
          ))}
          <tr className="sum">
            <td>{say(words.total)}</td>
            <SumCell of={arrears.total} currency={currency} />
          </tr>
          {isZero(data.disputed)
            ? null
            : (["disputed", "askable"] as const).map((part) => (
                <tr key={part} className={part === "askable" ? "sum" : undefined}>
                  <td>{say(work[part])}</td>
                  <td className="num">
                    <Money of={data[part]} currency={currency} />
                  </td>
                </tr>
              ))}
        </tbody>
      </table>
      <dl className="facts panel-body">
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
      </dl>
    </Panel>
  );
}

function Limit({ expiresOn, state }: { readonly expiresOn: string | null; readonly state: string }) {
  const { lang } = useSettings();
  return (
    <>
      <Day of={expiresOn} /> <span className="soft">{words.states[state]?.[lang] ?? state}</span>
    </>
  );
}

function Schedule({ loan, currency }: { readonly loan: string; readonly currency: string }) {
  const say = useSay();
  const { asOf } = useSettings();
  const [open, setOpen] = useState(false);
  const query = useAsk(
    "loan.schedule",
    `/v1/loans/${encodeURIComponent(loan)}/schedule`,
    { asOf },
    { enabled: open },
  );
  return (
    <Panel
      title={say(words.schedule)}
      extra={
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? "−" : "+"}
          <span className="hidden">{say(words.schedule)}</span>
        </Button>
      }
      flush
    >
      {open ? (
        <Loaded query={query}>
          {({ items }) => (
            <table className="plain">
              <thead>
                <tr>
                  <th className="num">{say(words.n)}</th>
                  <th>{say(words.due)}</th>
                  <th className="num">{say(words.principal)}</th>
                  <th className="num">{say(words.interest)}</th>
                  <th className="num">{say(words.paid)}</th>
                  <th className="num">{say(words.balance)}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <tr key={row.n}>
                    <td className="num figure">{row.n}</td>
                    <td>
                      <Day of={row.dueOn} />
                    </td>
                    <SumCell of={row.principal} currency={currency} />
                    <SumCell of={row.interest} currency={currency} />
                    <td className="num">
                      <Money of={row.principalPaid} currency={currency} /> <span className="soft">+</span>{" "}
                      <Money of={row.interestPaid} currency={currency} />
                    </td>
                    <SumCell of={row.balance} currency={currency} />
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Loaded>
      ) : null}
    </Panel>
  );
}
