import { DatePicker, type DatePickerProps, Form, Input, type InputProps } from "antd";
import type { ReactNode } from "react";
import { dayFormats, signOf } from "../lib/format.ts";
import { type Both, useSay, useSettings } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";

/** A sum as one types it: `1250` or `1250.50`. */
export const SUM = /^\d{1,12}(\.\d{1,2})?$/;

/** A table of words as the choices of a select, in its order. */
export const choicesOf = (words: Readonly<Record<string, Both<string>>>, say: ReturnType<typeof useSay>) =>
  Object.entries(words).map(([value, both]) => ({ value, label: say(both) }));

interface Field {
  readonly name: string;
  readonly label: string;
  readonly extra?: ReactNode;
  /** It may be left empty. */
  readonly optional?: boolean;
  /** What is said of it when it is not filled in as it should be. */
  readonly hint?: string;
}

/** A line of text, of at least so many characters; `enter` is what the key does in it. */
export function LineField({
  name,
  label,
  extra,
  optional = false,
  hint,
  least = 1,
  enter,
  ...input
}: Field & { readonly least?: number; readonly enter?: () => void } & Omit<InputProps, keyof Field>) {
  const say = useSay();
  const needed = { required: true, whitespace: true, min: least, message: hint ?? say(frame.needed) };
  return (
    <Form.Item name={name} label={label} extra={extra} rules={optional ? [] : [needed]}>
      <Input
        onPressEnter={(event) => {
          if (!enter) return;
          // A form with one line is sent by the browser too.
          event.preventDefault();
          enter();
        }}
        {...input}
      />
    </Form.Item>
  );
}

export function SumField({
  name,
  label,
  extra,
  optional = false,
  hint = "500.00",
  currency,
  autoFocus = false,
}: Field & { readonly currency: string; readonly autoFocus?: boolean }) {
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      rules={[{ required: !optional, pattern: SUM, message: hint }]}
    >
      <Input
        prefix={signOf(currency)}
        inputMode="decimal"
        className="figure"
        autoFocus={autoFocus}
        // What is typed takes the place of what was suggested.
        onFocus={({ target }) => target.select()}
        style={{ width: 200 }}
      />
    </Form.Item>
  );
}

export function DayField({
  name,
  label,
  extra,
  optional = false,
  hint = label,
  ...picker
}: Field & Pick<DatePickerProps, "allowClear" | "minDate" | "maxDate">) {
  const { lang } = useSettings();
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      rules={optional ? [] : [{ required: true, message: hint }]}
    >
      <DatePicker format={dayFormats(lang)} style={{ width: 200 }} {...picker} />
    </Form.Item>
  );
}
