import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLMap,
} from "yaml";
import { CHANNELS, type Channel, nearest } from "../core/index.ts";
import { figuresNamed, type Template } from "./templates.ts";
import { FIGURES, type Figure } from "./words.ts";

/** A value that is never written down here: the name of an environment variable, or of a file that holds it. */
export type SecretFrom = { readonly env: string } | { readonly file: string };

export type AdapterName = "folder" | "smpp" | "aliyun" | "tencent" | "smtp" | "webhook" | "tasks" | "post";

export interface ChannelSettings {
  readonly name: string;
  readonly adapter: AdapterName;
  readonly carries: readonly Channel[];
  readonly values: Readonly<Record<string, Value>>;
}
export type Value =
  | string
  | number
  | readonly string[]
  | SecretFrom
  | readonly Template[]
  | Readonly<Record<string, string>>;

/** Which channels carry what, in the order in which they are asked; of one lender, or of every one. */
export interface Route {
  readonly lender?: string;
  readonly by: Readonly<Partial<Record<Channel, readonly string[]>>>;
}

export interface ChannelsFile {
  readonly channels: readonly ChannelSettings[];
  readonly routes: readonly Route[];
}

export interface Mistake {
  /** `channels.yaml:12:5` */
  readonly at: string;
  readonly says: string;
}
export type ReadChannels =
  | { readonly ok: true; readonly file: ChannelsFile }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

type Kind =
  | { readonly is: "text"; readonly like?: RegExp; readonly example: string }
  | { readonly is: "number"; readonly from: number; readonly to: number }
  | { readonly is: "word"; readonly of: readonly string[] }
  | { readonly is: "secret" }
  | { readonly is: "lines" }
  | { readonly is: "texts" }
  | { readonly is: "templates" };
interface Setting {
  readonly kind: Kind;
  readonly needed?: boolean;
}

const text = (example: string, like?: RegExp): Kind => ({ is: "text", example, ...(like ? { like } : {}) });
const number = (from: number, to: number): Kind => ({ is: "number", from, to });
const word = (...of: string[]): Kind => ({ is: "word", of });
const SECRET: Kind = { is: "secret" };
const needed = (kind: Kind): Setting => ({ kind, needed: true });
const may = (kind: Kind): Setting => ({ kind });

/** Plain HTTP would show keys and messages to whoever listens: only to this machine itself. */
const SAFE_URL = /^(?:https:\/\/|http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?=[:/]|$))/;

/** What every channel takes: how carefully it is handled. */
const CARE: Readonly<Record<string, Setting>> = {
  per_second: may(number(1, 10_000)),
  burst: may(number(1, 10_000)),
  tries: may(number(1, 10)),
  first_wait_ms: may(number(1, 60_000)),
  answer_within_seconds: may(number(1, 300)),
  rest_after: may(number(1, 1000)),
  rest_seconds: may(number(1, 3600)),
};

const HEARD_BY_PATH: Readonly<Record<string, Setting>> = {
  callback_token: may(SECRET),
  allow_from: may({ is: "lines" }),
};
const SFTP: Readonly<Record<string, Setting>> = {
  sftp_host: may(text("print.example.com")),
  sftp_port: may(number(1, 65_535)),
  sftp_user: may(text("lender")),
  sftp_password: may(SECRET),
  sftp_key: may(SECRET),
  sftp_host_key: may(text("SHA256:…", /^SHA256:[A-Za-z0-9+/]{43}=?$/)),
};

interface Adapter {
  readonly carries: readonly Channel[];
  readonly settings: Readonly<Record<string, Setting>>;
}

