import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { useAsk } from "../lib/use-ask.ts";
import { ReasonDialog } from "../parts/reason.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Local } from "../parts/said.tsx";
import { Fact, Head, Loaded, Nothing, Panel, Trouble } from "../parts/states.tsx";
import { TryBook } from "../parts/try-book.tsx";
import { rooms } from "../words/frame.ts";
import { stepWords } from "../words/steps.ts";
import { strategyWords as words } from "../words/strategies.ts";
import { waysOf } from "../words/today.ts";

type Brief = Answers["strategies.list"]["items"][number];

/** Versions of strategies: their text, what they would do with an example loan, and who released them. */
export function Page() {
  const say = useSay();
  const query = useAsk("strategies.list", "/v1/strategies");
  const [picked, setPicked] = useState<string | undefined>();
  return (
    <>
      <Head title={say(rooms.strategy)} lead={say(words.lead)} />
      <Loaded query={query} rows={8}>
        {({ items }) => {
          const shown =
            items.find(({ strategy }) => strategy === picked) ??
            items.find(({ state, products }) => state === "proposed" || products.length > 0) ??
            items[0];
          if (!shown)
            return (
              <Panel>
                <Nothing title={say(words.none)} />
              </Panel>
            );
          return (
            <div className="desk strategy-desk">
              <Panel title={say(words.versions)} flush>
                <ul className="queue">
                  {items.map((one) => (
                    <li key={one.strategy}>
                      <button
                        type="button"
                        aria-current={one.strategy === shown.strategy}
                        onClick={() => setPicked(one.strategy)}
                      >
                        <span className="queue-line">
                          <span className="strong">{one.name}</span>
                          <span className="figure soft">v{one.version}</span>
                        </span>
                        <span className="queue-line soft">
                          <span>{word(words.states, one.state, say)}</span>
                        </span>
                      </button>
                    </li>
                  ))}
                </ul>
              </Panel>
              <Version key={shown.strategy} brief={shown} all={items} pick={setPicked} />
            </div>
          );
        }}
      </Loaded>
    </>
  );
}

