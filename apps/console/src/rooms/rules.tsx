import { Link } from "@tanstack/react-router";
import { Input, Select, Table } from "antd";
import { useMemo, useState } from "react";
import { useCited } from "../lib/cited.ts";
import { count } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { choicesOf } from "../parts/fields.tsx";
import { word } from "../parts/rule-card.tsx";
import { Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { rooms } from "../words/frame.ts";
import { officeWords, rulesWords as words } from "../words/office.ts";
import { via as vias } from "../words/today.ts";

/** Every rule of the packs, found by its words, its law or its state. */
export function Page() {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const query = useAsk("rules.list", "/v1/rules");
  const [text, setText] = useState("");
  const [state, setState] = useState("");
  const [pack, setPack] = useState("");
  const items = query.data?.items ?? [];
  const packs = useMemo(() => [...new Set(items.map((one) => one.pack))], [items]);
  const shown = useMemo(() => {
    const low = text.trim().toLowerCase();
    return items.filter(
      (one) =>
        (state === "" || one.verification === state) &&
        (pack === "" || one.pack === pack) &&
        (low === "" ||
          `${one.id} ${one.says.en} ${one.says.zh} ${one.cite.law} ${one.cite.at} ${cited(one.cite)} ${one.cite.quote}`
            .toLowerCase()
            .includes(low)),
    );
  }, [items, text, state, pack, cited]);
  return (
    <>
      <Head title={say(rooms.rules)} lead={say(words.lead)}>
        <Input
          allowClear
          aria-label={say(words.find)}
          placeholder={say(words.find)}
          style={{ width: 220 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={say(words.pack)}
          style={{ width: 130 }}
          value={pack}
          onChange={setPack}
          options={[
            { value: "", label: say(words.anyPack) },
            ...packs.map((value) => ({ value, label: value })),
          ]}
        />
        <Select
          aria-label={say(words.state)}
          style={{ width: 190 }}
          value={state}
          onChange={setState}
          options={[{ value: "", label: say(words.any) }, ...choicesOf(officeWords.verifications, say)]}
        />
      </Head>
      <Loaded query={query} rows={10}>
        {() => (
          <Panel flush>
            <Table
              rowKey={(one) => `${one.pack} ${one.id}`}
              size="middle"
              pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
              dataSource={shown}
              scroll={{ x: 820 }}
              title={() => <span className="soft">{say(words.shown)(count(shown.length))}</span>}
              locale={{ emptyText: <Nothing title={say(words.none)} /> }}
              columns={[
                {
                  title: say(words.rule),
                  dataIndex: "id",
                  render: (id: string, one) => (
                    <>
                      <Link
                        to="/rules/$pack/$rule"
                        params={{ pack: id.split("/")[0]!, rule: id.split("/")[1] ?? "" }}
                      >
                        {one.says[lang]}
                      </Link>
                      <div className="soft">{id}</div>
                    </>
                  ),
                },
                {
                  title: say(words.source),
                  dataIndex: "cite",
                  width: 220,
                  render: cited,
                },
                {
                  title: say(words.state),
                  dataIndex: "verification",
                  width: 190,
                  render: (one: string) => (
                    <span className={one === "unverified" ? "tag dash" : "tag"}>
                      {word(officeWords.verifications, one, say)}
                    </span>
                  ),
                },
                {
                  title: say(words.governs),
                  dataIndex: "governs",
                  width: 160,
                  render: (kinds: readonly string[]) =>
                    kinds
                      .map((kind) => (vias[kind] ? say(vias[kind]!) : kind))
                      .join(lang === "zh" ? "、" : ", "),
                },
              ]}
            />
          </Panel>
        )}
      </Loaded>
    </>
  );
}
