import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useState } from "react";
import { ask } from "../lib/client.ts";
import { useMay } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { rooms } from "../words/frame.ts";
import { ReasonDialog } from "./reason.tsx";
import { Loaded, Panel } from "./states.tsx";

/** What those who look over a case may do with it: verify it, ask for its bundle, see every contact with its permit. */
export function Oversight({ loan }: { readonly loan: string }) {
  const say = useSay();
  const may = useMay();
  const { message } = App.useApp();
  const [verify, setVerify] = useState(false);
  const [asking, setAsking] = useState(false);
  const path = `/v1/loans/${encodeURIComponent(loan)}`;
  const verified = useAsk("loan.verify", `${path}/verify`, {}, { enabled: verify });
  const bundle = useMutation({
    mutationFn: (reason: string) => ask(`${path}/evidence`, { method: "POST", body: { reason } }),
    onSuccess: () => {
      setAsking(false);
      void message.success(say(words.bundleAsked));
    },
  });
  if (!may("loan.verify") && !may("evidence.propose") && !may("loan.contacts")) return null;
  return (
    <Panel title={say(rooms.audit)}>
      <div className="filters">
        {may("loan.verify") ? <Button onClick={() => setVerify(true)}>{say(words.verify)}</Button> : null}
        {may("evidence.propose") ? (
          <Button onClick={() => setAsking(true)}>{say(words.bundle)}</Button>
        ) : null}
        {may("loan.contacts") ? (
          <Link to="/audit" search={{ loan } as never}>
            {say(words.contactsPermit)}
          </Link>
        ) : null}
      </div>
      {verify ? (
        <Loaded query={verified} rows={1}>
          {({ facts, findings }) =>
            findings.length === 0 ? (
              <p style={{ marginTop: 10 }}>{say(words.verifyGood)(facts)}</p>
            ) : (
              <ul className="log trouble">
                {findings.map((one) => (
                  <li key={one}>{one}</li>
                ))}
              </ul>
            )
          }
        </Loaded>
      ) : null}
      {asking ? (
        <ReasonDialog
          title={say(words.bundle)}
          lead={say(words.bundleLead)}
          write={bundle}
          close={() => setAsking(false)}
          run={bundle.mutate}
        />
      ) : null}
    </Panel>
  );
}
