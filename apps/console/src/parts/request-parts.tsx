import { Form, Input } from "antd";
import type { ReactNode } from "react";
import type { Answers } from "../lib/answers.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { requestWords as words } from "../words/requests.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { word } from "./rule-card.tsx";
import { Day, Loans } from "./said.tsx";
import { Fact, Panel } from "./states.tsx";

type Complaint = Answers["complaint.read"];

/** So many days left, in words; late ones stand out by their words and their weight, not by a colour. */
export function Left({ days }: { readonly days: number | null }) {
  const say = useSay();
  if (days === null) return <span className="soft">–</span>;
  return <span className={days < 0 ? "strong figure" : "figure"}>{say(words.leftWords)(days)}</span>;
}

/** Who asked, when and by which way, and about which loans: rows of a list of facts. */
export function AskedBy({
  of: { receivedOn, channel },
  borrower,
  loans,
}: {
  readonly of: Pick<Complaint, "receivedOn" | "channel">;
  readonly borrower: string;
  readonly loans: readonly string[];
}) {
  const say = useSay();
  return (
    <>
      <Fact name={say(words.received)}>
        <Day of={receivedOn} /> · {say(words.channels[channel])}
      </Fact>
      <Fact name={say(words.borrower)}>{borrower}</Fact>
      <Fact name={say(words.loans)}>
        <Loans of={loans} />
      </Fact>
    </>
  );
}

export function History({ events }: { readonly events: Complaint["events"] }) {
  const say = useSay();
  const { lang } = useSettings();
  return (
    <Panel title={say(words.history)} flush>
      <table className="plain">
        <thead>
          <tr>
            <th>{say(words.on)}</th>
            <th>{say(words.what)}</th>
            <th>{say(words.who)}</th>
          </tr>
        </thead>
        <tbody>
          {events.map(({ event, on, at, says, by, words: said, reason }) => (
            <tr key={`${event} ${at}`}>
              <td>
                <Day of={on} />
              </td>
              <td>
                {says[lang]}
                {said ? <div className="soft">{said}</div> : null}
                {reason ? (
                  <div className="soft">{typeof reason === "string" ? reason : reason[lang]}</div>
                ) : null}
              </td>
              <td>{word(words.byWhom, by, say)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

export function Files({ path, files }: { readonly path: string; readonly files: Complaint["files"] }) {
  const say = useSay();
  return (
    <Panel title={say(words.files)}>
      {files.length === 0 ? (
        <p className="soft">{say(words.noFiles)}</p>
      ) : (
        <ul className="bare">
          {files.map(({ sha256, name, bytes }) => (
            <li key={sha256}>
              <a href={`${path}/files/${sha256}`} download>
                {name}
              </a>{" "}
              <span className="soft figure">{Math.max(1, Math.round(bytes / 1024))} KB</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The reason that he will read, in both languages, beside whatever else the act asks for. */
export function BothReasons<T extends object>({
  run,
  children,
  ...shown
}: Opened & {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly run: (typed: T & { readonly en: string; readonly zh: string }) => void;
  readonly children?: ReactNode;
}) {
  const say = useSay();
  const rules = [{ required: true, whitespace: true, message: say(words.required) }];
  return (
    <FormDialog finish={run} {...shown}>
      {children}
      <Form.Item name="zh" label={say(words.reasonZh)} rules={rules}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      <Form.Item name="en" label={say(words.reasonEn)} rules={rules}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}
