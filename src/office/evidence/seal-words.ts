import { formatInstant } from "../../core/index.ts";
import type { Head } from "../../evidence/index.ts";
import type { SealedBatch, SealFinding } from "../../store/index.ts";
import { count, type Language } from "../io.ts";

type Words<A extends readonly unknown[]> = Readonly<Record<Language, (...args: A) => string>>;
const words = <A extends readonly unknown[]>(
  en: (...args: A) => string,
  zh: (...args: A) => string,
): Words<A> => ({ en, zh });

export const sealSay = {
  sealed: words(
    (facts: string, size: number, root: string) =>
      `${facts} facts sealed; the log's head is now of size ${size}: ${root}`,
    (facts, size, root) => `已封存 ${facts} 条事实；日志头现为第 ${size} 批：${root}`,
  ),
  nothing: words(
    () => "nothing new to seal",
    () => "没有待封存的新事实",
  ),
  gap: words(
    (key: string, seq: number) =>
      `fact ${seq} of ${key} is missing from the journal: nothing of it was sealed after that; arrears verify tells more`,
    (key, seq) => `${key} 的流水缺第 ${seq} 条：其后未封存；详见 arrears verify`,
  ),
  noSeals: words(
    () => "nothing is sealed in this book yet: arrears seal",
    () => "本账本尚无封存：请先运行 arrears seal",
  ),
  headsWritten: words(
    (heads: number, file: string) =>
      `${heads} heads written to ${file}. Give the file to somebody outside, or print it: it shows later that the log was not written anew.`,
    (heads, file) =>
      `已将 ${heads} 个日志头写入 ${file}。请交由外部保管或打印留存：日后可据以证明日志未被重写。`,
  ),
  stamped: words(
    (size: number, at: string, by: string) => `head of size ${size} stamped at ${at} by ${by}`,
    (size, at, by) => `第 ${size} 批日志头已由 ${by} 于 ${at} 加盖时间戳`,
  ),
  checked: words(
    (batches: string, sealed: string, unsealed: string) =>
      `seals: ${batches} batches, ${sealed} facts as they were sealed, ${unsealed} not sealed yet`,
    (batches, sealed, unsealed) => `封存：${batches} 批，${sealed} 条事实与封存一致，${unsealed} 条尚未封存`,
  ),
  headsAgreed: words(
    (agreed: number) => `  ${agreed} heads of the file agree with the log`,
    (agreed) => `  文件中的 ${agreed} 个日志头与日志一致`,
  ),
  badHeads: words(
    (says: string) => `${says}; a file of heads comes from arrears seal heads --out FILE`,
    (says) => `日志头文件无法读取：${says}；该文件由 arrears seal heads --out FILE 生成`,
  ),
  unsealed: words(
    (facts: number) => `${facts} facts of this loan are not sealed yet: run arrears seal, then again`,
    (facts) => `该贷款有 ${facts} 条事实尚未封存：请先运行 arrears seal，然后重试`,
  ),
  sealsBroken: words(
    (batch: number) =>
      `batch ${batch} is not as it was sealed, so no proof can be made from it: arrears verify says what was changed`,
    (batch) => `第 ${batch + 1} 批与封存时不符，无法出具证明：详见 arrears verify`,
  ),
  notEmpty: words(
    (place: string) => `${place} is there already and is not an empty folder; give a new name`,
    (place) => `${place} 已存在且不是空文件夹；请另给名称`,
  ),
  bundled: words(
    (place: string, files: number, facts: number) =>
      `${place}: ${files} files, ${facts} facts. Check it with: arrears verify ${place}`,
    (place, files, facts) => `${place}：${files} 个文件，${facts} 条事实。核验：arrears verify ${place}`,
  ),
  notPrinted: words(
    (says: string) => `no catalogue.pdf, only the HTML and CSV: ${says}`,
    (says) => `未生成 catalogue.pdf，仅有 HTML 与 CSV：${says}`,
  ),
  manifest: words(
    (sha256: string) => `SHA-256 of its manifest: ${sha256}`,
    (sha256) => `清单 SHA-256：${sha256}`,
  ),
  unreadable: words(
    (place: string, says: string) => `${place} cannot be read as a bundle: ${says}`,
    (place, says) => `${place} 无法作为证据包读取：${says}`,
  ),
} as const;

const OF_SEALS: Readonly<Record<SealFinding["code"], Words<[SealFinding]>>> = {
  "fact-missing": words(
    ({ seq, batch }) => `fact ${seq}, sealed in batch ${batch}, is missing from the journal`,
    ({ seq, batch }) => `第 ${seq} 条事实（封存于第 ${batch! + 1} 批）已不在流水中`,
  ),
  "fact-changed": words(
    ({ seq, batch }) => `fact ${seq} was changed after it was sealed in batch ${batch}`,
    ({ seq, batch }) => `第 ${seq} 条事实在第 ${batch! + 1} 批封存后被改动`,
  ),
  "salt-missing": words(
    ({ seq }) => `the salt of fact ${seq} is gone, and what it covers was not erased: it cannot be checked`,
    ({ seq }) => `第 ${seq} 条事实的盐值缺失而其内容未删除：无法核验`,
  ),
  "part-changed": words(
    ({ batch }) => `its share of batch ${batch} was changed`,
    ({ batch }) => `其在第 ${batch! + 1} 批中的封存记录被改动`,
  ),
  "batch-changed": words(
    () => "the batch was changed or taken away",
    () => "该批封存记录被改动或删除",
  ),
  "head-differs": words(
    ({ at }) => `the head of size ${at} is not the one that was: the log was changed or written anew`,
    ({ at }) => `第 ${at} 批的日志头与原先不一致：日志被改动或重写`,
  ),
};

export const sealFinding = (finding: SealFinding, language: Language): string =>
  OF_SEALS[finding.code][language](finding);

export const headLine = ({ size, at, root }: Head, zone: string): string =>
  `${count(size).padStart(6)}  ${formatInstant(zone, at)}  ${root}`;

export function tellSealed(sealed: SealedBatch, language: Language, out: (text: string) => void): void {
  for (const { bucket, n, seq } of sealed.gaps) out(sealSay.gap[language](`${bucket}/${n}`, seq));
  const { head, facts } = sealed;
  out(head ? sealSay.sealed[language](count(facts), head.size, head.root) : sealSay.nothing[language]());
}
