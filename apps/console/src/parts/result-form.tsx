import { useMutation } from "@tanstack/react-query";
import { Form, Select } from "antd";
import type { Dayjs } from "dayjs";
import { ask } from "../lib/client.ts";
import { isZero } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { work } from "../words/work.ts";
import { FormDialog } from "./dialog.tsx";
import { DayField, LineField, SumField } from "./fields.tsx";
import { Forbidden } from "./spoken.tsx";

interface Typed {
  readonly code: string;
  readonly note?: string;
  readonly language?: string;
  readonly amount?: string;
  readonly by?: Dayjs;
}

interface Asked {
  readonly act: string;
  readonly loans: readonly string[];
  /** What may be asked for: suggested as what he promises. */
  readonly askable: string;
  readonly start: "result" | "promise" | "note";
  readonly currency: string;
  readonly close: () => void;
  readonly saved: () => void;
}

/** What came of a case, with whatever the result asks for: a promise, a language, a note. Enter sends it. */
export function ResultForm({ act, loans, askable, start, currency, close, saved }: Asked) {
  const say = useSay();
  const { lang } = useSettings();
  const codes = useAsk("worklist.codes", "/v1/worklist/codes");
  const [form] = Form.useForm<Typed>();
  const code = Form.useWatch("code", form) ?? (start === "promise" ? "connected-promised" : undefined);
  const items = codes.data?.items ?? [];
  const asks = items.find((one) => one.code === code)?.asks ?? [];
  const typed = Form.useWatch("note", form) ?? "";
  const record = useMutation({
    mutationFn: ({ code: of, note: words, language, amount, by }: Typed) =>
      ask("/v1/worklist/result", {
        method: "POST",
        body: {
          code: of,
          ...(words ? { note: words } : {}),
          ...(language ? { language } : {}),
          ...(amount && by
            ? {
                promise: {
                  amount,
                  by: by.format("YYYY-MM-DD"),
                  ...(loans.length === 1 ? { loan: loans[0] } : {}),
                },
              }
            : {}),
        },
      }),
    onSuccess: saved,
  });
  const kind = act === "call" ? "call" : "question";
  return (
    <FormDialog<Typed>
      form={form}
      needs={codes}
      title={say(start === "promise" ? work.promise : work.result)}
      act={say(work.save)}
      initial={{
        ...(start === "promise" ? { code: "connected-promised" } : {}),
        ...(isZero(askable) ? {} : { amount: askable }),
      }}
      finish={(typed) => record.mutate(typed)}
      write={record}
      close={close}
    >
      <Form.Item name="code" label={say(work.code)} rules={[{ required: true, message: say(work.code) }]}>
        <Select
          onSelect={(chosen: string) => {
            const of = items.find((one) => one.code === chosen)?.asks ?? [];
            const next = of.includes("promise") ? "amount" : of.includes("language") ? "language" : "note";
            // The fields that this result asks for are there after the next paint.
            setTimeout(() => form.getFieldInstance(next)?.focus(), 50);
          }}
          showSearch={{ optionFilterProp: "search" }}
          autoFocus={start === "result"}
          defaultOpen={start === "result"}
          options={items
            .filter((one) => one.of === kind)
            .map((one) => ({
              value: one.code,
              label: one.says[lang],
              search: `${one.code} ${one.says.en} ${one.says.zh}`,
            }))}
        />
      </Form.Item>
      {asks.includes("promise") ? (
        <>
          <SumField
            name="amount"
            label={say(work.amount)}
            currency={currency}
            autoFocus={start === "promise"}
          />
          <DayField name="by" label={say(work.by)} />
        </>
      ) : null}
      {asks.includes("language") ? (
        <LineField
          name="language"
          label={say(work.whichLanguage)}
          hint={say(work.whichLanguage)}
          maxLength={20}
          style={{ width: 200 }}
        />
      ) : null}
      <LineField
        name="note"
        label={say(work.notes)}
        extra={say(work.notesHint)}
        hint={say(work.notesHint)}
        optional={!asks.includes("note")}
        maxLength={2000}
        autoFocus={start === "note"}
        enter={form.submit}
      />
      <Forbidden text={typed} kind="call" />
    </FormDialog>
  );
}
