import { useNavigate, useSearch } from "@tanstack/react-router";
import { Input, Tabs } from "antd";
import { useMemo, useState } from "react";
import { useSay, useSettings } from "../lib/settings.tsx";
import { itemsOf, useAsk, usePages } from "../lib/use-ask.ts";
import { List } from "../parts/lists.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { word } from "../parts/rule-card.tsx";
import { Instant, Local } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { caseWords } from "../words/case.ts";
import { roles, rooms } from "../words/frame.ts";
import { auditWords as words } from "../words/office.ts";
import { via as vias } from "../words/today.ts";

/** Every access, and every contact with one person. */
export function Page() {
  const say = useSay();
  const navigate = useNavigate();
  const { loan } = useSearch({ strict: false }) as { loan?: string };
  return (
    <>
      <Head title={say(rooms.audit)} lead={say(words.lead)} />
      <Tabs
        activeKey={loan === undefined ? "accesses" : "contacts"}
        onChange={(key) =>
          void navigate({ to: "/audit", search: (key === "contacts" ? { loan: "" } : {}) as never })
        }
        items={[
          { key: "accesses", label: say(words.accesses), children: <Accesses /> },
          { key: "contacts", label: say(words.contacts), children: <Contacts loan={loan ?? ""} /> },
        ]}
      />
    </>
  );
}

function Accesses() {
  const say = useSay();
  const { lang } = useSettings();
  const [subject, setSubject] = useState("");
  const [who, setWho] = useState("");
  const query = usePages("audit.list", "/v1/audit", { subject, who, limit: 50 });
  const items = useMemo(() => itemsOf(query.data), [query.data]);
  return (
    <>
      <div className="filters" style={{ marginBottom: 12 }}>
        <Find name={say(words.subject)} width={280} find={setSubject} />
        <Find name={say(words.who)} width={180} find={setWho} />
      </div>
      <Loaded query={query} rows={8}>
        {() => (
          <Panel flush>
            <List
              rowKey="request"
              size="small"
              items={items}
              width={1000}
              none={<Nothing title={say(words.none)} />}
              columns={[
                {
                  title: say(words.at),
                  dataIndex: "at",
                  width: 190,
                  render: (at: string) => <Local of={at} />,
                },
                { title: say(words.who), dataIndex: "who" },
                {
                  title: say(words.role),
                  dataIndex: "role",
                  width: 110,
                  render: (role: string) => roles[role]?.[lang] ?? role,
                },
                {
                  title: say(words.action),
                  dataIndex: "action",
                  render: (action: string, { purpose }) => (
                    <span title={action}>{purpose?.[lang] ?? <code>{action}</code>}</span>
                  ),
                },
                { title: say(words.on), dataIndex: "subject" },
                {
                  title: say(words.answer),
                  dataIndex: "allowed",
                  render: (allowed: boolean, { status }) => (
                    <span className={allowed ? "tag" : "tag dash"}>
                      {say(allowed ? words.yes : words.no)} {status}
                    </span>
                  ),
                },
                {
                  title: say(words.remark),
                  dataIndex: "remark",
                  width: 150,
                  render: (remark: string | null) => remark ?? <span className="soft">–</span>,
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

function Contacts({ loan }: { readonly loan: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const navigate = useNavigate();
  const query = useAsk(
    "loan.contacts",
    `/v1/loans/${encodeURIComponent(loan)}/contacts`,
    {},
    { enabled: loan !== "" },
  );
  return (
    <>
      <div className="filters" style={{ marginBottom: 12 }}>
        <Find
          name={say(words.findLoan)}
          width={280}
          start={loan}
          find={(text) => void navigate({ to: "/audit", search: { loan: text.trim() } as never })}
        />
      </div>
      {loan === "" ? (
        <Panel>
          <Nothing title={say(words.askLoan)} />
        </Panel>
      ) : (
        <Loaded query={query}>
          {({ items, borrower }) => (
            <Panel title={say(words.of)(loan, borrower)} flush>
              <List
                rowKey="action"
                size="small"
                items={items}
                width={820}
                none={<Nothing title={say(words.noContacts)} />}
                columns={[
                  { title: say(words.at), dataIndex: "at", render: (at: string) => <Instant of={at} /> },
                  {
                    title: say(words.via),
                    dataIndex: "via",
                    render: (way: string) => (vias[way] ? say(vias[way]!) : way),
                  },
                  { title: say(words.address), dataIndex: "address", className: "figure" },
                  {
                    title: say(words.permit),
                    dataIndex: "verdict",
                    render: (verdict: string, { rules, pack }) => (
                      <>
                        {word(caseWords as never, verdict, say)}
                        <div className="soft">{pack}</div>
                        {rules.length > 0 ? (
                          <details>
                            <summary className="soft">{rules.length}</summary>
                            <Reasons of={rules} />
                          </details>
                        ) : null}
                      </>
                    ),
                  },
                  {
                    title: say(words.outcome),
                    dataIndex: "outcome",
                    render: (outcome: string | null, { result }) =>
                      result?.[lang] ?? outcome ?? <span className="soft">–</span>,
                  },
                ]}
              />
            </Panel>
          )}
        </Loaded>
      )}
    </>
  );
}

function Find({
  name,
  width,
  start = "",
  find,
}: {
  readonly name: string;
  readonly width: number;
  readonly start?: string;
  readonly find: (text: string) => void;
}) {
  return (
    <Input.Search
      allowClear
      aria-label={name}
      placeholder={name}
      defaultValue={start}
      style={{ width }}
      onSearch={find}
    />
  );
}
