import { Button, DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { dayFormats, day as dayWords, money, signOf } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { refWords, stepWords } from "../words/steps.ts";
import { SUM } from "./fields.tsx";
import { Reasons } from "./reasons.tsx";
import { Day, Money } from "./said.tsx";
import { Loaded, Nothing, Panel } from "./states.tsx";

type Forecast = Answers["loan.forecast"];
type Coming = Forecast["events"][number];

interface Thought {
  readonly pay: string;
  readonly on: string;
}

/** What follows by itself: each day with how sure it is by its line, its sums, and the least that stops it. */
export function CaseForecast({ loan }: { readonly loan: string }) {
  const say = useSay();
  const { lang, asOf } = useSettings();
  const [thought, setThought] = useState<Thought | undefined>();
  const query = useAsk(
    "loan.forecast",
    `/v1/loans/${encodeURIComponent(loan)}/forecast`,
    { asOf, ...thought },
    { keep: true },
  );
  return (
    <Loaded query={query} rows={10}>
      {(found) => {
        const near = found.events.filter(
          ({ on, kind }) => on > found.asOf && on <= found.through && kind !== "suit-possible",
        );
        const far = found.events.filter((event) => !near.includes(event));
        return (
          <div className="two">
            <div>
              <Panel
                title={thought ? say(words.comesPaid)(money(thought.pay, found.currency)) : say(words.comes)}
                extra={<span className="soft">{say(words.comesThrough)(dayWords(found.through, lang))}</span>}
                flush
              >
                {near.length === 0 ? (
                  <Nothing title={say(words.comesNone)} />
                ) : (
                  <Events events={near} currency={found.currency} />
                )}
                {found.unknownFrom ? (
                  <p className="panel-body soft">
                    {say(words.unknownFrom)(dayWords(found.unknownFrom.on, lang))}: {found.unknownFrom.reason}
                  </p>
                ) : null}
              </Panel>
              {far.length > 0 ? (
                <Panel title={say(words.later)} flush>
                  <Events events={far} currency={found.currency} />
                </Panel>
              ) : null}
            </div>
            <div>
              <Try found={found} thought={thought} think={setThought} busy={query.isFetching} />
              <Legend events={found.events} />
              <Held held={found.heldBack} />
              <p className="soft note">{say(words.comesNote)}</p>
            </div>
          </div>
        );
      }}
    </Loaded>
  );
}

function Events({ events, currency }: { readonly events: readonly Coming[]; readonly currency: string }) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  return (
    <ol className="coming">
      {events.map((event, i) => {
        // The last line says what stops it, which stands below with its sums.
        const [first, ...rest] = event.stop ? event.says[lang].slice(0, -1) : event.says[lang];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two events of a day can say the same
          <li key={`${event.on} ${event.kind} ${i}`} className={`is-${event.certainty}`}>
            <div className="coming-when">
              <Day of={event.on} />
              {event.through ? (
                <>
                  {" – "}
                  <Day of={event.through} />
                </>
              ) : null}
            </div>
            <div className="coming-what">
              <p>
                {first}
                <span className="hidden"> ({say(event.certaintySays)})</span>
              </p>
              {rest.map((line) => (
                <p key={line} className="soft">
                  {line}
                </p>
              ))}
              {event.stop ? (
                <p className="coming-stop">
                  {say(words.stop)(money(event.stop.amount, currency), dayWords(event.stop.by, lang))}
                  {event.stop.clears === event.stop.amount ? null : (
                    <span className="soft">
                      {" "}
                      · {say(words.stopClears)(money(event.stop.clears, currency))}
                    </span>
                  )}
                </p>
              ) : null}
              {event.because.length > 0 ? (
                <p className="soft note">
                  {event.because
                    .map(({ cite, ref }) => (cite ? cited(cite) : refWords(ref, lang)))
                    .join(" · ")}
                </p>
              ) : null}
            </div>
            <div className="coming-sum">
              {event.sum ? <Money of={event.sum} currency={currency} strong /> : null}
              <div className="soft">
                <Money of={event.pastDue} currency={currency} /> {say(words.pastDueThen)}
              </div>
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** Certainty by form: a whole line, a broken one, a dotted one; each with its word. */
function Legend({ events }: { readonly events: readonly Coming[] }) {
  const say = useSay();
  const known = new Map(events.map((event) => [event.certainty, event.certaintySays]));
  const kinds = new Map(
    (["contract", "intended", "court"] as const).flatMap((one) => {
      const says = known.get(one);
      return says ? [[one, says] as const] : [];
    }),
  );
  if (kinds.size === 0) return null;
  return (
    <Panel title={say(words.comesLegend)}>
      <ul className="legend">
        {[...kinds].map(([certainty, says]) => (
          <li key={certainty} className={`is-${certainty}`}>
            {say(says)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Try({
  found,
  thought,
  think,
  busy,
}: {
  readonly found: Forecast;
  readonly thought: Thought | undefined;
  readonly think: (thought: Thought | undefined) => void;
  readonly busy: boolean;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const [sum, setSum] = useState("");
  const [on, setOn] = useState<string>(found.asOf);
  const isSum = SUM.test(sum) && Number(sum) > 0;
  return (
    <Panel title={say(words.comesTry)}>
      <form
        className="try"
        onSubmit={(event) => {
          event.preventDefault();
          if (isSum) think({ pay: sum, on });
        }}
      >
        <Input
          aria-label={say(words.amount)}
          placeholder={found.now.pastDue}
          prefix={signOf(found.currency)}
          inputMode="decimal"
          className="figure"
          value={sum}
          onChange={(event) => setSum(event.target.value.trim())}
        />
        <DatePicker
          aria-label={say(words.comesOn)}
          format={dayFormats(lang)}
          allowClear={false}
          value={dayjs(on)}
          minDate={dayjs(found.asOf)}
          onChange={(value) => setOn(value!.format("YYYY-MM-DD"))}
        />
        <Button htmlType="submit" disabled={!isSum} loading={busy && thought !== undefined}>
          {say(words.comesRun)}
        </Button>
        {thought ? (
          <Button type="text" onClick={() => think(undefined)}>
            {say(words.comesClear)}
          </Button>
        ) : null}
      </form>
    </Panel>
  );
}

/** Refusals of one step by the same rules are one line: a step that waits is looked at again and again. */
function Held({ held }: { readonly held: Forecast["heldBack"] }) {
  const say = useSay();
  const { lang } = useSettings();
  const groups = new Map<string, { first: Forecast["heldBack"][number]; times: number }>();
  for (const one of held) {
    const key = `${one.step} ${one.because.map(({ ref }) => ref).join()}`;
    const group = groups.get(key);
    if (group) group.times += 1;
    else groups.set(key, { first: one, times: 1 });
  }
  if (groups.size === 0) return null;
  return (
    <Panel title={say(words.held)} flush>
      <table className="plain">
        <tbody>
          {[...groups].map(([key, { first, times }]) => (
            <tr key={key}>
              <td>
                <Day of={first.on} />
                {times > 1 ? <span className="soft figure"> ×{times}</span> : null}
              </td>
              <td>
                {stepWords(first.step, lang)}
                <Reasons of={first.because.map(({ ref }) => ref)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
