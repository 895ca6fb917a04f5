import { isZero } from "../lib/format.ts";
import { useSay } from "../lib/settings.tsx";
import { work } from "../words/work.ts";
import { Money } from "./said.tsx";

interface Asked {
  readonly disputed: string;
  readonly askable: string;
  readonly currency: string;
}

/** Beside what is past due: what of it is contested and rests, and what is left to ask for. Nothing where nothing is contested. */
export function Rests({ disputed, askable, currency }: Asked) {
  const say = useSay();
  if (isZero(disputed)) return null;
  return (
    <>
      <div>
        <dt>{say(work.disputed)}</dt>
        <dd>
          <Money of={disputed} currency={currency} />
        </dd>
      </div>
      <div>
        <dt>{say(work.askable)}</dt>
        <dd>
          <Money of={askable} currency={currency} strong />
        </dd>
      </div>
    </>
  );
}

/** The same in a line of a list, under the sum that is past due. */
export function RestsLine({ disputed, currency }: Pick<Asked, "disputed" | "currency">) {
  const say = useSay();
  if (isZero(disputed)) return null;
  return (
    <span className="queue-line soft">
      <span>{say(work.disputed)}</span>
      <Money of={disputed} currency={currency} />
    </span>
  );
}
