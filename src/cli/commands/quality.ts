import {
  CHECK_CODES,
  CHECK_REASONS,
  dayAt,
  formatDay,
  instantAt,
  nearest,
  sampleOf,
} from "../../core/index.ts";
import { dayOption } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { type ContactToCheck, contactsToCheck, recordCheck } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { shareOf, withLender } from "./team.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;

export const options = {
  lender: TEXT,
  at: TEXT,
  from: TEXT,
  to: TEXT,
  seed: TEXT,
  each: TEXT,
  complaints: TEXT,
  by: TEXT,
  pass: FLAG,
  fail: FLAG,
  reasons: TEXT,
  note: TEXT,
} as const;

const VERBS = ["sample", "record", "report"];

/** Samples contacts for a check, records what a check found, and counts it for each collector. */
export function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [verb, contact] = asked.words;
  if (verb === undefined || !VERBS.includes(verb)) {
    const near = verb === undefined ? "sample" : (nearest(verb, VERBS) ?? "sample");
    throw new WrongUse(
      say.missing[io.language](
        VERBS.join(" | "),
        `arrears quality ${near} --from 2026-03-01 --to 2026-03-31`,
      ),
    );
  }
  if (verb === "record") return record(asked, contact, io, place);
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    const today = dayAt(lender.zone, now);
    const from = dayOption(asked.text("from"), "--from", io) ?? ((today - 30) as typeof today);
    const to = dayOption(asked.text("to"), "--to", io) ?? today;
    const contacts = await contactsToCheck(db, lender, { from, to });
    if (verb === "report") return report(contacts, io);
    const rules = {
      seed: whole(asked.text("seed") ?? "1", "seed", io),
      each: whole(asked.text("each") ?? "5", "each", io),
      complaintPercent: Math.min(100, whole(asked.text("complaints") ?? "100", "complaints", io)),
    };
    const sampled = sampleOf(contacts, rules);
    const of = new Map(contacts.map((one) => [one.contact, one]));
    for (const one of sampled) io.object({ ...sampleJson(of.get(one.contact)!), why: one.why });
    io.object({
      from: formatDay(from),
      to: formatDay(to),
      ...rules,
      contacts: contacts.length,
      sampled: sampled.length,
    });
    const zh = io.language === "zh";
    const header = zh
      ? ["触达", "催收员/机构", "日期", "结果", "抽中原因", "质检"]
      : ["contact", "by", "on", "result", "drawn as", "checked"];
    const rows = sampled.map((one) => {
      const { on, code, checked } = of.get(one.contact)!;
      return [one.contact, one.by, formatDay(on), code, one.why, checked?.result ?? ""];
    });
    io.out(table(header, rows, ["left", "left", "left", "left", "left", "left"]));
    return 0;
  });
}

function whole(text: string, option: string, io: Io): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new WrongUse(
    io.language === "zh" ? `--${option} 应为整数` : `--${option} is a whole number, found ${text}`,
  );
}

const sampleJson = ({ contact, by, complaint, on, code, borrower, checked }: ContactToCheck) => ({
  contact,
  by,
  complaint,
  on: formatDay(on),
  code,
  borrower,
  checked: checked ? { result: checked.result, reasons: checked.reasons, by: checked.by } : null,
});

function record(asked: Asked, contact: string | undefined, io: Io, place: string): Promise<number> {
  const example = "arrears quality record 7-4096/2026-03-06/call --by anna --fail --reasons identity";
  if (!contact) throw new WrongUse(say.missing[io.language]("CONTACT", example));
  const by = asked.text("by");
  if (!by) throw new WrongUse(say.missing[io.language]("--by", example));
  if (asked.flag("pass") === asked.flag("fail"))
    throw new WrongUse(say.missing[io.language]("--pass | --fail", example));
  const reasons = (asked.text("reasons") ?? "").split(",").filter((one) => one !== "");
  const strange = reasons.find((one) => !CHECK_CODES.includes(one));
  if (strange !== undefined || (asked.flag("fail") && reasons.length === 0))
    throw new WrongUse(
      say.missing[io.language](
        `--reasons: ${CHECK_CODES.join(", ")}`,
        `--reasons ${strange === undefined ? CHECK_CODES[0] : (nearest(strange, CHECK_CODES) ?? CHECK_CODES[0])}`,
      ),
    );
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    // Contacts are looked for as far back as records have to be kept.
    const from = (dayAt(lender.zone, now) - 366 * 2) as ReturnType<typeof dayAt>;
    const all = await contactsToCheck(db, lender, { from, to: dayAt(lender.zone, now) });
    const found = all.find((one) => one.contact === contact);
    if (!found)
      throw new Declined(
        io.language === "zh"
          ? `没有触达 ${contact}；arrears quality sample 列出可质检的触达`
          : `no contact ${contact} with a result; arrears quality sample lists them`,
      );
    const note = asked.text("note");
    const result = asked.flag("pass") ? ("pass" as const) : ("fail" as const);
    await recordCheck(db, found.key, lender.zone, {
      at: Math.max(now, instantAt(lender.zone, found.on, 0)),
      collector: found.by,
      contact,
      by,
      result,
      reasons,
      ...(note === undefined ? {} : { note }),
    });
    io.object({ contact, collector: found.by, by, result, reasons });
    io.out(`${contact} · ${found.by} · ${result}${reasons.length > 0 ? ` · ${reasons.join(", ")}` : ""}`);
    return 0;
  });
}

function report(contacts: readonly ContactToCheck[], io: Io): number {
  const strata = new Map<string, ContactToCheck[]>();
  for (const one of contacts) strata.set(one.by, [...(strata.get(one.by) ?? []), one]);
  const rows: string[][] = [];
  for (const [by, own] of [...strata].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const checked = own.filter((one) => one.checked);
    const failed = checked.filter(({ checked: one }) => one!.result === "fail");
    const reasons: Record<string, number> = {};
    for (const { checked: one } of failed)
      for (const code of one!.reasons) reasons[code] = (reasons[code] ?? 0) + 1;
    const passed = checked.length - failed.length;
    const complaints = own.filter(({ complaint }) => complaint).length;
    const passShare = shareOf(passed, checked.length);
    io.object({
      by,
      contacts: own.length,
      complaints,
      checked: checked.length,
      passed,
      failed: failed.length,
      passShare,
      reasons,
    });
    const words = Object.entries(reasons)
      .sort((a, b) => b[1] - a[1])
      .map(
        ([code, times]) => `${CHECK_REASONS.find((one) => one.code === code)!.says[io.language]} × ${times}`,
      );
    rows.push([
      by,
      ...[own.length, complaints, checked.length, passed, failed.length].map(String),
      passShare ?? "–",
      words.join(", "),
    ]);
  }
  const header =
    io.language === "zh"
      ? ["催收员/机构", "触达", "投诉", "已质检", "合格", "不合格", "合格率", "问题"]
      : ["by", "contacts", "complaints", "checked", "passed", "failed", "pass %", "found"];
  io.out(table(header, rows, ["left", "right", "right", "right", "right", "right", "right", "left"]));
  return 0;
}
