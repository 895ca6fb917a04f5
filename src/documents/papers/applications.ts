import { chineseDay } from "../compose.ts";
import { evidenceLines } from "./complaint-rows.ts";
import type { PaperFacts } from "./facts.ts";
import { Form, orBlank } from "./form.ts";
import type { Paper, PaperBlock, PaperKind } from "./paper.ts";
import {
  caseNumber,
  courtSaid,
  heading,
  owedSaid,
  paragraph,
  parties,
  plain,
  signed,
  storySaid,
  toCourt,
} from "./prose.ts";

type Make = (facts: PaperFacts) => Paper;

function paperOf(
  kind: PaperKind,
  title: string,
  as: readonly [string, string],
  body: (form: Form, facts: PaperFacts) => readonly PaperBlock[],
): Make {
  return (facts) => {
    const form = new Form(facts.currency);
    const blocks = [...parties(form, facts, as), ...body(form, facts)];
    return {
      kind,
      on: facts.on,
      title,
      blocks,
      signature: signed(as[0], facts.lender.name.value),
      fields: form.fields,
    };
  };
}

const SIDES = ["申请人", "被申请人"] as const;

function proofs(form: Form, { evidence, evidenceSource }: PaperFacts): PaperBlock[] {
  form.say(
    "evidence",
    "证据",
    evidence.length > 0 ? { value: evidence, source: evidenceSource } : undefined,
    {
      gloss: "list of proofs",
      need: "stops",
      home: { from: "ledger", at: "arrears document add LOAN FILE --kind contract" },
    },
    (items) => items.map(({ name }, n) => `${n + 1}. ${name}`).join("；"),
  );
  return evidence.length === 0
    ? []
    : [heading("证据"), ...evidenceLines(evidence).map((one) => plain(one.join("")))];
}

/** 支付令申请书: what is asked must be due and fixed, and stands with its facts and proofs (art. 225). */
export const paymentOrder = paperOf("payment-order", "支付令申请书", SIDES, (form, facts) => {
  const { conditions } = facts;
  const owed = owedSaid(form, facts);
  form.say(
    "conditions",
    "申请条件",
    conditions,
    {
      gloss: "no other debts between them, no counter-performance owed, he can be served and is not missing",
      need: "stops",
      cite: "cn/civil-procedure-law art. 225(1)",
      home: { from: "particulars", at: "payment_order_conditions" },
    },
    (yes) => (yes ? "符合" : "不符合"),
  );
  return [
    heading("请求事项"),
    paragraph(`1. 请求人民法院依法发出支付令，督促被申请人向申请人给付：${owed}。`),
    paragraph("2. 申请费用由被申请人负担。"),
    heading("事实与理由"),
    ...storySaid(form, facts),
    ...(conditions?.value === true
      ? [
          paragraph(
            "上述款项已到期且数额确定，申请人与被申请人没有其他债务纠纷，申请人没有对待给付义务，被申请人在我国境内且未下落不明，支付令能够送达被申请人。",
          ),
        ]
      : []),
    paragraph("据此，依照《中华人民共和国民事诉讼法》第二百二十五条的规定，提出申请。"),
    ...proofs(form, facts),
    ...toCourt(form, facts),
  ];
});

