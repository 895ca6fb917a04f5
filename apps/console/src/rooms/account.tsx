import { browserSupportsWebAuthn } from "@simplewebauthn/browser";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input } from "antd";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { localInstant } from "../lib/format.ts";
import { makePasskey } from "../lib/passkeys.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { Trouble } from "../parts/states.tsx";
import { account } from "../words/frame.ts";

/** How one signs in: passkeys, and the sessions that are open. */
export function Page() {
  const say = useSay();
  const queries = useQueryClient();
  const { lang } = useSettings();
  const [form] = Form.useForm();
  const keys = useQuery({
    queryKey: ["my passkeys"],
    queryFn: () => ask<Answers["passkey.list"]>("/v1/me/passkeys"),
  });
  const sessions = useQuery({
    queryKey: ["my sessions"],
    queryFn: () => ask<Answers["session.list"]>("/v1/me/sessions"),
  });
  const anew = () =>
    Promise.all(["my passkeys", "my sessions"].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const add = useMutation({
    mutationFn: async ({ name, password }: { name: string; password?: string }) => {
      const { options } = await ask<{ options: unknown }>("/v1/me/passkeys/begin", {
        method: "POST",
        body: {},
      });
      const passkey = await makePasskey(options);
      const body = { name, passkey, ...(password ? { password } : {}) };
      return ask("/v1/me/passkeys", { method: "POST", body });
    },
    onSuccess: () => {
      form.resetFields();
      return anew();
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => ask(`/v1/me/passkeys/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSuccess: anew,
  });
  const end = useMutation({
    mutationFn: () => ask("/v1/me/sessions", { method: "DELETE" }),
    onSuccess: anew,
  });
  const when = (text: string): string => localInstant(text, lang);
  return (
    <div className="room account-room">
      <h1>{say(account.title)}</h1>
      <section>
        <h2>{say(account.passkeys)}</h2>
        <p className="soft">{say(account.lead)}</p>
        {keys.data?.items.length === 0 ? <p>{say(account.none)}</p> : null}
        <ul className="plain">
          {keys.data?.items.map(({ id, name, createdAt, usedAt }) => (
            <li key={id}>
              <strong>{name}</strong>{" "}
              <span className="soft">
                {say(account.made)} {when(createdAt)} ·{" "}
                {usedAt === null ? say(account.never) : `${say(account.used)} ${when(usedAt)}`}
              </span>{" "}
              <Button
                size="small"
                loading={remove.isPending && remove.variables === id}
                onClick={() => remove.mutate(id)}
              >
                {say(account.remove)}
              </Button>
            </li>
          ))}
        </ul>
        {remove.isError ? <Trouble error={remove.error} /> : null}
        {browserSupportsWebAuthn() ? (
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            onFinish={(values) => add.mutate(values as never)}
            className="narrow"
          >
            <Form.Item
              name="name"
              label={say(account.name)}
              rules={[{ required: true, message: say(account.name) }]}
            >
              <Input size="large" maxLength={60} placeholder={say(account.nameHint)} />
            </Form.Item>
            <Form.Item name="password" label={say(account.password)}>
              <Input.Password size="large" autoComplete="current-password" />
            </Form.Item>
            {add.isError ? <Trouble error={add.error} /> : null}
            {add.isSuccess ? <p role="status">{say(account.added)}</p> : null}
            <Button type="primary" htmlType="submit" loading={add.isPending}>
              {say(account.add)}
            </Button>
          </Form>
        ) : (
          <p className="soft">{say(account.notHere)}</p>
        )}
      </section>
      <section>
        <h2>{say(account.sessions)}</h2>
        <ul className="plain">
          {sessions.data?.items.map(({ id, how, createdAt, isThis }) => (
            <li key={id}>
              {when(createdAt)}{" "}
              <span className="soft">· {account.how[how] ? say(account.how[how]) : how}</span>
              {isThis ? ` · ${say(account.thisOne)}` : ""}
            </li>
          ))}
        </ul>
        {(sessions.data?.items.length ?? 0) > 1 ? (
          <Button loading={end.isPending} onClick={() => end.mutate()}>
            {say(account.endOthers)}
          </Button>
        ) : null}
      </section>
    </div>
  );
}
