import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button } from "antd";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { count, instant } from "../lib/format.ts";
import { useKeys } from "../lib/keys.ts";
import { useMay, useMe } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { Channels } from "../parts/channels.tsx";
import { MessageForm } from "../parts/message-form.tsx";
import { Presence } from "../parts/presence.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Rests, RestsLine } from "../parts/rests.tsx";
import { ResultForm } from "../parts/result-form.tsx";
import { word } from "../parts/rule-card.tsx";
import { Instant, Loans, Money } from "../parts/said.tsx";
import { SnoozeForm } from "../parts/snooze-form.tsx";
import { RequiredLines } from "../parts/spoken.tsx";
import { Fact, Head, Loaded, Nothing, Panel, Trouble } from "../parts/states.tsx";
import { languages } from "../words/frame.ts";
import { stageWords } from "../words/steps.ts";
import { work } from "../words/work.ts";

type Case = Answers["worklist.read"]["items"][number];
type Call = Answers["worklist.call"];
/** Sums of the worklist are of the lender's one currency. */
const CURRENCY = "CNY";

/** One case at a time: the queue, the case, and the next step with why. All of it works by keys alone. */
export function Page() {
  const say = useSay();
  const query = useAsk("worklist.read", "/v1/worklist", { limit: 200 }, { every: 60_000 });
  return (
    <Loaded query={query} rows={10}>
      {({ items, all }) => (
        <>
          <Head title={say(work.title)} lead={say(work.lead)(count(all))} />
          {items.length === 0 ? (
            <Panel>
              <Nothing title={say(work.empty)}>{say(work.emptyLead)}</Nothing>
            </Panel>
          ) : (
            <Desk items={items} />
          )}
        </>
      )}
    </Loaded>
  );
}

