import { Link, useParams } from "@tanstack/react-router";
import { Button, Dropdown, Form, Select } from "antd";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { useEvents } from "../lib/use-events.ts";
import { CorrectedDialog, MoreDialog } from "../parts/complaint-dialogs.tsx";
import { Corrections, type CorrectionTyped } from "../parts/corrections.tsx";
import { ReasonDialog } from "../parts/reason.tsx";
import { AskedBy, BothReasons, Files, History, Left } from "../parts/request-parts.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Loans, Money } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel } from "../parts/states.tsx";
import { requestWords, complaintWords as words } from "../words/requests.ts";

type Complaint = Answers["complaint.read"];
/** What is asked for in one line before it is recorded. */
type OneLine = "asked" | "extended" | "closed" | "noted" | "escalated";

/** A complaint: by when it is answered, what it stops, and the acts that follow. */
export function Page() {
  const { borrower, reference } = useParams({ strict: false }) as { borrower: string; reference: string };
  const path = `/v1/borrowers/${encodeURIComponent(borrower)}/complaints/${encodeURIComponent(reference)}`;
  const query = useAsk("complaint.read", path);
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Told data={data} path={path} borrower={borrower} />}
    </Loaded>
  );
}

function Told({
  data,
  path,
  borrower,
}: {
  readonly data: Complaint;
  readonly path: string;
  readonly borrower: string;
}) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const { can, doing, begin, run, ...opened } = useEvents<OneLine | "answered" | "corrected">(
    "complaint",
    path,
    data,
  );
  const more = [
    { key: "asked", label: say(words.ask) },
    { key: "extended", label: say(words.extend) },
    { key: "escalated", label: say(words.escalate) },
    { key: "closed", label: say(words.close) },
    { key: "noted", label: say(requestWords.note) },
  ].filter(({ key }) => can(key));
  return (
    <>
      <Head
        title={data.kindWords[lang]}
        lead={
          <>
            <span className="tag">{data.stateWords[lang]}</span>{" "}
            <span className="figure">{data.reference}</span>
          </>
        }
      >
        <Link to="/complaints">{say(words.all)}</Link>
        {can("corrected") && data.pending.length > 0 ? (
          <Button onClick={() => begin("corrected")}>{say(words.corrected)}</Button>
        ) : null}
        {more.length > 0 ? (
          <Dropdown menu={{ items: more, onClick: ({ key }) => begin(key as OneLine) }} trigger={["click"]}>
            <Button>{say(requestWords.act)}</Button>
          </Dropdown>
        ) : null}
        {can("answered") ? (
          <Button type="primary" onClick={() => begin("answered")}>
            {say(words.answer)}
          </Button>
        ) : null}
      </Head>
      <div className="two">
        <div>
          <Panel title={say(requestWords.words)}>
            <p>{data.words}</p>
          </Panel>
          {data.outcome ? (
            <Panel title={say(words.outcome)}>
              <p>{data.outcome.reason[lang]}</p>
            </Panel>
          ) : null}
          {data.pending.length > 0 ? (
            <Panel title={say(words.pending)}>
              <p className="soft">{say(words.pendingLead)}</p>
              <ul className="bare">
                {data.pending.map(({ loan, what, amount, of }) => (
                  <li key={`${loan} ${what} ${amount} ${of}`}>
                    <Loans of={[loan]} /> · {word(words.corrections, what, say)}{" "}
                    {amount ? <Money of={amount} currency={data.currency} /> : null} {of ?? ""}
                  </li>
                ))}
              </ul>
            </Panel>
          ) : null}
          <History events={data.events} />
        </div>
        <div>
          <Panel>
            <dl className="facts">
              <Fact name={say(requestWords.by)}>
                <Day of={data.answerBy} /> <Left days={data.daysLeft} />
              </Fact>
              <AskedBy of={data} borrower={borrower} loans={data.loans} />
              {data.disputed ? (
                <Fact name={say(words.disputed)}>
                  <Money of={data.disputed} currency={data.currency} />
                </Fact>
              ) : null}
            </dl>
            {data.because ? (
              <p className="soft" style={{ marginTop: 10 }}>
                {say(requestWords.source)}: {cited(data.because)} · {data.because.quote}
              </p>
            ) : null}
          </Panel>
          <Panel title={say(words.effect)}>
            <p>{data.holds ? say(words.stops[data.holds]) : say(words.stopsNothing)}</p>
          </Panel>
          <Files
            path={`/v1/borrowers/${encodeURIComponent(borrower)}/requests/${encodeURIComponent(data.reference)}`}
            files={data.files}
          />
        </div>
      </div>
      {doing === "answered" ? (
        <BothReasons<{ outcome: string; corrections?: readonly CorrectionTyped[] }>
          title={say(words.answer)}
          {...opened}
          run={({ outcome, en, zh, corrections = [] }) =>
            run({
              type: "answered",
              outcome,
              reason: { en, zh },
              corrections: outcome === "rejected" ? [] : corrections.map(given),
            })
          }
        >
          <Form.Item name="outcome" label={say(words.outcome)} rules={[{ required: true }]}>
            <Select
              autoFocus
              options={(["upheld", "partly", "rejected"] as const).map((value) => ({
                value,
                label: say(words.states[value]),
              }))}
            />
          </Form.Item>
          <Form.Item noStyle shouldUpdate>
            {({ getFieldValue }) =>
              ["upheld", "partly"].includes(getFieldValue("outcome")) ? (
                <Corrections loans={data.loans} />
              ) : null
            }
          </Form.Item>
        </BothReasons>
      ) : null}
      {doing === "corrected" ? <CorrectedDialog {...opened} run={run} /> : null}
      {doing === "escalated" || doing === "extended" ? (
        <MoreDialog what={doing} second={data.extensions > 0} {...opened} run={run} />
      ) : null}
      {doing === "asked" || doing === "noted" || doing === "closed" ? (
        <ReasonDialog
          title={more.find(({ key }) => key === doing)?.label}
          least={1}
          {...opened}
          run={(typed) =>
            run(doing === "closed" ? { type: doing, reason: typed } : { type: doing, words: typed })
          }
        />
      ) : null}
    </>
  );
}

/** Only what was filled in: an empty field is no answer. */
const given = (typed: CorrectionTyped): object =>
  Object.fromEntries(Object.entries(typed).filter(([, value]) => value !== undefined && value !== ""));