function preservation(kind: "preservation-before-suit" | "preservation-in-suit"): Make {
  const before = kind === "preservation-before-suit";
  return paperOf(kind, before ? "诉前财产保全申请书" : "财产保全申请书", SIDES, (form, facts) => {
    const total = form.money("claim.total", "保全金额", facts.claim?.total, {
      gloss: "sum to be preserved",
      need: "stops",
      home: { from: "computed", at: "claim.total" },
    });
    const property = form.text("property", "财产线索", facts.property, {
      gloss: "which property",
      need: "stops",
      home: { from: "particulars", at: "property" },
    });
    const bond = form.text("bond", "担保", facts.bond, {
      gloss: "what secures the application",
      need: before ? "stops" : "warn",
      cite: before ? "cn/civil-procedure-law art. 104(1)" : "cn/civil-procedure-law art. 103(2)",
      home: { from: "particulars", at: "bond" },
    });
    const urgency = form.text("urgency", before ? "情况紧急的理由" : "申请理由", facts.urgency, {
      gloss: before ? "why it cannot wait" : "why a judgment would be hard to enforce",
      need: "stops",
      cite: before ? "cn/civil-procedure-law art. 104(1)" : "cn/civil-procedure-law art. 103(1)",
      home: { from: "particulars", at: "urgency" },
    });
    const number = before ? "" : caseNumber(form, facts, "warn");
    return [
      heading("请求事项"),
      paragraph(
        `请求对被申请人名下价值${orBlank(total)}的下列财产采取查封、扣押、冻结措施：${orBlank(property)}。`,
      ),
      heading("事实与理由"),
      paragraph(
        before
          ? "申请人与被申请人金融借款合同纠纷一案，申请人将依法提起诉讼。"
          : `申请人与被申请人金融借款合同纠纷一案${number === "" ? "" : `，案号${number}`}，申请人已向贵院提起诉讼。`,
      ),
      ...storySaid(form, facts),
      paragraph(
        before
          ? `因情况紧急，不立即申请保全将会使申请人的合法权益受到难以弥补的损害：${orBlank(urgency)}。`
          : `因被申请人的行为或者其他原因，可能使判决难以执行：${orBlank(urgency)}。`,
      ),
      paragraph(`申请人提供的担保：${orBlank(bond)}。`),
      paragraph(
        before
          ? "依照《中华人民共和国民事诉讼法》第一百零四条的规定，提出申请。"
          : "依照《中华人民共和国民事诉讼法》第一百零三条的规定，提出申请。",
      ),
      ...proofs(form, facts),
      ...toCourt(form, facts),
    ];
  });
}
export const preservationBeforeSuit = preservation("preservation-before-suit");
export const preservationInSuit = preservation("preservation-in-suit");

/** 调解申请书: to a mediation body; the court is named only where it is asked to refer the case. */
export const mediation = paperOf("mediation", "调解申请书", SIDES, (form, facts) => {
  const body = form.text("mediator", "调解组织", facts.mediator, {
    gloss: "mediation body",
    need: "stops",
    home: { from: "settings", at: "mediation.body" },
  });
  const owed = owedSaid(form, facts);
  return [
    heading("申请事项"),
    paragraph("请求就申请人与被申请人之间的借款合同纠纷进行调解，由双方协商确定还款方案。"),
    heading("纠纷情况"),
    ...storySaid(form, facts),
    paragraph(`${owed}。`),
    paragraph("调解应当遵循当事人自愿的原则；被申请人可以不同意调解，也可以提出分期、延期等还款方案。"),
    ...proofs(form, facts),
    paragraph("此致"),
    plain(orBlank(body)),
  ];
});

/** 司法确认申请书: both parties apply together, within thirty days from the day on which the agreement takes effect (art. 205). */
export const judicialConfirmation: Make = (facts) => {
  const form = new Form(facts.currency);
  const two = parties(form, facts, ["申请人", "申请人"]);
  const body = form.text("mediator", "调解组织", facts.mediator, {
    gloss: "mediation body",
    need: "stops",
    home: { from: "settings", at: "mediation.body" },
  });
  const on = form.day("mediated-on", "调解协议生效日", facts.mediatedOn, {
    gloss: "day on which the agreement took effect",
    need: "stops",
    cite: "cn/civil-procedure-law art. 205",
    home: { from: "particulars", at: "mediated_on" },
  });
  const terms = form.text("agreement.terms", "调解协议主要内容", facts.agreement?.terms, {
    gloss: "what was agreed",
    need: "stops",
    home: { from: "particulars", at: "agreement_terms" },
  });
  return {
    kind: "judicial-confirmation",
    on: facts.on,
    title: "司法确认申请书",
    blocks: [
      ...two,
      heading("请求事项"),
      paragraph(`请求依法确认双方于${orBlank(on)}经${orBlank(body)}主持调解达成的调解协议有效。`),
      heading("事实与理由"),
      paragraph(`双方因借款合同发生纠纷，经${orBlank(body)}主持调解，自愿达成如下协议：${orBlank(terms)}。`),
      paragraph(
        "双方出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如因该协议内容给他人造成损害，愿意承担相应的民事责任和其他法律责任。",
      ),
      paragraph("依照《中华人民共和国民事诉讼法》第二百零五条的规定，共同提出申请。"),
      ...toCourt(form, facts),
    ],
    signature: [
      `申请人（签名或者盖章）：${facts.lender.name.value}`,
      `申请人（签名或者盖章）：${facts.borrower.name?.value ?? ""}`,
      "　　　　年　　月　　日",
    ],
    enclosures: "附：调解协议、调解组织主持调解的证明、双方身份材料",
    fields: form.fields,
  };
};

