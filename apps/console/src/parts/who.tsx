import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useTold } from "../lib/told.ts";
import { useAsk } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { languages } from "../words/frame.ts";
import { ReasonDialog } from "./reason.tsx";
import { RestsLine } from "./rests.tsx";
import { word } from "./rule-card.tsx";
import { Age, Day, LoanLink, Money } from "./said.tsx";
import { Fact, Loaded, Panel } from "./states.tsx";

const FIELDS = ["name", "phone", "email", "app", "address"] as const;

/** Who owes: masked until somebody asks with a reason, which is kept. What was shown in full goes with the page. */
export function Who({ loan }: { readonly loan: string }) {
  const owner = useAsk("loan.borrower", `/v1/loans/${encodeURIComponent(loan)}/borrower`);
  const say = useSay();
  return (
    <Panel title={say(words.who)} flush>
      <Loaded query={owner}>{({ borrower }) => <Borrower loan={loan} borrower={borrower} />}</Loaded>
    </Panel>
  );
}

function Borrower({ loan, borrower }: { readonly loan: string; readonly borrower: string }) {
  const say = useSay();
  const told = useTold();
  const may = useMay();
  const path = `/v1/borrowers/${encodeURIComponent(borrower)}`;
  const query = useAsk("borrower.read", path);
  const [asking, setAsking] = useState(false);
  const reveal = useMutation({
    mutationFn: (reason: string) =>
      ask<Answers["borrower.reveal"]>(`${path}/reveal`, { method: "POST", body: { fields: FIELDS, reason } }),
    onSuccess: () => setAsking(false),
  });
  return (
    <Loaded query={query}>
      {({ contact, language, zone, loans, person }) => {
        const shown = { ...contact, ...reveal.data?.contact };
        const others = loans.filter((one) => one.loan !== loan);
        return (
          <>
            <dl className="facts panel-body">
              {FIELDS.filter((field) => shown[field]).map((field) => (
                <Fact key={field} name={say(words[field])} className="figure-wrap">
                  {shown[field]}
                </Fact>
              ))}
              {language ? <Fact name={say(words.language)}>{word(languages, language, say)}</Fact> : null}
              <Fact name={say(words.zone)}>{zone}</Fact>
            </dl>
            {may("borrower.reveal") && !reveal.data ? (
              <div className="panel-body" style={{ paddingTop: 0 }}>
                <Button onClick={() => setAsking(true)}>{say(words.reveal)}</Button>
              </div>
            ) : null}
            {others.length > 0 ? (
              <table className="plain">
                <caption className="hidden">{say(words.others)}</caption>
                <tbody>
                  {others.map((one) => (
                    <tr key={one.loan}>
                      <td>
                        <LoanLink loan={one.loan} />
                      </td>
                      <td>
                        <Age bucket={one.bucket} dpd={one.dpd} />
                      </td>
                      <td className="num">
                        <Money of={one.arrears} currency={one.currency} />
                        <RestsLine disputed={one.disputed} currency={one.currency} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            ) : null}
            {person.length > 0 ? (
              <div className="panel-body">
                <h3>{say(words.recorded)}</h3>
                <ul className="log">
                  {person.map((one) => (
                    <li key={`${one.kind} ${one.id}`}>
                      <Day of={one.on} />{" "}
                      <span className="soft">{told({ en: one.says, zh: one.saysZh })}</span>
                    </li>
                  ))}
                </ul>
              </div>
            ) : null}
            {asking ? (
              <ReasonDialog
                title={say(words.reveal)}
                lead={say(words.revealLead)}
                write={reveal}
                close={() => setAsking(false)}
                run={reveal.mutate}
              />
            ) : null}
          </>
        );
      }}
    </Loaded>
  );
}
