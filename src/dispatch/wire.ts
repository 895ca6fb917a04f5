import { readFileSync } from "node:fs";
import { CHANNELS, type Channel } from "../core/index.ts";
import { type AliyunLibrary, aliyunChannel, aliyunEar } from "./aliyun/aliyun.ts";
import { type Care, inOrder, type Tools, USUAL_CARE, withCare } from "./care.ts";
import { type Drop, folderDrop, type SftpLibrary, sftpDrop } from "./drop.ts";
import { folderChannel } from "./folder/folder.ts";
import type { Ear } from "./inbound.ts";
import { peer } from "./peer.ts";
import { postChannel, postEar } from "./post/post.ts";
import type { SecretPath } from "./secret-path.ts";
import type { ChannelSettings, ChannelsFile, Route, SecretFrom } from "./settings.ts";
import { type SmppLibrary, smppChannel } from "./smpp/smpp.ts";
import { type SmtpLibrary, smtpChannel, smtpEar } from "./smtp/smtp.ts";
import { taskChannel, taskEar } from "./tasks/tasks.ts";
import type { Template } from "./templates.ts";
import { type TencentLibrary, tencentChannel, tencentEar } from "./tencent/tencent.ts";
import type { ChannelAdapter } from "./types.ts";
import { webhookChannel, webhookEar } from "./webhook/webhook.ts";

/** A secret that the file names and that is not there. */
export class NoSecret extends Error {
  override name = "NoSecret";
}

export interface Wired {
  /** By name, bare: for checks and for what comes in by the same connection. */
  readonly named: readonly ChannelAdapter[];
  /** As dispatch takes them: with care around each, in the order of the routes, each lender's own first. */
  readonly routed: readonly ChannelAdapter[];
  readonly ears: readonly Ear[];
  close(): Promise<void>;
}

/**
 * Makes the channels of a file: loads what their adapters need, fetches their secrets, and sets the care and the routes
 * around them. Nothing is connected to yet.
 *
 * Throws  `NoSecret` or `MissingPackage`, with what to do.
 */
export function wireChannels(
  file: ChannelsFile,
  tools: Tools,
  env: Readonly<Record<string, string | undefined>>,
  only?: string,
): Wired {
  const asked = file.channels.filter(({ name }) => only === undefined || name === only);
  const made = asked.map((one) => ({ one, ...make(new Values(one, env), tools) }));
  const careful = new Map(made.map(({ one, adapter }) => [one.name, withCare(adapter, careOf(one), tools)]));
  const named = made.map(({ adapter }) => adapter);
  return {
    named,
    routed: file.routes.flatMap((route) => routesOf(route, careful, tools)),
    ears: made.flatMap(({ ear }) => (ear ? [ear] : [])),
    close: async () => {
      for (const channel of named) await channel.close?.();
    },
  };
}

/** A lender's own route says what is special of it; what it does not name goes the way of every lender. */
function routesOf(
  { lender, by }: Route,
  channels: ReadonlyMap<string, ChannelAdapter>,
  tools: Tools,
): ChannelAdapter[] {
  return CHANNELS.flatMap((via: Channel) => {
    const own = (by[via] ?? []).flatMap((name) => channels.get(name) ?? []);
    return own.length === 0 ? [] : [inOrder(own, [via], tools.now, lender)];
  });
}

function careOf({ values }: ChannelSettings): Care {
  const number = (key: string, usual: number): number => (values[key] as number | undefined) ?? usual;
  return {
    ...(values.per_second === undefined ? {} : { perSecond: number("per_second", 0) }),
    burst: number("burst", 1),
    tries: number("tries", USUAL_CARE.tries),
    firstWaitMs: number("first_wait_ms", USUAL_CARE.firstWaitMs),
    // A little more than the adapter itself waits, which can say better what happened.
    answerWithinMs: number("answer_within_seconds", USUAL_CARE.answerWithinMs / 1000) * 1000 + 2000,
    restAfter: number("rest_after", USUAL_CARE.restAfter),
    restMs: number("rest_seconds", USUAL_CARE.restMs / 1000) * 1000,
  };
}

/** The settings of one channel, already checked, with its secrets fetched when they are asked for. */
class Values {
  readonly name: string;
  readonly adapter: ChannelSettings["adapter"];
  readonly carries: readonly Channel[];
  readonly #values: ChannelSettings["values"];
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor(settings: ChannelSettings, env: Readonly<Record<string, string | undefined>>) {
    this.name = settings.name;
    this.adapter = settings.adapter;
    this.carries = settings.carries;
    this.#values = settings.values;
    this.#env = env;
  }

