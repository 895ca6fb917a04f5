import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Segmented } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useMay, useMe } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { useAsk } from "../lib/use-ask.ts";
import { AskedFor } from "../parts/asked-for.tsx";
import { choicesOf } from "../parts/fields.tsx";
import { OnceLink } from "../parts/once-link.tsx";
import { ReasonDialog } from "../parts/reason.tsx";
import { word } from "../parts/rule-card.tsx";
import { Local } from "../parts/said.tsx";
import { Fact, Head, Loaded, Nothing, Panel, Trouble } from "../parts/states.tsx";
import { rooms } from "../words/frame.ts";
import { approvalWords as words } from "../words/office.ts";

type One = Answers["approvals.list"]["items"][number];

/** What takes two people, and the second one's word. */
export function Page() {
  const say = useSay();
  const [state, setState] = useState("proposed");
  const query = useAsk("approvals.list", "/v1/approvals", { state, limit: 200 });
  return (
    <>
      <Head title={say(rooms.approvals)} lead={say(words.lead)}>
        <Segmented
          aria-label={say(words.what)}
          value={state}
          onChange={setState}
          options={[...choicesOf(words.states, say), { value: "", label: say(words.any) }]}
        />
      </Head>
      <Loaded query={query} rows={6}>
        {({ items }) =>
          items.length === 0 ? (
            <Panel>
              <Nothing title={say(words.none)} />
            </Panel>
          ) : (
            items.map((one) => <Asked key={one.id} one={one} />)
          )
        }
      </Loaded>
    </>
  );
}

/** A link to which somebody agreed and that nobody has fetched. */
const canFetchLink = ({ result }: One): boolean =>
  typeof result === "object" && result !== null && "linkGiven" in result && result.linkGiven === false;

function Asked({ one }: { readonly one: One }) {
  const say = useSay();
  const me = useMe();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [decision, setDecision] = useState<"approved" | "refused" | undefined>();
  const decide = useAct({
    send: ({ of, remark }: { of: "approved" | "refused"; remark: string }) =>
      ask(`/v1/approvals/${encodeURIComponent(one.id)}`, {
        method: "POST",
        ifMatch: one.version,
        body: { decision: of, remark },
      }),
    done: () => {
      setDecision(undefined);
      void message.success(say(words.decided));
    },
    again: "approvals.list",
  });
  const fetchLink = useMutation({
    mutationFn: () =>
      ask<Answers["user.link"]>(`/v1/approvals/${encodeURIComponent(one.id)}/link`, {
        method: "POST",
        body: {},
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["approvals.list"] }),
  });
  const isOpen = one.state === "proposed";
  const isOwn = one.proposedBy === me.id;
  return (
    <Panel
      title={`${word(words.kinds, one.what, say)} · ${one.subject}`}
      extra={
        <div className="filters">
          <span className="tag">{word(words.states, one.state, say)}</span>
          {isOpen && may("approval.decide") && !isOwn ? (
            <>
              <Button size="small" onClick={() => setDecision("refused")}>
                {say(words.refuse)}
              </Button>
              <Button size="small" type="primary" onClick={() => setDecision("approved")}>
                {say(words.agree)}
              </Button>
            </>
          ) : null}
          {one.state === "approved" && isOwn && canFetchLink(one) && may("user.link") ? (
            <Button
              size="small"
              type="primary"
              loading={fetchLink.isPending}
              onClick={() => fetchLink.mutate()}
            >
              {say(words.fetchLink)}
            </Button>
          ) : null}
          {one.state === "approved" && one.what === "evidence.bundle" && isOwn && may("evidence.fetch") ? (
            <Button
              size="small"
              type="primary"
              href={`/v1/approvals/${encodeURIComponent(one.id)}/bundle`}
              download
            >
              {say(words.fetch)}
            </Button>
          ) : null}
        </div>
      }
    >
      <dl className="facts">
        <AskedFor asked={one.asked} />
        <Fact name={say(words.by)}>{one.proposedBy}</Fact>
        <Fact name={say(words.at)}>
          <Local of={one.proposedAt} />
        </Fact>
        {isOpen ? (
          <Fact name={say(words.until)}>
            <Local of={one.expiresAt} />
          </Fact>
        ) : null}
      </dl>
      {one.reason ? <p style={{ marginTop: 10 }}>{one.reason}</p> : null}
      {isOpen && isOwn ? <p className="soft">{say(words.own)}</p> : null}
      {one.decidedBy ? (
        <p className="soft">
          {one.decidedBy} · <Local of={one.decidedAt} /> · {one.remark}
        </p>
      ) : null}
      {fetchLink.error ? <Trouble error={fetchLink.error} /> : null}
      {fetchLink.data ? <OnceLink {...fetchLink.data} close={() => fetchLink.reset()} /> : null}
      {decision ? (
        <ReasonDialog
          title={say(decision === "approved" ? words.agree : words.refuse)}
          least={1}
          write={decide}
          close={() => setDecision(undefined)}
          run={(remark) => decide.mutate({ of: decision, remark })}
        />
      ) : null}
    </Panel>
  );
}
