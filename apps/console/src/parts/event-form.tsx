import { useMutation } from "@tanstack/react-query";
import { DatePicker, Form, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { ask } from "../lib/client.ts";
import { dayFormats } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { courtWords as words } from "../words/court.ts";
import { courtEventWords } from "../words/court-events.ts";
import { Dialog } from "./dialog.tsx";
import { DayField } from "./fields.tsx";
import { word } from "./rule-card.tsx";

/** One thing that an event is told with. */
export interface EventField {
  readonly column: string;
  readonly kind: string;
  readonly choices: readonly string[] | null;
  readonly needed: boolean;
}

/** An event that may be recorded now. */
export interface EventChoice {
  readonly key: string;
  readonly words: string;
  readonly event: string;
  readonly with: Readonly<Record<string, string>>;
  readonly fields: readonly EventField[];
}

type Told = { readonly on: Dayjs } & Readonly<Record<string, unknown>>;

/** Records what happened: which event, its day, and what just this event needs. Checked before it is written. */
export function EventForm<T>({
  path,
  version,
  choices,
  close,
  done,
}: {
  readonly path: string;
  /** Of what is shown behind this form. */
  readonly version: number;
  readonly choices: readonly EventChoice[];
  readonly close: () => void;
  readonly done: (answer: T) => void;
}) {
  const say = useSay();
  const [form] = Form.useForm<Told>();
  const [key, setKey] = useState<string | undefined>(choices[0]?.key);
  const chosen = choices.find((one) => one.key === key);
  const send = useMutation({
    mutationFn: ({ told, dryRun }: { readonly told: Told; readonly dryRun: boolean }) => {
      const { on, ...rest } = told;
      const said = Object.entries(rest).flatMap(([column, value]) => {
        const text = dayjs.isDayjs(value) ? value.format("YYYY-MM-DD") : String(value ?? "").trim();
        return text === "" ? [] : [[column, text] as const];
      });
      return ask<T>(path, {
        method: "POST",
        query: { dryRun },
        ifMatch: version,
        body: {
          event: chosen!.event,
          on: on.format("YYYY-MM-DD"),
          with: { ...chosen!.with, ...Object.fromEntries(said) },
        },
      });
    },
    onSuccess: (answer, { dryRun }) => {
      if (!dryRun) done(answer);
    },
  });
  const isChecked = send.isSuccess && send.variables.dryRun;
  const run = async (dryRun: boolean): Promise<void> => {
    const told = await form.validateFields().catch(() => undefined);
    if (told && chosen) send.mutate({ told, dryRun });
  };
  return (
    <Dialog
      title={say(words.record)}
      act={say(isChecked ? words.recordThis : words.check)}
      go={() => void run(!isChecked)}
      write={send}
      close={close}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ on: dayjs() }}
        onValuesChange={() => send.reset()}
      >
        <Form.Item label={say(words.event)} htmlFor="event-kind">
          <Select
            id="event-kind"
            showSearch
            optionFilterProp="label"
            value={key ?? null}
            autoFocus
            onChange={(next: string) => {
              send.reset();
              form.resetFields();
              setKey(next);
            }}
            options={choices.map(({ key: value, words: label }) => ({ value, label }))}
          />
        </Form.Item>
        <Fields key={key} fields={chosen?.fields ?? []} />
      </Form>
      {isChecked ? <p role="status">{say(words.would)}</p> : null}
    </Dialog>
  );
}

function Fields({ fields }: { readonly fields: readonly EventField[] }) {
  const say = useSay();
  const { lang } = useSettings();
  return (
    <>
      <DayField name="on" label={say(words.on)} allowClear={false} />
      {fields.map(({ column, kind, choices, needed }) => {
        const name = word(courtEventWords.columns, column, say);
        return (
          <Form.Item
            key={column}
            name={column}
            label={name}
            rules={needed ? [{ required: true, message: name }] : []}
          >
            {choices || kind === "yes-no" ? (
              <Select
                allowClear={!needed}
                style={{ maxWidth: 300 }}
                options={(choices ?? ["yes", "no"]).map((value) => ({
                  value,
                  label: word(courtEventWords.choices, value, say),
                }))}
              />
            ) : kind === "day" ? (
              <DatePicker format={dayFormats(lang)} style={{ width: 200 }} />
            ) : (
              <Input
                style={{ maxWidth: kind === "text" || kind === "sums" ? undefined : 200 }}
                inputMode={kind === "text" || kind === "sums" || kind === "time" ? "text" : "decimal"}
                placeholder={PLACEHOLDERS[kind]}
                className={kind === "money" ? "figure" : ""}
              />
            )}
          </Form.Item>
        );
      })}
    </>
  );
}

const PLACEHOLDERS: Readonly<Record<string, string>> = { time: "09:30", money: "1250.00", percent: "0.05" };
