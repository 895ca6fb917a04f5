import { App, Button, Input, Modal } from "antd";
import { useSay } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";
import { userWords as words } from "../words/users.ts";

/** A link that works once, told once: it goes with the dialog. */
export function OnceLink({
  user,
  link,
  close,
}: {
  readonly user: string;
  readonly link: string;
  readonly close: () => void;
}) {
  const say = useSay();
  const { message } = App.useApp();
  return (
    <Modal
      open
      title={say(words.linkTitle)}
      onCancel={close}
      maskClosable={false}
      footer={[
        <Button
          key="copy"
          onClick={() =>
            void navigator.clipboard.writeText(link).then(() => message.success(say(words.copied)))
          }
        >
          {say(frame.copy)}
        </Button>,
        <Button key="close" type="primary" onClick={close}>
          {say(frame.close)}
        </Button>,
      ]}
    >
      <p>{say(words.linkLead)(user)}</p>
      <Input.TextArea readOnly autoSize value={link} aria-label={say(words.linkTitle)} className="hash" />
    </Modal>
  );
}
