import type { LetterWords, Said } from "./words.ts";

const asOf = (said: Said): string => said.day(said.letter.on);
const sum = (said: Said, amount: number): string =>
  said.inWords === undefined ? said.money(amount) : `${said.money(amount)}（大写：人民币${said.inWords}）`;

/** The letters in Chinese. Punctuation is full width: a test lints it, because lines break and space better so. */
export const ZH: LetterWords = {
  title: "律　师　函",
  subtitle: {
    demand: "催告还款",
    acceleration: "贷款提前到期通知",
    "final-notice": "最后催告",
    "dispute-reply": "对异议的答复",
    withdrawal: "撤回此前函件",
    "settlement-confirmation": "和解及结清确认",
  },
  letterhead: ({ letter: { firm } }) => [
    `执业许可证号：${firm.licence}`,
    [firm.address, `电话：${firm.phone}`, ...(firm.email ? [`电子邮箱：${firm.email}`] : [])].join("　"),
  ],
  fields: ({ letter, day }) => [
    ["函号", letter.number],
    ["日期", day(letter.on)],
    [
      "收函人",
      letter.addressee.name + (letter.addressee.idTail ? `（证件号码末位：${letter.addressee.idTail}）` : ""),
    ],
    ...(letter.addressee.address ? [["送达地址", letter.addressee.address] as const] : []),
    ["委托人", letter.client.name],
  ],
  salutation: ({ letter }) => `${letter.addressee.name}：`,
  headings: {
    mandate: "委托事项",
    facts: "借款事实",
    account: "欠款明细",
    law: "法律依据",
    pay: "还款要求",
    ways: "还款方式",
    questions: "异议、协商与核实",
    consequences: "逾期未答复的后果",
    acceleration: "提前到期",
    earlier: "此前的函件",
    raised: "您提出的异议",
    answer: "核查结果",
    withdrawn: "撤回的函件",
    settlement: "和解与付款",
  },
  mandate: ({ letter, day }) =>
    `${letter.firm.name}（以下称“本所”）受${letter.client.name}（以下称“委托人”）委托（委托合同编号：${letter.mandate.number}，` +
    `签订日期：${day(letter.mandate.signedOn)}），指派${letter.lawyer.name}律师就下列事项向您致函。` +
    "本函依据委托人的陈述和委托人提供的书面材料作出。",
  contract: ({ letter, money, day }, debt, several) =>
    `${several}您与委托人${debt.contractOn === undefined ? "" : `于${day(debt.contractOn)}`}订立借款合同（合同编号：${debt.contractNumber}，` +
    `借据编号：${debt.loan}）。借款本金${money(debt.principal)}，${day(debt.disbursedOn)}发放，分${debt.installments}期偿还，` +
    `约定利率：${debt.rate}。${letter.kind === "settlement-confirmation" ? "" : lateness(debt.dpd)}`,
  debtNumber: (n) => `（${n}）`,
  missed: () => "下列各期已过应还日，尚未足额偿还：",
  missedTable: {
    caption: "已到期未足额偿还的各期",
    heads: ["期次", "应还日", "应还金额", "已还金额", "未还金额"],
    total: "合计",
  },
  statement: ({ day }, { statement }) => `截至${day(statement.asOf)}，该笔借款的欠款如下：`,
  statementTable: {
    caption: "欠款明细",
    heads: ["项目", "按合同计算", "主张金额上限"],
    total: "合计",
    kinds: {
      principal: "本金",
      interest: "利息",
      lateInterest: "逾期利息（罚息）",
      fee: "费用",
      penalty: "违约金",
      recoveryCost: "实现债权的费用",
    },
  },
  workingIntro: "其中按日计算的部分，算式如下（基数×天数×利率）：",
  workingTable: { caption: "计算过程", heads: ["期间", "基数", "天数", "利率", "金额"] },
  period: (from, to) => `${from}至${to}`,
  ceiling: (_, ceiling) => `“主张金额上限”的依据：${ceiling}。超出该上限的部分，委托人不作主张。`,
  lawIntro: "与本函有关的法律规定如下：",
  lawNote: undefined,
  demand: (said) =>
    `请您于${said.day(said.letter.answerBy)}（含当日）前，通过下列方式向委托人支付${sum(said, said.letter.demanded)}。` +
    `该金额为截至${asOf(said)}的金额。`,
  demandAll: (said) =>
    `因借款已提前到期，请您于${said.day(said.letter.answerBy)}（含当日）前，通过下列方式向委托人支付` +
    `${sum(said, said.letter.demanded)}。该金额为截至${asOf(said)}的金额。`,
  paidAlready: (said) =>
    `${asOf(said)}之后的还款未计入上述金额。如您已经还款，请以委托人的记录为准，并可按本函所列联系方式核对；已经还清的，无须再付。`,
  ways: () => "以下均为委托人自有的还款渠道：",
  neverToUs: () => "本所和本所律师不代收款项，任何个人账户都不是还款渠道。",
  questions: (said) => [
    `对借款、金额或者本函内容有异议的：${said.letter.client.objections}。`,
    `一次支付有困难的，可以与委托人协商还款计划。委托人电话：${said.letter.client.phone}。`,
    `核实本函真伪：扫描函末二维码，或者打开核验页面输入核验码${said.letter.code}；` +
      "也可以通过司法行政机关公布的查询渠道查询本所和承办律师，并拨打委托人的官方客服电话确认委托关系。",
  ],
  consequences: {
    demand: () =>
      `如您在上述期限内没有付款、没有提出异议、也没有与委托人协商，委托人可以依照合同和法律主张权利，包括向有管辖权的人民法院提起诉讼。${COURT_DECIDES}`,
    acceleration: () =>
      `如您在上述期限内没有付款、没有提出异议、也没有与委托人协商，委托人可以就全部到期款项向有管辖权的人民法院提起诉讼。${COURT_DECIDES}`,
    "final-notice": () =>
      `本函是委托人决定是否起诉之前的最后一次书面催告。如您在上述期限内没有付款、没有提出异议、也没有与委托人协商，委托人将决定是否向有管辖权的人民法院提起诉讼。${COURT_DECIDES}`,
  },
  notACourtPaper: "本函是律师函，不是法院文书，本身不产生任何强制措施。",
  acceleration: ({ day }, about) =>
    `根据借款合同的约定（${about.clause}），委托人通知您：上述借款自${day(about.effectiveOn)}起全部提前到期。尚未到期的各期本金随之一并到期，计入下列欠款明细。`,
  earlier: ({ day }, about) =>
    `本所曾于${day(about.of)}就上述借款向您发出律师函（函号：${about.number}）。截至本函日期，委托人没有收到足额付款。`,
  raised: ({ day }, about) => `您于${day(about.raisedOn)}提出的异议，委托人已转交本所。异议内容为：`,
  raisedQuote: (_, about) => about.raised,
  answerIntro: () => "本所核对委托人提供的合同、放款和还款记录后，答复如下：",
  disputeFigures: (said) => `截至${asOf(said)}，委托人主张的金额为${sum(said, said.letter.demanded)}。`,
  disputeOpen: (said) =>
    `如您对本答复仍有异议，请于${said.day(said.letter.answerBy)}（含当日）前补充理由和材料。异议核查期间的处理，以委托人的书面答复为准。`,
  withdrawn: ({ day, contracts }, about) =>
    `本所于${day(about.of)}就合同编号${contracts}的借款向您发出的律师函（函号：${about.number}），现予撤回。`,
  why: (_, about) => `撤回原因：${about.why}。`,
  withdrawnMeans: (said, about) => [
    `函号${about.number}的律师函自本函日期起不再作为委托人的主张，其中的金额、期限和要求不再适用。`,
    "您无须因该函付款或者答复。",
    `您与委托人之间借款的实际情况，以委托人的记录为准。委托人电话：${said.letter.client.phone}。`,
    "因该函给您带来的不便，本所表示歉意。",
  ],
  settlement: (said, about) => [
    `您与委托人于${said.day(about.agreedOn)}就上述借款达成和解，约定由您支付${said.money(about.amount)}。`,
    about.paidOn === undefined
      ? `委托人尚未收到上述款项。按约定付清后，借款结清。`
      : `委托人已于${said.day(about.paidOn)}收到该款项。`,
    ...(about.settledOn === undefined
      ? []
      : [
          `借款自${said.day(about.settledOn)}起结清。委托人不再就该借款向您主张任何款项，也不再就该借款联系您催收。`,
        ]),
  ],
  closing: {
    demand: "请您妥善处理，并保存本函。",
    acceleration: "请您妥善处理，并保存本函。",
    "final-notice": "请您妥善处理，并保存本函。",
    "dispute-reply": "特此答复。",
    withdrawal: "特此函告。",
    "settlement-confirmation": "特此确认。请保存本函，作为和解的凭证。",
  },
  signature: ({ letter, day }) => [
    `${letter.firm.name}（盖章）`,
    `承办律师：${letter.lawyer.name}`,
    `律师执业证号：${letter.lawyer.licence}`,
    day(letter.on),
  ],
  check: {
    alt: "核验本函真伪的二维码",
    lines: ({ letter }) => ["扫码核验本函真伪", `核验码：${letter.code}`, letter.verifyUrl],
  },
  enclosures: (items) => `附件：${items.map((item, n) => `${n + 1}. ${item}`).join("；")}。`,
  footer: ({ letter }) => `${letter.firm.name}　${letter.number}`,
  development: "本函由试用证书签署，仅供试用，不具有法律效力。",
};

const COURT_DECIDES = "主张能否成立，由人民法院依法认定。";
const lateness = (dpd: number): string => (dpd > 0 ? `截至本函日期，已逾期${dpd}天。` : "");