function Desk({ items }: { readonly items: readonly Case[] }) {
  const say = useSay();
  const me = useMe();
  const may = useMay();
  const { lang } = useSettings();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const mayWork = may("worklist.next");
  const mayMessage = may("loan.message-send");
  const inHand = mayWork
    ? items.find(({ claimedBy }) => claimedBy !== null && claimedBy === me.party)
    : undefined;
  const [picked, setPicked] = useState<string | undefined>();
  const [call, setCall] = useState<Call | undefined>();
  const [dialog, setDialog] = useState<"result" | "promise" | "note" | "snooze" | "message" | undefined>();
  const shown = items.find(({ action }) => action === (picked ?? inHand?.action)) ?? inHand ?? items[0]!;
  const isMine = inHand !== undefined && shown.action === inHand.action;

  const again = useCallback(() => queries.invalidateQueries({ queryKey: ["worklist.read"] }), [queries]);
  const take = useMutation({
    mutationFn: () => ask<Answers["worklist.next"]>("/v1/worklist/next", { method: "POST", body: {} }),
    onSuccess: async ({ action }) => {
      setCall(undefined);
      await again();
      setPicked(action);
    },
  });
  const begin = useMutation({
    mutationFn: () => ask<Call>("/v1/worklist/call", { method: "POST", body: {} }),
    onSuccess: setCall,
  });
  const putBack = useMutation({
    mutationFn: (body: object) =>
      ask<Answers["worklist.release"]>("/v1/worklist/release", { method: "POST", body }),
    onSuccess: async ({ backAt }) => {
      setDialog(undefined);
      setCall(undefined);
      void message.success(backAt ? say(work.putOff)(instant(backAt, lang)) : say(work.released));
      await again();
      setPicked(undefined);
    },
  });
  const move = (step: number) => () => {
    const at = items.findIndex(({ action }) => action === shown.action);
    setPicked(items[Math.max(0, Math.min(items.length - 1, at + step))]?.action);
  };
  const within = (act: () => void) => () => {
    // While a case is put back or the next one is on its way, the one that is still shown is done with.
    if (!mayWork || take.isPending || putBack.isPending) return;
    // A key that needs a case in hand goes to it first, so that nothing is done to another one that is only looked at.
    if (inHand && !isMine) return setPicked(inHand.action);
    if (inHand) act();
    else take.mutate();
  };
  const isBegun = call?.may === true || inHand?.act !== "call";
  useKeys({
    j: move(1),
    k: move(-1),
    c: within(() => inHand?.act === "call" && !call?.may && begin.mutate()),
    p: within(() => inHand?.act === "call" && setDialog("promise")),
    s: within(() => mayMessage && inHand && setDialog("message")),
    n: within(() => setDialog("note")),
    e: within(() => setDialog("result")),
    z: within(() => setDialog("snooze")),
  });
  return (
    <div className="desk">
      <Panel title={say(work.queue)} flush>
        <Queue items={items} shown={shown} pick={setPicked} />
      </Panel>
      <div>
        <CaseCard one={shown} mine={isMine} />
        {shown.loans[0] && may("loan.presence") ? <Presence loan={shown.loans[0]} /> : null}
        {isMine && call ? <CallCard call={call} /> : null}
        {shown.loans[0] ? <Channels loan={shown.loans[0]} /> : null}
      </div>
      <Panel title={say(isMine ? work.inHand : work.nextStep)}>
        <p className="strong">{acted(shown, say)}</p>
        <p className="soft">{reasoned(shown, say)}</p>
        {isMine && inHand.claimedUntil ? (
          <p className="soft">{say(work.until)(clock(inHand.claimedUntil))}</p>
        ) : null}
        <div className="act-row" style={{ marginTop: 14 }}>
          {!mayWork ? <p className="soft">{say(work.readOnly)}</p> : null}
          {mayWork && !inHand ? (
            <Act primary keyName="E" busy={take.isPending} run={() => take.mutate()}>
              {say(work.take)}
            </Act>
          ) : null}
          {mayWork && inHand ? (
            <>
              {inHand.act === "call" && !call?.may ? (
                <Act primary keyName="C" busy={begin.isPending} run={within(() => begin.mutate())}>
                  {say(work.call)}
                </Act>
              ) : null}
              <Act primary={isBegun} keyName="E" run={within(() => setDialog("result"))}>
                {say(work.done)}
              </Act>
              {inHand.act === "call" ? (
                <Act keyName="P" run={within(() => setDialog("promise"))}>
                  {say(work.promise)}
                </Act>
              ) : null}
              {mayMessage ? (
                <Act keyName="S" run={within(() => setDialog("message"))}>
                  {say(work.message)}
                </Act>
              ) : null}
              <Act keyName="N" run={within(() => setDialog("note"))}>
                {say(work.note)}
              </Act>
              <Act keyName="Z" run={within(() => setDialog("snooze"))}>
                {say(work.snooze)}
              </Act>
            </>
          ) : null}
        </div>
        {take.error ? <Trouble error={take.error} /> : null}
        {begin.error ? <Trouble error={begin.error} /> : null}
      </Panel>
      {inHand && dialog === "snooze" ? (
        <SnoozeForm
          since={inHand.since}
          write={putBack}
          close={() => setDialog(undefined)}
          run={putBack.mutate}
        />
      ) : null}
      {inHand?.loans[0] && dialog === "message" ? (
        <MessageForm loan={inHand.loans[0]} close={() => setDialog(undefined)} />
      ) : null}
      {inHand && dialog !== undefined && dialog !== "snooze" && dialog !== "message" ? (
        <ResultForm
          act={inHand.act}
          askable={inHand.askable}
          loans={inHand.loans}
          start={dialog}
          currency={CURRENCY}
          close={() => setDialog(undefined)}
          saved={() => {
            setDialog(undefined);
            setCall(undefined);
            void message.success(say(work.saved));
            take.mutate();
          }}
        />
      ) : null}
    </div>
  );
}

