import type { UseQueryResult } from "@tanstack/react-query";
import { Button, Form, type FormInstance, Modal } from "antd";
import type { ReactNode } from "react";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { Loaded, Trouble } from "./states.tsx";

/** What a dialog is given by the page that opens it: the write that it makes, as it stands, and how it goes away. */
export interface Opened {
  readonly write: { readonly isPending: boolean; readonly error: unknown };
  readonly close: () => void;
}

interface Shown extends Opened {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** What is on its button, where that is not the title. */
  readonly act?: ReactNode;
  readonly children?: ReactNode;
}

/** A dialog that writes: one act, or buttons of its own, and below what the server said no with. */
export function Dialog({
  title,
  lead,
  act = title,
  go,
  disabled = false,
  buttons,
  width,
  write,
  close,
  children,
}: Shown & {
  readonly go?: () => void;
  readonly disabled?: boolean;
  readonly buttons?: ReactNode;
  readonly width?: number;
}) {
  const say = useSay();
  return (
    <Modal
      open
      title={title}
      {...(width ? { width } : {})}
      onCancel={close}
      cancelText={say(frame.cancel)}
      okText={act}
      okButtonProps={{ disabled }}
      confirmLoading={write.isPending}
      {...(go ? { onOk: go } : {})}
      {...(buttons
        ? {
            footer: (
              <>
                <Button onClick={close}>{say(frame.cancel)}</Button>
                {buttons}
              </>
            ),
          }
        : {})}
    >
      {lead ? <p className="soft">{lead}</p> : null}
      {children}
      {write.error ? <Trouble error={write.error} /> : null}
    </Modal>
  );
}

/** A dialog whose act sends the form in it; the form waits for what it `needs` to have read. */
export function FormDialog<T extends object>({
  form: given,
  needs,
  initial = {},
  finish,
  children,
  ...dialog
}: Shown & {
  readonly form?: FormInstance<T>;
  readonly needs?: UseQueryResult<unknown>;
  readonly initial?: Partial<T>;
  readonly finish: (typed: T) => void;
}) {
  const [form] = Form.useForm<T>(given);
  const sheet = (
    <Form<T>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={initial}
      onFinish={finish}
      style={{ marginTop: 12 }}
    >
      {children}
    </Form>
  );
  return (
    <Dialog {...dialog} go={() => form.submit()}>
      {needs ? (
        <Loaded query={needs} rows={3}>
          {() => sheet}
        </Loaded>
      ) : (
        sheet
      )}
    </Dialog>
  );
}
