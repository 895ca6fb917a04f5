import { chineseDay } from "../compose.ts";
import type { Agent, LenderParty, PaperFacts, PersonParty } from "./facts.ts";
import { ORGANISATIONS, type Organisation } from "./facts.ts";
import { type Asked, type Form, line } from "./form.ts";
import type { Line, PaperBlock, Piece } from "./paper.ts";
import { lenderFields, personFields } from "./party-fields.ts";

/**
 * What the element forms of all causes share: notes, parties, jurisdiction, security, wishes about mediation.
 *
 * Source  the forms in use from 14 July 2025 (法〔2025〕82号), read in one transcription; see docs/reference/papers.md.
 */

export const band = (text: string, note?: string): PaperBlock => ({
  kind: "band",
  text,
  ...(note === undefined ? {} : { note }),
});
export const row = (label: string, ...lines: readonly Line[]): PaperBlock => ({ kind: "row", label, lines });

const COMPLAINT = "cn/civil-procedure-law art. 124";
const DEFENDANT = "cn/civil-procedure-interpretation art. 209(1)";

export const NOTICE: PaperBlock = {
  kind: "notice",
  lines: [
    "说明：",
    "为了方便您更好地参加诉讼，保护您的合法权利，请填写本表。",
    "1. 起诉时需向人民法院提交证明您身份的材料，如身份证复印件、营业执照复印件等。",
    "2. 本表所列内容是您参加诉讼以及人民法院查明案件事实所需，请务必如实填写。",
    "3. 本表有些内容可能与您的案件无关，您认为与案件无关的项目可以填“无”或不填；对于本表中勾选项可以在对应项打“√”；您认为另有重要内容需要列明的，可以另附页填写。",
    "4. 本表 word 电子版填写时，相关栏目可复制粘贴或扩容，但不得改变要素内容、格式设置。例如，多原告、多被告或多委托诉讼代理人等情况，可根据实际情况复制粘贴；需填写文字较多时，可根据实际对栏目进行扩容等。",
    "★特别提示★",
    "诉讼参加人应遵守诚信原则如实认真填写表格。",
    "如果诉讼参加人违反有关规定，虚假诉讼、恶意诉讼、滥用诉权，人民法院将视违法情形依法追究责任。",
  ],
};

// --- parties ---------------------------------------------------------------------------------------------------------

const box = (on: boolean): Piece => ({ box: on });
const labelled = (label: string, value: string): Piece => `${label}：${value}`;
const GAP = "　　";

function organisationLines(chosen: Organisation | undefined, ownership: LenderParty["ownership"]): Line[] {
  const kinds = Object.entries(ORGANISATIONS) as [Organisation, string][];
  const boxes = (some: typeof kinds, lead: string): Line => [
    lead,
    ...some.flatMap(([id, text], n): Piece[] => [`${n === 0 ? "" : "　"}${text}`, box(chosen === id)]),
  ];
  const owned = ownership?.value;
  return [
    boxes(kinds.slice(0, 4), "类型："),
    boxes(kinds.slice(4, 9), ""),
    boxes(kinds.slice(9, 11), ""),
    boxes(kinds.slice(11, 14), ""),
    boxes(kinds.slice(14), ""),
    line(
      "所有制性质：国有",
      box(owned === "state-controlled" || owned === "state-participating"),
      "（控股",
      box(owned === "state-controlled"),
      "　参股",
      box(owned === "state-participating"),
      "）　民营",
      box(owned === "private"),
      "　其他",
    ),
  ];
}

/** The claimant as an organisation, in the fields of the form. */
export function lenderLines(form: Form, lender: LenderParty): Line[] {
  const { at, ...ask } = lenderFields(form, lender, COMPLAINT);
  const name = ask.name();
  const address = ask.address("住所地（主要办事机构所在地）");
  const registered = form.text(
    "plaintiff.registered-at",
    "注册地/登记地",
    lender.registeredAt,
    at("registered_at", "place of registration", "warn"),
  );
  const head = ask.representative();
  const title = ask.representativeTitle();
  const phone = ask.phone();
  const code = ask.creditCode();
  form.say(
    "plaintiff.organisation",
    "类型",
    lender.organisation,
    at("organisation", "kind of organisation", "warn"),
    (kind) => ORGANISATIONS[kind],
  );
  form.say(
    "plaintiff.ownership",
    "所有制性质",
    lender.ownership,
    at("ownership", "ownership", "warn"),
    (owned) =>
      owned === "private" ? "民营" : owned === "state-controlled" ? "国有（控股）" : "国有（参股）",
  );
  return [
    line(labelled("名称", name)),
    line(labelled("住所地（主要办事机构所在地）", address)),
    line(labelled("注册地/登记地", registered)),
    line(labelled("法定代表人/负责人", head), GAP, labelled("职务", title), GAP, labelled("联系电话", phone)),
    line(labelled("统一社会信用代码", code)),
    ...organisationLines(lender.organisation?.value, lender.ownership),
  ];
}

