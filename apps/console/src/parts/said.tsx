import { day, instant, localInstant, money } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { work } from "../words/work.ts";

/** A sum as the API gave it: tabular figures, the sign small. */
export function Money({
  of,
  currency,
  strong,
}: {
  readonly of: string | null | undefined;
  readonly currency: string;
  readonly strong?: boolean;
}) {
  if (of === null || of === undefined) return <span className="soft">–</span>;
  const text = money(of, currency);
  const [, sign = "", figure = text] = /^(−?[^\d]*)(.*)$/.exec(text) ?? [];
  return (
    <span className={strong ? "money strong" : "money"}>
      <span className="money-sign">{sign}</span>
      {figure}
    </span>
  );
}

export function Day({ of }: { readonly of: string | null | undefined }) {
  const { lang } = useSettings();
  if (!of) return <span className="soft">–</span>;
  return (
    <time className="figure" dateTime={of}>
      {day(of, lang)}
    </time>
  );
}

/** An instant on the clock that it was told with. */
export function Instant({ of }: { readonly of: string | null | undefined }) {
  const { lang } = useSettings();
  if (!of) return <span className="soft">–</span>;
  return (
    <time className="figure" dateTime={of}>
      {instant(of, lang)}
    </time>
  );
}

/** An instant of the server on the reader's own clock. */
export function Local({ of }: { readonly of: string | null | undefined }) {
  const { lang } = useSettings();
  if (!of) return <span className="soft">–</span>;
  return (
    <time className="figure" dateTime={of}>
      {localInstant(of, lang)}
    </time>
  );
}

/** `M2`: a mark on the ramp of ages beside the word, which says the same without a colour. */
export function Age({ bucket, dpd }: { readonly bucket: string; readonly dpd?: number }) {
  const say = useSay();
  const n = Math.min(5, Number(/\d+/.exec(bucket)?.[0] ?? 0));
  return (
    <span className="age">
      <span className={`age-mark age-${n}`} aria-hidden="true" />
      {bucket}
      {dpd !== undefined && dpd > 0 ? (
        <span className="soft figure"> · {say(work.days)(String(dpd))}</span>
      ) : null}
    </span>
  );
}
