/**
 * Checks a bundle of evidence with nothing but the bundle: `arrears verify BUNDLE`, and the last part of the `verify.mjs` in
 * each bundle, which is made of this file and of those of src/evidence. So it imports only them and Node's own modules.
 */
import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type BundleChecked, checkBundle, type Files, filesOfZip, headOfText } from "../../evidence/index.ts";

type Tongue = "en" | "zh";

export const sha256 = (bytes: Uint8Array): Uint8Array => createHash("sha256").update(bytes).digest();

/** The files of a bundle, from a folder or a ZIP archive; a text says why it cannot be read. */
export function readBundle(place: string): Files | string {
  const found = lstatSync(place, { throwIfNoEntry: false });
  if (!found) return `there is no ${place}`;
  if (found.isFile()) return filesOfZip(new Uint8Array(readFileSync(place)));
  const files = new Map<string, Uint8Array>();
  const walk = (folder: string): string | undefined => {
    for (const entry of readdirSync(join(place, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        const no = walk(path);
        if (no) return no;
      } else if (entry.isFile()) files.set(path, new Uint8Array(readFileSync(join(place, path))));
      // A link could lead to a file that is not in the bundle at all.
      else return `${path} is neither a file nor a folder`;
    }
    return undefined;
  };
  return walk("") ?? files;
}

/** The heads of a file that was handed out, one a line; a text says which line is none. */
export function readHeads(file: string): readonly string[] | string {
  const lines = readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.trim());
  const heads = lines.filter((line) => line !== "");
  const strange = heads.find((line) => headOfText(line) === undefined);
  return strange === undefined ? heads : `${file} has a line that is no head: ${strange}`;
}

const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

/** 《人民法院在线诉讼规则》, word for word as in law/cn/online-litigation-rules.md. */
export const LAW_QUOTES = {
  art16: "可以认定该电子数据上链后未经篡改，但有相反证据足以推翻的除外",
  art18: "提供证据证明上链存储前数据的真实性",
  evidence93: "电子数据是否在正常的往来活动中形成和存储",
} as const;

const SHOWS: Readonly<Record<Tongue, readonly string[]>> = {
  en: [
    "What this shows: the bundle holds the files that its manifest lists, byte for byte; and each fact stands in the lender's log as it was",
    "  sealed, at the latest at the time above. If you have a head of that log, or a time-stamp of one, from another hand than the lender's,",
    "  no fact under it was changed, removed or put in since.",
    "What it does not show: that a fact was true when it was written, or that nothing was left out before it was sealed; and that the readable",
    "  pages (statement, demands, catalogue) say what the facts say: they are covered by the manifest, and can be compared with the facts.",
    "  A court asks for that apart: Rules of the People's Courts on online litigation art. 18; Provisions on evidence in civil procedure art. 93.",
    "  Art. 16 (not changed after it was put on a chain, unless rebutted) speaks of blockchain storage; whether this log is that, no text that was read says.",
  ],
  zh: [
    "核验能说明：证据包内的文件与清单逐字节一致；每条事实均与出借人日志中封存的内容一致，封存时间不晚于上列时间。",
    "  如另有从出借人以外取得的日志头或其时间戳，则该日志头之下的事实此后未被改动、删除或插入。",
    "核验不能说明：事实在记录当时即为真实，或封存之前没有遗漏；以及便于阅读的页面（对账单、催收记录、目录）与事实一致——这些页面由清单覆盖，可与事实逐条核对。",
    `  封存之前的真实性须另行证明：《人民法院在线诉讼规则》第十八条“${LAW_QUOTES.art18}”；《最高人民法院关于民事诉讼证据的若干规定》第九十三条“${LAW_QUOTES.evidence93}”等因素。`,
    `  第十六条“${LAW_QUOTES.art16}”所指为区块链技术存储；本日志是否属于该情形，所读文本均未说明。`,
  ],
};

