import { Form, Input, Modal, Select } from "antd";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { complaintWords as words } from "../words/requests.ts";
import { Trouble } from "./states.tsx";

/** Which entry on the loan put it right. */
export function CorrectedDialog({
  busy,
  error,
  close,
  run,
}: {
  readonly busy: boolean;
  readonly error: unknown;
  readonly close: () => void;
  readonly run: (body: object) => void;
}) {
  const say = useSay();
  const [form] = Form.useForm();
  const needed = [{ required: true, whitespace: true, message: say(frame.needed) }];
  return (
    <Modal
      open
      title={say(words.corrected)}
      onCancel={close}
      onOk={() => form.submit()}
      okText={say(words.corrected)}
      cancelText={say(frame.cancel)}
      confirmLoading={busy}
      destroyOnHidden
    >
      <p className="soft">{say(words.correctedLead)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(typed: object) => run({ type: "corrected", ...typed })}
        style={{ marginTop: 12 }}
      >
        <Form.Item name="entry" label={say(words.entry)} rules={needed}>
          <Input autoFocus maxLength={200} />
        </Form.Item>
        <Form.Item name="reason" label={say(frame.reason)} rules={needed}>
          <Input maxLength={500} />
        </Form.Item>
      </Form>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}

/** To which office it went; or why it takes longer, and who agreed to it the second time. */
export function MoreDialog({
  what,
  second,
  busy,
  error,
  close,
  run,
}: {
  readonly what: "escalated" | "extended";
  readonly second: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly close: () => void;
  readonly run: (body: object) => void;
}) {
  const say = useSay();
  const [form] = Form.useForm();
  const title = say(what === "escalated" ? words.escalate : words.extend);
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={() => form.submit()}
      okText={title}
      cancelText={say(frame.cancel)}
      confirmLoading={busy}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(typed: object) => run({ type: what, ...typed })}
        style={{ marginTop: 12 }}
      >
        {what === "escalated" ? (
          <Form.Item name="to" label={say(words.escalate)} rules={[{ required: true }]}>
            <Select
              autoFocus
              options={Object.entries(words.offices).map(([value, both]) => ({ value, label: say(both) }))}
            />
          </Form.Item>
        ) : (
          <>
            <Form.Item name="reason" label={say(frame.reason)} rules={[{ required: true, whitespace: true }]}>
              <Input autoFocus maxLength={500} />
            </Form.Item>
            {second ? (
              <Form.Item
                name="approvedBy"
                label={say(words.approvedBy)}
                rules={[{ required: true, whitespace: true }]}
              >
                <Input maxLength={100} />
              </Form.Item>
            ) : null}
          </>
        )}
      </Form>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}
