import { Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useMemo, useState } from "react";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { itemsOf, usePages } from "../lib/use-ask.ts";
import { choicesOf } from "../parts/fields.tsx";
import { LetterBatch } from "../parts/letter-batch.tsx";
import { List } from "../parts/lists.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Money } from "../parts/said.tsx";
import { Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { rooms } from "../words/frame.ts";
import { lettersWords as words } from "../words/letters.ts";

/** Lawyers' letters; a firm sees its own. */
export function Page() {
  const say = useSay();
  const [state, setState] = useState("");
  const query = usePages("letters.list", "/v1/letters", { state, limit: 50 });
  const may = useMay();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [batch, setBatch] = useState<"approve" | "sign" | undefined>();
  const mayMany = may("letters.approve");
  const items = useMemo(() => itemsOf(query.data), [query.data]);
  const chosen = items.filter(({ letter }) => picked.includes(letter));
  const drafted = chosen.filter(({ state: one }) => one === "drafted");
  const approved = chosen.filter(({ state: one }) => one === "approved");
  return (
    <>
      <Head title={say(rooms.letters)} lead={say(words.lead)}>
        {mayMany && drafted.length > 0 ? (
          <Button onClick={() => setBatch("approve")}>{say(words.approveSelected)(drafted.length)}</Button>
        ) : null}
        {mayMany && approved.length > 0 ? (
          <Button type="primary" onClick={() => setBatch("sign")}>
            {say(words.signSelected)(approved.length)}
          </Button>
        ) : null}
        <Select
          aria-label={say(words.state)}
          style={{ width: 170 }}
          value={state}
          onChange={setState}
          options={[{ value: "", label: say(words.any) }, ...choicesOf(words.states, say)]}
        />
      </Head>
      <Loaded query={query} rows={8}>
        {() => (
          <Panel flush>
            <List
              rowKey="letter"
              rowSelection={
                mayMany
                  ? {
                      selectedRowKeys: [...picked],
                      onChange: (keys) => setPicked(keys.map(String)),
                      getCheckboxProps: ({ number }) => ({ "aria-label": `${say(words.select)} ${number}` }),
                    }
                  : undefined
              }
              items={items}
              width={820}
              none={<Nothing title={say(words.none)}>{say(words.noneMore)}</Nothing>}
              columns={[
                {
                  title: say(words.number),
                  dataIndex: "number",
                  render: (number: string, { letter }) => (
                    <Link to="/letters/$letter" params={{ letter }}>
                      {number}
                    </Link>
                  ),
                },
                {
                  title: say(words.letter),
                  dataIndex: "kind",
                  render: (kind: string) => word(words.kinds, kind, say),
                },
                {
                  title: say(words.state),
                  dataIndex: "state",
                  render: (one: string) => <span className="tag">{word(words.states, one, say)}</span>,
                },
                {
                  title: say(words.loans),
                  dataIndex: "loans",
                  render: (loans: readonly string[]) => loans.join(", "),
                },
                {
                  title: say(words.demanded),
                  dataIndex: "demanded",
                  className: "num",
                  render: (sum: string, { currency }) => <Money of={sum} currency={currency} />,
                },
                { title: say(words.dated), dataIndex: "dated", render: (on: string) => <Day of={on} /> },
                {
                  title: say(words.answerBy),
                  dataIndex: "answerBy",
                  render: (on: string) => <Day of={on} />,
                },
                { title: say(words.lawyer), dataIndex: "lawyer" },
              ]}
            />
            <More of={query} />
          </Panel>
        )}
      </Loaded>
      {batch ? (
        <LetterBatch
          what={batch}
          letters={batch === "approve" ? drafted : approved}
          close={() => setBatch(undefined)}
        />
      ) : null}
    </>
  );
}
