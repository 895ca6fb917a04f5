import { row } from "./element-form.ts";
import type { PaperFacts } from "./facts.ts";
import { type Asked, Form, line, orBlank } from "./form.ts";
import type { Paper, PaperBlock } from "./paper.ts";
import { caseNumber, courtSaid, heading, lenderSaid, paragraph, personSaid, plain, signed } from "./prose.ts";

/** What a special authority has to name, in the order of the law (art. 62(2)): without the words the agent may not do it. */
const SPECIAL_POWERS = "代为承认、放弃、变更诉讼请求，进行和解，提起反诉或者上诉";
const GENERAL_POWERS = "代为立案，提交诉讼材料，收集、提供证据，参加庭审、质证、辩论，参加调解，签收法律文书";

const ONE_DAY = "　　　　年　　月　　日";

function authority(kind: "authority-general" | "authority-special") {
  const special = kind === "authority-special";
  return (facts: PaperFacts): Paper => {
    const form = new Form(facts.currency);
    const at = (what: string, gloss: string, need: Asked["need"] = "stops"): Asked => ({
      gloss,
      need,
      cite: "cn/civil-procedure-law art. 62(2)",
      home: { from: "engagement", at: what },
    });
    const principal = lenderSaid(form, facts);
    if (facts.agents.length === 0) form.text("agent.1.name", "受托人", undefined, at("lawyer", "agent"));
    const who = facts.agents.map((agent, n): PaperBlock => {
      const id = `agent.${n + 1}`;
      const name = form.text(`${id}.name`, "姓名", agent.name, at("lawyer", "agent"));
      const unit = form.text(`${id}.unit`, "单位", agent.unit, at("firm", "his firm"));
      const title = form.text(`${id}.title`, "职务", agent.title, at("title", "his position", "warn"));
      const licence = form.text(
        `${id}.licence`,
        "执业证号",
        agent.licence,
        at("licence", "his licence", "warn"),
      );
      const phone = form.text(`${id}.phone`, "联系电话", agent.phone, at("phone", "his telephone", "warn"));
      return plain(
        `受托人：${name}，${orBlank(unit)}${title}${licence === "" ? "" : `，执业证号${licence}`}${phone === "" ? "" : `，联系电话：${phone}`}。`,
      );
    });
    const other = form.text("defendant.name", "对方当事人", facts.borrower.name, {
      gloss: "other party",
      need: "stops",
      home: { from: "person", at: "name" },
    });
    const number = caseNumber(form, facts, "may-be-empty");
    return {
      kind,
      on: facts.on,
      title: "授权委托书",
      subtitle: special ? "（特别授权）" : "（一般授权）",
      blocks: [
        plain(`委托人：${principal}`),
        ...(who.length > 0 ? who : [plain(`受托人：${orBlank("")}`)]),
        paragraph(
          `委托人就与${orBlank(other)}金融借款合同纠纷一案${number === "" ? "" : `，案号${number}`}，委托上列受托人作为委托人的诉讼代理人。`,
        ),
        paragraph(
          special
            ? `委托事项和权限（特别授权）：${GENERAL_POWERS}；${SPECIAL_POWERS}。`
            : `委托事项和权限（一般授权）：${GENERAL_POWERS}。受托人无权${SPECIAL_POWERS}。`,
        ),
        paragraph("委托期限：自签署之日起至本案审理终结止。"),
        paragraph("此致"),
        plain(courtSaid(form, facts)),
      ],
      signature: [`委托人（盖章）：${facts.lender.name.value}`, ONE_DAY],
      fields: form.fields,
    };
  };
}
export const authorityGeneral = authority("authority-general");
export const authoritySpecial = authority("authority-special");