/** Every adapter with its settings: the whole vocabulary of the file. */
export const ADAPTERS: Readonly<Record<AdapterName, Adapter>> = {
  folder: { carries: CHANNELS, settings: { folder: needed(text("outbox")) } },
  smpp: {
    carries: ["text"],
    settings: {
      host: needed(text("smsc.example.com")),
      port: may(number(1, 65_535)),
      tls: may(word("yes", "no")),
      system_id: needed(text("lender")),
      password: needed(SECRET),
      system_type: may(text("SMPP")),
      bind: may(word("transceiver", "transmitter")),
      from: needed(text("10690000")),
      country_code: may(text("86", /^\d{1,3}$/)),
      long: may(word("udh", "payload")),
      valid_minutes: may(number(1, 2880)),
      receipt_ids: may(word("same", "decimal-of-hex")),
      enquire_seconds: may(number(1, 600)),
    },
  },
  aliyun: {
    carries: ["text"],
    settings: {
      access_key_id: needed(SECRET),
      access_key_secret: needed(SECRET),
      sign: needed(text("某某银行")),
      templates: needed({ is: "templates" }),
      endpoint: may(text("dysmsapi.aliyuncs.com")),
      protocol: may(word("https", "http")),
      ...HEARD_BY_PATH,
    },
  },
  tencent: {
    carries: ["text"],
    settings: {
      secret_id: needed(SECRET),
      secret_key: needed(SECRET),
      sdk_app_id: needed(text("1400000000", /^\d+$/)),
      sign: needed(text("某某银行")),
      templates: needed({ is: "templates" }),
      region: may(text("ap-guangzhou")),
      endpoint: may(text("sms.tencentcloudapi.com")),
      protocol: may(word("https", "http")),
      country_code: may(text("86", /^\d{1,3}$/)),
      ...HEARD_BY_PATH,
    },
  },
  smtp: {
    carries: ["email"],
    settings: {
      host: needed(text("smtp.example.com")),
      port: may(number(1, 65_535)),
      security: may(word("tls", "starttls", "none")),
      user: may(text("lender")),
      password: may(SECRET),
      from: needed(text("Demo Bank <service@example.com>", /@/)),
      domain: needed(text("example.com", /^[a-z0-9.-]+$/i)),
      subject: may({ is: "texts" }),
      dkim_selector: may(text("s1")),
      dkim_key: may(SECRET),
      ca: may(SECRET),
      unsubscribe_url: may(text("https://inbound.example.com/in/mail/unsubscribe", SAFE_URL)),
      unsubscribe_key: may(SECRET),
      ...HEARD_BY_PATH,
    },
  },
  webhook: {
    carries: [],
    settings: {
      url: needed(text("https://hub.example.com/messages", SAFE_URL)),
      secret: needed(SECRET),
      old_secret: may(SECRET),
    },
  },
  tasks: {
    carries: ["call"],
    settings: {
      folder: needed(text("calls")),
      link: may(text("tel:{to}")),
      valid_minutes: may(number(1, 720)),
      callback_secret: may(SECRET),
    },
  },
  post: {
    carries: ["letter"],
    settings: {
      folder: needed(text("letters")),
      sender: needed({ is: "lines" }),
      service: may(text("registered")),
      callback_secret: may(SECRET),
      ...SFTP,
    },
  },
};

/**
 * Reads `channels.yaml`.
 *
 * Gives   the channels and routes, or every mistake with its line: unknown words with the nearest known one, secrets that
 *         were written down, routes that lead nowhere.
 */
export function readChannels(source: string, file: string): ReadChannels {
  const lines = new LineCounter();
  const document = parseDocument(source, { lineCounter: lines });
  const mistakes: Mistake[] = [];
  const report = (node: Node | null | undefined, says: string): void => {
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    mistakes.push({ at: `${file}:${line}:${col}`, says });
  };
  for (const { message, pos } of document.errors)
    mistakes.push({ at: `${file}:${lines.linePos(pos[0]).line}`, says: message.split("\n")[0]! });
  if (mistakes.length > 0) return { ok: false, mistakes };
  const read = new Reader(report);
  const channels = read.channels(document);
  const routes = read.routes(document, channels);
  if (mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, file: { channels, routes } };
}

class Reader {
  readonly #report: (node: Node | null | undefined, says: string) => void;

  constructor(report: (node: Node | null | undefined, says: string) => void) {
    this.#report = report;
  }

