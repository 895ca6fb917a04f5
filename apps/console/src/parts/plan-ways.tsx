import { Button } from "antd";
import type { Answers } from "../lib/answers.ts";
import { money } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { planWords as words } from "../words/requests.ts";
import { SumCell } from "./said.tsx";
import { Loaded, Panel } from "./states.tsx";

type Help = Answers["hardship.read"];
type Way = Answers["hardship.ways"]["ways"][number];

/** His month as he told it. */
export function Budget({ data: { household, currency } }: { readonly data: Help }) {
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
              <SumCell of={sum} currency={currency} />
            </tr>
          ))}
          <tr className="sum">
            <td>{say(words.surplus)}</td>
            <SumCell of={household.surplus} currency={currency} strong />
          </tr>
        </tbody>
      </table>
    </Panel>
  );
}

/** What could be offered, side by side; what cannot, with why. Every figure is the ledger's. */
export function Compare({
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
                    <SumCell of={way.total} currency={currency} />
                    <SumCell of={way.cost} currency={currency} />
                    <td className="num figure">{way.months}</td>
                    <SumCell of={way.monthly} currency={currency} />
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
