import { DatePicker, Form, Input, Modal, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { dayFormats } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { work } from "../words/work.ts";
import { Trouble } from "./states.tsx";

const WHENS = ["hour", "hours", "tomorrow", "day", "now"] as const;
type When = (typeof WHENS)[number];

interface Typed {
  readonly when: When;
  readonly on?: Dayjs;
  readonly reason?: string;
}

/** What `POST /v1/worklist/release` takes: minutes on the server's clock, or a morning where the lender is. */
function backOf({ when, on }: Typed, offset: string): object {
  const morning = (day: Dayjs): object => ({ backAt: `${day.format("YYYY-MM-DD")}T09:00:00${offset}` });
  switch (when) {
    case "hour":
      return { backIn: 60 };
    case "hours":
      return { backIn: 180 };
    case "tomorrow":
      return morning(dayjs().add(1, "day"));
    case "day":
      return on ? morning(on) : {};
    case "now":
      return {};
  }
}

/** When the case comes again. `since` is an instant as the server told it: its offset is that of the lender's clock. */
export function SnoozeForm({
  since,
  busy,
  error,
  close,
  run,
}: {
  readonly since: string;
  readonly busy: boolean;
  readonly error: unknown;
  readonly close: () => void;
  readonly run: (body: object) => void;
}) {
  const say = useSay();
  const { lang } = useSettings();
  const [form] = Form.useForm<Typed>();
  const when = Form.useWatch("when", form);
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(since)?.[1] ?? "+08:00";
  return (
    <Modal
      open
      title={say(work.snooze)}
      onCancel={close}
      onOk={() => form.submit()}
      okText={say(work.snooze)}
      cancelText={say(frame.cancel)}
      confirmLoading={busy}
      destroyOnHidden
    >
      <p className="soft">{say(work.snoozeLead)}</p>
      <Form<Typed>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ when: "hour" }}
        onFinish={(typed) =>
          run({ ...backOf(typed, offset), ...(typed.reason?.trim() ? { reason: typed.reason.trim() } : {}) })
        }
        style={{ marginTop: 12 }}
      >
        <Form.Item name="when" label={say(work.comesBack)}>
          <Radio.Group vertical options={WHENS.map((value) => ({ value, label: say(work.whens[value]) }))} />
        </Form.Item>
        {when === "day" ? (
          <Form.Item
            name="on"
            label={say(work.comesBackOn)}
            rules={[{ required: true, message: say(frame.needed) }]}
          >
            <DatePicker
              format={dayFormats(lang)}
              minDate={dayjs().add(1, "day")}
              maxDate={dayjs().add(13, "day")}
              style={{ width: 200 }}
            />
          </Form.Item>
        ) : null}
        <Form.Item name="reason" label={say(work.why)}>
          <Input maxLength={500} onPressEnter={() => form.submit()} />
        </Form.Item>
      </Form>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}