/** 强制执行申请书: what the judgment gives and was not performed; doubled interest for the delay by its law. */
export const enforcement = paperOf(
  "enforcement",
  "强制执行申请书",
  ["申请执行人", "被执行人"],
  (form, facts) => {
    const { judgment } = facts;
    const ledger = { from: "ledger", at: "JudgmentEntered" } as const;
    const particulars = (at: string) => ({ from: "particulars", at }) as const;
    const stops = "stops" as const;
    const number = form.text("judgment.number", "执行依据案号", judgment?.number, {
      gloss: "number of the judgment",
      need: stops,
      home: particulars("judgment_number"),
    });
    const court = form.text("judgment.court", "作出法院", judgment?.court, {
      gloss: "court that gave it",
      need: stops,
      home: particulars("judgment_court"),
    });
    const on = form.day("judgment.on", "生效日期", judgment?.on, {
      gloss: "day on which it took effect",
      need: "warn",
      home: particulars("judgment_effective_on"),
    });
    const principal = form.money("judgment.principal", "判决本金", judgment?.principal, {
      gloss: "principal adjudged",
      need: stops,
      home: ledger,
    });
    const interest = form.money("judgment.interest", "判决利息", judgment?.interest, {
      gloss: "interest adjudged",
      need: stops,
      home: ledger,
    });
    const costs = form.money("judgment.costs", "诉讼费用", judgment?.costs, {
      gloss: "costs adjudged",
      need: stops,
      home: ledger,
    });
    const by = form.day("judgment.perform-by", "履行期限届满日", judgment?.performBy, {
      gloss: "last day to perform",
      need: stops,
      cite: "cn/civil-procedure-law art. 250(2)",
      home: ledger,
    });
    const open = form.money("judgment.open", "尚未履行", judgment?.open, {
      gloss: "not performed yet",
      need: "warn",
      home: ledger,
    });
    const property = form.text("property", "财产线索", facts.property, {
      gloss: "property that is known",
      need: "warn",
      home: particulars("property"),
    });
    return [
      heading("执行依据"),
      paragraph(`${orBlank(court)}${orBlank(number)}民事判决书${on === "" ? "" : `，于${on}发生法律效力`}。`),
      heading("请求事项"),
      paragraph(
        `1. 强制被执行人给付借款本金${orBlank(principal)}、利息（含罚息、复利）${orBlank(interest)}、诉讼费用${orBlank(costs)}${open === "" ? "" : `；截至${chineseDay(facts.on)}尚未履行${open}`}。`,
      ),
      paragraph(
        `2. 强制被执行人给付自${orBlank(by)}届满之日起至履行完毕之日止的加倍部分债务利息（按日万分之一点七五计算）。`,
      ),
      paragraph("3. 执行费用由被执行人负担。"),
      heading("事实与理由"),
      paragraph(
        `上述生效法律文书确定的履行期限已于${orBlank(by)}届满，被执行人未履行（未全部履行）给付义务。依照《中华人民共和国民事诉讼法》第二百四十七条、第二百五十条、第二百六十四条的规定，申请强制执行。`,
      ),
      paragraph(`被执行人财产线索：${property || "暂未掌握，请求人民法院依法调查"}。`),
      ...toCourt(form, facts),
    ];
  },
);

