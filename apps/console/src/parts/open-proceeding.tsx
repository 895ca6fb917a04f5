import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { AutoComplete, Form, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { courtWords as words } from "../words/court.ts";
import { FormDialog } from "./dialog.tsx";
import { choicesOf, DayField, LineField, SumField } from "./fields.tsx";

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
  return (
    <FormDialog<Told>
      form={form}
      title={say(words.open)}
      lead={say(words.noneMore)}
      initial={{ ...(loan ? { loan } : {}), kind: "suit", on: dayjs() }}
      finish={(told) => open.mutate(told)}
      write={open}
      close={close}
    >
      <LineField
        name="loan"
        label={say(words.loan)}
        hint={say(words.loan)}
        disabled={loan !== undefined}
        autoFocus={loan === undefined}
      />
      <Form.Item name="kind" label={say(words.kind)}>
        <Select options={choicesOf(words.kinds, say)} />
      </Form.Item>
      <Form.Item
        name="court"
        label={say(words.court)}
        extra={say(words.courtHint)}
        rules={[{ required: true, whitespace: true, message: say(words.court) }]}
      >
        <AutoComplete options={known.map((value) => ({ value }))} />
      </Form.Item>
      <DayField name="on" label={say(words.on)} allowClear={false} />
      {kind === "mediation" ? null : (
        <SumField
          name="claimed"
          label={say(words.claimed)}
          extra={say(words.claimedHint)}
          optional
          currency="CNY"
        />
      )}
      {kind === "suit" ? (
        <Form.Item name="procedure" label={say(words.procedure)}>
          <Select allowClear options={choicesOf(words.procedures, say)} />
        </Form.Item>
      ) : null}
    </FormDialog>
  );
}