/** 律师事务所函: the firm tells the court who acts. */
export function firmLetter(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  const at = (what: string, gloss: string): Asked => ({
    gloss,
    need: "stops",
    home: { from: "engagement", at: what },
  });
  const firm = form.say("firm", "律师事务所", facts.firm, at("firm", "firm"), ({ name }) => name);
  if (facts.agents.length === 0) form.text("agent.1.name", "律师", undefined, at("lawyer", "lawyer"));
  const lawyers = facts.agents
    .map((agent, n) => {
      const name = form.text(`agent.${n + 1}.name`, "律师", agent.name, at("lawyer", "lawyer"));
      const licence = form.text(
        `agent.${n + 1}.licence`,
        "执业证号",
        agent.licence,
        at("licence", "his licence"),
      );
      return `${name}律师（执业证号：${orBlank(licence)}）`;
    })
    .join("、");
  const engagement = form.text("engagement", "委托合同", facts.engagement, at("engagement", "engagement"));
  const other = form.text("defendant.name", "对方当事人", facts.borrower.name, {
    gloss: "other party",
    need: "stops",
    home: { from: "person", at: "name" },
  });
  const number = caseNumber(form, facts, "may-be-empty");
  return {
    kind: "firm-letter",
    on: facts.on,
    title: "律师事务所函",
    blocks: [
      plain(`${courtSaid(form, facts)}：`),
      paragraph(
        `${facts.lender.name.value}与${orBlank(other)}金融借款合同纠纷一案${number === "" ? "" : `，案号${number}`}，${facts.lender.name.value}已与本所签订委托合同（编号：${orBlank(engagement)}），委托本所律师作为其诉讼代理人。本所指派${lawyers || orBlank("")}承办。`,
      ),
      paragraph("特此函告。"),
      ...(facts.firm
        ? [
            plain(
              `本所执业许可证号：${facts.firm.value.licence}　　地址：${facts.firm.value.address}　　电话：${facts.firm.value.phone}`,
            ),
          ]
        : []),
    ],
    signature: [`${orBlank(firm)}（盖章）`, ONE_DAY],
    fields: form.fields,
  };
}

/** 法定代表人身份证明书. */
export function representativeCertificate(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  const { lender } = facts;
  const at = (key: string, gloss: string): Asked => ({
    gloss,
    need: "stops",
    home: { from: "lender", at: `lender.${key}` },
  });
  const head = form.text(
    "plaintiff.representative",
    "法定代表人",
    lender.representative,
    at("representative", "legal representative"),
  );
  const title = form.text(
    "plaintiff.representative-title",
    "职务",
    lender.representativeTitle,
    at("representative_title", "his office"),
  );
  const address = form.text(
    "plaintiff.address",
    "住所地",
    lender.address,
    at("address", "place of business"),
  );
  const phone = form.text("plaintiff.phone", "联系电话", lender.phone, at("phone", "telephone"));
  return {
    kind: "representative-certificate",
    on: facts.on,
    title: "法定代表人身份证明书",
    blocks: [
      paragraph(`${orBlank(head)}在我单位担任${orBlank(title)}职务，为我单位的法定代表人（负责人）。`),
      paragraph("特此证明。"),
      plain(`单位：${lender.name.value}`),
      plain(`住所地：${orBlank(address)}`),
      plain(`联系电话：${orBlank(phone)}`),
    ],
    signature: [`${lender.name.value}（盖章）`, ONE_DAY],
    enclosures: "附：法定代表人（负责人）身份证件复印件",
    fields: form.fields,
  };
}

/** The four cases in which a court may take consent to electronic service as given (在线诉讼规则 art. 29(2)). */
export const CONSENT_FORMS = [
  "受送达人明确表示同意的",
  "受送达人在诉讼前对适用电子送达已作出约定或者承诺的",
  "受送达人在提交的起诉状、上诉状、申请书、答辩状中主动提供用于接收送达的电子地址的",
  "受送达人通过回复收悉、参加诉讼等方式接受已经完成的电子送达，并且未明确表示不同意电子送达的",
] as const;

