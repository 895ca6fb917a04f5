import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Input, type InputRef, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import type { Answers } from "../lib/answers.ts";
import { ask } from "../lib/client.ts";
import { roomsOf } from "../lib/rooms.ts";
import { useMe } from "../lib/session.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { Trouble } from "../parts/states.tsx";
import { frame } from "../words/frame.ts";

interface Entry {
  readonly key: string;
  /** What stands above the first of its kind. */
  readonly group: string;
  readonly words: string;
  readonly note?: string;
  readonly run: () => void;
}

type Thing = Answers["search.read"]["items"][number];

/** A phone number, a name in Han characters, or one of several words: only what looks like one is looked for among people. */
const LIKE_A_PERSON =
  /^\+?[\d\s-]{7,20}$|^\p{Script=Han}[\p{Script=Han}·]{1,15}$|^\p{L}[\p{L}.'’-]*(?: [\p{L}.'’-]+)+$/u;
/** People are looked for once the writing rests: every look is counted and kept. */
const REST_MS = 400;

function useRested(text: string): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), REST_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return rested;
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
    queryFn: ({ signal }) => ask<Answers["search.read"]>("/v1/search", { query: { q: wanted }, signal }),
    enabled: mode !== undefined && wanted.length >= 2 && me.may.includes("search.read"),
    retry: false,
  });
  const rested = useRested(wanted);
  const people = useQuery({
    queryKey: ["search.people", rested],
    queryFn: ({ signal }) =>
      ask<Answers["search.people"]>("/v1/search/people", { method: "POST", body: { value: rested }, signal }),
    enabled:
      mode !== undefined &&
      rested === wanted &&
      LIKE_A_PERSON.test(rested) &&
      me.may.includes("search.people"),
    retry: false,
    staleTime: 60_000,
  });
  useEffect(() => {
    if (mode === undefined) setText("");
    setAt(0);
  }, [mode]);
  const go = (run: () => void) => () => {
    close();
    run();
  };
  const toLoan = (loan: string) => go(() => void navigate({ to: "/cases/$loan", params: { loan } }));
  const wayTo = ({ kind, id, loan }: Thing): (() => void) => {
    if (kind === "letter") return go(() => void navigate({ to: "/letters/$letter", params: { letter: id } }));
    if (kind === "suit" && loan !== null)
      return go(
        () =>
          void navigate({
            to: "/court/$loan/proceeding/$proceeding",
            params: { loan, proceeding: id },
          }),
      );
    return toLoan(loan ?? id);
  };
  const things: Entry[] = [
    ...(wanted.length >= 2 ? (found.data?.items ?? []) : []).map((one) => ({
      key: `${one.kind} ${one.id}`,
      group: one.kind,
      words: one.id,
      ...(one.kind === "borrower" || one.kind === "suit" ? { note: one.loan ?? "" } : {}),
      run: wayTo(one),
    })),
    ...(rested === wanted ? (people.data?.items ?? []) : []).map(({ id, loan, name, phone }) => ({
      key: `person ${id}`,
      group: "borrower",
      words: `${name ?? ""} ${phone ?? ""}`.trim() || id,
      note: `${id} · ${loan}`,
      run: toLoan(loan),
    })),
  ].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
  const rooms: Entry[] = roomsOf(me.may, me.role).map(({ path, name }) => ({
    key: path,
    group: "go",
    words: `${name.zh} ${name.en}`,
    run: go(() => void navigate({ to: path })),
  }));
  const acts: Entry[] = [
    {
      key: "lang",
      group: "do",
      words: say(frame.otherLanguage),
      run: go(() => setLang(lang === "zh" ? "en" : "zh")),
    },
    {
      key: "theme",
      group: "do",
      words: say(theme === "dark" ? frame.toLight : frame.toDark),
      run: go(() => setTheme(theme === "dark" ? "light" : "dark")),
    },
    ...(asOf
      ? [{ key: "now", group: "do", words: say(frame.asOfLeave), run: go(() => setAsOf(undefined)) }]
      : []),
    { key: "help", group: "do", words: say(frame.help), run: go(help) },
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
          {entries.flatMap(({ key, group, words, note, run }, i) => [
            group !== entries[i - 1]?.group && Object.hasOwn(KINDS, group) ? (
              <p key={`head ${group}`} role="presentation" className="soft palette-head">
                {say(KINDS[group as keyof typeof KINDS])}
              </p>
            ) : null,
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
            </div>,
          ])}
        </div>
      ) : people.error ? (
        <Trouble error={people.error} />
      ) : wanted.length >= 2 && !found.isFetching && !people.isFetching ? (
        <p className="soft palette-none">{say(frame.paletteNone)}</p>
      ) : null}
    </Modal>
  );
}

const KINDS = {
  loan: { en: "Loans", zh: "贷款" },
  borrower: { en: "People", zh: "借款人" },
  letter: { en: "Letters", zh: "律师函" },
  suit: { en: "Suits", zh: "程序" },
} as const;
const GROUPS: readonly string[] = Object.keys(KINDS);
