import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import encodeQR from "qr";
import { useState } from "react";
import { ask } from "../lib/client.ts";
import { useSay } from "../lib/settings.tsx";
import { Trouble } from "../parts/states.tsx";
import { frame, signIn } from "../words/frame.ts";
import { CodeField } from "./code-field.tsx";
import { Switches } from "./switches.tsx";

interface NewKey {
  readonly key: string;
  readonly address: string;
  readonly proof: string;
}

/** A session that came by a set-up link may do two things: set a password and set a second factor. */
export function SetUp() {
  const say = useSay();
  const queries = useQueryClient();
  const [step, setStep] = useState<"password" | "code" | "done">("password");
  const password = useMutation({
    mutationFn: (body: { password: string }) => ask("/v1/me/password", { method: "POST", body }),
    onSuccess: () => {
      setStep("code");
      begin.mutate();
    },
  });
  const begin = useMutation({ mutationFn: () => ask<NewKey>("/v1/me/code", { method: "POST", body: {} }) });
  const confirm = useMutation({
    mutationFn: ({ code }: { code: string }) =>
      ask("/v1/me/code/confirm", {
        method: "POST",
        body: { key: begin.data?.key, proof: begin.data?.proof, code },
      }),
    onSuccess: () => setStep("done"),
  });
  const leave = useMutation({
    mutationFn: () => ask("/v1/session", { method: "DELETE" }),
    onSettled: () => queries.resetQueries(),
  });
  return (
    <div className="door">
      <main className="door-card">
        <p className="door-mark">{say(frame.product)}</p>
        <h1>{say(signIn.setUpTitle)}</h1>
        {step === "password" ? (
          <Form
            layout="vertical"
            requiredMark={false}
            onFinish={(values) => password.mutate(values as never)}
          >
            <p className="soft">{say(signIn.setUpLead)}</p>
            <Form.Item
              name="password"
              label={say(signIn.newPassword)}
              extra={say(signIn.passwordHint)}
              rules={[{ required: true, message: say(signIn.newPassword) }]}
            >
              <Input.Password autoComplete="new-password" size="large" autoFocus />
            </Form.Item>
            {password.isError ? <Trouble error={password.error} /> : null}
            <Button type="primary" htmlType="submit" size="large" block loading={password.isPending}>
              {say(signIn.savePassword)}
            </Button>
          </Form>
        ) : null}
        {step === "code" ? (
          <Form layout="vertical" requiredMark={false} onFinish={(values) => confirm.mutate(values as never)}>
            <p className="soft">
              {say(signIn.passwordSaved)} {say(signIn.codeLead)}
            </p>
            {begin.data ? (
              <>
                <Matrix text={begin.data.address} label={say(signIn.codeTitle)} />
                <p className="soft">
                  {say(signIn.codeKey)}: <code className="key">{begin.data.key}</code>
                </p>
              </>
            ) : null}
            {begin.isError ? <Trouble error={begin.error} retry={() => begin.mutate()} /> : null}
            <CodeField />
            {confirm.isError ? <Trouble error={confirm.error} /> : null}
            <Button type="primary" htmlType="submit" size="large" block loading={confirm.isPending}>
              {say(signIn.confirmCode)}
            </Button>
          </Form>
        ) : null}
        {step === "done" ? (
          <>
            <p role="status">{say(signIn.done)}</p>
            <Button
              type="primary"
              size="large"
              block
              onClick={() => leave.mutate()}
              loading={leave.isPending}
            >
              {say(signIn.toSignIn)}
            </Button>
          </>
        ) : null}
      </main>
      <Switches />
    </div>
  );
}

/** A QR code as one path, black on white in either theme, or no camera reads it. */
function Matrix({ text, label }: { readonly text: string; readonly label: string }) {
  const rows = encodeQR(text, "raw", { border: 2 });
  const path = rows
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : "")))
    .join("");
  return (
    <svg className="matrix" viewBox={`0 0 ${rows.length} ${rows.length}`} role="img" aria-label={label}>
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
