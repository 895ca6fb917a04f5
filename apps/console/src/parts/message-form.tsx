import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Radio } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { ask } from "../lib/client.ts";
import { instant } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { via as vias } from "../words/today.ts";
import { work } from "../words/work.ts";
import { Dialog } from "./dialog.tsx";
import { Loaded, Nothing } from "./states.tsx";

type Hand = Answers["loan.messages"]["items"][number];
type Sent = Answers["loan.message-send"];

const keyOf = ({ step, via }: Pick<Hand, "step" | "via">): string => `${step} ${via}`;

/** A message with approved words: the text as it goes out, whether it may go at this second, and why not. No words of one's own. */
export function MessageForm({ loan, close }: { readonly loan: string; readonly close: () => void }) {
  const say = useSay();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const path = `/v1/loans/${encodeURIComponent(loan)}/messages`;
  const query = useAsk("loan.messages", path);
  const [picked, setPicked] = useState<string | undefined>();
  const items = query.data?.items ?? [];
  const chosen =
    items.find((one) => keyOf(one) === picked) ?? items.find(({ verdict }) => verdict === "send") ?? items[0];
  const send = useMutation({
    mutationFn: ({ step, via }: Hand) => ask<Sent>(path, { method: "POST", body: { step, via } }),
    onSuccess: async (sent) => {
      if (!sent.planned) return;
      await queries.invalidateQueries();
      const key = sent.action;
      void message.open({
        key,
        type: "success",
        duration: 60,
        content: (
          <Undo
            path={path}
            until={sent.until}
            done={(taken) => {
              message.destroy(key);
              if (taken) void message.info(say(work.takenBack));
            }}
          />
        ),
      });
      close();
    },
  });
  const refused = send.data && !send.data.planned ? send.data : undefined;
  return (
    <Dialog
      title={say(work.message)}
      lead={say(work.messageLead)}
      act={say(work.sendMessage)}
      disabled={chosen?.verdict !== "send"}
      go={() => chosen && send.mutate(chosen)}
      write={send}
      close={close}
    >
      <Loaded query={query}>
        {() =>
          chosen === undefined ? (
            <Nothing title={say(work.noMessage)}>{say(work.noMessageLead)}</Nothing>
          ) : (
            <>
              <Radio.Group
                className="message-choices"
                value={keyOf(chosen)}
                onChange={({ target }) => setPicked(String(target.value))}
                options={items.map((one) => ({
                  value: keyOf(one),
                  label: `${vias[one.via] ? say(vias[one.via]!) : one.via} · ${one.what}`,
                }))}
              />
              <Verdict hand={refused ?? chosen} />
            </>
          )
        }
      </Loaded>
    </Dialog>
  );
}

function Verdict({ hand }: { readonly hand: Hand }) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  if (hand.verdict === "send")
    return (
      <>
        <p className="verdict allow">{say(work.mayMessage)}</p>
        <blockquote className="script">{hand.text}</blockquote>
      </>
    );
  return (
    <div className="trouble no" role="alert">
      <p className="trouble-title">{say(work.mayNotMessage)}</p>
      {hand.because.map(({ rule, says, cite }) => (
        <div key={rule} className="why">
          <p>{says ? says[lang] : (hand.why ?? rule)}</p>
          {cite ? (
            <blockquote className="quote">
              {cite.quote}
              <footer className="soft">{cited(cite)}</footer>
            </blockquote>
          ) : null}
          <p className="soft">
            <code>{rule}</code>
          </p>
        </div>
      ))}
      {hand.because.length === 0 && hand.why ? <p>{hand.why}</p> : null}
      {hand.from ? <p>{say(work.from)(instant(hand.from, lang))}</p> : null}
    </div>
  );
}

/** For a minute what was sent can be taken back; then it goes, judged once more. */
function Undo({
  path,
  until,
  done,
}: {
  readonly path: string;
  readonly until: string | null;
  readonly done: (taken: boolean) => void;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const back = useMutation({
    mutationFn: () => ask(`${path}/take-back`, { method: "POST", body: {} }),
    onSettled: (_, error) => done(error === null),
  });
  return (
    <span>
      {say(work.messagePlanned)(until ? instant(until, lang) : "")}{" "}
      <Button size="small" type="link" loading={back.isPending} onClick={() => back.mutate()}>
        {say(work.takeBackMessage)}
      </Button>
    </span>
  );
}
