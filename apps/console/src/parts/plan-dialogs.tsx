import { Form, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { frame } from "../words/frame.ts";
import { planWords as words } from "../words/requests.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { choicesOf, DayField, LineField, SumField } from "./fields.tsx";
import { Loaded } from "./states.tsx";

interface Asked extends Opened {
  /** The event, as `POST …/events` takes it. */
  readonly run: (body: object) => void;
}

/** What he accepted outside his own page: by the hash of the very text, so that no other text can be meant. */
export function AcceptDialog({ path, run, ...opened }: Asked & { readonly path: string }) {
  const say = useSay();
  const { lang } = useSettings();
  const language = lang === "zh" ? "zh-CN" : "en";
  const agreement = useAsk("hardship.agreement", `${path}/agreement`, { language });
  return (
    <FormDialog<{ how: string }>
      title={say(words.accept)}
      lead={say(words.acceptLead)}
      initial={{ how: "paper" }}
      finish={({ how }) =>
        agreement.data && run({ type: "accept", language, how, sha256: agreement.data.sha256 })
      }
      {...opened}
    >
      <Form.Item name="how" label={say(words.how)} rules={[{ required: true }]}>
        <Select options={choicesOf(words.hows, say)} />
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
    </FormDialog>
  );
}

interface Settlement {
  readonly amount: string;
  readonly by: Dayjs;
  readonly guarantor?: string;
  readonly reason: string;
}

/** A sum taken as the whole, and by when; the rest is given up once it came. */
export function SettlementDialog({ currency, run, ...opened }: Asked & { readonly currency: string }) {
  const say = useSay();
  return (
    <FormDialog<Settlement>
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
      {...opened}
    >
      <SumField
        name="amount"
        label={say(words.amount)}
        hint={say(frame.sumHint)}
        currency={currency}
        autoFocus
      />
      <DayField name="by" label={say(words.payBy)} hint={say(frame.needed)} />
      <LineField name="guarantor" label={say(words.guarantorMaybe)} optional maxLength={100} />
      <LineField name="reason" label={say(frame.reason)} maxLength={500} />
    </FormDialog>
  );
}

/** That the guarantor agreed, and where his word is kept. */
export function ConsentDialog({
  guarantor,
  run,
  ...opened
}: Asked & { readonly guarantor: string | null | undefined }) {
  const say = useSay();
  return (
    <FormDialog<{ guarantor: string; proof: string }>
      title={say(words.acts.consented)}
      lead={say(words.consentLead)}
      initial={guarantor ? { guarantor } : {}}
      finish={(typed) => run({ type: "consented", ...typed })}
      {...opened}
    >
      <LineField name="guarantor" label={say(words.guarantor)} maxLength={100} />
      <LineField name="proof" label={say(words.proof)} autoFocus maxLength={200} />
    </FormDialog>
  );
}
