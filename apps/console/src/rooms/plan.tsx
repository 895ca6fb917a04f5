import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { money } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { ReasonDialog } from "../parts/reason.tsx";
import { AskedBy, BothReasons, Files, History, Left } from "../parts/request-parts.tsx";
import { word } from "../parts/rule-card.tsx";
import { Day, Instant, Money } from "../parts/said.tsx";
import { Head, Loaded, Panel } from "../parts/states.tsx";
import { requestWords, planWords as words } from "../words/requests.ts";

type Help = Answers["hardship.read"];
type Way = Answers["hardship.ways"]["ways"][number];

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

type Doing =
  | { readonly what: "refused" | "asked" | "noted" | "ended" }
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
  const { lang } = useSettings();
  const may = useMay();
  const queries = useQueryClient();
  const { message } = App.useApp();
  const [doing, setDoing] = useState<Doing | undefined>();
  const record = useMutation({
    mutationFn: (body: object) => ask(`${path}/events`, { method: "POST", body, ifMatch: data.version }),
    onSuccess: async () => {
      setDoing(undefined);
      void message.success(say(requestWords.done));
      await queries.invalidateQueries();
    },
    onError: () => queries.invalidateQueries({ queryKey: ["hardship.read"] }),
  });
  const can = (event: string): boolean => may("hardship.event") && data.mayFollow.includes(event);
  const begin = (what: Doing) => {
    record.reset();
    setDoing(what);
  };
  const more = [
    { key: "asked", label: say(words.ask) },
    { key: "ended", label: say(words.end) },
    { key: "noted", label: say(requestWords.note) },
  ].filter(({ key }) => can(key));
  const decides = can("offered") || can("proposed");
  const oneLine = doing && doing.what !== "offer" && doing.what !== "refused" ? doing.what : undefined;
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
            menu={{ items: more, onClick: ({ key }) => begin({ what: key as "asked" }) }}
            trigger={["click"]}
          >
            <Button>{say(requestWords.act)}</Button>
          </Dropdown>
        ) : null}
        {can("refused") ? (
          <Button onClick={() => begin({ what: "refused" })}>{say(words.refuse)}</Button>
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
                <div>
                  <dt>{say(requestWords.by)}</dt>
                  <dd>
                    <Day of={data.next.lastOn} /> <Left days={data.next.daysLeft} />
                  </dd>
                </div>
              ) : null}
              {data.plan ? (
                <div>
                  <dt>{say(words.plan)}</dt>
                  <dd>{word(words.standings, data.plan, say)}</dd>
                </div>
              ) : null}
              {data.restsUntil ? (
                <div>
                  <dt>{say(words.rests)}</dt>
                  <dd>
                    <Day of={data.restsUntil} />
                  </dd>
                </div>
              ) : null}
              <AskedBy of={data} borrower={borrower} loans={[data.loan]} />
            </dl>
            {data.next?.because ? (
              <p className="soft" style={{ marginTop: 10 }}>
                {say(requestWords.source)}: {data.next.because.law} {data.next.because.at}
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
          act={say(words.refuse)}
          busy={record.isPending}
          error={record.error}
          close={() => setDoing(undefined)}
          run={({ en, zh }) => record.mutate({ type: "refused", reason: { en, zh } })}
        />
      ) : null}
      {doing?.what === "offer" ? (
        <ReasonDialog
          title={say(words.offerTitle)}
          lead={say(words.offerLead)}
          act={say(words.offer)}
          least={1}
          busy={record.isPending}
          error={record.error}
          close={() => setDoing(undefined)}
          run={(reason) => record.mutate({ type: "offer", way: doing.way, reason })}
        />
      ) : null}
      {oneLine ? (
        <ReasonDialog
          title={more.find(({ key }) => key === oneLine)?.label}
          act={more.find(({ key }) => key === oneLine)?.label}
          least={1}
          busy={record.isPending}
          error={record.error}
          close={() => setDoing(undefined)}
          run={(typed) =>
            record.mutate(
              oneLine === "ended" ? { type: oneLine, reason: typed } : { type: oneLine, words: typed },
            )
          }
        />
      ) : null}
    </>
  );
}

