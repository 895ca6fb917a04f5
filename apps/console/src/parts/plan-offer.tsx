import type { Answers } from "../lib/answers.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { planWords as words } from "../words/requests.ts";
import { Day, Instant, SumCell } from "./said.tsx";
import { Loaded, Panel } from "./states.tsx";

type Help = Answers["hardship.read"];

/** What was offered, and the agreement that it makes, word for word. */
export function Offer({ data, path }: { readonly data: Help; readonly path: string }) {
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
                <SumCell of={amount} currency={data.currency} />
              </tr>
            ))}
            <tr className="sum">
              <td>{say(words.total)}</td>
              <SumCell of={offer.total} currency={data.currency} strong />
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
