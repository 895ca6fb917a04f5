import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Select } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { count, day as dayWords } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { stepWords } from "../words/steps.ts";
import { strategyWords as words } from "../words/strategies.ts";
import { Loaded, Panel, Trouble } from "./states.tsx";

interface Made {
  readonly planned?: number;
  readonly asked?: number;
  readonly refused?: number;
}
interface Sides<T> {
  readonly a: T;
  readonly b: T;
}
/** What the job's result holds, as `arrears strategy diff --json` tells it. */
interface Compared {
  readonly a: string;
  readonly b: string;
  readonly first: string;
  readonly through: string;
  readonly loans: number;
  readonly steps: readonly {
    readonly step: string;
    readonly first: Sides<Made>;
    readonly all: Sides<Made>;
  }[];
  readonly rules: readonly {
    readonly rule: string;
    readonly first: Sides<number>;
    readonly all: Sides<number>;
  }[];
}

/** The dry run on the real book: how many of each action tomorrow, what would be refused and why, beside the version in force. */
export function TryBook({
  strategy,
  body,
  besides,
}: {
  readonly strategy: string;
  /** The text, where it is not in the book yet. */
  readonly body: string | undefined;
  readonly besides: readonly string[];
}) {
  const say = useSay();
  const may = useMay();
  const usual = besides.find((one) => one !== strategy || body !== undefined) ?? besides[0];
  const [beside, setBeside] = useState<string | undefined>(usual);
  const start = useMutation({
    mutationFn: () =>
      ask<Answers["strategy.try-book"]>("/v1/strategies/try-book", {
        method: "POST",
        body: { ...(body === undefined ? { strategy } : { body }), beside },
      }),
  });
  const job = start.data?.job;
  return (
    <Panel
      title={say(words.onBook)}
      extra={
        <div className="filters">
          <Select
            size="small"
            aria-label={say(words.beside)}
            style={{ minWidth: 180 }}
            value={beside ?? null}
            onChange={(value) => setBeside(value)}
            options={besides.map((value) => ({ value, label: say(words.besideOne)(value) }))}
          />
          {may("strategy.try-book") ? (
            <Button
              size="small"
              loading={start.isPending}
              disabled={beside === undefined}
              onClick={() => start.mutate()}
            >
              {say(words.tryBook)}
            </Button>
          ) : null}
        </div>
      }
      flush
    >
      {start.error ? (
        <div className="panel-body">
          <Trouble error={start.error} />
        </div>
      ) : null}
      {job ? <Job key={job} job={job} /> : <p className="panel-body soft">{say(words.onBookLead)}</p>}
    </Panel>
  );
}

function Job({ job }: { readonly job: string }) {
  const say = useSay();
  const [every, setEvery] = useState(true);
  const query = useAsk("job.read", `/v1/jobs/${encodeURIComponent(job)}`, {}, every ? { every: 1000 } : {});
  if (every && query.data && query.data.state !== "running") setEvery(false);
  return (
    <Loaded query={query}>
      {({ state, progress, result }) =>
        state === "running" ? (
          <div className="panel-body" role="status">
            <p>{say(words.running)}</p>
            <progress
              max={Math.max(1, progress?.of ?? 1)}
              value={progress?.done ?? 0}
              aria-label={say(words.running)}
            />
          </div>
        ) : state === "done" ? (
          <Result compared={result as Compared} />
        ) : (
          <p className="panel-body">{say(words.failed)}</p>
        )
      }
    </Loaded>
  );
}

const made = ({ planned = 0, asked = 0 }: Made): number => planned + asked;

function Result({ compared }: { readonly compared: Compared }) {
  const say = useSay();
  const { lang } = useSettings();
  const first = dayWords(compared.first, lang);
  return (
    <>
      <p className="panel-body" role="status">
        {say(words.compared)(
          compared.a,
          compared.b,
          count(compared.loans),
          first,
          dayWords(compared.through, lang),
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table that scrolls sideways is reached by keys */}
      <div className="scroll" tabIndex={0}>
        <table className="plain">
          <caption className="hidden">{say(words.onBook)}</caption>
          <thead>
            <tr>
              <th>{say(words.step)}</th>
              <th className="num">{say(words.dayOf)(compared.a)}</th>
              <th className="num">{say(words.dayOf)(compared.b)}</th>
              <th className="num">{say(words.refusedOf)(compared.a)}</th>
              <th className="num">{say(words.refusedOf)(compared.b)}</th>
              <th className="num">{say(words.allOf)(compared.a)}</th>
              <th className="num">{say(words.allOf)(compared.b)}</th>
            </tr>
          </thead>
          <tbody>
            {compared.steps.map(({ step, first: one, all }) => (
              <tr key={step}>
                <td>{stepWords(step, lang)}</td>
                <td className="num figure">{count(made(one.a))}</td>
                <td className="num figure strong">{count(made(one.b))}</td>
                <td className="num figure">{count(one.a.refused ?? 0)}</td>
                <td className="num figure">{count(one.b.refused ?? 0)}</td>
                <td className="num figure">{count(made(all.a))}</td>
                <td className="num figure">{count(made(all.b))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {compared.rules.length > 0 ? (
        <table className="plain">
          <caption className="panel-body">{say(words.whyRefused)}</caption>
          <tbody>
            {compared.rules.map(({ rule, first: one, all }) => {
              const [pack = "", name = ""] = rule.split("/");
              return (
                <tr key={rule}>
                  <td>
                    {/^(?:cn|us|house)$/.test(pack) ? (
                      <Link to="/rules/$pack/$rule" params={{ pack, rule: name }}>
                        {rule}
                      </Link>
                    ) : (
                      rule
                    )}
                  </td>
                  <td className="num figure">
                    {count(one.a)} → {count(one.b)}
                  </td>
                  <td className="num figure soft">
                    {count(all.a)} → {count(all.b)}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : null}
    </>
  );
}
