import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { useSay } from "../lib/settings.tsx";
import { courtWords as words } from "../words/court.ts";
import { officeWords } from "../words/office.ts";
import { word } from "./rule-card.tsx";
import { Day } from "./said.tsx";
import { Panel } from "./states.tsx";

export type MatterDay = Answers["loan.proceeding"]["days"][number];
type Told = Answers["loan.proceeding"]["history"][number];

/** `in 3 days`, `2 days over`: what has passed unseen stands out by its form and its word, not by red. */
export function DaysLeft({
  day: { daysLeft, certain },
}: {
  readonly day: Pick<MatterDay, "daysLeft" | "certain">;
}) {
  const say = useSay();
  return (
    <span
      className={daysLeft < 0 ? "days-left is-over" : daysLeft <= 3 ? "days-left is-near" : "days-left"}
      title={certain ? undefined : say(words.uncertain)}
    >
      {say(words.left)(daysLeft)}
      {certain ? "" : " ?"}
    </span>
  );
}

/** Days of a proceeding or an enforcement with who has to act, and the sentence of law behind each. */
export function DaysTable({ days }: { readonly days: readonly MatterDay[] }) {
  const say = useSay();
  const cited = useCited();
  return (
    <table className="plain">
      <tbody>
        {days.map((one) => (
          <tr key={`${one.what} ${one.lastOn} ${one.says.en}`}>
            <td>
              <Day of={one.lastOn} />
              <div>
                <DaysLeft day={one} />
              </div>
            </td>
            <td>
              {say(one.says)}
              <div className="soft">
                {say(one.actor)}
                {one.cite ? (
                  <>
                    {" · "}
                    <span title={one.cite.quote}>{cited(one.cite)}</span>
                    {one.verification === "verified" || one.verification === null
                      ? ""
                      : ` · ${word(officeWords.verifications, one.verification, say)}`}
                  </>
                ) : null}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What happened in a matter before a court, in its order. */
export function CourtHistory({
  events,
}: {
  readonly events: readonly Pick<Told, "event" | "on" | "by" | "says">[];
}) {
  const say = useSay();
  return (
    <Panel title={say(words.history)}>
      <ul className="log">
        {events.map(({ event, on, by, says }) => (
          <li key={`${event} ${on} ${says.en}`}>
            <div className="soft">
              <Day of={on} /> · {by}
            </div>
            {say(says)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
