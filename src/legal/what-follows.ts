import {
  type Day,
  DISHONEST_GROUNDS,
  type DishonestGround,
  type EnforcementFact,
  formatDay,
  formatMoney,
} from "../core/index.ts";
import type { Words } from "../policy/index.ts";
import {
  type EnforcementDate,
  type EnforcementRule,
  enforcementDates,
  listingEnds,
} from "./enforcement-deadlines.ts";
import type { EnforcementLife } from "./enforcement-life.ts";
import { isExcluded, mayLimit, type PersonKnown } from "./enforcement-remarks.ts";
import type { Source } from "./source.ts";

/**
 * What kind of thing is said. `may`: a court may do it; `must`: it has to; `may-not`: it does not follow, or is forbidden;
 * `lifts`: what ends it; `remedy`: what the person can do; `open`: it turns on something that is not known here.
 */
export type FollowsKind = "may" | "must" | "may-not" | "lifts" | "remedy" | "open";

export interface Follows {
  readonly kind: FollowsKind;
  readonly code: string;
  readonly says: Words;
  /** Where it stands; its verification is shown with it. */
  readonly source: Source;
  /** By when, where a day follows. */
  readonly by?: Day;
}

export interface WhatFollows {
  readonly follows: readonly Follows[];
  readonly dates: readonly EnforcementDate[];
}

/** What is asked with: the enforcement, what is known of the person, conduct that is shown by something, and whether all is paid. */
export interface FollowsAsked {
  readonly life: EnforcementLife;
  readonly known: PersonKnown;
  /** Grounds for which something is on record, with what shows each. */
  readonly shown?: Readonly<Partial<Record<DishonestGround, string>>>;
  readonly paid: boolean;
  readonly today: Day;
}

/**
 * What may follow from an enforcement and what may not, on what ground, what lifts it and by when: the same for the lender's clerk and
 * for the person it concerns.
 *
 * Holds   nothing is said to follow for which a fact is missing: then it is `open`. Inability alone never gives a ground.
 */
export function whatFollows(asked: FollowsAsked, rule: EnforcementRule): WhatFollows {
  const { life } = asked;
  const say: Say = (kind, code, param, en, zh, by) => ({
    kind,
    code,
    says: { en, zh },
    source: rule.source(param),
    ...(by === undefined ? {} : { by }),
  });
  const follows = [
    ...ofDebt(asked, say),
    ...ofAssets(asked, say),
    ...ofListing(asked, rule, say),
    ...ofConsumption(asked, say),
    ...ofRefusal(asked, rule, say),
  ];
  return { follows, dates: enforcementDates(life, rule) };
}

type Say = (kind: FollowsKind, code: string, param: string, en: string, zh: string, by?: Day) => Follows;

function ofDebt({ life, paid }: FollowsAsked, say: Say): Follows[] {
  if (paid) return [];
  const list = [
    say(
      "must",
      "doubled",
      "enforcement.double-interest",
      "for the delay doubled interest is owed beside the judgment's own",
      "迟延履行期间应加倍支付债务利息",
    ),
  ];
  if (life.state === "round-ended")
    list.push(
      say(
        "may",
        "again",
        "enforcement.round.again",
        "the debt stays; when assets are found the creditor may ask again, without limit of time",
        "债务仍在；发现可供执行财产的，可随时再次申请，不受期间限制",
      ),
    );
  if (life.state === "settled")
    list.push(
      say(
        "may-not",
        "while-kept",
        "enforcement.settlement.kept",
        "while the settlement is kept the judgment is not enforced",
        "按和解协议履行期间，不恢复执行原生效法律文书",
      ),
      say(
        "may",
        "if-broken",
        "enforcement.settlement.broken",
        "if it is not kept, the creditor may ask to resume, or sue on the settlement",
        "不履行的，申请执行人可申请恢复执行，也可就和解协议起诉",
      ),
    );
  return list;
}

