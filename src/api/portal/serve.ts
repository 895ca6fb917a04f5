import { createHash, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { dayAt } from "../../core/index.ts";
import { sourceIn, valueIn } from "../../legal/index.ts";
import {
  type FILE_WRONG,
  HELP_FOR,
  type HelpLine,
  html,
  NO_HOUSE,
  pageText,
  type Said,
  SCRIPT,
  type Show,
  say,
  tagOf,
} from "../../portal/index.ts";
import { cookieOf, isFromHere, whoAsks } from "../access/authenticate.ts";
import { csrfOf, isSame, maskedToken, unmaskedToken } from "../access/secrets.ts";
import type { Api } from "../api.ts";
import { Problem } from "../http/problem.ts";
import type { Who } from "../route.ts";
import type { Scanner } from "../scanner.ts";
import { takeDocument } from "../take-document.ts";
import { type Island, serveAssets } from "./assets.ts";
import { cookieNames, LOOK_COOKIE, setCookie } from "./cookies.ts";
import { OPEN_PAGES, OWN_PAGES } from "./pages.ts";
import type { OwnVisit, PortalGiven, PortalPage, Reply, Visit } from "./visit.ts";

const MOST_FORM = 64 * 1024;
const MOST_DOCUMENT = 10_100_000;
/** Short fields beside a document: the token, and what it is of. */
const MOST_FIELDS = 4;
const YEAR_MS = 365 * 86_400_000;

const hashed = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/**
 * The borrower's pages: plain HTML from the server, each of which works without script. Whoever signed in sees what is his and cannot name
 * anything else; every page of his is in the log of accesses before it is answered.
 */
export function servePortal(fastify: FastifyInstance, api: Api, portal: PortalGiven): void {
  const islands = serveAssets(fastify, portal.islands);
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${hashed(SCRIPT)}`,
    `style-src ${hashed(portal.style)}`,
    "img-src 'self'",
    "manifest-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  const desk: Desk = { api, portal, policy, islands };
  fastify.register(async (inner) => {
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: MOST_FORM },
      (_request, text, done) => done(null, text),
    );
    inner.setErrorHandler(async (error, request, reply) => failed(desk, error, request, reply));
    const add = (
      scope: FastifyInstance,
      page: PortalPage,
      more: { readonly bodyLimit?: number } = {},
    ): void => {
      scope.route({
        ...more,
        method: page.method,
        url: page.url,
        schema: { hide: true },
        handler: (request, reply) => answer(desk, page, request, reply),
      });
    };
    const takes = (page: PortalPage): boolean => !page.open && page.takesDocument === true;
    const pages: readonly PortalPage[] = [...OPEN_PAGES, ...OWN_PAGES];
    for (const page of pages) if (!takes(page)) add(inner, page);
    inner.register(async (deeper) => {
      deeper.removeAllContentTypeParsers();
      // It is read later, as a stream, once it is known who sends it.
      deeper.addContentTypeParser("multipart/form-data", (_request, payload, done) => done(null, payload));
      for (const page of pages) if (takes(page)) add(deeper, page, { bodyLimit: MOST_DOCUMENT });
    });
  });
}

interface Desk {
  readonly api: Api;
  readonly portal: PortalGiven;
  readonly policy: string;
  readonly islands: ReadonlyMap<string, Island>;
}

async function answer(
  desk: Desk,
  page: PortalPage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { api } = desk;
  const client = request.client ?? "";
  const wait = api.attempts.take(client, api.now());
  const visit = await visitOf(desk, request);
  if (wait !== undefined) {
    reply.header("retry-after", String(wait));
    return written(desk, visit, { page: plain(visit.show, TROUBLE.tooMany), status: 429 }, reply);
  }
  if (page.method === "POST" && !isFromHere(request))
    return written(desk, visit, { page: plain(visit.show, TROUBLE.elsewhere), status: 403 }, reply);
  if (page.open) return written(desk, visit, await page.handle(visit), reply);
  const { who } = visit;
  if (!who) return written(desk, visit, { to: "/enter" }, reply);
  request.who = who;
  const { form, ...sent } = page.takesDocument ? await documentOf(request, api.scan) : { form: visit.form };
  // Of a form that could not be read to its end nothing is done, and its page says why.
  const isRead = !("document" in sent && "wrong" in sent.document);
  if (
    page.method === "POST" &&
    isRead &&
    !isSame(unmaskedToken(form.get("csrf") ?? ""), csrfOf(who.session!.secret))
  )
    return written(desk, visit, { page: plain(visit.show, TROUBLE.elsewhere), status: 403 }, reply);
  const { lender } = who;
  const files = await api.reads.loansOf(lender, who.party!);
  const own: OwnVisit = { ...visit, ...sent, form, who, lender, files };
  // A loan that is not his looks like one that does not exist.
  const named = own.params.loan ?? own.query.get("loan") ?? own.form.get("loan") ?? "";
  const isHis = named === "" || files.some(({ id }) => id === named);
  const done: Reply = isHis
    ? await page.handle(own)
    : { page: plain(visit.show, TROUBLE.nowhere), status: 404 };
  await api.accessLog.write({
    lender: lender.code,
    at: visit.now,
    id: randomUUID(),
    who: who.id,
    role: who.role,
    action: page.id,
    relation: isHis ? "himself" : "somebody-else",
    subject: `borrower ${who.party}`,
    allowed: isHis,
    status: "page" in done ? (done.status ?? 200) : "to" in done ? 303 : 200,
    remark: null,
  });
  return written(desk, own, done, reply);
}

/** The form of a page that takes a document. */
async function documentOf(
  request: FastifyRequest,
  scan: Scanner | undefined,
): Promise<Required<Pick<OwnVisit, "form" | "document">>> {
  const type = request.headers["content-type"] ?? "";
  const nothing = (wrong: keyof typeof FILE_WRONG) => ({ form: new URLSearchParams(), document: { wrong } });
  if (!(request.body instanceof Readable)) return nothing("none");
  try {
    const { fields, name, bytes } = await takeDocument(request.body, type, scan, MOST_FIELDS);
    return { form: fields, document: bytes.length === 0 ? { wrong: "none" } : { name, bytes } };
  } catch (error) {
    if (!(error instanceof Problem) || error.code === "unavailable") throw error;
    return nothing(error.code === "too-large" ? "too-large" : error.code === "refused" ? "unsafe" : "none");
  }
}

type AnyVisit = Visit & { readonly who?: Who };

async function visitOf({ api, portal }: Desk, request: FastifyRequest): Promise<AnyVisit> {
  const url = new URL(request.url, "http://here");
  const query = url.searchParams;
  const form = new URLSearchParams(typeof request.body === "string" ? request.body : "");
  const who = await whoAsks(api, request, cookieNames(api.secure).session);
  const mine = who?.role === "borrower" && who.party !== null ? who : undefined;
  const lender = mine?.lender;
  const place = lender?.pack ?? portal.place;
  const help = helpOf(api, place, lender?.zone ?? "Asia/Shanghai");
  const [look = "", size = ""] = (cookieOf(request.headers.cookie, LOOK_COOKIE) ?? "").split(".");
  const kept = new URLSearchParams(query);
  for (const name of ["lang", "text"]) kept.delete(name);
  const asked = query.get("lang") ?? look;
  const language = asked === "zh" || asked === "en" ? asked : preferred(request);
  const show: Show = {
    language,
    zone: lender?.zone ?? "Asia/Shanghai",
    path: `${url.pathname}${kept.size > 0 ? `?${kept}` : ""}`,
    large: (query.get("text") ?? size) === "large",
    house: lender ? portal.house(lender.code) : NO_HOUSE,
    laws: portal.laws,
    place,
    help,
    ...(mine?.session ? { csrf: maskedToken(csrfOf(mine.session.secret)) } : {}),
  };
  return {
    api,
    portal,
    request,
    now: api.now(),
    client: request.client ?? "",
    show,
    params: request.params as Readonly<Record<string, string>>,
    query,
    form,
    ...(mine ? { who: mine } : {}),
  };
}

/** Who else helps at a place, as its pack names them today. */
function helpOf(api: Api, place: string, zone: string): readonly HelpLine[] {
  const pack = api.shelves.pack(place, []);
  const on = dayAt(zone, api.now() as never);
  return HELP_FOR.flatMap((name) => {
    const source = sourceIn(pack, `help-line.${name}`, on);
    const value = valueIn(pack, `help-line.${name}`, on)?.value as { readonly at: string } | undefined;
    return source && value ? [{ for: name, at: value.at, source }] : [];
  });
}

/** Chinese, unless the browser prefers English. */
const preferred = ({ headers }: FastifyRequest): Show["language"] =>
  /\b(zh|en)\b/i.exec(headers["accept-language"] ?? "")?.[1]?.toLowerCase() === "en" ? "en" : "zh";

async function written(
  { api, portal, policy, islands }: Desk,
  visit: Visit,
  done: Reply,
  reply: FastifyReply,
): Promise<unknown> {
  const { show, query } = visit;
  const cookies = [...(done.cookies ?? [])];
  if (query.has("lang") || query.has("text"))
    cookies.push(
      setCookie(api.secure, LOOK_COOKIE, `${show.language}.${show.large ? "large" : "usual"}`, YEAR_MS),
    );
  if (cookies.length > 0) reply.header("set-cookie", cookies);
  if ("to" in done) {
    reply.code(303).header("location", done.to);
    return "";
  }
  if ("text" in done) {
    if (done.file !== undefined) reply.header("content-disposition", `attachment; filename="${done.file}"`);
    reply.type(done.type);
    return done.text;
  }
  const { page } = done;
  reply
    .code(done.status ?? 200)
    .type("text/html; charset=utf-8")
    .header("content-security-policy", policy)
    .header("content-language", tagOf(show.language))
    // Ours alone: with none at all a browser does not say from where a form comes.
    .header("referrer-policy", "same-origin")
    .header("x-robots-tag", "noindex, nofollow");
  const text = pageText(show, portal.style, page, islands.get(page.island ?? ""));
  if (!/\bgzip\b/.test(visit.request.headers["accept-encoding"] ?? "")) return text;
  // Safe though a token and sums stand in it: docs/decisions/0028-packed-pages.md.
  reply.header("content-encoding", "gzip").header("vary", "accept-encoding");
  return packed(text);
}

const packed = promisify<string, Buffer>(gzip);

const TROUBLE = {
  nowhere: {
    title: { zh: "没有这个页面", en: "There is no such page" },
    says: { zh: "请从首页开始。", en: "Please begin at the start." },
  },
  tooMany: {
    title: { zh: "请稍等一下", en: "Please wait a moment" },
    says: {
      zh: "请求太多。过几秒再试。",
      en: "There were many requests at once. Try again in a few seconds.",
    },
  },
  tooLarge: {
    title: { zh: "没有办理", en: "Nothing was done" },
    says: {
      zh: "文件太大。一个文件最多 10 MB。请返回，换一个小些的文件。",
      en: "The file is too large. It may have 10 MB at most. Go back and take a smaller one.",
    },
  },
  elsewhere: {
    title: { zh: "没有办理", en: "Nothing was done" },
    says: {
      zh: "这个请求不是从本页发出的，或者页面放得太久。请返回，重新打开再试。",
      en: "This did not come from our page, or the page was open for long. Go back, open it again, and try once more.",
    },
  },
  failed: {
    title: { zh: "出了问题", en: "Something went wrong" },
    says: {
      zh: "是我们的问题，不是您的。什么都没有改变。请过一会儿再试，或拨打合同上的电话。",
      en: "It is our fault and not yours. Nothing was changed. Try again later, or call the number of your contract.",
    },
  },
} as const;

const plain = (show: Show, { title, says }: { readonly title: Said; readonly says: Said }) => ({
  title: say(title, show),
  body: paragraph(say(says, show), show),
});

async function failed(
  desk: Desk,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { statusCode = 500 } = error as { statusCode?: number };
  if (statusCode >= 500)
    desk.api.log({
      level: "error",
      request: request.id,
      action: request.routeOptions.url ?? "portal",
      says: error instanceof Error ? error.message : String(error),
    });
  const visit = await visitOf(desk, request);
  const trouble =
    statusCode >= 500 ? TROUBLE.failed : statusCode === 413 ? TROUBLE.tooLarge : TROUBLE.elsewhere;
  return written(desk, visit, { page: plain(visit.show, trouble), status: statusCode }, reply);
}

const paragraph = (text: string, show: Show) =>
  html`<p>${text}</p><p><a href="/">${say({ zh: "首页", en: "Start" }, show)}</a></p>`;
