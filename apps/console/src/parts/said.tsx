import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { day, instant, type Lang, localInstant, money } from "../lib/format.ts";
import { useMay } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { work } from "../words/work.ts";

interface Of {
  readonly of: string | null | undefined;
}
interface Sum extends Of {
  readonly currency: string;
  readonly strong?: boolean;
}

/** A sum as the API gave it: tabular figures, the sign small. */
export function Money({ of, currency, strong }: Sum) {
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

/** A sum in a table. */
export const SumCell = (sum: Sum) => (
  <td className="num">
    <Money {...sum} />
  </td>
);

/** Loans in a line. */
export const Loans = ({
  of,
  between = ", ",
}: {
  readonly of: readonly string[];
  readonly between?: string;
}) =>
  of.map((loan, i) => (
    <Fragment key={loan}>
      {i > 0 ? between : null}
      <LoanLink loan={loan} />
    </Fragment>
  ));

/** A loan by its number, which leads to it whoever may read it. */
export function LoanLink({ loan }: { readonly loan: string }) {
  const may = useMay();
  if (!may("loan.read")) return loan;
  return (
    <Link to="/cases/$loan" params={{ loan }}>
      {loan}
    </Link>
  );
}

function When({ of, told }: Of & { readonly told: (text: string, lang: Lang) => string }) {
  const { lang } = useSettings();
  if (!of) return <span className="soft">–</span>;
  return (
    <time className="figure" dateTime={of}>
      {told(of, lang)}
    </time>
  );
}

export const Day = ({ of }: Of) => <When of={of} told={day} />;

/** An instant on the clock that it was told with. */
export const Instant = ({ of }: Of) => <When of={of} told={instant} />;

/** An instant of the server on the reader's own clock. */
export const Local = ({ of }: Of) => <When of={of} told={localInstant} />;

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
