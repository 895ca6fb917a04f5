import { useNavigate, useSearch } from "@tanstack/react-router";
import { Select } from "antd";
import { useMemo } from "react";
import { useSay, useSettings } from "../lib/settings.tsx";
import { itemsOf, useAsk, usePages } from "../lib/use-ask.ts";
import { List } from "../parts/lists.tsx";
import { RestsLine } from "../parts/rests.tsx";
import { Age, LoanLink, Money } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { caseWords, cases as words } from "../words/case.ts";

/** Loans of the lender, page by page, by age. */
export function Page() {
  const say = useSay();
  const { lang, asOf } = useSettings();
  const navigate = useNavigate();
  const { band, late } = useSearch({ strict: false }) as { band?: number; late?: string };
  const query = usePages(
    "loans.list",
    "/v1/loans",
    asOf === undefined
      ? { band, late: late === undefined ? undefined : "true", limit: 50 }
      : { asOf, limit: 50 },
  );
  const lender = useAsk("lender.read", "/v1/lender");
  const most = Math.max(1, ...(lender.data?.products ?? []).map(({ bandEdges }) => bandEdges.length));
  const items = useMemo(() => itemsOf(query.data), [query.data]);
  return (
    <>
      <Head title={say(words.title)} lead={say(words.lead)}>
        <Select
          aria-label={say(words.age)}
          // Which loans are late is what the last close found; a past day lists all of them.
          disabled={asOf !== undefined}
          style={{ width: 150 }}
          value={asOf !== undefined ? -1 : (band ?? (late === undefined ? -1 : -2))}
          onChange={(value: number) =>
            void navigate({
              to: "/cases",
              search: (value === -1 ? {} : value === -2 ? { late: "true" } : { band: value }) as never,
            })
          }
          options={[
            { value: -1, label: say(words.anyAge) },
            { value: -2, label: say(words.late) },
            ...Array.from({ length: most + 1 }, (_, i) => ({ value: i, label: <Age bucket={`M${i}`} /> })),
          ]}
        />
      </Head>
      <Loaded query={query} rows={10}>
        {() => (
          <Panel flush>
            <List
              rowKey="loan"
              items={items}
              width={760}
              none={<Nothing title={say(words.none)}>{say(words.noneMore)}</Nothing>}
              columns={[
                {
                  title: say(words.loan),
                  dataIndex: "loan",
                  render: (loan: string) => <LoanLink loan={loan} />,
                },
                { title: say(words.borrower), dataIndex: "borrower" },
                { title: say(words.product), dataIndex: "product" },
                {
                  title: say(words.status),
                  dataIndex: "status",
                  render: (status: string, { setAside }) => (
                    <>
                      {caseWords.statuses[status]?.[lang] ?? status}
                      {setAside ? <span className="tag dash">{say(words.setAside)}</span> : null}
                    </>
                  ),
                },
                {
                  title: say(words.age),
                  dataIndex: "bucket",
                  render: (bucket: string, { dpd }) => <Age bucket={bucket} dpd={dpd} />,
                },
                {
                  title: say(words.outstanding),
                  dataIndex: "outstanding",
                  className: "num",
                  render: (sum: string, { currency }) => <Money of={sum} currency={currency} />,
                },
                {
                  title: say(words.arrears),
                  dataIndex: "arrears",
                  className: "num",
                  render: (sum: string, { currency, disputed }) => (
                    <>
                      <Money of={sum} currency={currency} />
                      <RestsLine disputed={disputed} currency={currency} />
                    </>
                  ),
                },
              ]}
            />
            <More of={query} />
          </Panel>
        )}
      </Loaded>
    </>
  );
}
