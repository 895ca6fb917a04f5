import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Input, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ApiProblem, ask } from "../lib/client.ts";
import { dayFormats, isZero, signOf } from "../lib/format.ts";
import { useMe } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { caseWords as words } from "../words/case.ts";
import { frame } from "../words/frame.ts";
import { Stale } from "./stale.tsx";
import { Trouble } from "./states.tsx";

interface Typed {
  readonly amount: string;
  readonly by: Dayjs;
}

/** Takes a promise on the loan as it was read; if somebody changed it meanwhile, it is read again and nothing is lost. */
export function PromiseForm({
  data,
  close,
}: {
  readonly data: Answers["loan.read"];
  readonly close: () => void;
}) {
  const { loan, version, currency } = data;
  const [read, setRead] = useState(data);
  const say = useSay();
  const { lang } = useSettings();
  const me = useMe();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [form] = Form.useForm<Typed>();
  const [checked, setChecked] = useState(false);
  const record = useMutation({
    mutationFn: ({ typed, dryRun }: { typed: Typed; dryRun: boolean }) =>
      ask<Answers["loan.record"]>(`/v1/loans/${encodeURIComponent(loan)}/events`, {
        method: "POST",
        query: { dryRun },
        ifMatch: version,
        body: {
          kind: "promise",
          with: { amount: typed.amount, by: typed.by.format("YYYY-MM-DD"), taken_by: me.party ?? me.id },
        },
      }),
    onSuccess: async (_, { dryRun }) => {
      if (dryRun) return setChecked(true);
      await queries.invalidateQueries();
      void message.success(say(words.taken));
      close();
    },
    onError: (error) => {
      setChecked(false);
      if (error instanceof ApiProblem && error.code === "changed-meanwhile")
        void queries.invalidateQueries({ queryKey: ["loan.read"] });
    },
  });
  const run = (dryRun: boolean) => async () => {
    const typed = await form.validateFields();
    // Whoever tries again has seen what changed.
    setRead(data);
    record.mutate({ typed, dryRun });
  };
  const isStale = record.error instanceof ApiProblem && record.error.code === "changed-meanwhile";
  return (
    <Modal
      open
      title={say(words.promise)}
      onCancel={close}
      destroyOnHidden
      footer={[
        <Button key="cancel" onClick={close}>
          {say(frame.cancel)}
        </Button>,
        <Button key="try" onClick={() => void run(true)()} loading={record.isPending && !checked}>
          {say(words.tryIt)}
        </Button>,
        <Button
          key="take"
          type="primary"
          onClick={() => void run(false)()}
          loading={record.isPending && checked}
        >
          {say(words.take)}
        </Button>,
      ]}
    >
      <p className="soft">{say(words.promiseLead)}</p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ marginTop: 12 }}
        initialValues={isZero(data.askable) ? {} : { amount: data.askable }}
        onValuesChange={() => setChecked(false)}
      >
        <Form.Item
          name="amount"
          label={say(words.amount)}
          rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,2})?$/, message: "500.00" }]}
        >
          <Input
            prefix={signOf(currency)}
            inputMode="decimal"
            className="figure"
            autoFocus
            // What is typed takes the place of what was suggested.
            onFocus={({ target }) => target.select()}
            style={{ width: 200 }}
          />
        </Form.Item>
        <Form.Item
          name="by"
          label={say(words.promiseBy)}
          rules={[{ required: true, message: say(words.promiseBy) }]}
        >
          <DatePicker format={dayFormats(lang)} style={{ width: 200 }} />
        </Form.Item>
      </Form>
      {checked ? <p role="status">{say(words.would)}</p> : null}
      {record.error ? (
        isStale ? (
          <Stale before={read} after={data} />
        ) : (
          <Trouble error={record.error} />
        )
      ) : null}
    </Modal>
  );
}
