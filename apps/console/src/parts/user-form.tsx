import { Form, Input, Modal, Select } from "antd";
import type { Answers } from "../lib/answers.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { frame, roles } from "../words/frame.ts";
import { userWords as words } from "../words/users.ts";
import { Loaded, Trouble } from "./states.tsx";

type User = Answers["users.list"]["items"][number];
export interface UserTyped {
  readonly user?: string;
  readonly name?: string;
  readonly role: string;
  readonly party?: string;
  readonly reason: string;
}

const PEOPLE = Object.keys(roles).filter((role) => role !== "borrower");
/** Roles for which two people are needed; the server decides it, the form says it before. */
const OF_TWO = ["operations", "supervisor", "compliance", "auditor", "law-firm"];

/** Who is invited, or which role somebody has from now on. Without `user` it invites. */
export function UserForm({
  user,
  busy,
  error,
  close,
  run,
}: {
  readonly user?: User | undefined;
  readonly busy: boolean;
  readonly error: unknown;
  readonly close: () => void;
  readonly run: (typed: UserTyped) => void;
}) {
  const say = useSay();
  const [form] = Form.useForm<UserTyped>();
  const parties = useAsk("users.parties", "/v1/user-parties");
  const role = Form.useWatch("role", form) ?? user?.role;
  const title = say(user ? words.changeRole : words.invite);
  const needed = [{ required: true, whitespace: true, message: say(frame.needed) }];
  const ofRole = parties.data?.items.filter((one) => one.role === role) ?? [];
  return (
    <Modal
      open
      title={user ? `${title} · ${user.id}` : title}
      onCancel={close}
      onOk={() => form.submit()}
      okText={title}
      cancelText={say(frame.cancel)}
      confirmLoading={busy}
      destroyOnHidden
    >
      <p className="soft">{say(user ? words.changeRoleLead : words.inviteLead)}</p>
      <Loaded query={parties} rows={3}>
        {() => (
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={user ? { role: user.role, party: user.party ?? undefined } : {}}
            onFinish={run}
            style={{ marginTop: 12 }}
          >
            {user ? null : (
              <>
                <Form.Item
                  name="user"
                  label={say(words.inviteUser)}
                  extra={say(words.inviteUserHint)}
                  rules={needed}
                >
                  <Input autoFocus maxLength={60} autoComplete="off" />
                </Form.Item>
                <Form.Item name="name" label={say(words.name)} rules={needed}>
                  <Input maxLength={100} autoComplete="off" />
                </Form.Item>
              </>
            )}
            <Form.Item
              name="role"
              label={say(words.role)}
              rules={[{ required: true, message: say(frame.needed) }]}
            >
              <Select
                onChange={() => form.setFieldValue("party", undefined)}
                options={PEOPLE.map((value) => ({ value, label: say(roles[value]!) }))}
              />
            </Form.Item>
            {ofRole.length > 0 ? (
              <Form.Item
                name="party"
                label={say(words.party)}
                rules={[{ required: true, message: say(frame.needed) }]}
              >
                <Select options={ofRole.map(({ party, name }) => ({ value: party, label: name }))} />
              </Form.Item>
            ) : null}
            <Form.Item
              name="reason"
              label={say(frame.reason)}
              rules={[{ required: true, min: 5, whitespace: true, message: say(frame.reasonHint) }]}
            >
              <Input maxLength={500} />
            </Form.Item>
            {[role, user?.role].some((one) => OF_TWO.includes(one ?? "")) ? (
              <p className="soft">{say(words.two)}</p>
            ) : null}
          </Form>
        )}
      </Loaded>
      {error ? <Trouble error={error} /> : null}
    </Modal>
  );
}
