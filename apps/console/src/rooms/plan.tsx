import { Link, useParams } from "@tanstack/react-router";
import { Button, Dropdown } from "antd";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { useEvents } from "../lib/use-events.ts";
import { AcceptDialog, ConsentDialog, SettlementDialog } from "../parts/plan-dialogs.tsx";
import { Offer } from "../parts/plan-offer.tsx";
import { Budget, Compare } from "../parts/plan-ways.tsx";
import { ReasonDialog } from "../parts/reason.tsx";
import { AskedBy, BothReasons, Files, History, Left } from "../parts/request-parts.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day } from "../parts/said.tsx";
import { Fact, Head, Loaded, Panel } from "../parts/states.tsx";
import { requestWords, planWords as words } from "../words/requests.ts";

type Help = Answers["hardship.read"];

/** A request for help: his month, what could be offered, what was, and how the plan stands. */
export function Page() {
  const { borrower, reference } = useParams({ strict: false }) as { borrower: string; reference: string };
  const path = `/v1/borrowers/${encodeURIComponent(borrower)}/hardship/${encodeURIComponent(reference)}`;
  const query = useAsk("hardship.read", path);
  return (
    <Loaded query={query} rows={10}>
      {(data) => <Told data={data} path={path} borrower={borrower} />}
    </Loaded>
  );
}

/** What is told in one line, each with the member under which its words are recorded. */
const ONE_LINE = {
  asked: "words",
  informed: "words",
  "review-asked": "words",
  declined: "reason",
  withdrawn: "reason",
  unconsented: "reason",
  ended: "reason",
  noted: "words",
} as const;
type OneLine = keyof typeof ONE_LINE;

type Doing =
  | { readonly what: "refused" | "accepted" | "consented" | "settlement" | OneLine }
  | { readonly what: "offer"; way: string };

function Told({
  data,
  path,
  borrower,
}: {
  readonly data: Help;
  readonly path: string;
  readonly borrower: string;
}) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const may = useMay();
  const { can, doing, begin, run, ...opened } = useEvents<Doing>("hardship", path, data);
  const decides = can("offered") || can("proposed");
  const more = [
    ...(decides ? [{ key: "settlement", label: say(words.settle) }] : []),
    ...(["consented", ...(Object.keys(ONE_LINE) as OneLine[])] as const)
      .filter(can)
      .map((key) => ({ key, label: say(key === "noted" ? requestWords.note : words.acts[key]) })),
  ];
  const oneLine = doing && doing.what in ONE_LINE ? (doing.what as OneLine) : undefined;
  return (
    <>
      <Head
        title={`${say(requestWords.reference)} ${data.reference}`}
        lead={
          <>
            <span className="tag">{data.stateWords[lang]}</span>{" "}
            {data.reasons.map(({ words: one }) => one[lang]).join(lang === "zh" ? "、" : ", ")}
          </>
        }
      >
        <Link to="/plans">{say(words.all)}</Link>
        {more.length > 0 ? (
          <Dropdown
            menu={{ items: more, onClick: ({ key }) => begin({ what: key as OneLine | "settlement" }) }}
            trigger={["click"]}
          >
            <Button>{say(requestWords.act)}</Button>
          </Dropdown>
        ) : null}
        {can("refused") ? (
          <Button onClick={() => begin({ what: "refused" })}>{say(words.refuse)}</Button>
        ) : null}
        {can("accepted") ? (
          <Button type="primary" onClick={() => begin({ what: "accepted" })}>
            {say(words.accept)}
          </Button>
        ) : null}
      </Head>
      {decides && may("hardship.ways") ? (
        <Compare path={path} offer={(way) => begin({ what: "offer", way })} canOffer={decides} />
      ) : null}
      <div className="two">
        <div>
          <Panel title={say(requestWords.words)}>
            <p>{data.words}</p>
          </Panel>
          {data.refused ? (
            <Panel title={say(words.refused)}>
              <p>{data.refused[lang]}</p>
            </Panel>
          ) : null}
          {data.offer ? <Offer data={data} path={path} /> : null}
          <History events={data.events} />
        </div>
        <div>
          <Panel>
            <dl className="facts">
              {data.next ? (
                <Fact name={say(requestWords.by)}>
                  <Day of={data.next.lastOn} /> <Left days={data.next.daysLeft} />
                </Fact>
              ) : null}
              {data.plan ? <Fact name={say(words.plan)}>{word(words.standings, data.plan, say)}</Fact> : null}
              {data.restsUntil ? (
                <Fact name={say(words.rests)}>
                  <Day of={data.restsUntil} />
                </Fact>
              ) : null}
              <AskedBy of={data} borrower={borrower} loans={[data.loan]} />
            </dl>
            {data.next?.because ? (
              <p className="soft" style={{ marginTop: 10 }}>
                {say(requestWords.source)}: {cited(data.next.because)}
              </p>
            ) : null}
            {data.state === "proposed" ? (
              <p className="soft" style={{ marginTop: 10 }}>
                {say(words.waits)} {data.proposedBy}
              </p>
            ) : null}
          </Panel>
          <Budget data={data} />
          <Files
            path={`/v1/borrowers/${encodeURIComponent(borrower)}/requests/${encodeURIComponent(data.reference)}`}
            files={data.files}
          />
        </div>
      </div>
      {doing?.what === "refused" ? (
        <BothReasons
          title={say(words.refuse)}
          lead={say(words.refuseLead)}
          {...opened}
          run={({ en, zh }) => run({ type: "refused", reason: { en, zh } })}
        />
      ) : null}
      {doing?.what === "offer" ? (
        <ReasonDialog
          title={say(words.offerTitle)}
          lead={say(words.offerLead)}
          act={say(words.offer)}
          least={1}
          {...opened}
          run={(reason) => run({ type: "offer", way: doing.way, reason })}
        />
      ) : null}
      {doing?.what === "accepted" ? <AcceptDialog path={path} {...opened} run={run} /> : null}
      {doing?.what === "settlement" ? (
        <SettlementDialog currency={data.currency} {...opened} run={run} />
      ) : null}
      {doing?.what === "consented" ? (
        <ConsentDialog guarantor={data.offer?.guarantor} {...opened} run={run} />
      ) : null}
      {oneLine ? (
        <ReasonDialog
          title={more.find(({ key }) => key === oneLine)?.label}
          least={1}
          {...opened}
          run={(typed) => run({ type: oneLine, [ONE_LINE[oneLine]]: typed })}
        />
      ) : null}
    </>
  );
}
