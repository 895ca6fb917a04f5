import type { BlockList } from "node:net";
import type { Instant } from "../core/index.ts";
import { readLetterCode } from "../documents/letter-code.ts";
import { type Attempts, clientOf } from "./attempts.ts";
import type { Answer, Request } from "./http.ts";
import type { PublicLetter, PublicLetters } from "./public-letter.ts";
import { type Form, readForm } from "./upload.ts";
import {
  CONTENT_POLICY,
  formPage,
  letterPage,
  mistypedPage,
  nothingPage,
  type PageLanguage,
  plainPage,
  type Shown,
  troublePage,
} from "./verify-page.ts";
import { WORDS } from "./verify-words.ts";

export interface Pages {
  readonly letters: PublicLetters;
  readonly attempts: Attempts;
  readonly proxies: BlockList;
  /** Largest file that is compared. */
  readonly mostBytes: number;
  /** Zone in which instants are told. */
  readonly zone: string;
  /** Where the borrower's own pages begin, on a server that has them. */
  readonly onward?: string;
  now(): Instant;
  /** What went wrong here, for the one who runs it: never a code. */
  log(says: string): void;
}

/**
 * Answers for the public pages: `GET /verify`, `GET /verify/CODE`, and `POST` to either with a PDF to compare.
 *
 * Holds    a code that nobody was given gets the same page, status and work as any other such code; what is private is in
 *          no page, since `PublicLetter` has no field for it; nothing that was sent is kept or shown again.
 */
export async function answer(request: Request, pages: Pages): Promise<Answer> {
  const place = placeOf(request.target);
  const show: Shown = {
    language: languageOf(request),
    zone: pages.zone,
    path: place?.code === undefined ? "/verify" : `/verify/${place.code}`,
    ...(pages.onward === undefined ? {} : { onward: pages.onward }),
  };
  const words = <W extends { zh: string; en: string }>(word: W): string => word[show.language];
  if (!place) return reply(show, 404, plainPage({ ...show, path: "/verify" }, words(WORDS.nowhere)));
  if (place.root) return reply(show, 303, "", { location: "/verify" });
  if (!["GET", "HEAD", "POST"].includes(request.method))
    return reply(show, 405, plainPage(show, words(WORDS.notSo)), { allow: "GET, HEAD, POST" });
  const answered =
    request.method === "POST"
      ? await compare(request, place.code, show, pages)
      : place.code === undefined
        ? reply(show, 200, formPage(show))
        : await found(request, place.code, show, pages, (letter, code) =>
            reply(show, 200, letterPage(show, code, letter)),
          );
  return request.method === "HEAD" ? { ...answered, body: "" } : answered;
}

interface Place {
  readonly root: boolean;
  /** In its usual form; what is no code is not written into a page or an address again, and stands here as `0`. */
  readonly code?: string;
}

/** Where a target leads; `undefined` where there is no page. Only these shapes are known, so there is no path to climb. */
function placeOf(target: string): Place | undefined {
  const [path = ""] = target.split("?", 1);
  if (path === "/") return { root: true };
  if (/^\/verify\/?$/.test(path)) return { root: false };
  const typed = /^\/verify\/([^/]{1,100})\/?$/.exec(path)?.[1];
  if (typed === undefined) return undefined;
  const read = readLetterCode(decoded(typed));
  return { root: false, code: read.ok ? read.code : "0" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** Chinese, unless somebody asked for English by the link or prefers it in the browser. */
function languageOf({ headers, target }: Request): PageLanguage {
  const asked = new URLSearchParams(target.split("?")[1]).get("lang");
  if (asked === "zh" || asked === "en") return asked;
  const preferred = /\b(zh|en)\b/i.exec(headers["accept-language"] ?? "");
  return preferred?.[1]?.toLowerCase() === "en" ? "en" : "zh";
}

async function compare(
  request: Request,
  inPath: string | undefined,
  show: Shown,
  pages: Pages,
): Promise<Answer> {
  const tooMany = counted(request, show, pages);
  // Refused before the body is read: who asks too often does not make us hash as well.
  if (tooMany) return closing(tooMany);
  const read = await readForm(request, pages.mostBytes);
  const words = <W extends { zh: string; en: string }>(word: W): string => word[show.language];
  if (!read.ok) {
    const megabytes = Math.floor(pages.mostBytes / 1_000_000);
    const body =
      read.status === 413
        ? plainPage(show, words(WORDS.tooLarge), WORDS.tooLargeSays[show.language](megabytes))
        : plainPage(show, words(WORDS.unreadable), words(WORDS.unreadableSays));
    return closing(reply(show, read.status, body));
  }
  const typed = inPath ?? read.form.code ?? "";
  return found(
    request,
    typed,
    show,
    pages,
    (letter, code) => {
      const file: Form["file"] | "none" = read.form.file ?? (inPath === undefined ? undefined : "none");
      const at = { ...show, path: `/verify/${code}` };
      return file === undefined
        ? reply(show, 303, "", { location: `/verify/${code}?lang=${show.language}` })
        : reply(show, 200, letterPage(at, code, letter, file));
    },
    true,
  );
}

/** Looks a code up and shows what there is; every code that leads to nothing is answered alike. */
async function found(
  request: Request,
  typed: string,
  show: Shown,
  pages: Pages,
  then: (letter: PublicLetter, code: Parameters<PublicLetters["byCode"]>[0]) => Answer,
  isCounted = false,
): Promise<Answer> {
  const start = { ...show, path: "/verify" };
  const read = readLetterCode(typed);
  if (!read.ok) return reply(show, 404, mistypedPage(start));
  const tooMany = isCounted ? undefined : counted(request, show, pages);
  if (tooMany) return tooMany;
  let letter: PublicLetter | undefined;
  try {
    letter = await pages.letters.byCode(read.code);
  } catch (error) {
    pages.log(`not looked up: ${error instanceof Error ? error.message : String(error)}`);
    return reply(show, 503, troublePage(start), { "retry-after": "60" });
  }
  return letter ? then(letter, read.code) : reply(show, 404, nothingPage(start));
}

function counted(request: Request, show: Shown, { attempts, proxies, now }: Pages): Answer | undefined {
  const client = clientOf(request.peer, request.headers["x-forwarded-for"], proxies);
  const seconds = attempts.take(client, now());
  if (seconds === undefined) return undefined;
  const { language } = show;
  const body = plainPage(
    { ...show, path: "/verify" },
    WORDS.tooMany[language],
    WORDS.tooManySays[language](seconds),
  );
  return reply(show, 429, body, { "retry-after": String(seconds) });
}

/** What was not read to its end cannot be followed by another request. */
const closing = (answered: Answer): Answer => ({
  ...answered,
  headers: { ...answered.headers, connection: "close" },
});

function reply(
  { language }: Shown,
  status: number,
  body: string,
  more: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    body,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-language": language === "zh" ? "zh-CN" : "en",
      "content-security-policy": CONTENT_POLICY,
      "cache-control": "no-store",
      vary: "accept-language",
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      ...more,
    },
  };
}
