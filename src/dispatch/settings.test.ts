import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { testTools } from "../../test/support/permit.ts";
import { type ChannelsFile, readChannels } from "./settings.ts";
import { wireChannels } from "./wire.ts";

const FINE = `
channels:
  sms:
    adapter: smpp
    host: smsc.example.com
    system_id: lender
    password: { env: SMPP_PASSWORD }
    from: "10690000"
    per_second: 20
  sms-2:
    adapter: aliyun
    access_key_id: { env: ALI_ID }
    access_key_secret: { file: FILE }
    sign: 示例银行
    callback_token: { env: ALI_TOKEN }
    templates:
      - what: reminder
        language: zh
        when: overdue
        code: SMS_100
        text: 您有{loans}笔贷款逾期，应还{amount}元。
  mail:
    adapter: smtp
    host: smtp.example.com
    from: Demo Bank <service@example.com>
    domain: example.com
  push: { adapter: webhook, carries: [app], url: https://hub.example.com/m, secret: { env: HOOK } }
  calls: { adapter: tasks, folder: calls }
  print: { adapter: post, folder: letters, sender: [Demo Bank, Road 2] }
routes:
  - text: [sms, sms-2]
    email: mail
    app: push
    call: calls
    letter: print
  - lender: other
    text: sms-2
`;
const mistakes = (yaml: string): readonly string[] => {
  const read = readChannels(yaml, "channels.yaml");
  return read.ok ? [] : read.mistakes.map(({ at, says }) => `${at} ${says}`);
};
const fine = (yaml: string): ChannelsFile => {
  const read = readChannels(yaml, "channels.yaml");
  if (!read.ok) throw new Error(read.mistakes.map(({ at, says }) => `${at} ${says}`).join("\n"));
  return read.file;
};

describe("channels.yaml", () => {
  test("a whole one is read: channels by name, routes in order, secrets by where they are", () => {
    const { channels, routes } = fine(FINE);
    expect(channels.map(({ name, adapter, carries }) => `${name} ${adapter} ${carries}`)).toEqual([
      "sms smpp text",
      "sms-2 aliyun text",
      "mail smtp email",
      "push webhook app",
      "calls tasks call",
      "print post letter",
    ]);
    expect(channels[0]!.values.password).toEqual({ env: "SMPP_PASSWORD" });
    expect(routes[0]!.by.text).toEqual(["sms", "sms-2"]);
    expect(routes[1]).toEqual({ lender: "other", by: { text: ["sms-2"] } });
  });

  test.each<[string, [string, string], string]>([
    [
      "an unknown word",
      ["per_second: 20", "per_secnd: 20"],
      "channels.yaml:9:5 unknown word per_secnd; the nearest is per_second",
    ],
    ["an unknown adapter", ["adapter: webhook", "adapter: webhok"], "the nearest is webhook"],
    [
      "a missing word",
      ["    host: smsc.example.com\n", ""],
      "channel sms: host is missing, such as smsc.example.com",
    ],
    [
      "a number out of bounds",
      ["per_second: 20", "per_second: 0"],
      "sms: per_second: a whole number from 1 to 10000",
    ],
    [
      "a route to nowhere",
      ["[sms, sms-2]", "[sms, sms-3]"],
      "text: no channel is called sms-3; the nearest is sms",
    ],
    [
      "a route that its channel does not carry",
      ["email: mail", "email: sms"],
      "email: sms carries text, and no email",
    ],
    ["a second route for one lender", ["lender: other", "text: sms"], "channels.yaml"],
    [
      "a figure that there is none of",
      ["{amount}", "{amuont}"],
      "{amuont} is no figure; the nearest is amount",
    ],
    ["plain HTTP to elsewhere", ["https://hub", "http://hub"], "push: url: an https address"],
    ["no channel list", ["channels:", "chanels:"], "the nearest is channels"],
  ])("%s is named with its place", (_, [from, to], says) => {
    expect(mistakes(FINE.replace(from, to)).join("\n")).toContain(says);
  });

  test("a secret that was written down is refused, and not repeated", () => {
    const found = mistakes(FINE.replace("{ env: SMPP_PASSWORD }", "hunter2")).join("\n");
    expect(found).toContain(
      "channels.yaml:7:15 sms: password: a secret is never written into this file; write { env: NAME }",
    );
    expect(found).toContain("change the one that stood here");
    expect(found).not.toContain("hunter2");
  });

  test("text that is no YAML at all says where", () => {
    expect(mistakes("channels: [")[0]).toMatch(/^channels\.yaml:1/);
  });
});

describe("the channels of a file", () => {
  const env = {
    SMPP_PASSWORD: "a",
    ALI_ID: "b",
    ALI_TOKEN: "0123456789abcdef01234567",
    HOOK: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  };
  const withFile = <T>(work: (yaml: string) => T): T => {
    const folder = mkdtempSync(join(tmpdir(), "arrears-settings-"));
    writeFileSync(join(folder, "key"), "from-a-file\n");
    try {
      return work(FINE.replace("FILE", join(folder, "key")));
    } finally {
      rmSync(folder, { recursive: true });
    }
  };

  test("a lender's own route comes for what it names, and the general one for the rest", () => {
    withFile((yaml) => {
      const { routed, ears } = wireChannels(fine(yaml), testTools(), env);
      const told = routed.map(({ name, carries, lender }) => `${lender ?? "*"} ${carries}: ${name}`);
      expect(told).toEqual([
        "* app: push",
        "* text: sms › sms-2",
        "* call: calls",
        "* email: mail",
        "* letter: print",
        "other text: sms-2",
      ]);
      expect(ears.map(({ name }) => name)).toEqual(["sms-2", "push"]);
    });
  });

  test("a secret that is not where the file says is named, and where it was looked for", () => {
    withFile((yaml) => {
      const { SMPP_PASSWORD: _, ...less } = env;
      expect(() => wireChannels(fine(yaml), testTools(), less)).toThrow(
        "channel sms: password is to be in the environment variable SMPP_PASSWORD, and nothing is there",
      );
    });
    expect(() => wireChannels(fine(FINE), testTools(), env)).toThrow(/sms-2: access_key_secret: ENOENT/);
  });

  test("a callback path that can be guessed is refused", () => {
    withFile((yaml) => {
      expect(() => wireChannels(fine(yaml), testTools(), { ...env, ALI_TOKEN: "short" })).toThrow(
        "callback_token is short; make one with: openssl rand -hex 24",
      );
    });
  });

  test("a cloud by plain HTTP is refused, but on this machine", () => {
    withFile((yaml) => {
      const plain = yaml.replace("sign:", "protocol: http\n    sign:");
      expect(() => wireChannels(fine(plain), testTools(), env)).toThrow("write https");
      const own = plain.replace("protocol:", 'endpoint: "127.0.0.1:1"\n    protocol:');
      expect(() => wireChannels(fine(own), testTools(), env)).not.toThrow();
    });
  });
});
