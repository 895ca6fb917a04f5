import { refusalWords } from "../../office/refusal-words.ts";
import type { Change } from "../guard.ts";

/** What goes wrong in a request, each with the status that it has everywhere. Codes are stable: programs read them. */
export const PROBLEMS = {
  "bad-request": { status: 400, en: "The request cannot be read", zh: "请求无法读取" },
  "too-deep": { status: 400, en: "The body is nested too deeply", zh: "请求体嵌套过深" },
  "key-missing": {
    status: 400,
    en: "A write needs the header Idempotency-Key",
    zh: "写操作须带 Idempotency-Key 请求头",
  },
  "bad-cursor": {
    status: 400,
    en: "The cursor is none of ours; begin with the first page",
    zh: "游标无效，请从第一页开始",
  },
  "not-signed-in": { status: 401, en: "Sign in first", zh: "请先登录" },
  "sign-in-refused": {
    status: 401,
    en: "Name, password or code is wrong, or it is too soon for another try",
    zh: "用户名、密码或验证码不正确，或须稍后再试",
  },
  "provider-refused": {
    status: 401,
    en: "The provider of identities did not let you in, or does not know you here; try again, or sign in otherwise",
    zh: "身份提供方未予登录，或未与本系统用户关联；请重试或改用其他方式登录",
  },
  "link-refused": {
    status: 401,
    en: "This link is used, over or unknown; ask for another",
    zh: "链接已使用、过期或不存在，请重新索取",
  },
  csrf: { status: 403, en: "The request does not come from a page of ours", zh: "请求并非来自本系统页面" },
  "not-allowed": { status: 403, en: "Your role may not do this", zh: "您的角色无此权限" },
  "not-found": {
    status: 404,
    en: "There is no such thing, or it is not yours to see",
    zh: "不存在，或不在您的可见范围内",
  },
  "not-so": { status: 405, en: "This address takes another method", zh: "该地址不支持此方法" },
  "same-key-running": {
    status: 409,
    en: "The same request is being worked on; try again in a moment",
    zh: "相同请求正在处理，请稍后再试",
  },
  "decided-already": { status: 409, en: "Somebody decided this already", zh: "此事项已有人处理" },
  "changed-meanwhile": {
    status: 412,
    en: "It was changed since you read it; read it again",
    zh: "内容已被修改，请重新读取",
  },
  "too-large": { status: 413, en: "The body is too large", zh: "请求体过大" },
  "wrong-type": { status: 415, en: "The body has a type that is not taken here", zh: "不支持的内容类型" },
  refused: { status: 422, en: "It was refused", zh: "被拒绝" },
  "key-reused": {
    status: 422,
    en: "This Idempotency-Key was used for another request",
    zh: "该 Idempotency-Key 已用于其他请求",
  },
  "second-person": { status: 422, en: "A second person has to do this", zh: "须由另一人处理" },
  "version-missing": {
    status: 428,
    en: "Say by If-Match which version you have read",
    zh: "请用 If-Match 注明所读版本",
  },
  "too-many": { status: 429, en: "Too many requests; wait a moment", zh: "请求过多，请稍候" },
  internal: {
    status: 500,
    en: "Something is wrong on our side; it was logged under this request's id",
    zh: "系统内部错误，已按请求编号记录",
  },
  unavailable: { status: 503, en: "The database cannot be reached; try again", zh: "数据库暂不可用，请重试" },
} as const satisfies Record<string, { readonly status: number; readonly en: string; readonly zh: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What is said beyond the code's own sentence is said in both languages, or not at all. */
type Spoken =
  | { readonly says: string; readonly saysZh: string }
  | { readonly says?: undefined; readonly saysZh?: undefined };

/** One of several things that are wrong, and where. */
export interface ProblemAt {
  readonly at: string;
  readonly says: string;
  readonly saysZh: string;
}

/** Thrown by routes and turned into `application/problem+json` (RFC 9457) in one place. */
export class Problem extends Error {
  override name = "Problem";
  readonly code: ProblemCode;
  /** What was found and what to do, beyond the code's own sentence. */
  readonly more: Spoken & {
    /** The refusal's own code, where a rule of the domain said no. */
    readonly refusal?: string;
    readonly at?: string;
    readonly retryAfter?: number;
    readonly errors?: readonly ProblemAt[];
    /** Of what was changed meanwhile: the version that it has now, and what was done to it. */
    readonly version?: number;
    readonly changes?: readonly Change[];
  };
  constructor(code: ProblemCode, more: Problem["more"] = {}) {
    super(more.says ?? PROBLEMS[code].en);
    this.code = code;
    this.more = more;
  }
}

/** A domain's expected "no": its own code, its own sentence. What was changed meanwhile has a status of its own. */
export const refusedBy = (refusal: {
  readonly code: string;
  readonly says: string;
  readonly saysZh?: string;
  readonly at?: string;
  readonly errors?: Problem["more"]["errors"];
}): Problem =>
  new Problem(refusal.code === "changed-meanwhile" ? refusal.code : "refused", {
    refusal: refusal.code,
    says: refusal.says,
    saysZh: refusal.saysZh ?? refusalWords(refusal, "zh"),
    ...(refusal.at === undefined ? {} : { at: refusal.at }),
    ...(refusal.errors === undefined || refusal.errors.length === 0 ? {} : { errors: refusal.errors }),
  });

export interface ProblemBody {
  readonly type: string;
  /** In the language that was asked for. */
  readonly title: string;
  readonly titleZh: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly detailZh?: string;
  readonly at?: string;
  readonly errors?: readonly ProblemAt[];
  readonly version?: number;
  readonly changes?: readonly Change[];
  /** Id of the request, for whoever looks it up in the log. */
  readonly instance: string;
}

export function problemBody({ code, more }: Problem, request: string, language: "en" | "zh"): ProblemBody {
  const { status, ...titles } = PROBLEMS[code];
  const inOwn = ({ says, saysZh }: { readonly says: string; readonly saysZh: string }): string =>
    language === "zh" ? saysZh : says;
  return {
    type: `urn:arrears:problem:${code}`,
    title: titles[language],
    titleZh: titles.zh,
    status,
    code: more.refusal ?? code,
    ...(more.says === undefined ? {} : { detail: inOwn(more), detailZh: more.saysZh }),
    ...(more.at === undefined ? {} : { at: more.at }),
    ...(more.errors === undefined
      ? {}
      : { errors: more.errors.map((one) => ({ ...one, says: inOwn(one) })) }),
    ...(more.version === undefined ? {} : { version: more.version }),
    ...(more.changes === undefined ? {} : { changes: more.changes }),
    instance: request,
  };
}
