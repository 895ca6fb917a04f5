import { Button } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { useCited } from "../lib/cited.ts";
import { instant } from "../lib/format.ts";
import { type Both, useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { caseWords as words } from "../words/case.ts";
import { officeWords } from "../words/office.ts";
import { via as vias } from "../words/today.ts";
import { type Cited, word } from "./rule-card.tsx";
import { Loaded, Panel } from "./states.tsx";

type Channel = Answers["loan.why"]["channels"][number];

/** One reason of a verdict, as the gate gives it. */
interface Because {
  readonly rule: string;
  readonly outcome?: string;
  readonly says?: string | Both<string>;
  readonly cite?: Cited;
  readonly layer?: string;
  readonly force?: string;
  readonly verification?: string;
}

/** What may be done with him now by each way. What may not is shown all the same, with why, and from when it may again. */
export function Channels({ loan }: { readonly loan: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const query = useAsk("loan.why", `/v1/loans/${encodeURIComponent(loan)}/why`);
  return (
    <Panel
      title={say(words.contact)}
      extra={
        <span className="soft">{query.data ? say(words.contactAt)(instant(query.data.at, lang)) : null}</span>
      }
      flush
    >
      <Loaded query={query}>
        {({ channels, placedWith }) => (
          <>
            {placedWith ? <p className="panel-body">{say(words.placed)(placedWith)}</p> : null}
            <ul className="channels">
              {channels.map((channel) => (
                <One key={channel.via} channel={channel} />
              ))}
            </ul>
          </>
        )}
      </Loaded>
    </Panel>
  );
}

const MARKS: Readonly<Record<string, string>> = {
  allow: "allow",
  "allow-with-risk": "allow",
  "ask-person": "ask",
  forbid: "forbid",
};

function One({ channel }: { readonly channel: Channel }) {
  const say = useSay();
  const { lang } = useSettings();
  const [open, setOpen] = useState(false);
  const { verdict, allowedFrom } = channel;
  const because = (channel.because as readonly unknown[] as readonly Because[]).filter(
    ({ outcome }) => verdict === "allow" || outcome === undefined || outcome === verdict,
  );
  const words4: Both<string> | undefined = (words as unknown as Record<string, Both<string>>)[verdict];
  return (
    <li>
      <div className="channel-head">
        <strong>{vias[channel.via] ? say(vias[channel.via]!) : channel.via}</strong>
        <span className={`verdict ${MARKS[verdict] ?? ""} ${verdict === "forbid" ? "soft" : ""}`}>
          {words4 ? say(words4) : verdict}
        </span>
      </div>
      {verdict === "allow" ? null : (
        <>
          {because[0] ? <p className="soft">{saysOf(because[0], lang)}</p> : null}
          {allowedFrom ? (
            <p>{allowedFrom === "never" ? say(words.never) : say(words.again)(instant(allowedFrom, lang))}</p>
          ) : null}
          <Button
            type="link"
            size="small"
            style={{ padding: 0 }}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {say(open ? words.hideWhy : words.why)}
          </Button>
          {open ? because.map((one) => <Reason key={one.rule} because={one} />) : null}
        </>
      )}
    </li>
  );
}

const saysOf = ({ says, rule }: Because, lang: "zh" | "en"): string =>
  typeof says === "string" ? says : (says?.[lang] ?? rule);

function Reason({ because }: { readonly because: Because }) {
  const say = useSay();
  const cited = useCited();
  const { lang } = useSettings();
  const { cite, force, layer, verification, rule } = because;
  return (
    <div className="why">
      <p>{saysOf(because, lang)}</p>
      {cite ? (
        <>
          <blockquote className="quote">{cite.quote}</blockquote>
          <p className="soft">
            {cited(cite)}
            {force ? ` · ${word(officeWords.forces, force, say)}` : ""}
            {layer ? ` · ${word(officeWords.layers, layer, say)}` : ""}
            {verification ? ` · ${word(officeWords.verifications, verification, say)}` : ""}
          </p>
        </>
      ) : null}
      <p className="soft">
        <code>{rule}</code>
      </p>
    </div>
  );
}