/** 撤诉申请书. Whether it is allowed is for the court to rule (art. 148). */
export const withdrawal = paperOf("withdrawal", "撤诉申请书", ["原告", "被告"], (form, facts) => {
  const number = caseNumber(form, facts, "stops");
  const reason = form.text("reason", "撤诉理由", facts.withdrawalReason, {
    gloss: "why",
    need: "stops",
    home: { from: "option", at: "--reason TEXT" },
  });
  return [
    heading("请求事项"),
    paragraph(`请求准许原告撤回对被告的起诉，案号${orBlank(number)}。`),
    heading("事实与理由"),
    paragraph(
      `原告与被告金融借款合同纠纷一案，贵院已立案受理。现因${orBlank(reason)}，原告依照《中华人民共和国民事诉讼法》第一百四十八条的规定，申请撤回起诉，请予准许。`,
    ),
    ...toCourt(form, facts),
  ];
});

/** 和解协议, and 执行和解协议 after a judgment: what the parties themselves agreed, and nothing added to it. */
function agreement(kind: "settlement" | "enforcement-settlement"): Make {
  const after = kind === "enforcement-settlement";
  return (facts) => {
    const form = new Form(facts.currency);
    const sides = after
      ? (["申请执行人", "被执行人"] as const)
      : (["甲方（出借人）", "乙方（借款人）"] as const);
    const who = parties(form, facts, sides);
    const particulars = (at: string) => ({ from: "particulars", at }) as const;
    const amount = form.money("agreement.amount", "和解金额", facts.agreement?.amount, {
      gloss: "sum agreed",
      need: "stops",
      home: particulars("agreement_amount"),
    });
    const by = form.day("agreement.by", "付款期限", facts.agreement?.by, {
      gloss: "to be paid by",
      need: "stops",
      home: particulars("agreement_by"),
    });
    const terms = form.text("agreement.terms", "履行方式", facts.agreement?.terms, {
      gloss: "how it is performed",
      need: "warn",
      home: particulars("agreement_terms"),
    });
    const number = after
      ? form.text("judgment.number", "执行依据案号", facts.judgment?.number, {
          gloss: "number of the judgment",
          need: "stops",
          home: particulars("judgment_number"),
        })
      : "";
    const owed = after ? "" : owedSaid(form, facts);
    return {
      kind,
      on: facts.on,
      title: after ? "执行和解协议" : "和解协议",
      blocks: [
        ...who,
        paragraph(
          after
            ? `就${orBlank(number)}民事判决书确定的债务，双方在执行中自愿协商，达成如下和解协议：`
            : "就双方之间的借款合同纠纷，双方自愿协商，达成如下和解协议：",
        ),
        ...(after ? [] : [paragraph(`一、双方确认：${owed}。`)]),
        paragraph(
          `${after ? "一" : "二"}、${after ? "被执行人" : "乙方"}于${orBlank(by)}前支付${orBlank(amount)}，付清后双方就本笔借款再无其他争议。`,
        ),
        paragraph(`${after ? "二" : "三"}、履行方式：${orBlank(terms)}。`),
        paragraph(
          after
            ? "三、当事人不履行本协议的，人民法院可以根据当事人的申请，恢复对原生效法律文书的执行。"
            : "四、乙方未按期足额支付的，甲方可以就原借款合同项下的债权另行主张。",
        ),
        paragraph(
          `${after ? "四" : "五"}、本协议自双方签名或者盖章之日起生效，一式两份，双方各执一份${after ? "，并提交人民法院一份" : ""}。`,
        ),
        ...(after ? [plain(`致：${courtSaid(form, facts)}`)] : []),
      ],
      signature: [
        `${sides[0]}（签名或者盖章）：${facts.lender.name.value}`,
        `${sides[1]}（签名）：${facts.borrower.name?.value ?? ""}`,
        "　　　　年　　月　　日",
      ],
      fields: form.fields,
    };
  };
}
export const settlement = agreement("settlement");
export const enforcementSettlement = agreement("enforcement-settlement");
