import type { Answers } from "../lib/answers.ts";
import { day as dayWords, money } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useTold } from "../lib/told.ts";
import { useAsk } from "../lib/use-ask.ts";
import { owedParts, caseWords as words } from "../words/case.ts";
import { Day } from "./said.tsx";

type Loan = Answers["loan.read"];

/** Of the newest events so many are shown: what was changed is among them, whatever day it counts for. */
const NEWEST = 8;

/** What somebody changed on a loan between two readings of it: each figure before and after. */
export function Stale({ before, after }: { readonly before: Loan; readonly after: Loan }) {
  const say = useSay();
  const { lang } = useSettings();
  const told = useTold();
  const sum = (text: string): string => money(text, after.currency);
  const rows: readonly (readonly [string, string, string])[] = [
    [
      say(words.status),
      words.statuses[before.status]?.[lang] ?? before.status,
      words.statuses[after.status]?.[lang] ?? after.status,
    ],
    [say(words.dpd), String(before.dpd), String(after.dpd)],
    ...([...owedParts, "total"] as const).map(
      (part) => [say(words[part]), sum(before.arrears[part]), sum(after.arrears[part])] as const,
    ),
    [say(words.payoff), sum(before.payoff), sum(after.payoff)],
    [
      say(words.oldest),
      before.dueOn ? dayWords(before.dueOn, lang) : "–",
      after.dueOn ? dayWords(after.dueOn, lang) : "–",
    ],
    [say(words.promises), String(before.promises?.length ?? 0), String(after.promises?.length ?? 0)],
    [say(words.facts), String(before.version), String(after.version)],
  ];
  const news = useAsk("loan.timeline", `/v1/loans/${encodeURIComponent(after.loan)}/timeline`, {
    limit: NEWEST,
  });
  const changed = rows.filter(([, was, is]) => was !== is);
  return (
    <div className="trouble no" role="alert">
      <p>{say(words.changed)}</p>
      {changed.length > 0 ? (
        <table className="plain diff">
          <thead>
            <tr>
              <th>{say(words.part)}</th>
              <th className="num">{say(words.was)}</th>
              <th className="num">{say(words.is)}</th>
            </tr>
          </thead>
          <tbody>
            {changed.map(([name, was, is]) => (
              <tr key={name}>
                <td>{name}</td>
                <td className="num figure">
                  <del>{was}</del>
                </td>
                <td className="num figure">
                  <ins>{is}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {changed.length > 0 && news.data ? (
        <ul className="log" aria-label={say(words.timeline)}>
          {news.data.items.map(({ on, kind, says }) => (
            <li key={`${on} ${kind} ${says.en}`}>
              <Day of={on} /> {told(says)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
