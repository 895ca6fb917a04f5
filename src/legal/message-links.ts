/** An address in the net that a message gives, and whose it is as far as its name tells. */
export interface Link {
  readonly text: string;
  readonly host: string;
  readonly whose: LinkOwner;
}

/**
 * `courts`: under court.gov.cn, where only courts are. `delivery`: one of the services by which some courts are known to
 * deliver papers, under a name of their own. `look-alike`: made to be taken for a court's. `short`: hides where it leads.
 */
export type LinkOwner =
  | "courts"
  | "delivery"
  | "government"
  | "look-alike"
  | "short"
  | "bare-number"
  | "other";

/** Services that courts were seen to use, by reports and by programs that lawyers use; the courts publish no such list. */
const DELIVERY = ["sd.gdems.com", "jysd.10102368.com", "dzsd.hbfy.gov.cn", "sfpt.cdfy12368.gov.cn"];
const SHORTENERS = [
  "t.cn",
  "dwz.cn",
  "url.cn",
  "suo.im",
  "suo.nz",
  "u.nu",
  "bit.ly",
  "tinyurl.com",
  "goo.gl",
  "3.cn",
  "a.co",
  "is.gd",
  "mrw.so",
  "c1n.cn",
  "sourl.cn",
  "xsurl.cn",
];
/** What a name holds that wants to be taken for a court's. */
const POSING = /court|zxfw|12368|fayuan|fy\d*-?gov|susong|sifa|songda|zhixing|gov-?cn|-gov\b|govcn/u;

const WITH_SCHEME = /https?:\/\/[^\s\p{Script=Han}，。；、）)】》"'<>「」]{3,300}/giu;
const ENDINGS =
  "com|cn|net|org|top|xyz|vip|cc|info|shop|club|ink|site|app|link|me|co|icu|tk|ml|gov|wang|ltd|fun|online|store|tech|pro|mobi|biz|im|nz|nu|so|gd|ly|gl";
const BARE = new RegExp(
  `(?<![\\w@./-])(?:[a-z0-9-]{1,40}\\.){1,5}(?:${ENDINGS})(?![\\w-])(?::\\d{1,5})?(?:/[^\\s\\p{Script=Han}，。；、）)】》"'<>]{0,300})?`,
  "giu",
);

/** The addresses of a text in their order, each with what its name tells. */
export function linksIn(text: string): Link[] {
  const links: Link[] = [];
  const rest = text.replace(WITH_SCHEME, (found) => {
    links.push(linkOf(found));
    return " ".repeat(found.length);
  });
  for (const found of rest.match(BARE) ?? []) links.push(linkOf(found));
  return links;
}

function linkOf(text: string): Link {
  const authority = text.replace(/^https?:\/\//iu, "").split(/[/?#]/u)[0]!;
  // What stands before an @ is no part of the place that it leads to.
  const [, tricked, place] = /^(?:(.*)@)?(.*)$/su.exec(authority)!;
  const host = place!
    .replace(/:\d{1,5}$/u, "")
    .replace(/\.$/u, "")
    .toLowerCase();
  return { text, host, whose: tricked === undefined ? whoseIs(host) : "look-alike" };
}

const isUnder = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

function whoseIs(host: string): LinkOwner {
  if (isUnder(host, "court.gov.cn")) return "courts";
  if (DELIVERY.some((one) => isUnder(host, one))) return "delivery";
  if (/^[\d.]+$/u.test(host) || host.includes(":")) return "bare-number";
  // Letters of other scripts that look like ours arrive as xn--.
  if (host.split(".").some((part) => part.startsWith("xn--")) || /[^a-z0-9.-]/u.test(host))
    return "look-alike";
  if (isUnder(host, "gov.cn")) return "government";
  if (SHORTENERS.some((one) => isUnder(host, one))) return "short";
  return POSING.test(host) ? "look-alike" : "other";
}
