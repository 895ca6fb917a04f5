import type { House, Said } from "../../portal/index.ts";
import { YamlReader } from "../../yaml/index.ts";

/** What the operator set for one lender's borrowers. */
export interface PortalSettings extends House {
  readonly lender: string;
  /** The name in whose brackets a carrier sets a code; the lender's own name where none is given. */
  readonly sign?: string;
}

const KEYS = ["lender", "name", "sign", "phone", "hours", "pay", "help"];

/**
 * Reads `portal.yaml`: how borrowers reach a lender, and where their money goes. Every text in both languages.
 *
 * Refuses each mistake with its line.
 */
export function readPortalSettings(
  text: string,
  file: string,
):
  | { readonly ok: true; readonly lenders: readonly PortalSettings[] }
  | { readonly ok: false; readonly mistakes: readonly { readonly at: string; readonly says: string }[] } {
  const reader = new YamlReader(text, file);
  const top = reader.map(reader.root, ["lenders"], "the file");
  const lenders = (top ? reader.items(top.get("lenders"), "lenders", top.node) : []).map((item) => {
    const map = reader.map(item, KEYS, "a lender");
    if (!map) return undefined;
    const plain = (key: string): Record<string, string> => {
      const node = map.get(key);
      const value = node === undefined ? undefined : reader.text(node, key, map.node);
      return value === undefined ? {} : { [key]: value };
    };
    const said = (node: unknown): Said | undefined => {
      const two = reader.map(node as never, ["zh", "en"], "a text");
      const zh = two && reader.text(two.get("zh"), "zh", two.node);
      const en = two && reader.text(two.get("en"), "en", two.node);
      return zh === undefined || en === undefined ? undefined : { zh, en };
    };
    const list = (key: string): Said[] => {
      const node = map.get(key);
      return node === undefined ? [] : reader.items(node, key, map.node).flatMap((one) => said(one) ?? []);
    };
    const lender = reader.text(map.get("lender"), "lender", map.node);
    const hours = map.get("hours") === undefined ? undefined : said(map.get("hours"));
    return {
      ...plain("name"),
      ...plain("sign"),
      ...plain("phone"),
      ...(hours ? { hours } : {}),
      lender: lender ?? "",
      pay: list("pay"),
      help: list("help"),
    } satisfies PortalSettings;
  });
  if (reader.refusals.length > 0)
    return { ok: false, mistakes: reader.refusals.map(({ at = file, says }) => ({ at, says })) };
  return { ok: true, lenders: lenders.filter((one) => one !== undefined) };
}
