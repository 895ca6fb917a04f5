import { Form, Input, Select } from "antd";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { complaintWords as words } from "../words/requests.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { choicesOf, LineField } from "./fields.tsx";

interface Asked extends Opened {
  /** The event, as `POST …/events` takes it. */
  readonly run: (body: object) => void;
}

/** Which entry on the loan put it right. */
export function CorrectedDialog({ run, ...opened }: Asked) {
  const say = useSay();
  return (
    <FormDialog
      title={say(words.corrected)}
      lead={say(words.correctedLead)}
      finish={(typed) => run({ type: "corrected", ...typed })}
      {...opened}
    >
      <LineField name="entry" label={say(words.entry)} autoFocus maxLength={200} />
      <LineField name="reason" label={say(frame.reason)} maxLength={500} />
    </FormDialog>
  );
}

/** To which office it went; or why it takes longer, and who agreed to it the second time. */
export function MoreDialog({
  what,
  second,
  run,
  ...opened
}: Asked & { readonly what: "escalated" | "extended"; readonly second: boolean }) {
  const say = useSay();
  const needed = [{ required: true, whitespace: true }];
  return (
    <FormDialog
      title={say(what === "escalated" ? words.escalate : words.extend)}
      finish={(typed) => run({ type: what, ...typed })}
      {...opened}
    >
      {what === "escalated" ? (
        <Form.Item name="to" label={say(words.escalate)} rules={[{ required: true }]}>
          <Select autoFocus options={choicesOf(words.offices, say)} />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="reason" label={say(frame.reason)} rules={needed}>
            <Input autoFocus maxLength={500} />
          </Form.Item>
          {second ? (
            <Form.Item name="approvedBy" label={say(words.approvedBy)} rules={needed}>
              <Input maxLength={100} />
            </Form.Item>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}
