import { loadWords } from "../../packs/load.ts";
import { day } from "../../src/core/index.ts";
import { findWords, type WordContext } from "../../src/policy/index.ts";

const SECONDS_MEASURED = 2;
const CHARACTERS = 200;
const BIG = 100_000;

const ZH =
  "【示例小贷】您有1笔贷款自2026-11-01起逾期，截至2026-11-25应还1046.50元（含逾期利息1.20元）。请仅通过我们的官方渠道还款。如暂时无法还款，可与我们协商分期或延期；如已还款或对金额有异议，请与我们联系，我们将先核查。我们不会联系您的家人和单位，也不会上门，本消息不是法院文书。";
const EN =
  "Demo Bank: CNY 1,046.50 is past due on your loan since 2026-11-01. If you cannot pay, ask us about smaller parts or a later day. If you have paid, or the amount is wrong, please contact us. We will not call your family.";
const BAD =
  "这里是法院执行局，你已涉嫌诈骗，今天不还就报警，并通知你父母和单位领导，把你的照片发到网上，否则后果自负。";

/** What it costs to read a text by every rule on words of a place and of the house. */
export async function benchWords(
  args: Map<string, string>,
  progress: (text: string) => void,
): Promise<Record<string, unknown>> {
  const seconds = Number(args.get("seconds") ?? SECONDS_MEASURED);
  const rules = [...loadWords("cn"), ...loadWords("us"), ...loadWords("house")];
  const context: WordContext = { kind: "text", on: day("2026-11-25") };
  const sized = (text: string, size: number) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
  const cpu = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  const micros = (name: string, text: string): number => {
    progress(name);
    let rounds = 0;
    const run = (until: number): number => {
      const start = cpu();
      rounds = 0;
      do {
        for (let i = 0; i < 20; i++) findWords(text, context, rules);
        rounds += 20;
      } while (cpu() < start + until);
      return ((cpu() - start) / rounds) * 1e6;
    };
    run(seconds / 2);
    return run(seconds);
  };
  const start = cpu();
  findWords("", context, rules);
  const build = (cpu() - start) * 1e3;
  const zh = micros("Chinese", sized(ZH, CHARACTERS));
  const en = micros("English", sized(EN, CHARACTERS));
  const bad = micros("full of findings", sized(BAD, CHARACTERS));
  const big = micros("100 kB", sized(ZH, BIG));
  return {
    bench: "words",
    rules: rules.length,
    characters: CHARACTERS,
    targetMicros: 20,
    // The slower of the two languages.
    microsAMessage: Math.max(zh, en),
    microsChinese: zh,
    microsEnglish: en,
    microsFullOfFindings: bad,
    nanosACharacterIn100kB: (big * 1e3) / BIG,
    millisToBuild: build,
  };
}