/** What was found, for people: findings first, each naming its file or its fact. */
export function linesOfChecked(checked: BundleChecked, tongue: Tongue): string[] {
  const zh = tongue === "zh";
  const { findings, manifest, head, sealed, headsAgreed } = checked;
  const lines: string[] = [];
  if (manifest)
    lines.push(
      zh
        ? `贷款 ${manifest.loan}（${manifest.lender}）证据包，截至 ${manifest.asOf}`
        : `bundle of loan ${manifest.loan} of ${manifest.lender}, as of ${manifest.asOf}`,
    );
  const row = (name: string, text: string): void => {
    lines.push(`  ${name}${zh ? "：" : ": "}${text}`);
  };
  row(zh ? "文件" : "files", `${checked.files}`);
  row(zh ? "事实" : "facts", `${checked.facts}`);
  if (sealed) row(zh ? "封存时间" : "sealed", `${utc(sealed.first)} ${zh ? "至" : "to"} ${utc(sealed.last)}`);
  if (head)
    row(
      zh ? "日志头" : "log head",
      zh
        ? `第 ${head.size} 批，${utc(head.at)}，${head.root}`
        : `size ${head.size}, ${utc(head.at)}, ${head.root}`,
    );
  if (headsAgreed > 0)
    row(
      zh ? "自备日志头" : "heads of yours",
      zh ? `${headsAgreed} 个与本日志一致` : `this log goes on from ${headsAgreed}`,
    );
  if (checked.manifestSha256) row(zh ? "清单 SHA-256" : "SHA-256 of the manifest", checked.manifestSha256);
  lines.push("");
  if (findings.length === 0) {
    lines.push(zh ? "全部一致。" : "Everything agrees.", "", ...SHOWS[tongue]);
    return lines;
  }
  lines.push(zh ? `发现 ${findings.length} 处不一致：` : `${findings.length} findings:`);
  for (const finding of findings) lines.push(`  ${finding[tongue]}`);
  return lines;
}

/** The same as one JSON object. */
export function jsonOfChecked(checked: BundleChecked): Record<string, unknown> {
  const { findings, manifest, head, sealed, headsAgreed, files, facts, manifestSha256 } = checked;
  return {
    bundle: manifest ? { lender: manifest.lender, loan: manifest.loan, asOf: manifest.asOf } : null,
    files,
    facts,
    manifestSha256: manifestSha256 ?? null,
    head: head ?? null,
    sealed: sealed ? { first: utc(sealed.first), last: utc(sealed.last) } : null,
    headsAgreed,
    findings: findings.map(({ code, at, en }) => ({ code, at, says: en })),
  };
}

/** What `verify.mjs` does: `node verify.mjs [BUNDLE] [--heads FILE] [--manifest SHA256] [--json] [--lang zh]`. */
export function runOffline(args: readonly string[], here: string, write: (text: string) => void): number {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(name);
    return at < 0 ? undefined : args[at + 1];
  };
  const named = args.filter(
    (arg, i) => !arg.startsWith("--") && !["--heads", "--manifest", "--lang"].includes(args[i - 1] ?? ""),
  );
  const locale = option("--lang") ?? process.env.LC_ALL ?? process.env.LANG ?? "";
  const tongue: Tongue = locale.toLowerCase().startsWith("zh") ? "zh" : "en";
  const files = readBundle(named[0] ?? here);
  const headsFile = option("--heads");
  const heads = headsFile === undefined ? [] : readHeads(headsFile);
  const manifestSha256 = option("--manifest");
  if (typeof files === "string" || typeof heads === "string") {
    write(`${[files, heads].filter((one) => typeof one === "string").join("\n")}\n`);
    return 1;
  }
  const known = { heads, ...(manifestSha256 === undefined ? {} : { manifestSha256 }) };
  const checked = checkBundle(sha256, files, known);
  write(
    args.includes("--json")
      ? `${JSON.stringify(jsonOfChecked(checked))}\n`
      : `${linesOfChecked(checked, tongue).join("\n")}\n`,
  );
  return checked.findings.length > 0 ? 1 : 0;
}
