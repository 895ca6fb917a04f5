import { valueOn } from "../../../packs/params.ts";
import { type ErasureHold, formatDay } from "../../core/index.ts";
import { packFor, todayAt } from "../../office/book.ts";
import { sha256 } from "../../office/evidence/offline.ts";
import { Declined, type Io, WrongUse } from "../../office/io.ts";
import type { Pack } from "../../policy/index.ts";
import { type Erasure, eraseBorrower } from "../../store/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { withLender } from "./team.ts";

export const options = {
  by: { type: "string" },
  ground: { type: "string" },
  lender: { type: "string" },
  at: { type: "string" },
  "dry-run": { type: "boolean" },
  yes: { type: "boolean" },
} as const;

/** Years where a pack says nothing: the longest that any text read asks for. */
const USUAL_YEARS = 5;

export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const [borrower] = asked.words;
  const example = 'arrears erase B000123 --by "Li Na" --ground "his wish of 2031-05-02"';
  if (!borrower) throw new WrongUse(say.missing[io.language]("BORROWER", example));
  const [by, ground] = [asked.text("by"), asked.text("ground")];
  if (!by) throw new WrongUse(say.missing[io.language]("--by NAME", example));
  if (!ground) throw new WrongUse(say.missing[io.language]("--ground TEXT", example));
  return withLender(asked, io, place, async ({ db, lender, now }) => {
    const years = yearsOf(await packFor(db, lender), todayAt(lender, io));
    const erasing = { borrower, by, ground, years, now, hash: sha256, dryRun: !asked.flag("yes") };
    const result = await eraseBorrower(db, lender, erasing);
    if (!result.ok) throw new Declined(result.refusal.says);
    tell(result.value, io);
    return result.value.holds.length > 0 ? 1 : 0;
  });
}

/** The longest time for which any text of the pack keeps records. */
function yearsOf(pack: Pack | undefined, on: ReturnType<typeof todayAt>): number {
  const named = Object.keys(pack?.params ?? {}).filter((name) => name.startsWith("record.retention"));
  const years = named.map((name) => valueOn(pack!.params, name, on)?.value as { years?: number } | undefined);
  return Math.max(...years.map((value) => value?.years ?? 0), years.length === 0 ? USUAL_YEARS : 0);
}

const HOLDS: Readonly<Record<ErasureHold["code"], { en: string; zh: string }>> = {
  "still-owed": { en: "still owed", zh: "债务尚未了结" },
  "kept-by-law": { en: "records are kept until", zh: "记录保存期限未满，至" },
  "on-hold": { en: "a hold stands (dispute, complaint or the like)", zh: "存在暂停事由（异议、投诉等）" },
  waiting: { en: "facts wait for the close of their day", zh: "有事实待日终入账" },
  "action-open": { en: "an action to him is planned or under way", zh: "有已计划或进行中的动作" },
  "not-sealed": { en: "facts are not sealed yet: arrears seal", zh: "有事实尚未封存：arrears seal" },
};

function tell(erasure: Erasure, io: Io): void {
  const { holds, ...rest } = erasure;
  io.object({
    ...rest,
    holds: holds.map(({ until, ...hold }) => ({
      ...hold,
      ...(until === undefined ? {} : { until: formatDay(until) }),
    })),
  });
  const zh = io.language === "zh";
  const { facts, values, fields, loans } = erasure;
  io.out(`${erasure.borrower} · ${loans.join(", ")}`);
  io.out(
    zh
      ? `  ${facts} 条事实中的 ${values} 项个人信息；借款人资料：${fields.join("、") || "无"}`
      : `  ${values} personal values in ${facts} facts; of his row: ${fields.join(", ") || "nothing"}`,
  );
  for (const { code, loans: of, until } of holds)
    io.out(
      `  ${zh ? "不可删除" : "not yet"}: ${HOLDS[code][io.language]}${until === undefined ? "" : ` ${formatDay(until)}`}${of ? ` (${of.join(", ")})` : ""}`,
    );
  if (holds.length > 0) return;
  if (erasure.done)
    io.out(
      zh
        ? "已删除，并记为一条事实。备份和已交出的文件不在此列。"
        : "erased, and written down as a fact. Backups and files that were handed out are not reached.",
    );
  else
    io.out(
      zh
        ? "以上为预览；加 --yes 执行，不可恢复。"
        : "nothing was changed: add --yes, which cannot be undone.",
    );
}
