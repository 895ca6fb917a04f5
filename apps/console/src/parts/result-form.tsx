import { useMutation } from "@tanstack/react-query";
import { DatePicker, Form, Input, type InputRef, Modal, Select } from "antd";
import type { Dayjs } from "dayjs";
import { useRef } from "react";
import { ask } from "../lib/client.ts";
import { dayFormats, isZero, signOf } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { frame } from "../words/frame.ts";
import { work } from "../words/work.ts";
import { Forbidden } from "./spoken.tsx";
import { Loaded, Trouble } from "./states.tsx";

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
  const note = useRef<InputRef>(null);
  const code = Form.useWatch("code", form) ?? (start === "promise" ? "connected-promised" : undefined);
  const row = codes.data?.items.find((one) => one.code === code);
  const asks = row?.asks ?? [];
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
    <Modal
      open
      title={say(start === "promise" ? work.promise : work.result)}
      onCancel={close}
      onOk={() => form.submit()}
      okText={say(work.save)}
      cancelText={say(frame.cancel)}
      confirmLoading={record.isPending}
      destroyOnHidden
    >
      <Loaded query={codes} rows={3}>
        {({ items }) => (
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={{
              ...(start === "promise" ? { code: "connected-promised" } : {}),
              ...(isZero(askable) ? {} : { amount: askable }),
            }}
            onFinish={(typed) => record.mutate(typed)}
          >
            <Form.Item
              name="code"
              label={say(work.code)}
              rules={[{ required: true, message: say(work.code) }]}
            >
              <Select
                onSelect={(chosen: string) => {
                  const of = items.find((one) => one.code === chosen)?.asks ?? [];
                  const next = of.includes("promise")
                    ? "amount"
                    : of.includes("language")
                      ? "language"
                      : "note";
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
                <Form.Item
                  name="amount"
                  label={say(work.amount)}
                  rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,2})?$/, message: "500.00" }]}
                >
                  <Input
                    prefix={signOf(currency)}
                    inputMode="decimal"
                    autoFocus={start === "promise"}
                    // What is typed takes the place of what was suggested.
                    onFocus={({ target }) => target.select()}
                    className="figure"
                    style={{ width: 200 }}
                  />
                </Form.Item>
                <Form.Item name="by" label={say(work.by)} rules={[{ required: true, message: say(work.by) }]}>
                  <DatePicker format={dayFormats(lang)} style={{ width: 200 }} />
                </Form.Item>
              </>
            ) : null}
            {asks.includes("language") ? (
              <Form.Item
                name="language"
                label={say(work.whichLanguage)}
                rules={[{ required: true, message: say(work.whichLanguage) }]}
              >
                <Input maxLength={20} style={{ width: 200 }} />
              </Form.Item>
            ) : null}
            <Form.Item
              name="note"
              label={say(work.notes)}
              extra={say(work.notesHint)}
              rules={
                asks.includes("note")
                  ? [{ required: true, whitespace: true, message: say(work.notesHint) }]
                  : []
              }
            >
              <Input
                ref={note}
                maxLength={2000}
                autoFocus={start === "note"}
                onPressEnter={() => form.submit()}
              />
            </Form.Item>
            <Forbidden text={typed} kind="call" />
            {record.error ? <Trouble error={record.error} /> : null}
          </Form>
        )}
      </Loaded>
    </Modal>
  );
}
