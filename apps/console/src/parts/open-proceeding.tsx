import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { AutoComplete, DatePicker, Form, Input, Modal, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { dayFormats, signOf } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { frame } from "../words/frame.ts";
import { Trouble } from "./states.tsx";

interface Told {
  readonly loan: string;
  readonly kind: string;
  readonly court: string;
  readonly on: Dayjs;
  readonly claimed?: string;
  readonly procedure?: string;
}

/** A proceeding about a loan begins here; nothing is filed by it. */
export function OpenProceeding({ loan, close }: { readonly loan?: string; readonly close: () => void }) {
  const say = useSay();
  const { lang } = useSettings();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Told>();
  const kind = Form.useWatch("kind", form) ?? "suit";
  const courts = useAsk(
    "loan.courts",
    `/v1/loans/${encodeURIComponent(loan ?? "")}/courts`,
    { for: kind === "payment-order" ? "payment-order" : "suit" },
    { enabled: loan !== undefined },
  );
  const known = [...new Set((courts.data?.courts ?? []).flatMap(({ court }) => court ?? []))];
  const open = useMutation({
    mutationFn: ({ loan: of, on, claimed, procedure, ...rest }: Told) =>
      ask<Answers["loan.proceeding-open"]>(`/v1/loans/${encodeURIComponent(of)}/proceedings`, {
        method: "POST",
        body: {
          ...rest,
          on: on.format("YYYY-MM-DD"),
          ...(claimed ? { claimed } : {}),
          ...(procedure ? { procedure } : {}),
        },
      }),
    onSuccess: async ({ proceeding }, told) => {
      await queries.invalidateQueries();
      close();
      await navigate({
        to: "/court/$loan/proceeding/$proceeding",
        params: { loan: told.loan, proceeding },
      });
    },
  });
  const needed = (message: string) => [{ required: true, whitespace: true, message }];
  return (
    <Modal
      open
      title={say(words.open)}
      okText={say(words.open)}
      cancelText={say(frame.cancel)}
      onCancel={close}
      onOk={() => form.submit()}
      confirmLoading={open.isPending}
      destroyOnHidden
    >
      <p className="soft">{say(words.noneMore)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ ...(loan ? { loan } : {}), kind: "suit", on: dayjs() }}
        onFinish={(told) => open.mutate(told)}
        style={{ marginTop: 12 }}
      >
        <Form.Item name="loan" label={say(words.loan)} rules={needed(say(words.loan))}>
          <Input disabled={loan !== undefined} autoFocus={loan === undefined} />
        </Form.Item>
        <Form.Item name="kind" label={say(words.kind)}>
          <Select
            options={Object.entries(words.kinds).map(([value, both]) => ({ value, label: say(both) }))}
          />
        </Form.Item>
        <Form.Item
          name="court"
          label={say(words.court)}
          extra={say(words.courtHint)}
          rules={needed(say(words.court))}
        >
          <AutoComplete options={known.map((value) => ({ value }))} />
        </Form.Item>
        <Form.Item name="on" label={say(words.on)} rules={[{ required: true, message: say(words.on) }]}>
          <DatePicker format={dayFormats(lang)} allowClear={false} style={{ width: 200 }} />
        </Form.Item>
        {kind === "mediation" ? null : (
          <Form.Item
            name="claimed"
            label={say(words.claimed)}
            extra={say(words.claimedHint)}
            rules={[{ pattern: /^\d{1,12}(\.\d{1,2})?$/, message: "500.00" }]}
          >
            <Input prefix={signOf("CNY")} inputMode="decimal" className="figure" style={{ width: 200 }} />
          </Form.Item>
        )}
        {kind === "suit" ? (
          <Form.Item name="procedure" label={say(words.procedure)}>
            <Select
              allowClear
              options={Object.entries(words.procedures).map(([value, both]) => ({ value, label: say(both) }))}
            />
          </Form.Item>
        ) : null}
      </Form>
      {open.error ? <Trouble error={open.error} /> : null}
    </Modal>
  );
}