const clock = (at: string): string => /T(\d{2}:\d{2})/.exec(at)?.[1] ?? at;
type Say = ReturnType<typeof useSay>;
const acted = ({ act, what }: Case, say: Say): string => {
  const named = work.acts[act === "call" ? act : what];
  return named ? say(named) : what;
};
const reasoned = ({ reason, says }: Case, say: Say): string =>
  work.reasons[reason] ? say(work.reasons[reason]) : says;

function Act({
  primary,
  keyName,
  busy,
  run,
  children,
}: {
  readonly primary?: boolean;
  readonly keyName: string;
  readonly busy?: boolean;
  readonly run: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Button type={primary ? "primary" : "default"} loading={busy ?? false} onClick={run}>
      <span>{children}</span>
      <kbd>{keyName}</kbd>
    </Button>
  );
}

function Queue({
  items,
  shown,
  pick,
}: {
  readonly items: readonly Case[];
  readonly shown: Case;
  readonly pick: (action: string) => void;
}) {
  const say = useSay();
  const here = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the picked one is brought into view when it changes
  useEffect(() => {
    here.current?.scrollIntoView({ block: "nearest" });
  }, [shown.action]);
  return (
    <ol className="queue">
      {items.map((one) => (
        <li key={one.action}>
          <button
            type="button"
            ref={one.action === shown.action ? here : undefined}
            aria-current={one.action === shown.action}
            data-case={one.action}
            onClick={() => pick(one.action)}
          >
            <span className="queue-line">
              <span className="strong">{one.loans[0] ?? one.borrower}</span>
              <Money of={one.arrears} currency={CURRENCY} />
            </span>
            <RestsLine disputed={one.disputed} currency={CURRENCY} />
            <span className="queue-line soft">
              <span>{one.claimedBy ? say(work.heldBy)(one.claimedBy) : acted(one, say)}</span>
              <span className="figure">{say(work.days)(String(one.dpd))}</span>
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function CaseCard({ one, mine }: { readonly one: Case; readonly mine: boolean }) {
  const say = useSay();
  const { lang } = useSettings();
  return (
    <Panel
      title={one.borrower}
      extra={
        mine ? (
          <span className="tag on">{say(work.inHand)}</span>
        ) : one.claimedBy ? (
          <span className="tag">{say(work.heldBy)(one.claimedBy)}</span>
        ) : null
      }
    >
      <dl className="facts">
        <Fact name={say(work.arrears)}>
          <Money of={one.arrears} currency={CURRENCY} strong />
        </Fact>
        <Rests disputed={one.disputed} askable={one.askable} currency={CURRENCY} />
        <Fact name={say(work.stage)}>
          {one.stages.map((stage) => stageWords(stage, lang)).join(lang === "zh" ? "、" : ", ") || "–"}
        </Fact>
        <Fact name={say(work.lastContact)}>
          {one.lastContact ? <Instant of={one.lastContact} /> : say(work.never)}
        </Fact>
        <Fact name={say(work.since)}>
          <Instant of={one.since} />
        </Fact>
        {one.language ? <Fact name={say(work.language)}>{word(languages, one.language, say)}</Fact> : null}
        <Fact name={say(work.openCase)}>
          <Loans of={one.loans} between=" " />
        </Fact>
      </dl>
    </Panel>
  );
}

/** The answer of the gate at this second: the number and the words, or why not and from when. */
function CallCard({ call }: { readonly call: Call }) {
  const say = useSay();
  const { lang } = useSettings();
  if (!call.may)
    return (
      <div className="trouble no" role="alert">
        <p className="trouble-title">{say(work.mayNot)}</p>
        {call.why ? <p>{call.why}</p> : null}
        {call.from ? <p>{say(work.from)(instant(call.from, lang))}</p> : null}
        <Reasons of={call.rules} />
      </div>
    );
  return (
    <Panel title={say(work.script)}>
      <p className="soft">{say(work.mayCall)}</p>
      <p className="number" role="status">
        {call.number}
      </p>
      {call.script ? <blockquote className="script">{call.script}</blockquote> : null}
      <RequiredLines kind="text" />
    </Panel>
  );
}
