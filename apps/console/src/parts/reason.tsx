import { Form, Input, Modal } from "antd";
import type { ReactNode } from "react";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { Trouble } from "./states.tsx";

interface Asked {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  readonly act: ReactNode;
  readonly busy: boolean;
  readonly error: unknown;
  readonly least?: number;
  readonly optional?: boolean;
  readonly close: () => void;
  readonly run: (reason: string) => void;
}

/** Asks why before something is done; the answer is kept with it. Enter within the line sends it. */
export function ReasonDialog({ title, lead, act, busy, error, least = 5, optional, close, run }: Asked) {
  const say = useSay();
  const [form] = Form.useForm<{ reason?: string }>();
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      onOk={() => form.submit()}
      okText={act}
      cancelText={say(frame.cancel)}
      confirmLoading={busy}
      destroyOnHidden
    >
      {lead ? <p className="soft">{lead}</p> : null}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={({ reason }) => run(reason?.trim() ?? "")}
        style={{ marginTop: 12 }}
      >
        <Form.Item
          name="reason"
          label={say(frame.reason)}
          rules={
            optional ? [] : [{ required: true, min: least, whitespace: true, message: say(frame.reasonHint) }]
          }
        >
          <Input autoFocus maxLength={500} />
        </Form.Item>
      </Form>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}
