import { formatInstant } from "../../core/index.ts";
import { packFor, withBook } from "../../office/book.ts";
import { decisionJson } from "../../office/gate/json.ts";
import { Declined, type Io } from "../../office/io.ts";
import { type GateFacts, type ProposedStep, replay } from "../../policy/index.ts";
import { contactBegun } from "../../store/index.ts";
import { say } from "../messages.ts";

/**
 * Judges a contact again with what was known when it was made. Exit code 1 where another verdict comes out.
 *
 * A permit is named after the action that it let through, as the message and the journal name it.
 */
export function replayPermit(id: string, io: Io, place: string): Promise<number> {
  const zh = io.language === "zh";
  return withBook(place, io, async (db) => {
    const begun = await contactBegun(db, id);
    if (!begun)
      throw new Declined(
        zh
          ? `账本中没有触达 ${id}；名称见 arrears explain 或所发消息的文件名，例如 7-4096/2026-03-06/message`
          : `the book has no contact ${id}; arrears explain and the message's file name it, as 7-4096/2026-03-06/message`,
      );
    const { fact, zone } = begun;
    const pack = await packFor(db, begun.lender);
    if (typeof fact.judged !== "object" || !fact.verdict)
      throw new Declined(
        zh
          ? "该触达未保存判定所依据的事实，或其个人信息已删除"
          : "this contact was recorded without what was known then, or that was erased",
      );
    if (!pack) throw new Declined(say.noPack[io.language](begun.lender.pack));
    const { step, facts } = fact.judged as { step: ProposedStep; facts: GateFacts };
    const again = replay({ pack: fact.pack, verdict: fact.verdict, rules: fact.rules, step, facts }, pack);
    io.object({
      permit: id,
      at: formatInstant(zone, fact.at),
      recorded: { pack: fact.pack, verdict: fact.verdict, rules: fact.rules },
      again: { pack: pack.version, ...decisionJson(again.decision, zone) },
      samePack: again.samePack,
      sameVerdict: again.sameVerdict,
      gone: again.gone,
      added: again.added,
    });
    io.out(`${id} · ${fact.via} · ${formatInstant(zone, fact.at)}`);
    const words = zh ? { before: "当时", now: "重判" } : { before: "then", now: "again" };
    io.out(`${words.before}: ${fact.verdict} (${fact.pack}: ${fact.rules.join(", ")})`);
    io.out(`${words.now}: ${again.decision.verdict} (${pack.version})`);
    if (!again.samePack)
      io.out(
        zh
          ? `合规包版本不同；多出规则：${again.added.join("、") || "无"}；缺少规则：${again.gone.join("、") || "无"}`
          : `another version of the pack; rules added: ${again.added.join(", ") || "none"}; gone: ${again.gone.join(", ") || "none"}`,
      );
    for (const { rule, outcome } of again.decision.because)
      if (outcome.outcome !== "allow")
        io.out(`  ${rule.id}  ${"says" in outcome ? outcome.says[io.language] : ""}`);
    return again.sameVerdict ? 0 : 1;
  });
}
