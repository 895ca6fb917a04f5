import { Segmented } from "antd";
import { useMemo, useState } from "react";
import { type Both, useSay, useSettings } from "../lib/settings.tsx";
import { useTold } from "../lib/told.ts";
import { itemsOf, usePages } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { Day } from "./said.tsx";
import { Loaded, More, Nothing, Panel } from "./states.tsx";

const GROUPS: readonly { readonly key: string; readonly words: Both<string>; readonly has: RegExp }[] = [
  { key: "all", words: words.everything, has: /./ },
  {
    key: "money",
    words: words.money,
    has: /Payment|Charge|Waiver|Interest|Booked|Balance|Reversed|Ended|Cured|Band|Accelerat|Settle|WriteOff|WrittenOff|Restructur/,
  },
  { key: "contacts", words: words.contacts, has: /Contact|Action|Reply|Address|Case/ },
  { key: "steps", words: words.steps, has: /^Step|^Stage|^Question|^Hold/ },
  { key: "promises", words: words.promises, has: /^Promise/ },
  { key: "papers", words: words.papers, has: /^Letter|^Limitation|^Document/ },
];

/** Everything that happened, the newest first. */
export function CaseTimeline({ loan }: { readonly loan: string }) {
  const say = useSay();
  const told = useTold();
  const { lang, asOf } = useSettings();
  const [group, setGroup] = useState("all");
  const query = usePages("loan.timeline", `/v1/loans/${encodeURIComponent(loan)}/timeline`, { limit: 200 });
  const all = useMemo(() => itemsOf(query.data), [query.data]);
  const has = GROUPS.find(({ key }) => key === group)!.has;
  const shown = all.filter(({ kind, on }) => has.test(kind) && (asOf === undefined || on <= asOf));
  return (
    <Panel
      title={say(words.timeline)}
      extra={
        <Segmented
          size="small"
          aria-label={say(words.timeline)}
          value={group}
          onChange={setGroup}
          options={GROUPS.map(({ key, words: name }) => ({ value: key, label: say(name) }))}
        />
      }
      flush
    >
      <Loaded query={query} rows={6}>
        {() => (
          <>
            {shown.length === 0 ? (
              <Nothing title={say(words.noEvents)} />
            ) : (
              <ol className="timeline">
                {shown.map(({ on, kind, says, by }, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: facts of one day can say the same
                  <li key={`${on} ${kind} ${i}`}>
                    <Day of={on} />
                    <span className="soft">{words.by[by]?.[lang] ?? by}</span>
                    <p>{told(says)}</p>
                  </li>
                ))}
              </ol>
            )}
            <More of={query} />
          </>
        )}
      </Loaded>
    </Panel>
  );
}