function ofAssets({ life, paid }: FollowsAsked, say: Say): Follows[] {
  if (paid || !life.accepted) return [];
  return [
    say(
      "may",
      "measures",
      "enforcement.measures",
      "accounts and things may be frozen, seized and turned into money, within what is owed and not beyond it",
      "可冻结、扣押、划拨、变价财产，但不得超出应履行义务的范围",
    ),
    say(
      "may-not",
      "living-costs",
      "enforcement.measures.income",
      "of income, what the person and those he keeps need to live is left to him",
      "提取收入应当保留本人及所扶养家属的生活必需费用",
    ),
    say(
      "may-not",
      "necessities",
      "enforcement.measures.necessities",
      "things that living needs are left",
      "应当保留生活必需品",
    ),
    ...(life.noticed && !life.assets
      ? [
          say(
            "must",
            "asset-report",
            "enforcement.asset-report",
            "he has to report his assets now and for the year before the notice; a false report or none may be fined",
            "应报告当前及收到执行通知之日前一年的财产；拒绝或虚假报告可予罚款、拘留",
          ),
        ]
      : []),
  ];
}

// --- the list of dishonest debtors ---------------------------------------------------------------------------------------

export const GROUND_WORDS: Readonly<Record<DishonestGround, Words>> = {
  "able-but-refusing": { en: "able to perform and refusing", zh: "有履行能力而拒不履行" },
  obstruction: {
    en: "obstructing by forged evidence, violence or threats",
    zh: "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
  },
  evasion: {
    en: "evading by sham proceedings or hidden assets",
    zh: "以虚假诉讼、虚假仲裁或隐匿、转移财产等方法规避执行",
  },
  "asset-report": { en: "breach of the report of assets", zh: "违反财产报告制度" },
  "consumption-order": { en: "breach of an order limiting consumption", zh: "违反限制消费令" },
  "settlement-refused": {
    en: "refusing a settlement without good reason",
    zh: "无正当理由拒不履行执行和解协议",
  },
};

function ofListing(asked: FollowsAsked, rule: EnforcementRule, say: Say): Follows[] {
  const { life, paid, known } = asked;
  const { state } = life.lists.dishonest;
  if (state === "listed" || state === "in-grace") return onceListed(asked, rule, say);
  if (paid)
    return [
      say(
        "may-not",
        "performed",
        "dishonest.grounds",
        "the obligation is performed: no ground for the list is left",
        "义务已履行：不再具备纳入失信名单的前提",
      ),
    ];
  if (!life.accepted) return [];
  if (known.minor)
    return [
      say(
        "may-not",
        "minor",
        "dishonest.minors",
        "a minor is never put on the list",
        "未成年人不得纳入失信被执行人名单",
      ),
    ];
  return [
    say(
      "may-not",
      "inability",
      "dishonest.inability",
      "being unable to pay is no ground for the list",
      "没有履行能力本身不是纳入失信名单的理由",
    ),
    ...DISHONEST_GROUNDS.map((ground) => ofGround(ground, asked, say)),
    ...(known.student
      ? [
          say(
            "open",
            "student",
            "dishonest.students",
            "by a report that was not verified, full-time students are generally not listed for campus loans",
            "据未经核实的报道，全日制在校生因“校园贷”纠纷一般不纳入",
          ),
        ]
      : []),
    say(
      "may",
      "grace",
      "dishonest.grace",
      "before it is published the court may give one to three months of grace (as the press gives the court's opinions)",
      "法院可在发布前给予一至三个月宽限期（据报道的最高法意见）",
    ),
  ];
}

