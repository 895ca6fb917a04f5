import { type Day, isPublished, isWorkingDay, type WorkCalendar } from "../core/index.ts";
import { type CaseNumber, provinceOf } from "./case-number.ts";
import type { Link } from "./message-links.ts";

/** A sign that scams have. One strong sign is enough not to act on the message; weak ones make it doubtful. */
export interface Sign {
  readonly code: SignCode;
  readonly weight: "strong" | "weak";
  /** The words that show it. */
  readonly found: string;
}

export type SignCode = (typeof SIGN_CODES)[number];
export const SIGN_CODES = [
  "asks-to-pay",
  "account-number",
  "asks-for-secrets",
  "asks-to-share-screen",
  "threatens-arrest",
  "look-alike-link",
  "short-link",
  "number-link",
  "link-outside",
  "asks-to-install",
  "private-contact",
  "mobile-number",
  "hurries",
  "threatens-to-tell",
  "consequences-too-soon",
  "speaks-for-a-court",
  "case-number-wrong",
  "case-number-of-another-province",
  "impossible-day",
  "day-off",
  "past-day",
  "from-a-mobile",
  "from-abroad",
] as const;

interface Asked {
  readonly text: string;
  readonly receivedOn: Day;
  readonly links: readonly Link[];
  readonly phones: readonly string[];
  readonly isEnforcement: boolean;
  readonly caseNumber?: CaseNumber;
  readonly court?: string;
  readonly hearingOn?: Day;
  readonly impossibleDay?: boolean;
  readonly sender?: string;
  readonly calendar: WorkCalendar;
}

interface Words {
  readonly code: SignCode;
  readonly weight: Sign["weight"];
  readonly words: RegExp;
}

/** By their words. Courts warn of scams in the same words, so what is denied just before is no sign. */
const BY_WORDS: readonly Words[] = [
  {
    code: "asks-to-pay",
    weight: "strong",
    words:
      /(?:转账|汇款|打款|转入|汇入|存入|支付|缴纳|缴付|还款|付款|结清|偿还)[^。;!?\n]{0,24}(?:账户|账号|卡号|微信|支付宝|二维码|专员|撤案|撤诉|免起诉|免于起诉|取消开庭|撤销立案)/u,
  },
  {
    code: "asks-to-pay",
    weight: "strong",
    words: /撤案费|和解金|解冻(?:费|金)|保证金|诚意金|(?:撤销|取消)立案费/u,
  },
  { code: "account-number", weight: "strong", words: /(?:账号|卡号|账户)[^\d\n]{0,12}\d{4}[\d ]{8,20}\d/u },
  {
    code: "asks-for-secrets",
    weight: "strong",
    words:
      /(?:发送|回复|提供|告知|填写|输入|上传|核实)[^。;!?\n]{0,16}(?:验证码|密码|银行卡号|卡号|身份证(?:照片|正反面|照))/u,
  },
  { code: "asks-to-share-screen", weight: "strong", words: /屏幕共享|共享屏幕|远程(?:协助|控制)|安全账户/u },
  {
    code: "threatens-arrest",
    weight: "strong",
    words: /逮捕|批捕|抓捕|刑事?拘留?|刑拘|网上追逃|通缉|坐牢|判刑|上门(?:抓|带走|带人)|强制带走|立即带走/u,
  },
  {
    code: "asks-to-install",
    weight: "weak",
    words: /(?:下载|安装)[^。;!?\n]{0,12}(?:app|应用|客户端|软件)/iu,
  },
  {
    code: "private-contact",
    weight: "weak",
    words: /(?:加|添加)[^。;!?\n]{0,6}(?:微信|qq)|(?:微信|wx|vx|qq)号?[::]?\s{0,2}[a-z0-9_-]{5,20}/iu,
  },
  {
    code: "hurries",
    weight: "weak",
    words:
      /(?:今日|今天|当日|立即|马上|立刻|\d{1,2}小时内|\d{1,2}[点时::]\d{0,2}分?前)[^。;!?\n]{0,24}(?:否则|逾期|不然|后果|最后)|最后(?:一次|通牒|机会)|后果自负/u,
  },
  {
    code: "threatens-to-tell",
    weight: "weak",
    words:
      /(?:通知|联系|告知|走访)[^。;!?\n]{0,10}(?:家人|家属|亲友|单位|公司|村委|居委|街道|通讯录|紧急联系人)|曝光|公示(?:您|你)/u,
  },
  {
    code: "speaks-for-a-court",
    weight: "weak",
    words: /法务部|法务中心|法务组|诉讼部|诉讼中心|起诉科|立案科|催收|资产管理|委外|案件管理中心|风控/u,
  },
];

/** What courts write to warn of scams: 不会要求您转账. */
const DENIED = /(?:不会|不得|不要|切勿|请勿|勿|从不|绝不|不需|无需|谨防|警惕|防范|凡是?)[^。;!?\n]{0,16}$/u;