function Budget({ data: { household, currency } }: { readonly data: Help }) {
  const say = useSay();
  if (!household)
    return (
      <Panel title={say(words.budget)}>
        <p className="soft">{say(words.noBudget)}</p>
      </Panel>
    );
  const rows = [
    [words.income, household.income],
    [words.living, household.living],
    [words.dependants, household.dependantsNeed],
    [words.otherDebts, household.otherDebts],
    [words.left, household.leftToLiveOn],
  ] as const;
  return (
    <Panel title={say(words.budget)} flush>
      <table className="plain">
        <tbody>
          {rows.map(([name, sum]) => (
            <tr key={name.en}>
              <td>{say(name)}</td>
              <td className="num">
                <Money of={sum} currency={currency} />
              </td>
            </tr>
          ))}
          <tr className="sum">
            <td>{say(words.surplus)}</td>
            <td className="num">
              <Money of={household.surplus} currency={currency} strong />
            </td>
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}

/** What could be offered, side by side; what cannot, with why. Every figure is the ledger's. */
function Compare({
  path,
  offer,
  canOffer,
}: {
  readonly path: string;
  readonly offer: (way: string) => void;
  readonly canOffer: boolean;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const query = useAsk("hardship.ways", `${path}/ways`);
  return (
    <Panel title={say(words.compare)} extra={<span className="soft">{say(words.compareLead)}</span>} flush>
      <Loaded query={query} rows={6}>
        {({ ways, currency }) => (
          <table className="plain">
            <thead>
              <tr>
                <th>{say(words.way)}</th>
                <th aria-label={say(words.offer)} />
                <th className="num">{say(words.total)}</th>
                <th className="num">{say(words.cost)}</th>
                <th className="num">{say(words.months)}</th>
                <th className="num">{say(words.burden)}</th>
                <th>{say(words.exposure)}</th>
                <th>{say(words.record)}</th>
              </tr>
            </thead>
            <tbody>
              {ways.map((way) =>
                way.possible ? (
                  <tr key={way.way}>
                    <td>{way.words[lang]}</td>
                    <td>
                      {canOffer && way.offerable ? (
                        <Button size="small" onClick={() => offer(way.way)}>
                          {say(words.offer)}
                        </Button>
                      ) : null}
                    </td>
                    <td className="num">
                      <Money of={way.total} currency={currency} />
                    </td>
                    <td className="num">
                      <Money of={way.cost} currency={currency} />
                    </td>
                    <td className="num figure">{way.months}</td>
                    <td className="num">
                      <Money of={way.monthly} currency={currency} />
                    </td>
                    <td>{way.exposureWords?.[lang]}</td>
                    <td>{way.recordWords?.[lang]}</td>
                  </tr>
                ) : (
                  <tr key={way.way} className="soft">
                    <td>{way.words[lang]}</td>
                    <td colSpan={7}>{whyNot(way, lang, currency, say)}</td>
                  </tr>
                ),
              )}
            </tbody>
          </table>
        )}
      </Loaded>
    </Panel>
  );
}

function whyNot(way: Way, lang: "en" | "zh", currency: string, say: ReturnType<typeof useSay>): string {
  const why = `${say(words.not)}: ${way.whyWords?.[lang] ?? ""}`;
  return way.leastMonthly ? `${why} (${say(words.least)(money(way.leastMonthly, currency))})` : why;
}

function Offer({ data, path }: { readonly data: Help; readonly path: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const offer = data.offer!;
  const agreement = useAsk("hardship.agreement", `${path}/agreement`, {
    language: lang === "zh" ? "zh-CN" : "en",
  });
  return (
    <>
      <Panel title={say(words.offered)} flush>
        <table className="plain">
          <thead>
            <tr>
              <th>{say(words.day)}</th>
              <th className="num">{say(words.amount)}</th>
            </tr>
          </thead>
          <tbody>
            {offer.payments.map(({ on, amount }) => (
              <tr key={on}>
                <td>
                  <Day of={on} />
                </td>
                <td className="num">
                  <Money of={amount} currency={data.currency} />
                </td>
              </tr>
            ))}
            <tr className="sum">
              <td>{say(words.total)}</td>
              <td className="num">
                <Money of={offer.total} currency={data.currency} strong />
              </td>
            </tr>
          </tbody>
        </table>
      </Panel>
      <Loaded query={agreement} rows={4}>
        {({ text, sha256 }) => (
          <Panel title={say(words.agreement)} flush>
            <article className="paper">{text}</article>
            <div className="panel-body soft">
              {data.accepted ? (
                <p>
                  {say(words.accepted)} <Instant of={data.accepted.at} />
                </p>
              ) : (
                <p>
                  {say(words.validUntil)} <Day of={offer.validUntil} />
                </p>
              )}
              <p className="hash">
                {say(words.hash)}: {sha256}
              </p>
            </div>
          </Panel>
        )}
      </Loaded>
    </>
  );
}
