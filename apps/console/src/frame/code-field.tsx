import { Form, Input } from "antd";
import { useSay } from "../lib/settings.tsx";
import { signIn } from "../words/frame.ts";

/** Six digits of a code app: asked for at sign-in, and once to show that the app was set up. */
export function CodeField() {
  const say = useSay();
  return (
    <Form.Item
      name="code"
      label={say(signIn.code)}
      extra={say(signIn.codeHint)}
      rules={[{ required: true, message: say(signIn.codeHint) }]}
    >
      <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} size="large" className="figure" />
    </Form.Item>
  );
}