const TOO_SOON =
  /失信(?:名单|被执行人|人员)|老赖|限制高消费|限高|冻结(?:您|你)?[^。;\n]{0,6}(?:账户|银行卡|微信|支付宝|工资)|影响(?:您|你)?[^。;\n]{0,6}(?:子女|孩子)/u;

const LINK_SIGNS: Readonly<Partial<Record<Link["whose"], readonly [SignCode, Sign["weight"]]>>> = {
  "look-alike": ["look-alike-link", "strong"],
  short: ["short-link", "weak"],
  "bare-number": ["number-link", "weak"],
  other: ["link-outside", "weak"],
};

/** The signs of a message, each with the words that show it. */
export function signsIn(asked: Asked): Sign[] {
  const { text, links, phones } = asked;
  const signs: Sign[] = [];
  const add = (code: SignCode, weight: Sign["weight"], found: string): void => {
    if (!signs.some((sign) => sign.code === code)) signs.push({ code, weight, found });
  };
  for (const { code, weight, words } of BY_WORDS) {
    const found = undenied(text, words);
    if (found) add(code, weight, found);
  }
  const soon = asked.isEnforcement ? undefined : undenied(text, TOO_SOON);
  if (soon) add("consequences-too-soon", "weak", soon);
  for (const { whose, text: link } of links) {
    const sign = LINK_SIGNS[whose];
    if (sign) add(sign[0], sign[1], link);
  }
  // A court's own numbers are 12368 and fixed lines.
  const mobile = phones.find((phone) => /^1[3-9]\d{9}$/u.test(phone));
  if (mobile && !phones.some((phone) => phone !== mobile)) add("mobile-number", "weak", mobile);
  return [...signs, ...signsOfCase(asked), ...signsOfDay(asked), ...signsOfSender(asked)];
}

/** The first place at which the words stand and are not denied just before. */
function undenied(text: string, words: RegExp): string | undefined {
  const all = new RegExp(words.source, `${words.flags}g`);
  for (let found = all.exec(text); found; found = all.exec(text))
    if (!DENIED.test(text.slice(Math.max(0, found.index - 24), found.index))) return found[0];
  return undefined;
}

const PROVINCE_NAMES: Readonly<Record<string, string>> = {
  京: "北京",
  津: "天津",
  冀: "河北",
  晋: "山西",
  蒙: "内蒙古",
  辽: "辽宁",
  吉: "吉林",
  黑: "黑龙江",
  沪: "上海",
  苏: "江苏",
  浙: "浙江",
  皖: "安徽",
  闽: "福建",
  赣: "江西",
  鲁: "山东",
  豫: "河南",
  鄂: "湖北",
  湘: "湖南",
  粤: "广东",
  桂: "广西",
  琼: "海南",
  渝: "重庆",
  川: "四川",
  贵: "贵州",
  云: "云南",
  藏: "西藏",
  陕: "陕西",
  甘: "甘肃",
  青: "青海",
  宁: "宁夏",
  新: "新疆",
};

function signsOfCase({ caseNumber, court }: Asked): Sign[] {
  if (!caseNumber) return [];
  const signs: Sign[] = [];
  if (caseNumber.wrong.length > 0)
    signs.push({ code: "case-number-wrong", weight: "weak", found: caseNumber.text });
  const own = PROVINCE_NAMES[provinceOf(caseNumber) ?? ""];
  const named = Object.values(PROVINCE_NAMES).find((name) => court?.startsWith(name));
  if (own !== undefined && named !== undefined && own !== named)
    signs.push({
      code: "case-number-of-another-province",
      weight: "weak",
      found: `${caseNumber.text} ${court}`,
    });
  return signs;
}

function signsOfDay({ text, impossibleDay, hearingOn, receivedOn, calendar }: Asked): Sign[] {
  if (impossibleDay)
    return [{ code: "impossible-day", weight: "weak", found: /\d{1,2}月\d{1,2}日/u.exec(text)?.[0] ?? "" }];
  if (hearingOn === undefined) return [];
  if (hearingOn < receivedOn) return [{ code: "past-day", weight: "weak", found: "" }];
  if (isPublished(calendar, hearingOn) && !isWorkingDay(calendar, hearingOn))
    return [{ code: "day-off", weight: "weak", found: "" }];
  return [];
}

function signsOfSender({ sender }: Asked): Sign[] {
  if (sender === undefined) return [];
  const number = sender.replace(/[\s()-]/gu, "");
  if (/^(?:\+|00)(?!86)\d/u.test(number)) return [{ code: "from-abroad", weight: "strong", found: sender }];
  return /^(?:\+86|0086|86)?1[3-9]\d{9}$/u.test(number)
    ? [{ code: "from-a-mobile", weight: "weak", found: sender }]
    : [];
}
