import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { ask, setCsrf } from "../lib/client.ts";
import { useSay } from "../lib/settings.tsx";
import { Trouble } from "../parts/states.tsx";
import { frame, signIn } from "../words/frame.ts";
import { CodeField } from "./code-field.tsx";
import { OtherWays } from "./other-ways.tsx";
import { Switches } from "./switches.tsx";

export interface SignedIn {
  readonly csrf: string;
  readonly setUp: boolean;
}

/** The secret of a one-time link stands behind the `#`, which no browser sends to a server or into a log. */
const linkOf = (): string | undefined => /^#(?:link=)?([\w-]{20,100})$/.exec(location.hash)?.[1];

/** Sign-in by name, password and code; or by a link, which needs nothing typed. */
export function SignIn() {
  const say = useSay();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { to, refused } = useSearch({ strict: false }) as { to?: string; refused?: string };
  const [link, setLink] = useState(linkOf);
  const enter = async ({ csrf }: SignedIn): Promise<void> => {
    setCsrf(csrf);
    await queries.resetQueries();
    await navigate({ to: to?.startsWith("/") ? to : "/", replace: true });
  };
  const byLink = useMutation({
    mutationFn: (secret: string) =>
      ask<SignedIn>("/v1/session/link", { method: "POST", body: { link: secret } }),
    onSuccess: enter,
    onError: () => setLink(undefined),
  });
  const byPassword = useMutation({
    mutationFn: (body: { user: string; password: string; code: string }) =>
      ask<SignedIn>("/v1/session", { method: "POST", body }),
    onSuccess: enter,
  });
  useEffect(() => {
    // Gone from the address before anything else; it is used when the person says so, which no preview of a mail does.
    if (link !== undefined) history.replaceState(null, "", location.pathname);
  }, [link]);
  return (
    <div className="door">
      <main className="door-card">
        <p className="door-mark">{say(frame.product)}</p>
        <h1>{say(signIn.title)}</h1>
        {link !== undefined ? (
          <>
            <p className="soft">{say(signIn.linkLead)}</p>
            <Button
              type="primary"
              size="large"
              block
              autoFocus
              loading={byLink.isPending}
              onClick={() => byLink.mutate(link)}
            >
              {say(signIn.go)}
            </Button>
          </>
        ) : (
          <>
            <p className="soft">{say(signIn.lead)}</p>
            {byLink.isError ? (
              <p className="trouble no" role="alert">
                {say(signIn.linkBad)}
              </p>
            ) : null}
            {refused === "provider" && !byPassword.isError ? (
              <p className="trouble no" role="alert">
                {say(signIn.providerBad)}
              </p>
            ) : null}
            <Form
              layout="vertical"
              requiredMark={false}
              onFinish={(values) => byPassword.mutate(values as never)}
            >
              <Form.Item
                name="user"
                label={say(signIn.user)}
                rules={[{ required: true, message: say(signIn.user) }]}
              >
                <Input autoComplete="username" autoFocus size="large" />
              </Form.Item>
              <Form.Item
                name="password"
                label={say(signIn.password)}
                rules={[{ required: true, message: say(signIn.password) }]}
              >
                <Input.Password autoComplete="current-password" size="large" />
              </Form.Item>
              <CodeField />
              {byPassword.isError ? <Trouble error={byPassword.error} /> : null}
              <Button type="primary" htmlType="submit" size="large" block loading={byPassword.isPending}>
                {say(signIn.go)}
              </Button>
            </Form>
            <OtherWays enter={enter} />
          </>
        )}
      </main>
      <Switches />
    </div>
  );
}
