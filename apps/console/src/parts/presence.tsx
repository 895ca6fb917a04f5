import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { work } from "../words/work.ts";
import { Local } from "./said.tsx";

/** Who else looks at this loan now. A courtesy: what is written is guarded by the loan's version. Asked often, so that a recall is noticed soon. */
export function Presence({ loan }: { readonly loan: string }) {
  const say = useSay();
  const query = useAsk(
    "loan.presence",
    `/v1/loans/${encodeURIComponent(loan)}/presence`,
    {},
    { every: 8000 },
  );
  const others = query.data?.others ?? [];
  return (
    <div className="presence" role="status">
      {others.map(({ name, since }) => (
        <p key={name}>
          {say(work.alsoHere)(name)} <span className="soft">{say(work.since)}</span> <Local of={since} />
        </p>
      ))}
    </div>
  );
}
