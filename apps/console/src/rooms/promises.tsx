import { Link } from "@tanstack/react-router";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { Day, LoanLink, SumCell } from "../parts/said.tsx";
import { Head, Loaded, Nothing, Panel } from "../parts/states.tsx";
import { refusedWords, today } from "../words/today.ts";

/** Promises that fall due this week. */
export function Page() {
  const say = useSay();
  const query = useAsk("promises.list", "/v1/promises");
  return (
    <>
      <Head title={say(today.promises)}>
        <Link to="/today">{say(refusedWords.back)}</Link>
      </Head>
      <Loaded query={query} rows={6}>
        {({ items }) => (
          <Panel flush>
            {items.length === 0 ? (
              <Nothing title={say(today.noPromises)}>{say(today.noPromisesMore)}</Nothing>
            ) : (
              <table className="plain">
                <thead>
                  <tr>
                    <th>{say(today.day)}</th>
                    <th>{say(refusedWords.loan)}</th>
                    <th className="num">{say(today.amount)}</th>
                    <th>{say(today.takenBy)}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((one) => (
                    <tr key={`${one.loan} ${one.on}`}>
                      <td>
                        <Day of={one.on} />
                      </td>
                      <td>
                        <LoanLink loan={one.loan} />
                      </td>
                      <SumCell of={one.amount} currency={one.currency} />
                      <td>{one.takenBy ?? "–"}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Panel>
        )}
      </Loaded>
    </>
  );
}
