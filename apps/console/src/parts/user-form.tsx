import { Form, Select } from "antd";
import type { Answers } from "../lib/answers.ts";
import { useSay } from "../lib/settings.tsx";
import { useAsk } from "../lib/use-ask.ts";
import { frame, roles } from "../words/frame.ts";
import { userWords as words } from "../words/users.ts";
import { FormDialog, type Opened } from "./dialog.tsx";
import { LineField } from "./fields.tsx";

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
  run,
  ...opened
}: Opened & { readonly user?: User | undefined; readonly run: (typed: UserTyped) => void }) {
  const say = useSay();
  const [form] = Form.useForm<UserTyped>();
  const parties = useAsk("users.parties", "/v1/user-parties");
  const role = Form.useWatch("role", form) ?? user?.role;
  const title = say(user ? words.changeRole : words.invite);
  const needed = [{ required: true, message: say(frame.needed) }];
  const ofRole = parties.data?.items.filter((one) => one.role === role) ?? [];
  return (
    <FormDialog<UserTyped>
      form={form}
      needs={parties}
      title={user ? `${title} · ${user.id}` : title}
      lead={say(user ? words.changeRoleLead : words.inviteLead)}
      act={title}
      initial={user ? { role: user.role, ...(user.party ? { party: user.party } : {}) } : {}}
      finish={run}
      {...opened}
    >
      {user ? null : (
        <>
          <LineField
            name="user"
            label={say(words.inviteUser)}
            extra={say(words.inviteUserHint)}
            autoFocus
            maxLength={60}
            autoComplete="off"
          />
          <LineField name="name" label={say(words.name)} maxLength={100} autoComplete="off" />
        </>
      )}
      <Form.Item name="role" label={say(words.role)} rules={needed}>
        <Select
          onChange={() => form.setFieldValue("party", undefined)}
          options={PEOPLE.map((value) => ({ value, label: say(roles[value]!) }))}
        />
      </Form.Item>
      {ofRole.length > 0 ? (
        <Form.Item name="party" label={say(words.party)} rules={needed}>
          <Select options={ofRole.map(({ party, name }) => ({ value: party, label: name }))} />
        </Form.Item>
      ) : null}
      <LineField
        name="reason"
        label={say(frame.reason)}
        least={5}
        hint={say(frame.reasonHint)}
        maxLength={500}
      />
      {[role, user?.role].some((one) => OF_TWO.includes(one ?? "")) ? (
        <p className="soft">{say(words.two)}</p>
      ) : null}
    </FormDialog>
  );
}
