import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { DatePicker, Drawer, Select, Skeleton, Tabs } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { dayFormats, day as dayWords } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { itemsOf, useAsk, usePages } from "../lib/use-ask.ts";
import { type Behind, ReportTable } from "../parts/report-table.tsx";
import { Day, LoanLink, SumCell } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { analytics as words } from "../words/analytics.ts";

type Report = Answers["analytics.read"];

const REPORTS = Object.keys(words.reports) as (keyof typeof words.reports)[];

interface Search {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly product?: string | undefined;
}

/** Reports over the book: the number in words, a chart, the same as a table and as CSV, and the loans behind each number. */
export function Page() {
  const say = useSay();
  const { lang, asOf } = useSettings();
  const navigate = useNavigate();
  const { report: named } = useParams({ strict: false }) as { report?: string };
  const search = useSearch({ strict: false }) as Search;
  const report = REPORTS.find((one) => one === named) ?? "roll";
  const asked = { from: search.from, to: search.to ?? asOf, product: search.product };
  const query = useAsk("analytics.read", `/v1/analytics/${report}`, asked, { keep: true });
  const data = query.data?.report === report ? query.data : undefined;
  const go = (next: Search, to: string = report) =>
    void navigate({ to: "/analytics/$report", params: { report: to }, search: next as never });
  return (
    <>
      <Head
        title={say(words.title)}
        lead={data ? say(words.lead)(dayWords(data.from, lang), dayWords(data.to, lang)) : null}
      >
        <Choices report={report} data={data} search={search} go={go} />
      </Head>
      <Tabs
        activeKey={report}
        onChange={(key) => go(search.product ? { product: search.product } : {}, key)}
        items={REPORTS.map((key) => ({ key, label: say(words.reports[key]) }))}
      />
      {data ? (
        <Told data={data} asked={asked} />
      ) : (
        <Loaded query={query} rows={10}>
          {() => <Skeleton active title={false} paragraph={{ rows: 10 }} />}
        </Loaded>
      )}
    </>
  );
}

/** Which days and which product. */
function Choices({
  report,
  data,
  search,
  go,
}: {
  readonly report: string;
  readonly data: Report | undefined;
  readonly search: Search;
  readonly go: (next: Search) => void;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const lender = useAsk("lender.read", "/v1/lender");
  const products = lender.data?.products ?? [];
  const iso = (at: Dayjs): string => at.format("YYYY-MM-DD");
  const to = data ? dayjs(data.to) : null;
  const latest = lender.data ? dayjs(lender.data.closedThrough) : undefined;
  const isLater = (at: Dayjs): boolean => latest !== undefined && at.isAfter(latest, "day");
  return (
    <>
      {products.length > 1 ? (
        <Select
          aria-label={say(words.product)}
          style={{ minWidth: 140 }}
          value={search.product ?? ""}
          onChange={(product: string) =>
            go({ ...search, ...(product === "" ? { product: undefined } : { product }) })
          }
          options={[
            { value: "", label: say(words.allProducts) },
            ...products.map(({ code }) => ({ value: code, label: code })),
          ]}
        />
      ) : null}
      {report === "roll" ? (
        <DatePicker
          aria-label={say(words.month)}
          picker="month"
          allowClear={false}
          value={to}
          disabledDate={(at) => latest !== undefined && at.isAfter(latest, "month")}
          onChange={(at: Dayjs | null) => at && go({ ...search, to: iso(at.endOf("month")) })}
        />
      ) : report === "ages" ? (
        <DatePicker
          aria-label={say(words.day)}
          allowClear={false}
          format={dayFormats(lang)}
          value={to}
          disabledDate={isLater}
          onChange={(at: Dayjs | null) => at && go({ ...search, to: iso(at) })}
        />
      ) : (
        <DatePicker.RangePicker
          allowClear={false}
          format={dayFormats(lang)}
          placeholder={[say(words.first), say(words.last)]}
          value={data ? [dayjs(data.from), dayjs(data.to)] : null}
          disabledDate={isLater}
          onChange={(days) => {
            const [from, until] = days ?? [];
            if (from && until) go({ ...search, from: iso(from), to: iso(until) });
          }}
        />
      )}
    </>
  );
}

function Told({ data, asked }: { readonly data: Report; readonly asked: Search }) {
  const say = useSay();
  const [open, setOpen] = useState<{ readonly behind: Behind; readonly name: string } | undefined>();
  const tables = data.tables.filter(({ rows }) => rows.length > 0);
  return (
    <>
      <div className="told">
        {data.says.map((one) => (
          <p key={one.en}>{say(one)}</p>
        ))}
      </div>
      {tables.length === 0 ? (
        <Panel>
          <Nothing title={say(words.none)}>{say(words.noneMore)}</Nothing>
        </Panel>
      ) : null}
      {tables.map((table) => (
        <ReportTable
          key={table.key}
          data={data}
          table={table}
          asked={asked}
          open={(behind, name) => setOpen({ behind, name })}
        />
      ))}
      <Panel title={say(words.means)}>
        {data.means.map((one) => (
          <p key={one.en} className="soft means">
            {say(one)}
          </p>
        ))}
      </Panel>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        title={open?.name ?? say(words.behind)}
        size={460}
        destroyOnHidden
      >
        {open ? <Loans behind={open.behind} currency={data.currency} /> : null}
      </Drawer>
    </>
  );
}

/** The loans behind a number, page by page, as their journals tell them. */
function Loans({ behind, currency }: { readonly behind: Behind; readonly currency: string }) {
  const say = useSay();
  const query = usePages("analytics.loans", "/v1/analytics/loans", { ...behind, limit: 50 });
  const items = itemsOf(query.data);
  const [hasDays, hasSums] = [
    items.some(({ on }) => on !== null),
    items.some(({ amount }) => amount !== null),
  ];
  return (
    <Loaded query={query} rows={8}>
      {() => (
        <>
          {items.length === 0 ? (
            <Nothing title={say(words.noLoans)}>{query.hasNextPage ? say(words.goOn) : null}</Nothing>
          ) : (
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">{say(words.loan)}</th>
                  {hasDays ? <th scope="col">{say(words.on)}</th> : null}
                  {hasSums ? (
                    <th scope="col" className="num">
                      {say(words.amount)}
                    </th>
                  ) : null}
                </tr>
              </thead>
              <tbody>
                {items.map(({ loan, on, amount }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one loan can count twice on a day, and the list only grows
                  <tr key={`${loan} ${on} ${i}`}>
                    <td>
                      <LoanLink loan={loan} />
                    </td>
                    {hasDays ? (
                      <td>
                        <Day of={on} />
                      </td>
                    ) : null}
                    {hasSums ? <SumCell of={amount} currency={currency} /> : null}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <More of={query} />
        </>
      )}
    </Loaded>
  );
}
