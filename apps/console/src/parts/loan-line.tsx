import { Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { day as dayWords, money } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { Day, Money, SumCell } from "./said.tsx";
import { Loaded, Panel } from "./states.tsx";

type Point = Answers["loan.line"]["points"][number];

const WIDTH = 640;
const HEIGHT = 150;
const LEFT = 8;
const RIGHT = 8;
const TOP = 14;
const DAY_MS = 86_400_000;

/** The loan's life as two lines: what is outstanding and how late it is; with the last figures in words, and all as a table. */
export function LoanLine({ loan }: { readonly loan: string }) {
  const say = useSay();
  const { asOf, lang } = useSettings();
  const [table, setTable] = useState(false);
  const query = useAsk("loan.line", `/v1/loans/${encodeURIComponent(loan)}/line`, { asOf }, { keep: true });
  return (
    <Panel
      title={say(words.line)}
      extra={
        <Button size="small" aria-pressed={table} onClick={() => setTable(!table)}>
          {say(words.lineTable)}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ points, currency }) => {
          const last = points.at(-1);
          if (!last) return <p className="soft">–</p>;
          const said =
            last.dpd > 0
              ? say(words.lineSays)(String(last.dpd), money(last.arrears, currency), dayWords(last.on, lang))
              : say(words.lineNone)(dayWords(last.on, lang));
          return (
            <>
              <p>{said}</p>
              {table ? (
                <Table points={points} currency={currency} />
              ) : (
                <Chart points={points} currency={currency} />
              )}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

/** Where figures stand on the picture; the figures themselves are the API's. */
function Chart({ points, currency }: { readonly points: readonly Point[]; readonly currency: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const at = (on: string): number => Date.parse(`${on}T00:00:00Z`) / DAY_MS;
  const [first, last] = [at(points[0]!.on), at(points.at(-1)!.on)];
  const x = (on: string): number =>
    LEFT + ((at(on) - first) / Math.max(1, last - first)) * (WIDTH - LEFT - RIGHT);
  const most = Math.max(1, ...points.map(({ outstanding }) => Number(outstanding)));
  const latest = Math.max(30, ...points.map(({ dpd }) => dpd));
  const line = (value: (point: Point) => number, top: number): string =>
    points
      .map(
        (point) => `${x(point.on).toFixed(1)},${(HEIGHT - (value(point) / top) * (HEIGHT - TOP)).toFixed(1)}`,
      )
      .join(" ");
  const balance = line(({ outstanding }) => Number(outstanding), most);
  const days = line(({ dpd }) => dpd, latest);
  return (
    <figure className="line-chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 22}`} role="img" aria-label={say(words.line)}>
        {[0, 0.5, 1].map((share) => (
          <line
            key={share}
            x1={LEFT}
            x2={WIDTH - RIGHT}
            y1={HEIGHT - share * (HEIGHT - TOP)}
            y2={HEIGHT - share * (HEIGHT - TOP)}
            className="line-grid"
          />
        ))}
        <polygon
          points={`${LEFT},${HEIGHT} ${balance} ${WIDTH - RIGHT},${HEIGHT}`}
          className="line-balance-area"
        />
        <polyline points={balance} className="line-balance" />
        <polyline points={days} className="line-days" />
        <text x={LEFT} y={HEIGHT + 17} className="line-label">
          {dayWords(points[0]!.on, lang)}
        </text>
        <text x={WIDTH - RIGHT} y={HEIGHT + 17} textAnchor="end" className="line-label">
          {dayWords(points.at(-1)!.on, lang)}
        </text>
      </svg>
      <figcaption className="line-keys">
        <span className="key-balance">
          {say(words.outstanding)} <Money of={points.at(-1)!.outstanding} currency={currency} />
        </span>
        <span className="key-days">
          {say(words.lineDays)} <span className="figure">{points.at(-1)!.dpd}</span>
        </span>
      </figcaption>
    </figure>
  );
}

function Table({ points, currency }: { readonly points: readonly Point[]; readonly currency: string }) {
  const say = useSay();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls is reached by keys
    <div className="scroll tall" tabIndex={0}>
      <table className="plain">
        <thead>
          <tr>
            <th>{say(words.due)}</th>
            <th className="num">{say(words.outstanding)}</th>
            <th className="num">{say(words.total)}</th>
            <th className="num">{say(words.lineDays)}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.on}>
              <td>
                <Day of={point.on} />
              </td>
              <SumCell of={point.outstanding} currency={currency} />
              <SumCell of={point.arrears} currency={currency} />
              <td className="num figure">{point.dpd}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