const EMPTY_ORGANISATION: readonly Line[] = [
  ["名称："],
  ["住所地（主要办事机构所在地）："],
  ["注册地/登记地："],
  ["法定代表人/负责人：　　　　职务：　　　　联系电话："],
  ["统一社会信用代码："],
  ...organisationLines(undefined, undefined),
];

const EMPTY_PERSON: readonly Line[] = [
  ["姓名："],
  ["性别：男", box(false), "　女", box(false)],
  ["出生日期：　　年　　月　　日　　　　民族："],
  ["工作单位：　　　　职务：　　　　联系电话："],
  ["住所地（户籍所在地）："],
  ["经常居住地："],
  ["证件类型：　　　　证件号码："],
];

/** The defendant as a natural person. */
export function personLines(form: Form, person: PersonParty): Line[] {
  const { at, ...ask } = personFields(form, person, (need) => (need === "stops" ? DEFENDANT : COMPLAINT));
  const name = ask.name();
  const sex = form.choice("defendant.sex", "性别", person.sex, at("sex", "sex", "warn"), [
    ["male", "男"],
    ["female", "女"],
  ]);
  const born = ask.bornOn();
  const ethnicity = ask.ethnicity();
  const employer = form.text(
    "defendant.employer",
    "工作单位",
    person.employer,
    at("employer", "employer", "may-be-empty"),
  );
  const position = form.text(
    "defendant.position",
    "职务",
    person.position,
    at("position", "position", "may-be-empty"),
  );
  const phone = ask.phone();
  const home = ask.registered("住所地（户籍所在地）", "domicile by household register");
  const habitual = ask.habitual();
  const idType = ask.idType();
  const idNumber = ask.idNumber();
  return [
    line(labelled("姓名", name)),
    line("性别：", sex),
    line(labelled("出生日期", born || "　　年　　月　　日"), GAP, labelled("民族", ethnicity)),
    line(labelled("工作单位", employer), GAP, labelled("职务", position), GAP, labelled("联系电话", phone)),
    line(labelled("住所地（户籍所在地）", home)),
    line(labelled("经常居住地", habitual)),
    line(labelled("证件类型", idType), GAP, labelled("证件号码", idNumber)),
  ];
}

function agentLines(form: Form, agents: readonly Agent[], authority: PaperFacts["authority"]): Line[] {
  const at = (what: string, gloss: string): Asked => ({
    gloss,
    need: "may-be-empty",
    home: { from: "engagement", at: what },
  });
  if (agents.length === 0) {
    form.text("agent.name", "委托诉讼代理人", undefined, at("lawyer", "agent"));
    return [
      ["有", box(false)],
      ["姓名："],
      ["单位：　　　　职务：　　　　联系电话："],
      ["代理权限：一般授权", box(false), "　特别授权", box(false)],
      ["无", box(true)],
    ];
  }
  const said = agents.flatMap((agent, n): Line[] => {
    const id = `agent.${n + 1}`;
    const name = form.text(`${id}.name`, "姓名", agent.name, at("lawyer", "agent's name"));
    const unit = form.text(`${id}.unit`, "单位", agent.unit, at("firm", "his firm"));
    const title = form.text(`${id}.title`, "职务", agent.title, at("title", "his position"));
    const phone = form.text(`${id}.phone`, "联系电话", agent.phone, at("phone", "his telephone"));
    return [
      line(labelled("姓名", name)),
      line(labelled("单位", unit), GAP, labelled("职务", title), GAP, labelled("联系电话", phone)),
    ];
  });
  const extent = form.choice(
    "agent.authority",
    "代理权限",
    authority,
    {
      gloss: "extent of his authority",
      need: "stops",
      cite: "cn/civil-procedure-law art. 62(2)",
      home: { from: "settings", at: "agent.authority" },
    },
    [
      ["general", "一般授权"],
      ["special", "特别授权"],
    ],
  );
  return [["有", box(true)], ...said, line("代理权限：", extent), ["无", box(false)]];
}

/** The block of the parties. Parts for others than an organisation against a person stay as the form has them, and empty. */
export function partyBlocks(form: Form, facts: PaperFacts): PaperBlock[] {
  return [
    band("当事人信息"),
    row("原告（自然人）", ...EMPTY_PERSON),
    row("原告（法人、非法人组织）", ...lenderLines(form, facts.lender)),
    row("委托诉讼代理人", ...agentLines(form, facts.agents, facts.authority)),
    row("被告（自然人）", ...personLines(form, facts.borrower)),
    row("被告（法人、非法人组织）", ...EMPTY_ORGANISATION),
    row("第三人（自然人）", ...EMPTY_PERSON),
    row("第三人（法人、非法人组织）", ...EMPTY_ORGANISATION),
  ];
}

// --- jurisdiction and preservation -----------------------------------------------------------------------------------