function ofGround(ground: DishonestGround, { known, shown, life }: FollowsAsked, say: Say): Follows {
  const param = `dishonest.ground.${ground}`;
  const words = GROUND_WORDS[ground];
  const proof = shown?.[ground] ?? proofOf(ground, life);
  const not = (code: string, source: string, en: string, zh: string): Follows =>
    say("may-not", `${ground}:${code}`, source, `${words.en}: ${en}`, `${words.zh}：${zh}`);
  if (ground === "able-but-refusing") {
    if (known.able === false)
      return not(
        "unable",
        param,
        "not on what is known: he is not able to perform",
        "现有材料显示其无履行能力，不成立",
      );
    if (isExcluded(known))
      return not(
        "excluded",
        "dishonest.not-listed",
        "not where full security was given, enough is seized, or he is later in order",
        "已提供充分担保、查控财产足以清偿或顺序在后，不得依此纳入",
      );
    if (known.able === undefined)
      return say(
        "open",
        `${ground}:ability`,
        param,
        `${words.en}: only if ability to perform is shown, which is not known here`,
        `${words.zh}：须证明有履行能力，现不明`,
      );
  }
  if (proof === undefined) return not("nothing-shown", param, "nothing on record shows it", "现无材料证明");
  const term =
    ground === "able-but-refusing"
      ? { en: "without a term", zh: "无期限" }
      : {
          en: "for two years, and one to three more for serious violence or several acts",
          zh: "期限二年，情节严重或多项失信行为可延长一至三年",
        };
  return say(
    "may",
    ground,
    param,
    `${words.en}: the court may find it on ${proof}, and then lists him ${term.en}`,
    `${words.zh}：依据 ${proof}，法院认定成立的应予纳入，${term.zh}`,
  );
}

/** What of the enforcement itself may show a ground; whether it does is for the court. */
function proofOf(ground: DishonestGround, { assets, broken, facts }: EnforcementLife): string | undefined {
  const event = (fact: EnforcementFact | undefined): string | undefined =>
    fact && `${fact.kind} ${fact.event}`;
  switch (ground) {
    case "asset-report":
      return assets && (assets.outcome === "refused" || assets.outcome === "false")
        ? event(assets)
        : undefined;
    case "settlement-refused":
      return event(broken);
    case "consumption-order":
    case "obstruction":
    case "evasion":
    case "able-but-refusing":
      return event(
        facts.find((fact) => fact.kind === "ListMoved" && fact.move === "applied" && fact.ground === ground),
      );
  }
}

function onceListed({ life, paid }: FollowsAsked, rule: EnforcementRule, say: Say): Follows[] {
  const list = life.lists.dishonest;
  const ends = listingEnds(life);
  const dates = enforcementDates(life, rule);
  const removal = dates.find(({ what }) => what === "list-removal");
  const lists: Follows[] =
    ends === undefined
      ? [
          list.entitled || paid
            ? say(
                "must",
                "removal",
                "dishonest.removal",
                "the listing has no term and one of the seven cases is there: it is deleted within three working days",
                "该名单没有期限且已出现应当删除的情形：三个工作日内删除",
                removal?.lastOn,
              )
            : say(
                "lifts",
                "seven-cases",
                "dishonest.removal",
                "it has no term: it is deleted within three working days of full performance, of a settlement performed, or of another of the seven cases",
                "没有期限：履行完毕、和解履行完毕或出现其他法定情形后三个工作日内删除",
              ),
        ]
      : [
          say(
            "lifts",
            "term",
            "dishonest.removal.term",
            `it has a term, which ends on ${formatDay(ends)}; it is deleted within three working days after that, and payment alone does not delete it earlier`,
            `有纳入期限，至 ${formatDay(ends)} 届满；届满后三个工作日内删除，仅付款不当然提前删除`,
            removal?.lastOn,
          ),
          say(
            "may",
            "early",
            "dishonest.early",
            "for active performance, or for putting his conduct right, the court may delete it early",
            "积极履行义务或主动纠正失信行为的，法院可以决定提前删除",
          ),
        ];
  return [
    ...lists,
    say(
      "must",
      "bureau",
      "dishonest.credit-bureau",
      "the court tells the credit bureau of the list, which records it",
      "法院应向征信机构通报，由其记录",
    ),
    say(
      "remedy",
      "correction",
      "dishonest.correction",
      "whoever should not be listed, is listed inaccurately, or should be deleted may ask the court to correct it; it answers within fifteen days and corrects within three working days",
      "不应纳入、信息不准确或应予删除的，可申请纠正；法院十五日内审查，理由成立的三个工作日内纠正",
    ),
    say(
      "remedy",
      "review",
      "dishonest.correction.review",
      "against a refusal he may ask the upper court within ten days; it decides within fifteen, and nothing is stayed meanwhile",
      "对驳回不服的可十日内向上一级法院申请复议；十五日内决定，复议期间不停止执行",
    ),
  ];
}

