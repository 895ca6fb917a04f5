import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { OpenProceeding } from "./open-proceeding.tsx";
import { Papers } from "./papers.tsx";
import { Day } from "./said.tsx";
import { Loaded, Nothing, Panel } from "./states.tsx";
import { Where } from "./where.tsx";
import { Worth } from "./worth.tsx";

interface Kept {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly court: string;
  readonly caseNumber: string | null;
  readonly openedOn: string;
}

/** What a court has, or could have, to do with a loan. */
export function CaseCourt({ loan }: { readonly loan: string }) {
  const say = useSay();
  const may = useMay();
  const path = `/v1/loans/${encodeURIComponent(loan)}`;
  const proceedings = useAsk("loan.proceedings", `${path}/proceedings`);
  const [opening, setOpening] = useState(false);
  return (
    <div className="two">
      <div>
        <Panel
          title={say(words.proceedings)}
          extra={
            <div className="filters">
              <Link to="/court/$loan/enforcement" params={{ loan }}>
                {say(words.enforcement)}
              </Link>
              {may("loan.proceeding-open") ? (
                <Button size="small" onClick={() => setOpening(true)}>
                  {say(words.open)}
                </Button>
              ) : null}
            </div>
          }
          flush
        >
          <Loaded query={proceedings}>
            {({ items }) =>
              items.length === 0 ? (
                <Nothing title={say(words.noProceedings)}>{say(words.noneMore)}</Nothing>
              ) : (
                <table className="plain">
                  <tbody>
                    {(items as unknown as readonly Kept[]).map((one) => (
                      <tr key={one.id}>
                        <td>
                          <Link
                            to="/court/$loan/proceeding/$proceeding"
                            params={{ loan, proceeding: one.id }}
                          >
                            {one.caseNumber ?? one.id}
                          </Link>
                          <div className="soft">{one.court}</div>
                        </td>
                        <td>{words.kinds[one.kind] ? say(words.kinds[one.kind]!) : one.kind}</td>
                        <td>
                          <Day of={one.openedOn} />
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )
            }
          </Loaded>
        </Panel>
        {may("loan.papers") ? <Papers loan={loan} /> : null}
      </div>
      <div>
        <Worth loan={loan} />
        <Where loan={loan} kind="suit" />
      </div>
      {opening ? <OpenProceeding loan={loan} close={() => setOpening(false)} /> : null}
    </div>
  );
}
