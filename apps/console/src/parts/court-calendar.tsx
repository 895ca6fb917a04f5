import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { monthName, monthOf, shiftMonth, weekdays, weeksOf } from "../lib/months.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { DaysLeft } from "./court-days.tsx";
import { Day } from "./said.tsx";
import { Loaded, Nothing, Panel } from "./states.tsx";

type Found = Answers["court.deadlines"]["items"][number];
/** What a cell of the grid has room for; all of a month stands in the list below it. */
const IN_A_CELL = 3;

/** Hearings and last days of a month as a sheet, and below it as a list with everything of each. */
export function CourtCalendar() {
  const say = useSay();
  const now = useAsk("court.deadlines", "/v1/court/deadlines");
  const [month, setMonth] = useState<string | undefined>();
  return (
    <Loaded query={now} rows={10}>
      {({ today, items }) => {
        const passed = items.filter(({ daysLeft }) => daysLeft < 0);
        const shown = month ?? monthOf(today);
        return (
          <>
            {passed.length > 0 ? (
              <Panel title={say(words.passed)} flush>
                <DayList items={passed} />
              </Panel>
            ) : null}
            <Month month={shown} today={today} setMonth={setMonth} />
          </>
        );
      }}
    </Loaded>
  );
}

function Month({
  month,
  today,
  setMonth,
}: {
  readonly month: string;
  readonly today: string;
  readonly setMonth: (month: string | undefined) => void;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const weeks = weeksOf(month);
  const query = useAsk(
    "court.deadlines",
    "/v1/court/deadlines",
    { from: weeks[0]![0]!, to: weeks.at(-1)!.at(-1)! },
    { keep: true },
  );
  const items = query.data?.items ?? [];
  const ofMonth = items.filter(({ lastOn }) => monthOf(lastOn) === month);
  return (
    <>
      <Panel
        title={monthName(month, lang)}
        extra={
          <div className="filters">
            <Button size="small" onClick={() => setMonth(shiftMonth(month, -1))}>
              {say(words.before)}
            </Button>
            <Button size="small" onClick={() => setMonth(undefined)} disabled={month === monthOf(today)}>
              {say(words.thisMonth)}
            </Button>
            <Button size="small" onClick={() => setMonth(shiftMonth(month, 1))}>
              {say(words.after)}
            </Button>
          </div>
        }
        flush
      >
        <table className="sheet">
          <thead>
            <tr>
              {weekdays(lang).map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week[0]}>
                {week.map((day) => {
                  const own = items.filter(({ lastOn }) => lastOn === day);
                  return (
                    <td
                      key={day}
                      className={`${monthOf(day) === month ? "" : "is-other"} ${day === today ? "is-today" : ""}`}
                      aria-current={day === today ? "date" : undefined}
                    >
                      <span className="sheet-day figure">{Number(day.slice(8))}</span>
                      {own.slice(0, IN_A_CELL).map((one) => (
                        <MatterLink
                          key={`${one.matter} ${one.what} ${one.says.en}`}
                          one={one}
                          className={`sheet-entry by-${one.by}`}
                        >
                          {say(one.says)}
                        </MatterLink>
                      ))}
                      {own.length > IN_A_CELL ? (
                        <span className="soft">{say(words.moreOnDay)(own.length - IN_A_CELL)}</span>
                      ) : null}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={say(words.listOf)} flush>
        {ofMonth.length === 0 ? <Nothing title={say(words.noDays)} /> : <DayList items={ofMonth} />}
      </Panel>
    </>
  );
}

function MatterLink({
  one,
  className,
  children,
}: {
  readonly one: Found;
  readonly className?: string;
  readonly children: React.ReactNode;
}) {
  const { loan, matter } = one;
  return one.of === "proceeding" ? (
    <Link
      to="/court/$loan/proceeding/$proceeding"
      params={{ loan, proceeding: matter }}
      className={className}
    >
      {children}
    </Link>
  ) : (
    <Link to="/court/$loan/enforcement" params={{ loan }} className={className}>
      {children}
    </Link>
  );
}

export function DayList({ items }: { readonly items: readonly Found[] }) {
  const say = useSay();
  return (
    <table className="plain">
      <tbody>
        {items.map((one) => (
          <tr key={`${one.matter} ${one.what} ${one.lastOn} ${one.says.en}`}>
            <td>
              <Day of={one.lastOn} />
              <div>
                <DaysLeft day={one} />
              </div>
            </td>
            <td>
              <MatterLink one={one}>{say(one.says)}</MatterLink>
              <div className="soft">
                {say(one.actor)} · {one.court} · {one.number ?? one.matter} · {one.loan}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