// --- limits of consumption ------------------------------------------------------------------------------------------------

function ofConsumption({ life, paid, today }: FollowsAsked, say: Say): Follows[] {
  const { dishonest, consumption } = life.lists;
  const isListed = dishonest.state === "listed";
  if (consumption.state === "ordered")
    return [
      paid
        ? say(
            "must",
            "order-lifted",
            "consumption.lift.must",
            "the obligation is performed: the court has to lift the order in time",
            "义务已履行完毕：法院应当及时解除限制消费令",
          )
        : say(
            "lifts",
            "order",
            "consumption.lift.may",
            "full performance lifts it; the court may also lift it for effective security or where the creditor agrees",
            "履行完毕应当解除；提供确实有效担保或经申请执行人同意的可以解除",
          ),
      say(
        "may-not",
        "items",
        "consumption.items",
        "while it stands nine kinds of spending are out, such as planes, soft sleepers and all seats of G trains, star hotels, buying property, holidays and high-fee private schools",
        "期间不得有九类消费，如乘坐飞机、软卧、G字头动车组全部座位，星级宾馆消费，购买不动产，旅游度假，子女就读高收费私立学校等",
      ),
      say(
        "remedy",
        "permission",
        "consumption.permission",
        "what life or business needs may be allowed: ask the court first",
        "因生活或者经营必需的，经申请获批准后可以进行",
      ),
      say(
        "remedy",
        "relief",
        "consumption.temporary",
        "by a report that was not verified, travel for illness, a funeral, duty or an important exam may be allowed for a month at most",
        "据未经核实的报道，因重大疾病、丧葬、公务、重要考试等可申请暂时解除，最长一个月",
      ),
      say(
        "may",
        "breach",
        "consumption.breach",
        "breaking it may be fined or detained, and is a ground for the list",
        "违反的可予拘留、罚款，且属纳入失信名单的理由",
      ),
    ];
  if (paid || !life.accepted) return [];
  if (isListed)
    return [
      say(
        "must",
        "order-listed",
        "consumption.must",
        "whoever is listed has his consumption limited too",
        "纳入失信名单的，法院应当对其采取限制消费措施",
      ),
    ];
  if (!mayLimit(life, today))
    return [
      say(
        "may-not",
        "order-not-yet",
        "consumption.may",
        "consumption is not limited before the notice's last day to perform is over",
        "执行通知指定的履行期间届满前，不得限制消费",
      ),
    ];
  return [
    say(
      "may",
      "order-may",
      "consumption.may",
      "the notice was not followed: the court may limit consumption, usually where the creditor asks in writing",
      "未按执行通知履行：法院可以限制消费，一般由申请执行人书面申请",
    ),
    say(
      "must",
      "factors",
      "consumption.factors",
      "it weighs whether he is passive, evades or resists, and what he is able to do",
      "应考虑消极履行、规避、抗拒执行的情形及履行能力",
    ),
  ];
}

function ofRefusal({ life, paid, known }: FollowsAsked, rule: EnforcementRule, say: Say): Follows[] {
  if (paid || !life.accepted) return [];
  const [fine, days] = [formatMoney(rule.fine.most), rule.detention.days];
  const list = [
    say(
      "may",
      "fine",
      "enforcement.refusal.fine",
      `refusing to perform may be fined, a person up to ${fine}, or detained up to ${days} days`,
      `拒不履行的可予罚款（个人 ${fine} 元以下）或拘留（${days} 日以下）`,
    ),
  ];
  list.push(
    known.able === true
      ? say(
          "open",
          "crime",
          "enforcement.refusal.crime",
          "a crime only of whoever is able to perform, refuses, and in a serious case; that is for a criminal court",
          "有能力执行而拒不执行且情节严重的才构成犯罪，由刑事审判认定",
        )
      : say(
          "may-not",
          "crime",
          "enforcement.refusal.crime",
          "it is no crime to be unable to pay: the crime needs ability, and what he lives on is deducted first",
          "无能力履行不构成犯罪；认定能力时应扣除生活必需费用",
        ),
  );
  return list;
}