function Version({
  brief,
  all,
  pick,
}: {
  readonly brief: Brief;
  readonly all: readonly Brief[];
  readonly pick: (strategy: string) => void;
}) {
  const say = useSay();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const path = `/v1/strategies/${encodeURIComponent(brief.name)}/${brief.version}`;
  const query = useAsk("strategy.read", path);
  const [draft, setDraft] = useState<string | undefined>();
  const [deciding, setDeciding] = useState<"release" | "withdraw" | undefined>();
  const text = draft ?? query.data?.body ?? "";
  const tried = useMutation({
    mutationFn: () =>
      ask<Answers["strategy.try"]>("/v1/strategies/try", { method: "POST", body: { body: text } }),
  });
  const propose = useMutation({
    mutationFn: () =>
      ask<Answers["strategy.propose"]>("/v1/strategies", { method: "POST", body: { body: text } }),
    onSuccess: async ({ strategy }) => {
      await queries.invalidateQueries({ queryKey: ["strategies.list"] });
      setDraft(undefined);
      pick(strategy);
      void message.success(say(words.proposed));
    },
  });
  const decide = useAct({
    send: ({ what, remark }: { what: "release" | "withdraw"; remark: string }) =>
      ask(`${path}/${what}`, {
        method: "POST",
        ifMatch: brief.revision,
        body: remark === "" ? {} : { remark },
      }),
    done: (_, { what }) => {
      setDeciding(undefined);
      void message.success(say(what === "release" ? words.released : words.withdrawn));
    },
  });
  // Not while the next one is written: when it is in the book it takes this one's place, and a dialog about this one goes.
  const isToDecide = brief.state === "proposed" && draft === undefined;
  return (
    <div className="strategy-main">
      <Panel
        title={`${brief.name} v${brief.version}`}
        extra={
          <div className="filters">
            {may("strategy.try") ? (
              <Button
                size="small"
                loading={tried.isPending}
                onClick={() => tried.mutate()}
                disabled={text === ""}
              >
                {say(words.tryIt)}
              </Button>
            ) : null}
            {draft === undefined && may("strategy.propose") ? (
              <Button size="small" onClick={() => setDraft(text)} disabled={text === ""}>
                {say(words.edit)}
              </Button>
            ) : null}
            {draft !== undefined ? (
              <Button
                size="small"
                type="primary"
                loading={propose.isPending}
                onClick={() => propose.mutate()}
              >
                {say(words.propose)}
              </Button>
            ) : null}
            {isToDecide && may("strategy.withdraw") ? (
              <Button size="small" onClick={() => setDeciding("withdraw")}>
                {say(words.withdraw)}
              </Button>
            ) : null}
            {isToDecide && may("strategy.release") ? (
              <Button size="small" type="primary" onClick={() => setDeciding("release")}>
                {say(words.release)}
              </Button>
            ) : null}
          </div>
        }
        flush
      >
        <dl className="facts panel-body">
          <Fact name={say(words.state)}>{word(words.states, brief.state, say)}</Fact>
          <Fact name={say(words.from)}>
            <Day of={brief.from} />
          </Fact>
          <Fact name={say(words.products)}>{brief.products.join(", ") || "–"}</Fact>
        </dl>
        {brief.state === "proposed" ? (
          <p className="panel-body soft" style={{ paddingTop: 0 }}>
            {say(words.second)}
          </p>
        ) : null}
        {propose.error ? (
          <div className="panel-body">
            <Trouble error={propose.error} />
          </div>
        ) : null}
        <Loaded query={query}>
          {({ body }) =>
            draft === undefined ? (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls sideways is reached by keys
              <pre className="yaml" tabIndex={0}>
                {body}
              </pre>
            ) : (
              <Input.TextArea
                className="yaml"
                aria-label={say(words.editing)}
                value={draft}
                onChange={(event) => setDraft(event.target.value)}
                rows={16}
                spellCheck={false}
              />
            )
          }
        </Loaded>
      </Panel>
      {may("strategy.try-book") ? (
        <TryBook
          strategy={brief.strategy}
          body={draft}
          besides={[...all]
            .sort((a, b) => b.products.length - a.products.length)
            .map(({ strategy }) => strategy)}
        />
      ) : null}
      {tried.error ? <Trouble error={tried.error} /> : null}
      {tried.data ? <Tried tried={tried.data} /> : null}
      <Panel title={say(words.history)}>
        {brief.events.length === 0 ? (
          <p className="soft">–</p>
        ) : (
          <ul className="log">
            {brief.events.map(({ what, by, at, remark }) => (
              <li key={`${at} ${what}`}>
                <Local of={at} /> · {by} · {word(words.events, what, say)}
                {remark ? <span className="soft"> · {remark}</span> : null}
              </li>
            ))}
          </ul>
        )}
      </Panel>
      {deciding ? (
        <ReasonDialog
          title={`${say(words[deciding])}: ${brief.name} v${brief.version}`}
          act={say(words[deciding])}
          optional
          write={decide}
          close={() => {
            setDeciding(undefined);
            decide.reset();
          }}
          run={(remark) => decide.mutate({ what: deciding, remark })}
        />
      ) : null}
    </div>
  );
}

interface TriedDay {
  readonly day?: string;
  readonly dpd?: number;
  readonly kind?: string;
  readonly step?: string;
  readonly via?: string;
  readonly slot?: string;
  readonly rules?: readonly string[];
}

function Tried({ tried: { days } }: { readonly tried: Answers["strategy.try"] }) {
  const say = useSay();
  const { lang } = useSettings();
  const rows = (days as readonly unknown[] as readonly TriedDay[]).filter(
    ({ step, day }) => step !== undefined && day !== undefined,
  );
  return (
    <Panel title={say(words.tried)} flush>
      {rows.length === 0 ? (
        <Nothing title={say(words.nothing)} />
      ) : (
        <table className="plain">
          <thead>
            <tr>
              <th>{say(words.day)}</th>
              <th className="num">{say(words.dpd)}</th>
              <th>{say(words.step)}</th>
              <th>{say(words.outcome)}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ day, dpd, step, via, kind, rules = [] }) => (
              <tr key={`${day} ${step} ${kind}`}>
                <td>
                  <Day of={day} />
                </td>
                <td className="num figure">{dpd}</td>
                <td>
                  {step ? stepWords(step, lang) : null}
                  {via ? <div className="soft">{waysOf(via, say)}</div> : null}
                </td>
                <td>
                  {word(words.outcomes, kind ?? "", say)}
                  <Reasons of={rules} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
