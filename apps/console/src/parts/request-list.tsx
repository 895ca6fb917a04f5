import { Link } from "@tanstack/react-router";
import { Select } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { type Both, useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { requestWords as words } from "../words/requests.ts";
import { choicesOf } from "./fields.tsx";
import { List } from "./lists.tsx";
import { Left } from "./request-parts.tsx";
import { Day, Loans } from "./said.tsx";
import { Head, Loaded, Nothing, Panel } from "./states.tsx";

type Row = Answers["complaints.list"]["items"][number];

interface Asked {
  readonly name: "complaints.list" | "hardship.list";
  readonly path: "/v1/complaints" | "/v1/hardship";
  readonly room: "/complaints" | "/plans";
  readonly title: Both<string>;
  readonly lead: Both<string>;
  readonly none: Both<string>;
  readonly noneMore: Both<string>;
  readonly states: Readonly<Record<string, Both<string>>>;
  readonly kinds?: { readonly any: Both<string>; readonly all: Readonly<Record<string, Both<string>>> };
}

/** A register: what was asked for, the nearest day first. */
export function RequestList({ name, path, room, title, lead, none, noneMore, states, kinds }: Asked) {
  const say = useSay();
  const { lang } = useSettings();
  const [state, setState] = useState("");
  const [kind, setKind] = useState("");
  const query = useAsk(name, path, { state, ...(kinds ? { kind } : {}), limit: 200 });
  const choices = (any: Both<string>, of: Readonly<Record<string, Both<string>>>) => [
    { value: "", label: say(any) },
    ...choicesOf(of, say),
  ];
  return (
    <>
      <Head title={say(title)} lead={say(lead)}>
        {kinds ? (
          <Select
            aria-label={say(words.about)}
            style={{ width: 190 }}
            value={kind}
            onChange={setKind}
            options={choices(kinds.any, kinds.all)}
          />
        ) : null}
        <Select
          aria-label={say(words.state)}
          style={{ width: 190 }}
          value={state}
          onChange={setState}
          options={choices(words.any, states)}
        />
      </Head>
      <Loaded query={query} rows={8}>
        {({ items }) => (
          <Panel flush>
            <List
              rowKey="reference"
              items={items as Row[]}
              width={860}
              none={<Nothing title={say(none)}>{say(noneMore)}</Nothing>}
              columns={[
                {
                  title: say(words.reference),
                  dataIndex: "reference",
                  render: (reference: string, { borrower }) => (
                    <Link
                      to={`${room}/$borrower/$reference` as "/plans/$borrower/$reference"}
                      params={{ borrower, reference }}
                      className="figure"
                    >
                      {reference}
                    </Link>
                  ),
                },
                {
                  title: say(words.about),
                  dataIndex: "aboutWords",
                  render: (about: Row["aboutWords"]) =>
                    about.map((one) => one[lang]).join(lang === "zh" ? "、" : ", "),
                },
                {
                  title: say(words.state),
                  dataIndex: "stateWords",
                  render: (one: Row["stateWords"]) => <span className="tag">{one[lang]}</span>,
                },
                {
                  title: say(words.loans),
                  dataIndex: "loans",
                  render: (loans: readonly string[]) => <Loans of={loans} />,
                },
                {
                  title: say(words.received),
                  dataIndex: "receivedOn",
                  render: (on: string) => <Day of={on} />,
                },
                { title: say(words.by), dataIndex: "nextOn", render: (on: string | null) => <Day of={on} /> },
                {
                  title: say(words.left),
                  dataIndex: "daysLeft",
                  className: "num",
                  render: (days: number | null) => <Left days={days} />,
                },
              ]}
            />
          </Panel>
        )}
      </Loaded>
    </>
  );
}
