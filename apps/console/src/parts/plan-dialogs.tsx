import { DatePicker, Form, Input, Modal, Select } from "antd";
import type { Dayjs } from "dayjs";
import type { ReactNode } from "react";
import { dayFormats, signOf } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { frame } from "../words/frame.ts";
import { planWords as words } from "../words/requests.ts";
import { Loaded, Trouble } from "./states.tsx";

interface Asked {
  readonly busy: boolean;
  readonly error: unknown;
  readonly close: () => void;
  /** The event, as `POST …/events` takes it. */
  readonly run: (body: object) => void;
}

/** A form in a dialog whose button sends it. */
function Sheet<T extends object>({
  title,
  lead,
  busy,
  error,
  close,
  initial,
  finish,
  children,
}: Omit<Asked, "run"> & {
  readonly title: string;
  readonly lead: ReactNode;
  readonly initial?: Partial<T>;
  readonly finish: (typed: T) => void;
  readonly children: ReactNode;
}) {
  const say = useSay();
  const [form] = Form.useForm<T>();
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
      <p className="soft">{lead}</p>
      <Form<T>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial ?? {}}
        onFinish={finish}
        style={{ marginTop: 12 }}
      >
        {children}
      </Form>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}

/** What he accepted outside his own page: by the hash of the very text, so that no other text can be meant. */
export function AcceptDialog({ path, run, ...rest }: Asked & { readonly path: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const language = lang === "zh" ? "zh-CN" : "en";
  const agreement = useAsk("hardship.agreement", `${path}/agreement`, { language });
  return (
    <Sheet<{ how: string }>
      title={say(words.accept)}
      lead={say(words.acceptLead)}
      initial={{ how: "paper" }}
      finish={({ how }) =>
        agreement.data && run({ type: "accept", language, how, sha256: agreement.data.sha256 })
      }
      {...rest}
    >
      <Form.Item name="how" label={say(words.how)} rules={[{ required: true }]}>
        <Select options={Object.entries(words.hows).map(([value, both]) => ({ value, label: say(both) }))} />
      </Form.Item>
      <Loaded query={agreement} rows={2}>
        {({ title, total, sha256 }) => (
          <>
            <p>
              {title} · {total}
            </p>
            <p className="hash soft">
              {say(words.hash)}: {sha256}
            </p>
          </>
        )}
      </Loaded>
    </Sheet>
  );
}

interface Settlement {
  readonly amount: string;
  readonly by: Dayjs;
  readonly guarantor?: string;
  readonly reason: string;
}

/** A sum taken as the whole, and by when; the rest is given up once it came. */
export function SettlementDialog({ currency, run, ...rest }: Asked & { readonly currency: string }) {
  const say = useSay();
  const { lang } = useSettings();
  return (
    <Sheet<Settlement>
      title={say(words.settle)}
      lead={say(words.settleLead)}
      finish={({ amount, by, guarantor, reason }) =>
        run({
          type: "offer",
          way: "settlement",
          amount,
          by: by.format("YYYY-MM-DD"),
          reason,
          ...(guarantor ? { guarantor } : {}),
        })
      }
      {...rest}
    >
      <Form.Item
        name="amount"
        label={say(words.amount)}
        rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,2})?$/, message: say(frame.sumHint) }]}
      >
        <Input
          autoFocus
          prefix={signOf(currency)}
          inputMode="decimal"
          className="figure"
          style={{ width: 200 }}
        />
      </Form.Item>
      <Form.Item name="by" label={say(words.payBy)} rules={[{ required: true, message: say(frame.needed) }]}>
        <DatePicker format={dayFormats(lang)} style={{ width: 200 }} />
      </Form.Item>
      <Form.Item name="guarantor" label={say(words.guarantorMaybe)}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={say(frame.reason)}
        rules={[{ required: true, whitespace: true, message: say(frame.needed) }]}
      >
        <Input maxLength={500} />
      </Form.Item>
    </Sheet>
  );
}

/** That the guarantor agreed, and where his word is kept. */
export function ConsentDialog({
  guarantor,
  run,
  ...rest
}: Asked & { readonly guarantor: string | null | undefined }) {
  const say = useSay();
  const needed = [{ required: true, whitespace: true, message: say(frame.needed) }];
  return (
    <Sheet<{ guarantor: string; proof: string }>
      title={say(words.acts.consented)}
      lead={say(words.consentLead)}
      initial={guarantor ? { guarantor } : {}}
      finish={(typed) => run({ type: "consented", ...typed })}
      {...rest}
    >
      <Form.Item name="guarantor" label={say(words.guarantor)} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="proof" label={say(words.proof)} rules={needed}>
        <Input autoFocus maxLength={200} />
      </Form.Item>
    </Sheet>
  );
}
