import type { EvidenceItem } from "../../documents/papers/index.ts";
import { checkBundle } from "../../evidence/index.ts";
import { rowsOfCsv } from "../../intake/index.ts";
import { readBundle, sha256 } from "../evidence/offline.ts";

/** The proofs of a bundle, and where it is. */
export interface Bundled {
  readonly place: string;
  readonly items: readonly EvidenceItem[];
}

/**
 * The catalogue of a bundle of evidence as a court's list of proofs: in Chinese, each with the hash of its file.
 *
 * Refuses, by a text, a bundle that cannot be read, does not check, or is of another loan: nothing of it is listed then.
 */
export function evidenceOfBundle(place: string, loan: string): Bundled | string {
  const files = readBundle(place);
  if (typeof files === "string") return files;
  const { findings, manifest } = checkBundle(sha256, files);
  const [wrong] = findings;
  if (wrong || !manifest)
    return `${place}: ${wrong?.at ?? "manifest"}: ${wrong?.en ?? "there is none"} / ${wrong?.zh ?? "缺失"}`;
  if (manifest.loan !== loan)
    return `${place} is of ${manifest.loan}, not of ${loan} / 证据包属于 ${manifest.loan}`;
  const hashes = new Map(manifest.files.map((file) => [file.path, file.sha256]));
  const [, ...rows] = rowsOfCsv(new TextDecoder().decode(files.get("catalogue.csv")));
  const items = rows.flatMap(([, name, source, proves, pages, path]) => {
    const hash = hashes.get(path ?? "");
    if (name === undefined || source === undefined || proves === undefined || pages === undefined || !hash)
      return [];
    return [
      {
        name: nameInChinese(name),
        source: inChinese(source),
        proves: inChinese(proves),
        pages,
        sha256: hash,
      },
    ];
  });
  return { place, items };
}

/** Texts of a bundle are in both languages, Chinese first: `对账单 / Statement of account`. */
function inChinese(text: string): string {
  const [chinese = text] = text.split(" / ");
  const open = (chinese.match(/（/g)?.length ?? 0) > (chinese.match(/）/g)?.length ?? 0);
  return open ? `${chinese}）` : chinese;
}

/** With what tells one paper from another of its kind: the name of the file, or the number of the letter. */
function nameInChinese(name: string): string {
  const document = /^(.+?) \/ [^:]+: (.+)$/.exec(name);
  if (document) return `${document[1]}（${document[2]}）`;
  const letter = /^(.+?) \/ Lawyer's letter (.+)$/.exec(name);
  return letter ? `${letter[1]}${letter[2]}` : inChinese(name);
}
