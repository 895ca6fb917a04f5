import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Input, type InputRef, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { ask } from "../lib/client.ts";
import { roomsOf } from "../lib/rooms.ts";
import { useMe } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { frame } from "../words/frame.ts";

interface Entry {
  readonly key: string;
  readonly words: string;
  readonly note?: string;
  readonly run: () => void;
}

interface Found {
  readonly items: readonly {
    readonly kind: "loan" | "borrower" | "letter";
    readonly id: string;
    readonly loan: string | null;
  }[];
}

/** One box for both: `/` looks up a number, Ctrl K also goes to rooms and does things. Arrow keys and Enter. */
export function Palette({
  mode,
  close,
  help,
}: {
  readonly mode: "search" | "all" | undefined;
  readonly close: () => void;
  readonly help: () => void;
}) {
  const say = useSay();
  const me = useMe();
  const { lang, setLang, theme, setTheme, asOf, setAsOf } = useSettings();
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const input = useRef<InputRef>(null);
  const wanted = text.trim();
  const found = useQuery({
    queryKey: ["search", wanted],
    queryFn: ({ signal }) => ask<Found>("/v1/search", { query: { q: wanted }, signal }),
    enabled: mode !== undefined && wanted.length >= 2 && me.may.includes("search.read"),
    retry: false,
  });
  useEffect(() => {
    if (mode === undefined) setText("");
    setAt(0);
  }, [mode]);
  const go = (run: () => void) => () => {
    close();
    run();
  };
  const things: Entry[] = (wanted.length >= 2 ? (found.data?.items ?? []) : []).map(({ kind, id, loan }) => ({
    key: `${kind} ${id}`,
    words: id,
    note: say(KINDS[kind]),
    run: go(
      () =>
        void (kind === "letter"
          ? navigate({ to: "/letters/$letter", params: { letter: id } })
          : navigate({ to: "/cases/$loan", params: { loan: loan ?? id } })),
    ),
  }));
  const rooms: Entry[] = roomsOf(me.may, me.role).map(({ path, name }) => ({
    key: path,
    words: `${name.zh} ${name.en}`,
    run: go(() => void navigate({ to: path })),
  }));
  const acts: Entry[] = [
    { key: "lang", words: say(frame.otherLanguage), run: go(() => setLang(lang === "zh" ? "en" : "zh")) },
    {
      key: "theme",
      words: say(theme === "dark" ? frame.toLight : frame.toDark),
      run: go(() => setTheme(theme === "dark" ? "light" : "dark")),
    },
    ...(asOf ? [{ key: "now", words: say(frame.asOfLeave), run: go(() => setAsOf(undefined)) }] : []),
    { key: "help", words: say(frame.help), run: go(help) },
  ];
  const low = wanted.toLowerCase();
  const named = [...rooms, ...acts].filter(({ words }) => words.toLowerCase().includes(low));
  const entries = mode === "search" ? (wanted === "" ? [] : [...things, ...named]) : [...named, ...things];
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  return (
    <Modal
      open={mode !== undefined}
      onCancel={close}
      footer={null}
      closable={false}
      width={560}
      className="palette"
      title={<span className="hidden">{say(frame.palette)}</span>}
      afterOpenChange={(open) => open && input.current?.focus()}
      destroyOnHidden
    >
      <Input
        ref={input}
        size="large"
        variant="borderless"
        value={text}
        role="combobox"
        aria-expanded={entries.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={entries.length > 0 ? `palette-${chosen}` : undefined}
        aria-label={say(mode === "search" ? frame.search : frame.palette)}
        placeholder={say(mode === "search" ? frame.search : frame.palette)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
          if (step !== 0) {
            event.preventDefault();
            setAt((chosen + step + entries.length) % Math.max(1, entries.length));
          }
          if (event.key === "Enter") entries[chosen]?.run();
        }}
      />
      {entries.length > 0 ? (
        <div className="palette-list" id="palette-list" role="listbox" aria-label={say(frame.palette)}>
          {entries.map(({ key, words, note, run }, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's
            <div
              key={key}
              id={`palette-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === chosen}
              onClick={run}
              onMouseEnter={() => setAt(i)}
            >
              <span>{words}</span>
              {note ? <span className="soft">{note}</span> : null}
            </div>
          ))}
        </div>
      ) : wanted.length >= 2 && !found.isFetching ? (
        <p className="soft palette-none">{say(frame.paletteNone)}</p>
      ) : null}
    </Modal>
  );
}

const KINDS = {
  loan: { en: "loan", zh: "贷款" },
  borrower: { en: "borrower", zh: "借款人" },
  letter: { en: "letter", zh: "律师函" },
} as const;