/** 送达地址确认书, of the claimant, with what the contract says of the other party's consent. */
export function addressConfirmation(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  const { delivery, contract, lender } = facts;
  const at = (key: string, gloss: string, need: Asked["need"] = "stops"): Asked => ({
    gloss,
    need,
    home: { from: "settings", at: `service.${key}` },
  });
  const number = caseNumber(form, facts, "may-be-empty");
  const court = courtSaid(form, facts);
  const address = form.text(
    "service.address",
    "送达地址",
    delivery.address,
    at("address", "address for service"),
  );
  const post = form.text(
    "service.post-code",
    "邮政编码",
    delivery.post,
    at("post_code", "post code", "may-be-empty"),
  );
  const recipient = form.text(
    "service.recipient",
    "收件人",
    delivery.recipient,
    at("recipient", "who takes it"),
  );
  const phone = form.text("service.phone", "联系电话", delivery.phone, at("phone", "his telephone"));
  const consent = form.choice(
    "service.consent",
    "是否同意电子送达",
    delivery.consent,
    { ...at("consent", "consents to electronic service"), cite: "cn/online-litigation-rules art. 29(2)(i)" },
    [
      [true, "同意"],
      [false, "不同意"],
    ],
  );
  const agrees = delivery.consent?.value === true;
  const email = form.text(
    "service.email",
    "电子邮箱",
    delivery.email,
    at("email", "e-mail", agrees ? "warn" : "may-be-empty"),
  );
  const platform = form.text(
    "service.platform",
    "诉讼平台专用账号",
    delivery.platform,
    at("platform", "account on the court's platform", "may-be-empty"),
  );
  const clause = form.text("contract.clause.service", "对方的电子送达约定", contract.clauses.service, {
    gloss: "clause by which the borrower agreed to electronic service",
    need: "may-be-empty",
    cite: "cn/online-litigation-rules art. 29(2)(ii)",
    home: { from: "contract", at: "contract.clauses.service" },
  });
  return {
    kind: "address-confirmation",
    on: facts.on,
    title: "送达地址确认书",
    blocks: [
      row("受理法院", [court]),
      row("案号", [number]),
      row("当事人", [`${lender.name.value}（原告）`]),
      row("告知事项", [
        "受送达人同意采用电子方式送达的，应当在送达地址确认书中予以确认。送达地址变更的，应当及时书面告知人民法院。第一审程序中确认的送达地址，未书面变更的，可以作为第二审、审判监督、执行程序的送达地址。",
      ]),
      row(
        "送达地址",
        [`地址：${address}`],
        [`邮政编码：${post}`],
        [`收件人：${recipient}　　联系电话：${phone}`],
      ),
      row(
        "电子送达",
        line("是否同意电子送达：", consent),
        [`电子邮箱：${email}`],
        [`诉讼平台专用账号：${platform}`],
      ),
      row(
        "可以确定受送达人同意电子送达的情形",
        ...CONSENT_FORMS.map((text, n) => line({ box: n === 0 && agrees }, `（${"一二三四"[n]}）${text}`)),
      ),
      row("对方当事人的约定", [clause === "" ? "" : `借款合同${clause}约定了送达地址与电子送达方式`]),
    ],
    signature: signed("受送达人", lender.name.value),
    fields: form.fields,
  };
}

/** 证据目录: numbered, with what each proves, its pages and the hash of its bytes. */
export function evidenceCatalogue(facts: PaperFacts): Paper {
  const form = new Form(facts.currency);
  const { evidence, evidenceSource, lender } = facts;
  form.say(
    "evidence",
    "证据",
    evidence.length > 0 ? { value: evidence, source: evidenceSource } : undefined,
    {
      gloss: "proofs",
      need: "stops",
      cite: "cn/civil-procedure-law art. 124",
      home: { from: "ledger", at: "arrears document add LOAN FILE --kind contract" },
    },
    (items) => items.map(({ name, sha256 }) => `${name} ${sha256}`).join("；"),
  );
  const who = personSaid(form, facts);
  return {
    kind: "evidence-catalogue",
    on: facts.on,
    title: "证据目录",
    blocks: [
      plain(`提交人：${lender.name.value}（原告）`),
      plain(`对方当事人：${who}`),
      ...(evidence.length === 0
        ? []
        : [
            {
              kind: "table" as const,
              caption: "证据目录",
              columns: (["序号", "证据名称", "证明目的", "来源", "页数", "SHA-256"] as const).map((head) => ({
                head,
                align: "left" as const,
              })),
              rows: evidence.map(({ name, proves, source, pages, sha256 }, n) => [
                String(n + 1),
                name,
                proves,
                source,
                pages,
                // In blocks of eight: a hash is one word, and no line of a table is that long.
                sha256.replace(/(.{8})(?=.)/g, "$1 "),
              ]),
              total: false,
            },
          ]),
      heading("说明"),
      paragraph("电子数据的完整性以其 SHA-256 校验值核对；原件或者原始载体由提交人保存，可供核对。"),
    ],
    signature: signed("提交人", lender.name.value),
    fields: form.fields,
  };
}