export function courtBlocks(form: Form, { agreedCourt, preservation }: PaperFacts): PaperBlock[] {
  const agreed = form.say(
    "jurisdiction.agreed",
    "有无仲裁、法院管辖约定",
    agreedCourt,
    {
      gloss: "whether arbitration or a court is agreed, with the clause",
      need: "warn",
      home: { from: "settings", at: "court.agreed" },
    },
    (value) => (value === false ? "无" : value),
  );
  const has = agreedCourt !== undefined && agreedCourt.value !== false;
  const home = (column: string): Asked["home"] => ({ from: "particulars", at: column });
  const done = preservation?.done;
  form.say(
    "preservation.done",
    "是否已经诉前保全",
    done,
    { gloss: "whether property was preserved before the suit", need: "warn", home: home("preserved") },
    (yes) => (yes ? "是" : "否"),
  );
  const [court, on, number] =
    done?.value === true
      ? [
          form.text("preservation.court", "保全法院", preservation?.court, {
            gloss: "court that ordered it",
            need: "stops",
            home: home("preservation_court"),
          }),
          form.day("preservation.on", "保全时间", preservation?.on, {
            gloss: "when",
            need: "stops",
            home: home("preservation_on"),
          }),
          form.text("preservation.number", "保全案号", preservation?.number, {
            gloss: "its number",
            need: "stops",
            home: home("preservation_number"),
          }),
        ]
      : ["", "", ""];
  return [
    band("约定管辖和诉前保全"),
    row(
      "1. 有无仲裁、法院管辖约定",
      line("有", { box: has }, `　合同条款及内容：${has ? agreed : ""}`),
      line("无", { box: agreedCourt?.value === false }),
    ),
    row(
      "2. 是否已经诉前保全",
      line("是", { box: done?.value === true }, `　保全法院：${court}　　保全时间：${on}`),
      line(`保全案号：${number}`),
      line("否", { box: done?.value === false }),
      ["（如申请诉讼保全，请另行提交诉讼保全申请及相关材料）"],
    ),
  ];
}

// --- security --------------------------------------------------------------------------------------------------------

/** Rows on security, from the number that they have in the form. All are "no" where the contract has none. */
export function securityRows(
  form: Form,
  { security }: PaperFacts,
  first: number,
  guarantee: string,
): PaperBlock[] {
  const { none, things, guarantor, signedOn, kind, said } = security;
  const asked = (gloss: string, column: string, need: Asked["need"] = "may-be-empty"): Asked => ({
    gloss,
    need,
    home: { from: "particulars", at: column },
  });
  form.say(
    "security.none",
    "有无担保",
    none,
    {
      gloss: "whether there is any security",
      need: "warn",
      home: { from: "settings", at: "contract.security" },
    },
    (is) => (is ? "无担保" : "有担保"),
  );
  const no = none?.value === true;
  const thing = things
    ? form.text("security.things", "担保物", things, asked("things given as security", "security_things"))
    : "";
  const who = guarantor
    ? form.text("security.guarantor", "保证人", guarantor, asked("guarantor", "guarantor"))
    : "";
  const on = signedOn
    ? form.day("security.signed-on", "签订时间", signedOn, asked("signed on", "guarantee_signed_on"))
    : "";
  const what = said
    ? form.text("security.said", "主要内容", said, asked("main terms", "guarantee_terms"))
    : "";
  const hasThing = thing !== "";
  const hasGuarantor = who !== "";
  if (hasGuarantor)
    form.say(
      "security.kind",
      "保证方式",
      kind,
      asked("kind of guarantee", "guarantee_kind", "stops"),
      (value) => (value === "joint" ? "连带责任保证" : "一般保证"),
    );
  const n = (at: number, label: string): string => `${first + at}. ${label}`;
  const noThing = no || (hasGuarantor && !hasThing);
  const noGuarantor = no || (hasThing && !hasGuarantor);
  return [
    row(
      n(0, "是否签订物的担保（抵押、质押）合同"),
      line("是", box(hasThing), `　签订时间：${hasThing ? on : ""}`),
      line("否", box(noThing)),
    ),
    row(
      n(1, "担保人、担保物"),
      [`担保人：${hasThing ? who : ""}`],
      [`担保物：${thing || (noThing ? "无" : "")}`],
    ),
    row(n(2, "是否最高额担保（抵押、质押）"), line("是", box(false), "　否", box(noThing)), [
      "担保债权的确定时间：　　　　担保额度：",
    ]),
    row(
      n(3, "是否办理抵押、质押登记"),
      line("是", box(false), "　正式登记", box(false), "　预告登记", box(false)),
      line("否", box(noThing)),
    ),
    row(
      n(4, guarantee),
      line("是", box(hasGuarantor), `　签订时间：${hasGuarantor ? on : ""}　　保证人：${who}`),
      [`主要内容：${hasGuarantor ? what : ""}`],
      line("否", box(noGuarantor)),
    ),
    row(
      n(5, "保证方式"),
      line("一般保证", box(kind?.value === "general")),
      line("连带责任保证", box(kind?.value === "joint")),
    ),
    row(
      n(6, "其他担保方式"),
      line("是", box(false), "　形式：　　　　签订时间："),
      line("否", box(no || hasThing || hasGuarantor)),
    ),
  ];
}

/** Where the claimant signs. The date of signing is the signer's to write. */
export const SIGNED_BY = (lender: LenderParty): string[] => [
  `具状人（签字、盖章）：${lender.name.value}`,
  "日期：　　　　年　　月　　日",
];

export const dayOr = (text: string): string => text || "　　年　　月　　日";
export { box, chineseDay };
