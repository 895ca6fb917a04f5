import { useCited } from "../lib/cited.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { Loaded, Panel } from "./states.tsx";

/** Which court can hear it, by which sentence, and what is missing to be sure. */
export function Where({ loan, kind }: { readonly loan: string; readonly kind: string }) {
  const say = useSay();
  const cited = useCited();
  const query = useAsk("loan.courts", `/v1/loans/${encodeURIComponent(loan)}/courts`, {
    for: kind === "payment-order" ? "payment-order" : "suit",
  });
  return (
    <Panel title={say(words.where)} flush>
      <Loaded query={query}>
        {({ suit, courts }) => (
          <>
            {suit === "arbitration" ? <p className="panel-body">{say(words.arbitration)}</p> : null}
            <ul className="channels">
              {courts.map((one, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a court that is not known has no name to tell it apart by
                <li key={`${one.basis} ${i}`}>
                  <div className="channel-head">
                    <strong>
                      {one.court ?? (one.area ? say(words.basicOf)(one.area) : say(words.courtUnknown))}
                    </strong>
                    <span className="verdict soft">{say(one.standingSays)}</span>
                  </div>
                  <p className="soft">{say(one.basisSays)}</p>
                  {one.because.map(({ says, cite }) => (
                    <p key={`${says.en} ${cite.at}`} className="soft" title={cite.quote}>
                      {say(says)} · {cited(cite)}
                    </p>
                  ))}
                  {one.missing.length > 0 ? (
                    <p>
                      {say(words.stillMissing)}: {one.missing.map((missing) => say(missing)).join("; ")}
                    </p>
                  ) : null}
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