  channels(document: Document.Parsed): ChannelSettings[] {
    const root = document.contents as Node | null;
    if (!isMap(root)) {
      this.#report(root, "expected two lists: channels and routes");
      return [];
    }
    this.#known(root, ["channels", "routes"]);
    const named = root.get("channels", true) as Node | undefined;
    if (!isMap(named)) {
      this.#report(
        named ?? root,
        "channels: a name for each channel, with its adapter and settings under it",
      );
      return [];
    }
    return named.items.flatMap(({ key, value }) => {
      const name = wordOf(key as Node);
      if (!/^[a-z][a-z0-9-]{0,39}$/.test(name)) {
        this.#report(key as Node, `${name} is no name for a channel: small letters, digits and dashes`);
        return [];
      }
      const one = this.#channel(name, value as Node | null, key as Node);
      return one ? [one] : [];
    });
  }

  #channel(name: string, node: Node | null, at: Node): ChannelSettings | undefined {
    if (!isMap(node)) {
      this.#report(node ?? at, `channel ${name}: expected its adapter and settings`);
      return undefined;
    }
    const asked = wordOf(node.get("adapter", true) as Node | undefined);
    const names = Object.keys(ADAPTERS) as AdapterName[];
    const adapter = names.find((one) => one === asked);
    if (!adapter) {
      const near = asked ? `; the nearest is ${nearest(asked, names) ?? names[0]}` : "";
      this.#report(
        (node.get("adapter", true) as Node) ?? at,
        `channel ${name}: adapter is one of ${names.join(", ")}${near}`,
      );
      return undefined;
    }
    const { settings, carries } = ADAPTERS[adapter];
    const known = { ...settings, ...CARE };
    this.#known(node, ["adapter", "carries", ...Object.keys(known)]);
    const values: Record<string, Value> = {};
    for (const [key, { kind, needed: must }] of Object.entries(known)) {
      const value = node.get(key, true) as Node | undefined;
      if (value === undefined || (isScalar(value) && value.value === null)) {
        if (must) this.#report(at, `channel ${name}: ${key} is missing, ${exampleOf(kind)}`);
        continue;
      }
      const got = this.#value(`${name}: ${key}`, kind, value);
      if (got !== undefined) values[key] = got;
    }
    const carried = this.#vias(node.get("carries", true) as Node | undefined);
    const all = carried ?? carries;
    if (all.length === 0) this.#report(at, `channel ${name}: carries is missing, such as [app]`);
    return { name, adapter, carries: all, values };
  }

  routes(document: Document.Parsed, channels: readonly ChannelSettings[]): Route[] {
    const root = document.contents as Node | null;
    if (!isMap(root)) return [];
    const list = root.get("routes", true) as Node | undefined;
    if (!isSeq(list)) {
      this.#report(
        list ?? root,
        "routes: a list; each entry says by which channels text, call, email, letter and app go",
      );
      return [];
    }
    const seen = new Set<string>();
    return list.items.flatMap((item) => {
      const node = item as Node;
      if (!isMap(node)) {
        this.#report(node, "a route is a list of kinds, each with its channels");
        return [];
      }
      this.#known(node, ["lender", ...CHANNELS]);
      const lender = wordOf(node.get("lender", true) as Node | undefined) || undefined;
      if (seen.has(lender ?? "")) this.#report(node, `a second route for ${lender ?? "every lender"}`);
      seen.add(lender ?? "");
      const by: Partial<Record<Channel, string[]>> = {};
      for (const via of CHANNELS) {
        const value = node.get(via, true) as Node | undefined;
        if (value !== undefined) by[via] = this.#way(via, value, channels);
      }
      return [{ ...(lender === undefined ? {} : { lender }), by }];
    });
  }

  #way(via: Channel, node: Node, channels: readonly ChannelSettings[]): string[] {
    const names = channels.map(({ name }) => name);
    return this.#texts(node).map((name) => {
      const channel = channels.find((one) => one.name === name);
      const near = nearest(name, names);
      if (!channel)
        this.#report(node, `${via}: no channel is called ${name}${near ? `; the nearest is ${near}` : ""}`);
      else if (!channel.carries.includes(via))
        this.#report(node, `${via}: ${name} carries ${channel.carries.join(", ")}, and no ${via}`);
      return name;
    });
  }

  #vias(node: Node | undefined): Channel[] | undefined {
    if (node === undefined) return undefined;
    return this.#texts(node).flatMap((name) => {
      const via = CHANNELS.find((one) => one === name);
      if (!via) this.#report(node, `carries: ${name} is none of ${CHANNELS.join(", ")}`);
      return via ? [via] : [];
    });
  }

  #texts(node: Node): string[] {
    if (isSeq(node)) return node.items.map((item) => wordOf(item as Node));
    return [wordOf(node)];
  }

  #known(node: YAMLMap, known: readonly string[]): void {
    for (const { key } of node.items) {
      const name = wordOf(key as Node);
      const near = nearest(name, known);
      if (!known.includes(name))
        this.#report(
          key as Node,
          `unknown word ${name}${near ? `; the nearest is ${near}` : `; known are ${known.join(", ")}`}`,
        );
    }
  }

  #value(what: string, kind: Kind, node: Node): Value | undefined {
    const wrong = (): undefined => {
      this.#report(node, `${what}: ${exampleOf(kind)}`);
      return undefined;
    };
    switch (kind.is) {
      case "text": {
        const value = wordOf(node);
        return value !== "" && (kind.like?.test(value) ?? true) ? value : wrong();
      }
      case "number": {
        const value = isScalar(node) ? node.value : undefined;
        return typeof value === "number" && Number.isInteger(value) && value >= kind.from && value <= kind.to
          ? value
          : wrong();
      }
      case "word": {
        const value = wordOf(node);
        const found = kind.of.find(
          (one) => one === (value === "true" ? "yes" : value === "false" ? "no" : value),
        );
        return found ?? wrong();
      }
      case "lines":
        return this.#texts(node);
      case "texts":
        return isMap(node)
          ? Object.fromEntries(node.items.map((one) => [wordOf(one.key as Node), wordOf(one.value as Node)]))
          : wrong();
      case "secret":
        return this.#secret(what, node);
      case "templates":
        return this.#templates(node);
    }
  }

  #secret(what: string, node: Node): SecretFrom | undefined {
    if (isMap(node) && node.items.length === 1) {
      const from = wordOf(node.items[0]!.key as Node);
      const name = wordOf(node.items[0]!.value as Node);
      if (from === "env" && /^[A-Za-z_]\w*$/.test(name)) return { env: name };
      if (from === "file" && name !== "") return { file: name };
    }
    // What stands there is not repeated: messages end up in logs.
    this.#report(
      node,
      `${what}: a secret is never written into this file; write { env: NAME } or { file: PATH }${isScalar(node) ? ", and change the one that stood here" : ""}`,
    );
    return undefined;
  }

  #templates(node: Node): Template[] {
    if (!isSeq(node)) {
      this.#report(node, "templates: a list; each with what, language, code and text");
      return [];
    }
    return node.items.flatMap((item) => {
      const one = item as Node;
      if (!isMap(one)) {
        this.#report(one, "a template has what, language, code and text");
        return [];
      }
      this.#known(one, ["what", "language", "when", "code", "text", "params"]);
      const get = (key: string): string => wordOf(one.get(key, true) as Node | undefined);
      const language = get("language");
      const when = get("when");
      if (language !== "en" && language !== "zh") this.#report(one, "language: en or zh");
      if (when !== "" && when !== "before" && when !== "overdue")
        this.#report(one, "when: before or overdue");
      for (const key of ["what", "code", "text"])
        if (get(key) === "") this.#report(one, `a template needs ${key}`);
      const params = one.has("params") ? this.#texts(one.get("params", true) as Node) : undefined;
      for (const name of [...figuresNamed(get("text")), ...(params ?? [])])
        if (!FIGURES.includes(name as Figure))
          this.#report(one, `{${name}} is no figure; the nearest is ${nearest(name, FIGURES) ?? FIGURES[0]}`);
      return [
        {
          what: get("what"),
          language: language as Template["language"],
          code: get("code"),
          text: get("text"),
          ...(when === "" ? {} : { when: when as "before" | "overdue" }),
          ...(params === undefined ? {} : { params: params as Figure[] }),
        },
      ];
    });
  }
}

function wordOf(node: Node | null | undefined): string {
  if (!isScalar(node)) return "";
  return node.value === null || node.value === undefined ? "" : String(node.value);
}

function exampleOf(kind: Kind): string {
  switch (kind.is) {
    case "text":
      return kind.like === SAFE_URL ? `an https address such as ${kind.example}` : `such as ${kind.example}`;
    case "number":
      return `a whole number from ${kind.from} to ${kind.to}`;
    case "word":
      return `one of ${kind.of.join(", ")}`;
    case "secret":
      return "{ env: NAME } or { file: PATH }";
    case "lines":
      return "a list of texts";
    case "texts":
      return "a text for en and for zh";
    case "templates":
      return "a list of approved templates";
  }
}
