import { Button, Skeleton } from "antd";
import { lazy, Suspense, useMemo } from "react";
import type { Answers } from "../lib/answers.ts";
import { addressOf } from "../lib/client.ts";
import { grouped, money as moneyText } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { analytics as words } from "../words/analytics.ts";
import { chartOf } from "./report-charts.ts";
import { Age, Money } from "./said.tsx";
import { Panel } from "./states.tsx";

const Chart = lazy(() => import("./chart.tsx").then(({ Chart: of }) => ({ default: of })));

type Report = Answers["analytics.read"];
type Table = Report["tables"][number];
type Row = Table["rows"][number];
/** Which loans are behind a number, as `GET /v1/analytics/loans` asks for them. */
export type Behind = Readonly<Record<string, string>>;

/** A table of a report with its chart and its file. */
export function ReportTable({
  data,
  table,
  asked,
  open,
}: {
  readonly data: Report;
  readonly table: Table;
  readonly asked: { readonly product?: string | undefined };
  readonly open: (behind: Behind, name: string) => void;
}) {
  const say = useSay();
  const { lang, tones } = useSettings();
  const chart = useMemo(() => chartOf(data, table, tones, lang), [data, table, tones, lang]);
  const name = say(table.says);
  const file = addressOf(`/v1/analytics/${data.report}/file`, {
    from: data.report === "roll" || data.report === "ages" ? undefined : data.from,
    to: data.to,
    product: asked.product,
    table: table.key,
    lang,
  });
  const cautions = [
    ...new Map(table.rows.flatMap(({ caution }) => (caution ? [[caution.en, caution]] : []))).values(),
  ];
  return (
    <Panel
      title={name}
      extra={
        <Button size="small" href={file} aria-label={say(words.csvOf)(name)} download>
          {say(words.csv)}
        </Button>
      }
      flush
    >
      {chart ? (
        <div className="chart-place">
          <Suspense fallback={<Skeleton active title={false} paragraph={{ rows: 6 }} />}>
            <Chart asked={chart} label={say(words.chartOf)(name)} />
          </Suspense>
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways has to be reached by keyboard */}
      <section className="scroll-x" aria-label={name} tabIndex={0}>
        <table className="plain grid">
          <thead>
            <tr>
              <th scope="col">{say(table.of)}</th>
              {table.columns.map(({ key, says }) => (
                <th key={key} scope="col" className="num">
                  {say(says)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">
                  {/^M\d+$/.test(row.says.en) ? <Age bucket={row.says.en} /> : say(row.says)}
                  {row.caution ? <span className="soft"> *</span> : null}
                </th>
                {row.cells.map((cell, i) => (
                  <td key={table.columns[i]!.key} className="num figure">
                    <Figure data={data} table={table} row={row} at={i} cell={cell} open={open} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {cautions.map((one) => (
        <p key={one.en} className="panel-body soft">
          * {say(one)}
        </p>
      ))}
    </Panel>
  );
}

/** One number, which opens its loans where there are any to open. */
function Figure({
  data,
  table,
  row,
  at,
  cell: { value, behind },
  open,
}: {
  readonly data: Report;
  readonly table: Table;
  readonly row: Row;
  readonly at: number;
  readonly cell: Row["cells"][number];
  readonly open: (behind: Behind, name: string) => void;
}) {
  const say = useSay();
  const { kind, says } = table.columns[at]!;
  if (value === null) return <span className="soft">–</span>;
  const shown =
    kind === "money" ? (
      <Money of={value} currency={data.currency} />
    ) : kind === "count" ? (
      grouped(value)
    ) : (
      value.replace(/(^|– )-/g, "$1−")
    );
  if (!behind) return /^0(?:\.0+)?$/.test(value) ? <span className="soft">{shown}</span> : shown;
  const [of, column] = [say(row.says), say(says)];
  return (
    <button
      type="button"
      className="link"
      aria-label={say(words.open)(
        of,
        column,
        kind === "money" ? moneyText(value, data.currency) : typeof shown === "string" ? shown : value,
      )}
      onClick={() => open(behind, `${of} · ${column}`)}
    >
      {shown}
    </button>
  );
}
