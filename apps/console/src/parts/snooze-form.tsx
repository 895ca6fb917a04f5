import { Form, Radio } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { work } from "../words/work.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { DayField, LineField } from "./fields.tsx";

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
  run,
  ...opened
}: Opened & { readonly since: string; readonly run: (body: object) => void }) {
  const say = useSay();
  const [form] = Form.useForm<Typed>();
  const when = Form.useWatch("when", form);
  const offset = /(Z|[+-]\d{2}:\d{2})$/.exec(since)?.[1] ?? "+08:00";
  return (
    <FormDialog<Typed>
      form={form}
      title={say(work.snooze)}
      lead={say(work.snoozeLead)}
      initial={{ when: "hour" }}
      finish={(typed) =>
        run({ ...backOf(typed, offset), ...(typed.reason?.trim() ? { reason: typed.reason.trim() } : {}) })
      }
      {...opened}
    >
      <Form.Item name="when" label={say(work.comesBack)}>
        <Radio.Group vertical options={WHENS.map((value) => ({ value, label: say(work.whens[value]) }))} />
      </Form.Item>
      {when === "day" ? (
        <DayField
          name="on"
          label={say(work.comesBackOn)}
          hint={say(frame.needed)}
          minDate={dayjs().add(1, "day")}
          maxDate={dayjs().add(13, "day")}
        />
      ) : null}
      <LineField name="reason" label={say(work.why)} optional maxLength={500} enter={form.submit} />
    </FormDialog>
  );
}
