import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { List } from "../parts/lists.tsx";
import { RestsLine } from "../parts/rests.tsx";
import { Day, LoanLink, Money } from "../parts/said.tsx";
import { Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { cases } from "../words/case.ts";
import { placedWords as words } from "../words/work.ts";

/** An agency's cases: those that are placed with it at this instant, and no others. */
export function Page() {
  const say = useSay();
  const query = useAsk("placed.list", "/v1/placed");
  return (
    <>
      <Head title={say(words.title)} lead={say(words.lead)} />
      <Loaded query={query} rows={8}>
        {({ items }) => (
          <Panel flush>
            <List
              rowKey="loan"
              items={items}
              width={720}
              none={<Nothing title={say(words.none)} />}
              columns={[
                {
                  title: say(cases.loan),
                  dataIndex: "loan",
                  render: (loan: string) => <LoanLink loan={loan} />,
                },
                { title: say(words.name), dataIndex: "name", render: (name: string | null) => name || "–" },
                { title: say(words.phone), dataIndex: "phone", className: "figure" },
                { title: say(words.dpd), dataIndex: "dpd", className: "num" },
                {
                  title: say(cases.arrears),
                  dataIndex: "arrears",
                  className: "num",
                  render: (sum: string, { currency, disputed }) => (
                    <>
                      <Money of={sum} currency={currency} />
                      <RestsLine disputed={disputed} currency={currency} />
                    </>
                  ),
                },
                { title: say(words.contacts), dataIndex: "contactsToday", className: "num" },
                {
                  title: say(words.until),
                  dataIndex: "until",
                  render: (until: string | null) => <Day of={until} />,
                },
              ]}
            />
          </Panel>
        )}
      </Loaded>
    </>
  );
}