  has(key: string): boolean {
    return this.#values[key] !== undefined;
  }
  text(key: string, usual = ""): string {
    return String(this.#values[key] ?? usual);
  }
  number(key: string, usual: number): number {
    return (this.#values[key] as number | undefined) ?? usual;
  }
  lines(key: string): readonly string[] | undefined {
    return this.#values[key] as readonly string[] | undefined;
  }
  templates(): readonly Template[] {
    return this.#values.templates as readonly Template[];
  }
  texts(key: string): Readonly<Record<string, string>> {
    return (this.#values[key] ?? {}) as Readonly<Record<string, string>>;
  }
  get answerWithinMs(): number {
    return this.number("answer_within_seconds", USUAL_CARE.answerWithinMs / 1000) * 1000;
  }
  secret(key: string): string {
    const from = this.#values[key] as SecretFrom;
    const value = "env" in from ? this.#env[from.env] : this.#fileOf(key, from.file);
    if (value === undefined || value.trim() === "") {
      const where = "env" in from ? `the environment variable ${from.env}` : `the file ${from.file}`;
      throw new NoSecret(`channel ${this.name}: ${key} is to be in ${where}, and nothing is there`);
    }
    return value.trim();
  }
  secretPath(): SecretPath | undefined {
    if (!this.has("callback_token")) return undefined;
    const token = this.secret("callback_token");
    if (token.length < 20)
      throw new NoSecret(
        `channel ${this.name}: callback_token is short; make one with: openssl rand -hex 24`,
      );
    const allowFrom = this.lines("allow_from");
    return { token, ...(allowFrom ? { allowFrom } : {}) };
  }

  #fileOf(key: string, file: string): string {
    try {
      return readFileSync(file, "utf8");
    } catch (error) {
      throw new NoSecret(`channel ${this.name}: ${key}: ${(error as Error).message}`);
    }
  }
}

interface Made {
  readonly adapter: ChannelAdapter;
  readonly ear?: Ear;
}

function make(values: Values, tools: Tools): Made {
  switch (values.adapter) {
    case "folder":
      return {
        adapter: {
          ...folderChannel(values.text("folder"), tools.now),
          name: values.name,
          carries: values.carries,
        },
      };
    case "smpp":
      return { adapter: smpp(values, tools) };
    case "aliyun":
      return { adapter: aliyun(values, tools), ...heard(values, aliyunEar) };
    case "tencent":
      return { adapter: tencent(values, tools), ...heard(values, tencentEar) };
    case "smtp":
      return smtp(values, tools);
    case "webhook": {
      const secrets = ["secret", "old_secret"]
        .filter((key) => values.has(key))
        .map((key) => values.secret(key));
      const { name, carries, answerWithinMs } = values;
      const settings = { name, carries, url: values.text("url"), secrets, answerWithinMs };
      return { adapter: webhookChannel(settings, tools), ear: webhookEar(name, secrets) };
    }
    case "tasks": {
      const { name, carries } = values;
      const settings = {
        name,
        carries,
        link: values.text("link", "tel:{to}"),
        validMinutes: values.number("valid_minutes", 30),
      };
      const adapter = taskChannel(settings, tools, folderDrop(values.text("folder")));
      return { adapter, ...signedHeard(values, taskEar) };
    }
    case "post": {
      const { name, carries } = values;
      const settings = {
        name,
        carries,
        sender: values.lines("sender") ?? [],
        service: values.text("service", "registered"),
      };
      return { adapter: postChannel(settings, tools, dropOf(values)), ...signedHeard(values, postEar) };
    }
  }
}

const heard = (values: Values, ear: (name: string, secret: SecretPath) => Ear): { readonly ear?: Ear } => {
  const path = values.secretPath();
  return path ? { ear: ear(values.name, path) } : {};
};
const signedHeard = (
  values: Values,
  ear: (name: string, secrets: readonly string[]) => Ear,
): { readonly ear?: Ear } =>
  values.has("callback_secret") ? { ear: ear(values.name, [values.secret("callback_secret")]) } : {};

function smpp(values: Values, tools: Tools): ChannelAdapter {
  const library = peer<SmppLibrary>("smpp", "smpp");
  const tls = values.text("tls", "no") === "yes";
  return smppChannel(
    {
      name: values.name,
      carries: values.carries,
      host: values.text("host"),
      port: values.number("port", tls ? 3550 : 2775),
      tls,
      systemId: values.text("system_id"),
      password: values.secret("password"),
      systemType: values.text("system_type"),
      bind: values.text("bind", "transceiver") as "transceiver" | "transmitter",
      from: values.text("from"),
      ...(values.has("country_code") ? { countryCode: values.text("country_code") } : {}),
      long: values.text("long", "udh") as "udh" | "payload",
      validMinutes: values.number("valid_minutes", 60),
      receiptIds: values.text("receipt_ids", "same") as "same" | "decimal-of-hex",
      connectWithinMs: Math.min(10_000, values.answerWithinMs),
      enquireEveryMs: values.number("enquire_seconds", 30) * 1000,
    },
    tools,
    library,
  );
}

function aliyun(values: Values, tools: Tools): ChannelAdapter {
  const library: AliyunLibrary = {
    dysms: peer("@alicloud/dysmsapi20170525", "aliyun", "@alicloud/openapi-core"),
    core: peer("@alicloud/openapi-core", "aliyun", "@alicloud/dysmsapi20170525"),
  };
  return aliyunChannel(
    {
      name: values.name,
      carries: values.carries,
      accessKeyId: values.secret("access_key_id"),
      accessKeySecret: values.secret("access_key_secret"),
      sign: values.text("sign"),
      templates: values.templates(),
      ...endpointOf(values, "dysmsapi.aliyuncs.com"),
      answerWithinMs: values.answerWithinMs,
    },
    tools,
    library,
  );
}

function tencent(values: Values, tools: Tools): ChannelAdapter {
  return tencentChannel(
    {
      name: values.name,
      carries: values.carries,
      secretId: values.secret("secret_id"),
      secretKey: values.secret("secret_key"),
      sdkAppId: values.text("sdk_app_id"),
      sign: values.text("sign"),
      templates: values.templates(),
      region: values.text("region", "ap-guangzhou"),
      ...endpointOf(values, "sms.tencentcloudapi.com"),
      countryCode: values.text("country_code", "86"),
      answerWithinMs: values.answerWithinMs,
    },
    tools,
    peer<TencentLibrary>("tencentcloud-sdk-nodejs-sms", "tencent"),
  );
}

/** Plain HTTP only to this machine itself. */
function endpointOf(values: Values, usual: string): { endpoint: string; protocol: "https" | "http" } {
  const endpoint = values.text("endpoint", usual);
  const protocol = values.text("protocol", "https") as "https" | "http";
  if (protocol === "http" && !/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(endpoint))
    throw new NoSecret(
      `channel ${values.name}: protocol: http shows messages to whoever listens; write https`,
    );
  return { endpoint, protocol };
}

function smtp(values: Values, tools: Tools): Made {
  const library: SmtpLibrary = {
    nodemailer: peer("nodemailer", "smtp"),
    Connection: peer("nodemailer/lib/smtp-connection", "smtp"),
  };
  const subject = values.texts("subject");
  const unsubscribe =
    values.has("unsubscribe_url") && values.has("unsubscribe_key")
      ? { url: values.text("unsubscribe_url"), secret: values.secret("unsubscribe_key") }
      : undefined;
  const security = values.text("security", "starttls") as "tls" | "starttls" | "none";
  const adapter = smtpChannel(
    {
      name: values.name,
      carries: values.carries,
      host: values.text("host"),
      port: values.number("port", security === "tls" ? 465 : 587),
      security,
      ...(values.has("user") ? { user: values.text("user"), password: values.secret("password") } : {}),
      from: values.text("from"),
      domain: values.text("domain"),
      subject: { en: subject.en ?? "{lender}: a message for you", zh: subject.zh ?? "{lender}：给您的通知" },
      ...(values.has("dkim_selector") && values.has("dkim_key")
        ? { dkim: { selector: values.text("dkim_selector"), privateKey: values.secret("dkim_key") } }
        : {}),
      ...(values.has("ca") ? { ca: values.secret("ca") } : {}),
      ...(unsubscribe ? { unsubscribe } : {}),
      answerWithinMs: values.answerWithinMs,
    },
    tools,
    library,
  );
  const bounce = values.secretPath();
  return {
    adapter,
    ...(unsubscribe || bounce ? { ear: smtpEar(values.name, unsubscribe?.secret, bounce) } : {}),
  };
}

function dropOf(values: Values): Drop {
  if (!values.has("sftp_host")) return folderDrop(values.text("folder"));
  if (!values.has("sftp_host_key") || !values.has("sftp_user"))
    throw new NoSecret(
      `channel ${values.name}: sftp_host needs sftp_user and sftp_host_key (ssh-keyscan HOST | ssh-keygen -lf -)`,
    );
  return sftpDrop(
    {
      host: values.text("sftp_host"),
      port: values.number("sftp_port", 22),
      user: values.text("sftp_user"),
      ...(values.has("sftp_password") ? { password: values.secret("sftp_password") } : {}),
      ...(values.has("sftp_key") ? { privateKey: values.secret("sftp_key") } : {}),
      hostKey: values.text("sftp_host_key"),
      folder: values.text("folder"),
      answerWithinMs: values.answerWithinMs,
    },
    peer<SftpLibrary>("ssh2-sftp-client", "post"),
  );
}
