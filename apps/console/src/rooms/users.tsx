import { App, Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { useMay, useMe } from "../lib/session.ts";
import { useSay } from "../lib/settings.tsx";
import { useAct } from "../lib/use-act.ts";
import { itemsOf, useAsk, usePages } from "../lib/use-ask.ts";
import { List } from "../parts/lists.tsx";
import { OnceLink } from "../parts/once-link.tsx";
import { ReasonDialog } from "../parts/reason.tsx";
import { word } from "../parts/rule-card.tsx";
import { Local } from "../parts/said.tsx";
import { Fact, Head, Loaded, More, Nothing, Panel } from "../parts/states.tsx";
import { UserForm, type UserTyped } from "../parts/user-form.tsx";
import { account, roles, rooms } from "../words/frame.ts";
import { userWords as words } from "../words/users.ts";

type User = Answers["users.list"]["items"][number];
type Granted = Answers["user.invite"];

/** Acts on a user: where each is sent, and what one needs for it. */
const ACTS = {
  role: { to: "role", needs: "user.role" },
  reset: { to: "reset", needs: "user.reset" },
  disable: { to: "disable", needs: "user.disable" },
  enable: { to: "enable", needs: "user.enable" },
  end: { to: "sessions/end", needs: "user.end-sessions" },
} as const;
type Act = keyof typeof ACTS;
type Doing = { readonly what: "invite" } | { readonly what: Act; readonly user: User };

/** Who may sign in: invited, given a role, suspended, let in again; what lets somebody in who decides takes two people. */
export function Page() {
  const say = useSay();
  const may = useMay();
  const me = useMe();
  const { message } = App.useApp();
  const query = usePages("users.list", "/v1/users", { limit: 100 });
  const [doing, setDoing] = useState<Doing | undefined>();
  const [link, setLink] = useState<{ readonly user: string; readonly link: string } | undefined>();
  const [shown, setShown] = useState<string | undefined>();
  const act = useAct({
    send: ({ path, body, ifMatch }: { path: string; body: object; ifMatch?: number }) =>
      ask<Granted>(path, { method: "POST", body, ...(ifMatch === undefined ? {} : { ifMatch }) }),
    done: (granted) => {
      setDoing(undefined);
      if (granted.link) setLink({ user: granted.user, link: granted.link });
      else if (granted.approval) void message.info(say(words.proposed), 8);
      else void message.success(say(words.done));
    },
  });
  const begin = (what: Doing) => {
    act.reset();
    setDoing(what);
  };
  const send = ({ id, version }: User, what: Act, body: object) =>
    act.mutate({ path: `/v1/users/${encodeURIComponent(id)}/${ACTS[what].to}`, body, ifMatch: version });
  const items = itemsOf(query.data);
  const actsOn = (user: User) =>
    ([user.active ? "role" : "enable", "reset", "end", "disable"] as const)
      .filter((what) => may(ACTS[what].needs) && (user.active || what === "enable"))
      .map((what) => ({ key: what, label: say(what === "role" ? words.changeRole : words[what]) }));
  return (
    <>
      <Head title={say(rooms.users)} lead={say(words.lead)}>
        {may("user.invite") ? (
          <Button type="primary" onClick={() => begin({ what: "invite" })}>
            {say(words.invite)}
          </Button>
        ) : null}
      </Head>
      <Loaded query={query} rows={8}>
        {() => (
          <Panel flush>
            <List
              rowKey="id"
              items={items}
              width={900}
              none={<Nothing title={say(words.none)} />}
              columns={[
                {
                  title: say(words.user),
                  key: "user",
                  render: (_, user) => (
                    <>
                      <button type="button" className="link" onClick={() => setShown(user.id)}>
                        {user.id}
                      </button>
                      {user.name === user.id ? null : <div className="soft">{user.name}</div>}
                    </>
                  ),
                },
                {
                  title: say(words.role),
                  dataIndex: "role",
                  render: (role: string) => word(roles, role, say),
                },
                {
                  title: say(words.party),
                  dataIndex: "party",
                  render: (party: string | null) => party ?? <span className="soft">–</span>,
                },
                { title: say(words.how), key: "how", render: (_, user) => <How user={user} /> },
                {
                  title: say(words.last),
                  dataIndex: "signedInAt",
                  render: (at: string | null) =>
                    at ? <Local of={at} /> : <span className="soft">{say(words.never)}</span>,
                },
                { title: say(words.sessions), dataIndex: "sessions", className: "num figure" },
                {
                  title: say(words.state),
                  dataIndex: "active",
                  render: (active: boolean) => (
                    <span className={active ? "tag on" : "tag dash"}>
                      {say(active ? words.on : words.off)}
                    </span>
                  ),
                },
                {
                  title: <span className="hidden">{say(words.act)}</span>,
                  key: "act",
                  render: (_, user) => {
                    if (user.id === me.id) return <span className="soft">{say(words.own)}</span>;
                    const acts = actsOn(user);
                    if (acts.length === 0) return null;
                    return (
                      <Dropdown
                        trigger={["click"]}
                        menu={{ items: acts, onClick: ({ key }) => begin({ what: key as Act, user }) }}
                      >
                        <Button size="small" aria-label={say(words.acts)(user.id)}>
                          {say(words.act)}
                        </Button>
                      </Dropdown>
                    );
                  },
                },
              ]}
            />
            <More of={query} />
          </Panel>
        )}
      </Loaded>
      {doing?.what === "invite" || doing?.what === "role" ? (
        <UserForm
          user={doing.what === "role" ? doing.user : undefined}
          write={act}
          close={() => setDoing(undefined)}
          run={(typed: UserTyped) =>
            doing.what === "role"
              ? send(doing.user, "role", typed)
              : act.mutate({ path: "/v1/users", body: typed })
          }
        />
      ) : doing ? (
        <ReasonDialog
          title={`${say(words[doing.what])} · ${doing.user.id}`}
          lead={
            <>
              {say(words[`${doing.what}Lead`])}
              {doing.user.twoPeople && (doing.what === "reset" || doing.what === "enable")
                ? ` ${say(words.two)}`
                : ""}
            </>
          }
          act={say(words[doing.what])}
          write={act}
          close={() => setDoing(undefined)}
          run={(reason) => send(doing.user, doing.what, { reason })}
        />
      ) : null}
      {link ? <OnceLink {...link} close={() => setLink(undefined)} /> : null}
      {shown ? <One id={shown} close={() => setShown(undefined)} /> : null}
    </>
  );
}

function How({ user }: { readonly user: User }) {
  const say = useSay();
  const ways = [
    user.hasPassword ? say(words.password) : "",
    user.hasCode ? say(words.code) : "",
    user.passkeys > 0 ? say(words.passkeys)(user.passkeys) : "",
  ].filter(Boolean);
  return ways.length > 0 ? ways.join(" · ") : <span className="soft">{say(words.notSet)}</span>;
}

/** One user with the sessions that are open now. */
function One({ id, close }: { readonly id: string; readonly close: () => void }) {
  const say = useSay();
  const query = useAsk("user.read", `/v1/users/${encodeURIComponent(id)}`);
  return (
    <Drawer open title={id} onClose={close} size={480}>
      <Loaded query={query}>
        {({ open, ...user }) => (
          <>
            <dl className="facts">
              <Fact name={say(words.role)}>{word(roles, user.role, say)}</Fact>
              {user.party ? <Fact name={say(words.party)}>{user.party}</Fact> : null}
              <Fact name={say(words.how)}>
                <How user={user} />
              </Fact>
            </dl>
            <h3 style={{ marginTop: 20 }}>{say(words.sessions)}</h3>
            {open.length === 0 ? (
              <p className="soft">{say(words.noSession)}</p>
            ) : (
              <table className="plain">
                <thead>
                  <tr>
                    <th>{say(words.opened)}</th>
                    <th>{say(words.how)}</th>
                    <th>{say(words.seen)}</th>
                  </tr>
                </thead>
                <tbody>
                  {open.map((one) => (
                    <tr key={one.id}>
                      <td>
                        <Local of={one.createdAt} />
                      </td>
                      <td>{word(account.how, one.how.split(":")[0]!, say)}</td>
                      <td>
                        <Local of={one.seenAt} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </>
        )}
      </Loaded>
    </Drawer>
  );
}
