import { Button } from "antd";
import { Fragment, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { money } from "../lib/format.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { word } from "./rule-card.tsx";
import { Day, Money } from "./said.tsx";
import { Fact, Loaded, Panel } from "./states.tsx";

type Advice = Answers["loan.advice"];

/** Ten-thousandths as percent: `1250` is `12.5 %`. Text from a whole number, nothing reckoned. */
const percent = (share: number): string => `${Math.trunc(share / 100)}.${Math.trunc((share % 100) / 10)} %`;

/** "Worth suing?": one line of advice with why, then each way with what it costs and what comparable debts brought. */
export function Worth({ loan }: { readonly loan: string }) {
  const say = useSay();
  const query = useAsk("loan.advice", `/v1/loans/${encodeURIComponent(loan)}/advice`);
  const [open, setOpen] = useState(false);
  return (
    <Panel title={say(words.worth)} flush>
      <Loaded query={query}>
        {(advice) => (
          <>
            <div className="panel-body">
              <p className="strong">{say(advice.takeSays)}</p>
              <p className="soft">
                {advice.because.map(({ why, says }) => say(words.begun[why] ?? says)).join(" · ")}
              </p>
              <Line advice={advice} />
              <Button
                type="link"
                size="small"
                style={{ padding: 0 }}
                aria-expanded={open}
                onClick={() => setOpen(!open)}
              >
                {say(words.conditions)}
              </Button>
            </div>
            {open ? <Ways advice={advice} /> : null}
            <p className="panel-body soft note">{say(words.notAdvice)}</p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

/** What the advised way costs against what it brings; of "do not sue", the cheapest that is not closed. */
function Line({ advice: { ways, take, because, currency } }: { readonly advice: Advice }) {
  const say = useSay();
  // Of a debt that is before a court already, no way begins now.
  if (because.some(({ why }) => why in words.begun)) return null;
  const one = ways.find(({ way }) => way === take) ?? ways.find(({ standing }) => standing !== "closed");
  if (!one) return null;
  return (
    <dl className="facts">
      <Fact
        name={
          <>
            {say(words.outlay)} · {say(one.says)}
          </>
        }
      >
        <Money of={one.outlay} currency={currency} />
      </Fact>
      <Fact name={say(words.brings)}>
        {one.net ? (
          <>
            <Money of={one.net.mean} currency={currency} strong />{" "}
            <span className="soft">
              {say(words.range)(money(one.net.low, currency), money(one.net.high, currency))}
            </span>
          </>
        ) : (
          <span className="soft">{say(words.thin)(one.cases)}</span>
        )}
      </Fact>
      <Fact name={say(words.breakEven)} className="figure">
        {one.breakEven > 10_000 ? say(words.over100) : percent(one.breakEven)}
      </Fact>
      <Fact name={say(words.until)}>
        <Day of={one.until} />
      </Fact>
    </dl>
  );
}

function Ways({ advice: { ways, currency } }: { readonly advice: Advice }) {
  const say = useSay();
  const cited = useCited();
  return (
    <table className="plain">
      <tbody>
        {ways.map((one) => (
          <Fragment key={one.way}>
            <tr>
              <td>
                <strong>{say(one.says)}</strong>
                <div className="soft">
                  {say(one.standingSays)} · {one.time.map((stretch) => say(stretch)).join(" · ")}
                </div>
                <ul className="ticks">
                  {one.conditions.map(({ state, says, supply, cite }) => (
                    <li key={`${says.en} ${cite.at}`} title={`${cited(cite)} ${cite.quote}`}>
                      <span className={`tick is-${state}`}>{word(words.conditionStates, state, say)}</span>{" "}
                      {say(says)}
                      {say(supply) === "" ? null : <span className="soft"> → {say(supply)}</span>}
                    </li>
                  ))}
                </ul>
              </td>
              <td className="num">
                <Money of={one.outlay} currency={currency} />
                <div className="soft">
                  {one.mean === null ? say(words.thin)(one.cases) : say(words.ofCases)(one.cases)}
                </div>
              </td>
            </tr>
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}
