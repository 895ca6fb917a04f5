import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ApiProblem, ask } from "../lib/client.ts";
import { isZero } from "../lib/format.ts";
import { useMe } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { caseWords as words } from "../words/case.ts";
import { Dialog } from "./dialog.tsx";
import { DayField, SumField } from "./fields.tsx";
import { Stale } from "./stale.tsx";

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
    onError: () => setChecked(false),
  });
  const run = (dryRun: boolean) => async () => {
    const typed = await form.validateFields();
    // Whoever tries again has seen what changed.
    setRead(data);
    record.mutate({ typed, dryRun });
  };
  const isStale = record.error instanceof ApiProblem && record.error.code === "changed-meanwhile";
  return (
    <Dialog
      title={say(words.promise)}
      lead={say(words.promiseLead)}
      write={{ isPending: record.isPending, error: isStale ? null : record.error }}
      close={close}
      buttons={
        <>
          <Button onClick={() => void run(true)()} loading={record.isPending && !checked}>
            {say(words.tryIt)}
          </Button>
          <Button type="primary" onClick={() => void run(false)()} loading={record.isPending && checked}>
            {say(words.take)}
          </Button>
        </>
      }
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        style={{ marginTop: 12 }}
        initialValues={isZero(data.askable) ? {} : { amount: data.askable }}
        onValuesChange={() => setChecked(false)}
      >
        <SumField name="amount" label={say(words.amount)} currency={currency} autoFocus />
        <DayField name="by" label={say(words.promiseBy)} />
      </Form>
      {checked ? <p role="status">{say(words.would)}</p> : null}
      {isStale ? <Stale before={read} after={data} /> : null}
    </Dialog>
  );
}
