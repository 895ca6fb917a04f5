import {
  AuditOutlined,
  BankOutlined,
  BarChartOutlined,
  CloudUploadOutlined,
  FileTextOutlined,
  FolderOpenOutlined,
  MenuOutlined,
  MessageOutlined,
  NodeIndexOutlined,
  PhoneOutlined,
  QuestionCircleOutlined,
  ReadOutlined,
  SafetyCertificateOutlined,
  ScheduleOutlined,
  SearchOutlined,
  SunOutlined,
  TeamOutlined,
  UserOutlined,
} from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link, Outlet, useLocation, useNavigate, useRouterState } from "@tanstack/react-router";
import { Button, DatePicker, Dropdown } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useEffect, useState } from "react";
import { ask } from "../lib/client.ts";
import { day, dayFormats } from "../lib/format.ts";
import { useKeys } from "../lib/keys.ts";
import { ROOMS, roomsOf } from "../lib/rooms.ts";
import { meQuery, useMe } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { account, frame, roles } from "../words/frame.ts";
import { Help } from "./help.tsx";
import { Palette } from "./palette.tsx";
import { Switches } from "./switches.tsx";

const ICONS: Readonly<Record<string, ReactNode>> = {
  today: <SunOutlined />,
  worklist: <PhoneOutlined />,
  cases: <FolderOpenOutlined />,
  letters: <FileTextOutlined />,
  court: <BankOutlined />,
  plans: <ScheduleOutlined />,
  complaints: <MessageOutlined />,
  approvals: <TeamOutlined />,
  strategy: <NodeIndexOutlined />,
  rules: <ReadOutlined />,
  analytics: <BarChartOutlined />,
  data: <CloudUploadOutlined />,
  audit: <AuditOutlined />,
  users: <UserOutlined />,
};

/** The one frame around every room: rail, search, the day that is looked at, who one is. */
export function Frame() {
  const say = useSay();
  const { asOf, setAsOf, lang } = useSettings();
  const me = useMe();
  const { pathname } = useLocation();
  // The address says where one goes; this, whose page it is that stands here still.
  const shown = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const [palette, setPalette] = useState<"search" | "all" | undefined>();
  const [help, setHelp] = useState(false);
  const [rail, setRail] = useState(false);
  const rooms = roomsOf(me.may, me.role);
  const here = ROOMS.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`));
  useKeys({ "/": () => setPalette("search"), "?": () => setHelp(true) });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setPalette((open) => (open ? undefined : "all"));
      }
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rail closes when another page opens
  useEffect(() => setRail(false), [pathname]);
  useEffect(() => {
    document.title = here ? `${say(here.name)} · Arrears` : "Arrears";
  }, [here, say]);
  return (
    <div className={asOf ? "frame looks-back" : "frame"}>
      <a className="skip" href="#content">
        {say(frame.skip)}
      </a>
      <nav className={rail ? "rail is-open" : "rail"} aria-label={say(frame.rail)}>
        <Link to="/" className="rail-mark">
          <span aria-hidden="true" className="mark">
            <i />
            <i />
            <i />
          </span>
          {say(frame.product)}
        </Link>
        <ul>
          {rooms.map(({ path, name, icon }) => (
            <li key={path}>
              <Link
                to={path}
                className="rail-link"
                activeProps={{ className: "is-here", "aria-current": "page" }}
              >
                <span aria-hidden="true">{ICONS[icon]}</span>
                <span>{say(name)}</span>
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {rail ? (
        <button type="button" className="veil" aria-label={say(frame.close)} onClick={() => setRail(false)} />
      ) : null}
      <div className="side">
        <header className="bar">
          <Button
            className="bar-menu"
            type="text"
            icon={<MenuOutlined />}
            aria-label={say(frame.menu)}
            aria-expanded={rail}
            onClick={() => setRail(!rail)}
          />
          <button type="button" className="bar-search" onClick={() => setPalette("search")}>
            <SearchOutlined aria-hidden="true" />
            <span className="bar-search-words">{say(frame.search)}</span>
            <kbd>/</kbd>
          </button>
          <div className="bar-end">
            <label htmlFor="as-of" className={asOf ? "as-of is-set" : "as-of"}>
              <span>{say(frame.asOf)}</span>
              <DatePicker
                id="as-of"
                size="small"
                allowClear={false}
                variant="borderless"
                value={asOf ? dayjs(asOf) : null}
                placeholder={say(frame.asOfToday)}
                format={dayFormats(lang)}
                onChange={(value) => setAsOf(value ? value.format("YYYY-MM-DD") : undefined)}
                disabledDate={(value) => value.isAfter(dayjs())}
              />
            </label>
            <Switches />
            <Button
              type="text"
              icon={<QuestionCircleOutlined />}
              aria-label={say(frame.help)}
              title={`${say(frame.help)} (?)`}
              onClick={() => setHelp(true)}
            />
            <Account />
          </div>
        </header>
        {asOf ? (
          <div className="past" role="status">
            <SafetyCertificateOutlined aria-hidden="true" />
            <span>
              {say(frame.asOfOn)(day(asOf, lang))}
              {here && !here.looksBack ? ` ${say(frame.asOfNot)}` : ""}
            </span>
            <Button size="small" onClick={() => setAsOf(undefined)}>
              {say(frame.asOfLeave)}
            </Button>
          </div>
        ) : null}
        <main id="content" tabIndex={-1} data-shown={shown}>
          <Outlet />
        </main>
      </div>
      <Palette mode={palette} close={() => setPalette(undefined)} help={() => setHelp(true)} />
      <Help open={help} room={here?.path} close={() => setHelp(false)} />
    </div>
  );
}

function Account() {
  const say = useSay();
  const me = useMe();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const out = useMutation({
    mutationFn: () => ask("/v1/session", { method: "DELETE" }),
    onSettled: () => {
      // Told before anything is forgotten: rooms that are still shown ask who is there, and only the gate hears of nobody.
      queries.setQueryData(meQuery.queryKey, null);
      queries.removeQueries({ predicate: ({ queryKey: [name] }) => name !== meQuery.queryKey[0] });
    },
  });
  const role = roles[me.role];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", label: `${me.name} · ${me.lender}`, disabled: true },
          { key: "account", label: say(account.title), onClick: () => void navigate({ to: "/account" }) },
          { key: "out", label: say(frame.signOut), onClick: () => out.mutate() },
        ],
      }}
    >
      <Button type="text" className="account">
        <span className="account-name">{me.name}</span>
        <span className="soft account-role">{role ? say(role) : me.role}</span>
      </Button>
    </Dropdown>
  );
}
