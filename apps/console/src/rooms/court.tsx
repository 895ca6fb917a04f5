import { Link } from "@tanstack/react-router";
import { Button, Segmented } from "antd";
import { useMemo, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useMay, useMe } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { itemsOf, usePages } from "../lib/use-ask.ts";
import { CourtCalendar } from "../parts/court-calendar.tsx";
import { DaysLeft } from "../parts/court-days.tsx";
import { PagedTable } from "../parts/lists.tsx";
import { OpenProceeding } from "../parts/open-proceeding.tsx";
import { Day } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { courtWords as words } from "../words/court.ts";
import { rooms } from "../words/frame.ts";

type Brief = Answers["proceedings.list"]["items"][number];
type View = "board" | "calendar" | "enforcement" | "over";

/** The columns of the board, and which states stand in each. */
const STAGES: readonly { readonly name: string; readonly states: readonly string[] }[] = [
  { name: "before", states: ["prepared", "filed"] },
  { name: "hearing", states: ["accepted", "served", "hearing", "heard", "issued", "objected", "confirming"] },
  {
    name: "decided",
    states: ["mediated", "ruled", "ruling-appealed", "judged", "appealed", "agreed", "final"],
  },
  { name: "force", states: ["effective"] },
];

/** What is before courts: a board by stage, a calendar by day, enforcements and their lists. */
export function Page() {
  const say = useSay();
  const may = useMay();
  const [view, setView] = useState<View>("board");
  const [opening, setOpening] = useState(false);
  return (
    <>
      <Head title={say(rooms.court)} lead={say(words.lead)}>
        <Button href="/v1/court/calendar.ics" title={say(words.feedHint)} download>
          {say(words.feed)}
        </Button>
        {may("loan.proceeding-open") ? (
          <Button type="primary" onClick={() => setOpening(true)}>
            {say(words.open)}
          </Button>
        ) : null}
      </Head>
      <div className="views">
        <Segmented
          aria-label={say(words.view)}
          value={view}
          onChange={setView}
          options={(["board", "calendar", "enforcement", "over"] as const).map((value) => ({
            value,
            label: say(words.views[value]!),
          }))}
        />
      </div>
      {view === "board" ? <Board /> : null}
      {view === "calendar" ? <CourtCalendar /> : null}
      {view === "enforcement" ? <Enforcements /> : null}
      {view === "over" ? <Ended /> : null}
      {opening ? <OpenProceeding close={() => setOpening(false)} /> : null}
    </>
  );
}

function Board() {
  const say = useSay();
  const me = useMe();
  const query = usePages("proceedings.list", "/v1/proceedings", { over: "false", limit: 200 });
  const items = useMemo(() => itemsOf(query.data), [query.data]);
  return (
    <Loaded query={query} rows={8}>
      {() =>
        items.length === 0 ? (
          <Panel>
            <Nothing title={say(words.none)}>
              {say(me.role === "law-firm" ? words.noneFirm : words.noneMore)}
            </Nothing>
          </Panel>
        ) : (
          <>
            <div className="board">
              {STAGES.map(({ name, states }) => {
                const own = items.filter(({ state }) => states.includes(state));
                return (
                  <section key={name} className="board-stage" aria-label={say(words.stages[name]!)}>
                    <h2>
                      {say(words.stages[name]!)} <span className="soft figure">{own.length}</span>
                    </h2>
                    {own.length === 0 ? <p className="soft board-none">{say(words.noneInStage)}</p> : null}
                    {own.map((one) => (
                      <Slip key={one.proceeding} one={one} />
                    ))}
                  </section>
                );
              })}
            </div>
            <More of={query} />
          </>
        )
      }
    </Loaded>
  );
}

/** One proceeding on the board: what it is, where, and the day that comes next. */
function Slip({ one }: { readonly one: Brief }) {
  const say = useSay();
  const loan = one.loans[0]!;
  return (
    <article className="slip">
      <p className="slip-head">
        <Link to="/court/$loan/proceeding/$proceeding" params={{ loan, proceeding: one.proceeding }}>
          {one.caseNumber ?? one.proceeding}
        </Link>
        <span className="tag">{say(one.kindSays)}</span>
      </p>
      <p>{one.court}</p>
      <p className="soft">
        {say(one.stateSays)} · {one.loans.join(", ")}
      </p>
      {one.next ? (
        <p className="slip-next">
          <span>{say(one.next.says)}</span>
          <span>
            <Day of={one.next.lastOn} /> <DaysLeft day={one.next} />
          </span>
        </p>
      ) : (
        <p className="soft slip-next">{say(words.noDay)}</p>
      )}
    </article>
  );
}

function Ended() {
  const say = useSay();
  const query = usePages("proceedings.list", "/v1/proceedings", { over: "true", limit: 50 });
  return (
    <PagedTable
      query={query}
      none={<Nothing title={say(words.noneOver)} />}
      heads={
        <>
          <th>{say(words.number)}</th>
          <th>{say(words.kind)}</th>
          <th>{say(words.court)}</th>
          <th>{say(words.state)}</th>
          <th>{say(words.loans)}</th>
          <th>{say(words.openedOn)}</th>
        </>
      }
      row={(one) => (
        <tr key={one.proceeding}>
          <td>
            <Link
              to="/court/$loan/proceeding/$proceeding"
              params={{ loan: one.loans[0]!, proceeding: one.proceeding }}
            >
              {one.caseNumber ?? one.proceeding}
            </Link>
          </td>
          <td>{say(one.kindSays)}</td>
          <td>{one.court}</td>
          <td>{say(one.stateSays)}</td>
          <td>{one.loans.join(", ")}</td>
          <td>
            <Day of={one.openedOn} />
          </td>
        </tr>
      )}
    />
  );
}

function Enforcements() {
  const say = useSay();
  const query = usePages("enforcements.list", "/v1/enforcements", { limit: 50 });
  return (
    <PagedTable
      query={query}
      none={<Nothing title={say(words.noneEnforced)}>{say(words.noneEnforcedMore)}</Nothing>}
      heads={
        <>
          <th>{say(words.number)}</th>
          <th>{say(words.loan)}</th>
          <th>{say(words.court)}</th>
          <th>{say(words.state)}</th>
          <th>{say(words.dishonest)}</th>
          <th>{say(words.consumption)}</th>
        </>
      }
      row={(one) => (
        <tr key={one.enforcement}>
          <td>
            <Link to="/court/$loan/enforcement" params={{ loan: one.loan }}>
              {one.number ?? one.enforcement}
            </Link>
          </td>
          <td>{one.loan}</td>
          <td>{one.court}</td>
          <td>
            <span className="tag">{say(one.stateSays)}</span>
          </td>
          <td>{say(one.dishonestSays)}</td>
          <td>{say(one.consumptionSays)}</td>
        </tr>
      )}
    />
  );
}
