import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { count, day as dayWords } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { type Both, useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { Age, Day, LoanLink, Money, SumCell } from "../parts/said.tsx";
import { Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { rooms } from "../words/frame.ts";
import { today } from "../words/today.ts";

type Today = Answers["today.read"];

/** What the close did, and what waits for a person. */
export function Page() {
  const { asOf } = useSettings();
  const [closing, setClosing] = useState(false);
  // While a close runs the page looks again every few seconds.
  const query = useAsk(
    "today.read",
    "/v1/today",
    { asOf },
    { keep: true, ...(closing ? { every: 3000 } : {}) },
  );
  const runs = query.data?.closing != null;
  useEffect(() => setClosing(runs), [runs]);
  return <Loaded query={query}>{(data) => <Told data={data} />}</Loaded>;
}

function Told({ data }: { readonly data: Today }) {
  const say = useSay();
  const { lang } = useSettings();
  const [night, setNight] = useState<string | undefined>();
  return (
    <>
      <Head title={say(rooms.today)} lead={say(today.lead)(data.name, dayWords(data.closedThrough, lang))} />
      {data.closing ? <Closing closing={data.closing} /> : null}
      {data.book ? (
        <Figures book={data.book} currency={data.currency} night={data.night} day={data.day} />
      ) : null}
      <div className="two">
        <div>
          <Stopped day={night ?? data.day} today={data} />
          <Nights nights={data.nights} picked={night ?? data.day} pick={setNight} />
        </div>
        <div>
          {data.waiting ? <Waiting waiting={data.waiting} /> : null}
          <Bands data={data} />
          {data.lookAt.length > 0 ? (
            <Panel title={say(today.lookAt)} flush>
              <table className="plain">
                <tbody>
                  {data.lookAt.map(({ loan, why }) => (
                    <tr key={loan}>
                      <td>
                        <LoanLink loan={loan} />
                      </td>
                      <td className="soft">{say(today.lookWhy[why])}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Panel>
          ) : null}
        </div>
      </div>
    </>
  );
}

/** One row of numbers, each a way to what is behind it. */
function Figures({
  book,
  currency,
  night,
  day,
}: {
  readonly book: NonNullable<Today["book"]>;
  readonly currency: string;
  readonly night: Today["night"];
  readonly day: string;
}) {
  const say = useSay();
  const may = useMay();
  const tile = (name: string, value: React.ReactNode, to?: object) =>
    to && may("loans.list") ? (
      <Link to="/cases" search={to as never}>
        <span className="name">{name}</span>
        <span className="value">{value}</span>
      </Link>
    ) : (
      <div>
        <span className="name">{name}</span>
        <span className="value">{value}</span>
      </div>
    );
  const did = (what: string, name: Both<string>, value: number) =>
    value === 0 ? (
      tile(say(name), count(value))
    ) : (
      <Link to="/today/did/$day/$what" params={{ day, what }}>
        <span className="name">{say(name)}</span>
        <span className="value">{count(value)}</span>
      </Link>
    );
  return (
    <div className="figures">
      {tile(say(today.loans), count(book.loans), {})}
      {tile(say(today.inArrears), count(book.inArrears), { late: "true" })}
      {tile(say(today.arrears), <Money of={book.arrears} currency={currency} />, { late: "true" })}
      {night ? did("cured", today.cured, night.cured) : null}
      {night ? did("planned", today.actions, night.actions) : null}
      {night ? did("refused", today.refused, night.refused) : null}
      {night ? did("asked", today.asked, night.asked) : null}
    </div>
  );
}

/** Why steps of a night were stopped: last night's, or that of the night that is picked below. */
function Stopped({ day, today: data }: { readonly day: string; readonly today: Today }) {
  const say = useSay();
  const { lang } = useSettings();
  const other = useAsk("today.read", "/v1/today", { asOf: day }, { enabled: day !== data.day, keep: true });
  const shown = day === data.day ? data : other.data;
  return (
    <Panel
      title={say(today.why)}
      extra={<span className="soft">{say(today.night)(dayWords(day, lang))}</span>}
      flush
    >
      {shown === undefined ? (
        <Loaded query={other} rows={2}>
          {() => null}
        </Loaded>
      ) : shown.byRule.length === 0 ? (
        <Nothing title={say(shown.night ? today.noneStopped : today.noNight)}>
          {say(today.pickAnother)}
        </Nothing>
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th>{say(today.rule)}</th>
              <th className="num">{say(today.times)}</th>
            </tr>
          </thead>
          <tbody>
            {shown.byRule.map(({ rule, times, says }) => (
              <tr key={rule}>
                <td>
                  <Link
                    to="/today/refused/$day/$rule"
                    params={{ day: shown.day, rule: rule.replace("/", "~") }}
                  >
                    {says ? says[lang] : rule}
                  </Link>
                  {says ? <div className="soft">{rule}</div> : null}
                </td>
                <td className="num figure">{count(times)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

function Nights({
  nights,
  picked,
  pick,
}: {
  readonly nights: Today["nights"];
  readonly picked: string;
  readonly pick: (day: string) => void;
}) {
  const say = useSay();
  if (nights.length === 0) return null;
  return (
    <Panel title={say(today.nights)} flush>
      <table className="plain">
        <thead>
          <tr>
            <th>{say(today.day)}</th>
            <th className="num">{say(today.touched)}</th>
            <th className="num">{say(today.actions)}</th>
            <th className="num">{say(today.refused)}</th>
            <th className="num">{say(today.asked)}</th>
            <th className="num">{say(today.cured)}</th>
          </tr>
        </thead>
        <tbody>
          {nights.map((night) => (
            <tr key={night.day} className={night.day === picked ? "is-picked" : ""}>
              <td>
                <button
                  type="button"
                  className="link"
                  aria-pressed={night.day === picked}
                  onClick={() => pick(night.day)}
                >
                  <Day of={night.day} />
                </button>
              </td>
              <td className="num figure">{count(night.touched)}</td>
              <td className="num figure">{count(night.actions)}</td>
              <td className="num figure">{count(night.refused)}</td>
              <td className="num figure">{count(night.asked)}</td>
              <td className="num figure">{count(night.cured)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Waiting({ waiting }: { readonly waiting: NonNullable<Today["waiting"]> }) {
  const say = useSay();
  const may = useMay();
  const rows = [
    { words: today.letters, n: waiting.letters, to: "/letters", needs: "letters.list" },
    { words: today.days, n: waiting.days, to: "/court", needs: "proceedings.list" },
    { words: today.promises, n: waiting.promises, to: "/today/promises", needs: "promises.list" },
    { words: today.approvals, n: waiting.approvals, to: "/approvals", needs: "approvals.list" },
    { words: today.complaints, n: waiting.complaints, to: "/complaints", needs: "complaints.list" },
    { words: today.hardship, n: waiting.hardship, to: "/plans", needs: "hardship.list" },
    { words: today.failed, n: waiting.failed, to: "/data", needs: "imports.list" },
  ].filter(({ n }) => n > 0);
  return (
    <Panel title={say(today.waiting)} flush>
      {rows.length === 0 ? (
        <p className="panel-body soft">{say(today.nothingWaits)}</p>
      ) : (
        <table className="plain">
          <tbody>
            {rows.map(({ words, n, to, needs }) => (
              <tr key={to}>
                <td>{may(needs) ? <Link to={to as "/letters"}>{say(words)}</Link> : say(words)}</td>
                <td className="num figure">
                  {count(n)}
                  {n >= waiting.most ? ` ${say(today.and)}` : ""}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}

/** How far the close is that runs now. */
function Closing({ closing }: { readonly closing: NonNullable<Today["closing"]> }) {
  const say = useSay();
  const { lang } = useSettings();
  const share = closing.of > 0 ? Math.floor((closing.done * 100) / closing.of) : 0;
  return (
    <div className="closing" role="status">
      <p>
        {closing.through ? say(today.closing)(dayWords(closing.through, lang)) : say(today.closingSome)}{" "}
        <span className="soft figure">
          {count(closing.done)} / {count(closing.of)}
        </span>
      </p>
      <progress max={100} value={share} aria-label={say(today.closingSome)} />
    </div>
  );
}

function Bands({ data: { book, currency, day } }: { readonly data: Today }) {
  const say = useSay();
  const may = useMay();
  const { lang, asOf } = useSettings();
  return (
    <Panel
      title={say(today.bands)}
      extra={<span className="soft">{book ? say(today.bandsOn)(dayWords(day, lang)) : null}</span>}
      flush
    >
      {book ? (
        <>
          <table className="plain bands">
            <thead>
              <tr>
                <th>{say(today.band)}</th>
                <th className="num">{say(today.band_loans)}</th>
                <th className="strip-cell">
                  <span className="hidden">{say(today.band_loans)}</span>
                </th>
                <th className="num">{say(today.arrears)}</th>
              </tr>
            </thead>
            <tbody>
              {book.bands.map(({ band, name, loans, arrears, share }) => (
                <tr key={band}>
                  <td>
                    {may("loans.list") && asOf === undefined ? (
                      <Link to="/cases" search={{ band } as never} className="quiet">
                        <Age bucket={name} />
                      </Link>
                    ) : (
                      <Age bucket={name} />
                    )}
                  </td>
                  <td className="num figure">{count(loans)}</td>
                  <td className="strip-cell">
                    <span className={`strip age-${Math.min(5, band)}`} style={{ width: `${share}%` }} />
                  </td>
                  <td className="num">
                    {band === 0 ? (
                      <span className="soft">–</span>
                    ) : (
                      <Money of={arrears} currency={currency} />
                    )}
                  </td>
                </tr>
              ))}
              <tr className="sum">
                <td>{say(today.inArrears)}</td>
                <td className="num figure">{count(book.inArrears)}</td>
                <td />
                <SumCell of={book.arrears} currency={currency} />
              </tr>
            </tbody>
          </table>
          <p className="panel-body soft">{say(today.ended)(count(book.ended), count(book.writtenOff))}</p>
        </>
      ) : (
        <div className="panel-body">
          <p className="soft">{say(today.bandsPast)}</p>
          {may("analytics.read") ? (
            <p>
              <Link to="/analytics/$report" params={{ report: "ages" }} search={{ to: day } as never}>
                {say(today.agesThen)}
              </Link>
            </p>
          ) : null}
        </div>
      )}
    </Panel>
  );
}
