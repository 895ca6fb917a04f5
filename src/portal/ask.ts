import type { ComplaintKind, HardshipReason, WishKind } from "../core/index.ts";
import { COMPLAINT_KIND_WORDS, HARDSHIP_REASON_WORDS } from "../legal/index.ts";
import { csrfField, linkButton, type Page, wrongBox } from "./frame.ts";
import { helpLine } from "./help.ts";
import { type Html, html, type Shown } from "./html.ts";
import { type Said, type Show, say } from "./show.ts";

/** What a borrower can ask for on a page of its own. */
export const ASKS = [
  "cannot-pay",
  "not-mine",
  "wrong-sum",
  "complaint",
  "record",
  "person",
  "contact",
  "helper",
] as const;
export type Ask = (typeof ASKS)[number];

export interface Choice {
  readonly value: string;
  readonly says: Said;
}

/** One question of a form. Nothing is chosen beforehand, and only what has to be known has to be said. */
export interface Question {
  readonly name: string;
  readonly says: Said;
  readonly hint?: Said;
  readonly kind: "one" | "some" | "text" | "long" | "money" | "day" | "time";
  readonly choices?: readonly Choice[];
  readonly needed: boolean;
}

export interface AskForm {
  readonly title: Said;
  readonly intro: Said;
  /** What happens at once, told before anything is sent. */
  readonly effect: Said;
  readonly questions: readonly Question[];
}

const words = (needed: boolean, hint: Said): Question => ({
  name: "words",
  says: { zh: "用您自己的话说", en: "In your own words" },
  hint,
  kind: "long",
  needed,
});

const ANY: Said = {
  zh: "写多少都行。不知道的可以不写。",
  en: "As much as you like. What you do not know you can leave out.",
};

const complaintChoice = (kind: ComplaintKind): Choice => ({ value: kind, says: COMPLAINT_KIND_WORDS[kind] });
const reasonChoice = (reason: HardshipReason): Choice => ({
  value: reason,
  says: HARDSHIP_REASON_WORDS[reason],
});
const wishChoice = (wish: WishKind, zh: string, en: string): Choice => ({ value: wish, says: { zh, en } });

const RESTS: Said = {
  zh: "提交后立即生效：核查期间暂停催收。您会得到编号和答复日期。",
  en: "At once: collection pauses while it is checked. You get a reference and the day of the answer.",
};

export const ASK_FORMS: Readonly<Record<Ask, AskForm>> = {
  "cannot-pay": {
    title: { zh: "我还不起", en: "I cannot pay" },
    intro: {
      zh: "说出来，是最早也最管用的一步。以后说得越晚，能做的越少。",
      en: "Saying so is the first step, and the one that helps most. The later it is said, the less can be done.",
    },
    effect: {
      zh: "提交后立即生效：审核期间暂停催收。由人来看，不由机器拒绝。您会得到编号和答复日期。",
      en: "At once: collection pauses while it is looked at. A person looks at it; no machine says no. You get a reference and the day of the answer.",
    },
    questions: [
      {
        name: "reasons",
        says: { zh: "发生了什么", en: "What happened" },
        hint: { zh: "可以选几个。", en: "You can choose several." },
        kind: "some",
        choices: (
          [
            "illness",
            "job-loss",
            "income-fell",
            "family",
            "disaster",
            "accident",
            "business-failed",
            "other",
          ] as const
        ).map(reasonChoice),
        needed: true,
      },
      words(true, {
        zh: "几句话就够。证明可以以后再补。",
        en: "A few words are enough. Proof can follow later.",
      }),
      {
        name: "income",
        says: { zh: "每月到手收入", en: "What comes in each month" },
        hint: {
          zh: "收入和生活费一起填，才能提出付得起的方案。也可以先不填。",
          en: "With income and living costs a plan that you can afford can be made. You can leave both out for now.",
        },
        kind: "money",
        needed: false,
      },
      {
        name: "living",
        says: { zh: "每月生活费（含家人）", en: "What you and yours need to live" },
        kind: "money",
        needed: false,
      },
      {
        name: "otherDebts",
        says: { zh: "每月还其他债务", en: "What you pay on other debts" },
        kind: "money",
        needed: false,
      },
      {
        name: "wish",
        says: { zh: "您觉得每月能还多少", en: "What you could pay a month" },
        kind: "money",
        needed: false,
      },
    ],
  },
  "not-mine": {
    title: { zh: "这不是我的", en: "This is not mine" },
    intro: {
      zh: "没有借过，或有人冒用您的名字，请告诉我们。不要为不是自己的债付款。",
      en: "You never borrowed this, or somebody used your name: tell us. Do not pay a debt that is not yours.",
    },
    effect: RESTS,
    questions: [
      {
        name: "topic",
        says: { zh: "是哪一种", en: "Which is it" },
        kind: "one",
        choices: (["not-mine", "identity-theft"] as const).map(complaintChoice),
        needed: true,
      },
      words(true, ANY),
    ],
  },
  "wrong-sum": {
    title: { zh: "金额不对", en: "The sum is wrong" },
    intro: {
      zh: "已经还了没入账，或者算错了，都可以说。核清之前，有争议的部分不催。",
      en: "You paid and it does not show, or it was counted wrongly: say so. What is disputed is not collected until it is clear.",
    },
    effect: RESTS,
    questions: [
      words(true, {
        zh: "哪里不对？有凭证就写上日期和金额。",
        en: "What is wrong? If you have a receipt, give its day and sum.",
      }),
      {
        name: "disputed",
        says: { zh: "有争议的金额", en: "The sum that you contest" },
        hint: { zh: "不知道就留空。", en: "Leave it empty if you do not know." },
        kind: "money",
        needed: false,
      },
    ],
  },
  complaint: {
    title: { zh: "投诉", en: "Complain" },
    intro: {
      zh: "对方怎么对您的，说出来。出借人要在规定的日期前书面答复。",
      en: "Say how you were treated. The lender has to answer in writing by a fixed day.",
    },
    effect: RESTS,
    questions: [
      {
        name: "topic",
        says: { zh: "关于什么", en: "What is it about" },
        kind: "one",
        choices: (["conduct", "privacy", "third-person", "letter-false", "other"] as const).map(
          complaintChoice,
        ),
        needed: true,
      },
      words(true, ANY),
      {
        name: "happenedOn",
        says: { zh: "哪一天发生的", en: "On which day it happened" },
        kind: "day",
        needed: false,
      },
      {
        name: "against",
        says: { zh: "是谁（姓名、工号或号码）", en: "Who it was (name, number)" },
        kind: "text",
        needed: false,
      },
    ],
  },
  record: {
    title: { zh: "征信记录有误", en: "My credit record is wrong" },
    intro: {
      zh: "哪个月、哪里不对，告诉我们。核查后会书面答复；有错就更正。",
      en: "Tell us which month and what is wrong. It is checked, answered in writing, and corrected where it is wrong.",
    },
    effect: {
      zh: "提交后，您会得到编号和答复日期。",
      en: "You get a reference and the day of the answer.",
    },
    questions: [words(true, ANY)],
  },
  person: {
    title: { zh: "找人说", en: "Talk to a person" },
    intro: {
      zh: "可以打电话，也可以留言，请出借人的人来回复您。",
      en: "You can call, or leave word so that somebody of the lender answers you.",
    },
    effect: {
      zh: "留言后，您会得到编号和答复日期。您不必同意任何事。",
      en: "You get a reference and the day of the answer. You need not agree to anything.",
    },
    questions: [
      words(true, {
        zh: "想说什么，什么时候方便回复。",
        en: "What it is about, and when it suits you to be answered.",
      }),
    ],
  },
  contact: {
    title: { zh: "怎样联系我", en: "How I may be contacted" },
    intro: {
      zh: "您可以约定时间，停掉某种方式，或要求不再打扰家人朋友。债务不会因此消失。",
      en: "You can set times, stop a way, or ask that nobody else is called. The debt does not go away by it.",
    },
    effect: {
      zh: "提交的这一分钟起生效。法院文书和必要通知仍会送达。",
      en: "It counts from this minute on. Court papers and notices that the law asks for still come.",
    },
    questions: [
      {
        name: "wish",
        says: { zh: "您想要", en: "What you want" },
        kind: "one",
        choices: [
          wishChoice("only-at-times", "只在这些时间联系我", "Contact me only at these times"),
          wishChoice("stop-channel", "不要打电话，用文字联系", "No calls; write to me"),
          wishChoice(
            "stop-third-person",
            "不要联系我的家人、同事、朋友",
            "Do not contact my family, colleagues or friends",
          ),
          wishChoice("stop-all", "停止一切催收联系", "Stop all contact about this"),
        ],
        needed: true,
      },
      {
        name: "from",
        says: { zh: "从几点", en: "From" },
        hint: { zh: "只在选了时间时填。", en: "Only if you chose times." },
        kind: "time",
        needed: false,
      },
      { name: "to", says: { zh: "到几点", en: "To" }, kind: "time", needed: false },
      words(false, { zh: "可以不写。", en: "You can leave this out." }),
    ],
  },
  helper: {
    title: { zh: "有人帮我", en: "Someone helps me" },
    intro: {
      zh: "律师、家人或公益机构可以替您沟通。登记以后，由他们来谈。",
      en: "A lawyer, somebody of your family or an advice service can speak for you. Once named, they are spoken to.",
    },
    effect: {
      zh: "提交的这一分钟起生效。出借人可能请代理人出示授权。",
      en: "It counts from this minute on. The lender may ask your helper for a written authority.",
    },
    questions: [
      {
        name: "representative",
        says: { zh: "他是谁（姓名、机构、电话）", en: "Who it is (name, office, number)" },
        kind: "text",
        needed: true,
      },
      words(false, { zh: "可以不写。", en: "You can leave this out." }),
    ],
  },
};

export interface AskShown {
  readonly ask: Ask;
  /** The loan that it is about, and all that can be chosen; one needs no choosing. */
  readonly loan: string;
  readonly loans: readonly string[];
  readonly typed: Readonly<Record<string, readonly string[]>>;
  readonly wrongs: readonly { readonly at: string; readonly says: Said }[];
  /** Random, and new for each form: sent twice it counts once. */
  readonly once: string;
}

const W = {
  loan: { zh: "关于哪一笔", en: "About which loan" },
  go: { zh: "下一步：核对", en: "Next: check your answers" },
  check: { zh: "核对后提交", en: "Check your answers" },
  send: { zh: "提交", en: "Send it" },
  change: { zh: "修改", en: "Change" },
  none: { zh: "（未填）", en: "(left out)" },
  effect: { zh: "提交以后", en: "What happens then" },
  call: { zh: "打电话", en: "By phone" },
  callOwn: {
    zh: "请拨打您合同上的电话。",
    en: "Call the number on your contract.",
  },
  callUs: {
    zh: (phone: string, hours: string) =>
      `登记的电话：${phone}${hours === "" ? "" : `（${hours}）`}。先与合同上的对照。`,
    en: (phone: string, hours: string) =>
      `The number set down here: ${phone}${hours === "" ? "" : ` (${hours})`}. Compare it with your contract first.`,
  },
  write: { zh: "留言", en: "Leave word" },
} as const;

export const NEEDED: Said = { zh: "请回答：", en: "Please answer: " };

export function askPage(shown: AskShown, show: Show): Page {
  const { ask, wrongs, loan, loans } = shown;
  const form = ASK_FORMS[ask];
  return {
    title: say(form.title, show),
    room: "ways",
    ...(wrongs.length > 0 ? { wrong: true } : {}),
    body: html`${wrongBox(show, wrongs)}
<p>${say(form.intro, show)}</p>
${ask === "person" && byPhone(show)}
<form method="post" action="/me/ask/${ask}">${csrfField(show)}<input type="hidden" name="once" value="${shown.once}">
${loans.length > 1 ? html`<fieldset><legend>${say(W.loan, show)}</legend>${loans.map((id) => html`<label class="pick"><input type="radio" name="loan" value="${id}"${id === loan && html` checked`}><span>${id}</span></label>`)}</fieldset>` : html`<input type="hidden" name="loan" value="${loan}">`}
${form.questions.map((question) => field(question, shown, show))}
<p class="note">${say(form.effect, show)}</p>
<p><button class="act">${say(W.go, show)}</button></p></form>
${helpLine(show, "legal-aid", "consumer", "lender-complaints")}`,
  };
}

function byPhone(show: Show): Html {
  const { house, language } = show;
  return html`<h2>${say(W.call, show)}</h2><p>${say(W.callOwn, show)} ${house.phone !== undefined && W.callUs[language](house.phone, house.hours ? say(house.hours, show) : "")}</p><h2>${say(W.write, show)}</h2>`;
}

function field(
  { name, says, hint, kind, choices = [], needed }: Question,
  { typed, wrongs }: AskShown,
  show: Show,
): Html {
  const values = typed[name] ?? [];
  const wrong = wrongs.find(({ at }) => at === name);
  const label = say(says, show);
  const hintText = hint && html`<span class="hint" id="${name}-hint">${say(hint, show)}</span>`;
  const bad = wrong && html`<span class="bad" id="${name}-wrong">${say(wrong.says, show)}</span>`;
  const described = html`${(hint || wrong) && html` aria-describedby="${[hint && `${name}-hint`, wrong && `${name}-wrong`].filter(Boolean).join(" ")}"`}`;
  if (kind === "one" || kind === "some")
    return html`<fieldset id="${name}" tabindex="-1"${described}><legend>${label}</legend>${hintText}${bad}${choices.map(({ value, says: choice }) => html`<label class="pick"><input type="${kind === "one" ? "radio" : "checkbox"}" name="${name}" value="${value}"${values.includes(value) && html` checked`}><span>${say(choice, show)}</span></label>`)}</fieldset>`;
  const head = html`<label for="${name}">${label}</label>${hintText}${bad}`;
  const common = html` id="${name}" name="${name}" autocomplete="off"${described}${wrong && html` aria-invalid="true"`}${needed && html` aria-required="true"`}`;
  if (kind === "long") return html`${head}<textarea${common} maxlength="2000">${values[0] ?? ""}</textarea>`;
  const type = kind === "day" ? "date" : kind === "time" ? "time" : "text";
  return html`${head}<input class="short" type="${type}"${common}${kind === "money" && html` inputmode="decimal"`} maxlength="100" value="${values[0] ?? ""}">`;
}

/** All that was answered, with a way back to each, before anything counts. */
export function checkAnswersPage({ ask, loan, typed, once }: AskShown, show: Show): Page {
  const form = ASK_FORMS[ask];
  const told = ({ name, choices }: Question): string => {
    const values = (typed[name] ?? []).filter((value) => value !== "");
    if (values.length === 0) return say(W.none, show);
    const texts = values.map((value) => {
      const choice = choices?.find((one) => one.value === value);
      return choice ? say(choice.says, show) : value;
    });
    return texts.join(show.language === "zh" ? "、" : ", ");
  };
  const kept: Shown = Object.entries(typed).flatMap(([name, values]) =>
    values.map((value) => html`<input type="hidden" name="${name}" value="${value}">`),
  );
  const hidden = html`${csrfField(show)}<input type="hidden" name="once" value="${once}"><input type="hidden" name="loan" value="${loan}">${kept}`;
  return {
    title: say(W.check, show),
    room: "ways",
    body: html`<h2>${say(form.title, show)}</h2>
<table><tbody><tr><th scope="row">${say(W.loan, show)}</th><td>${loan}</td></tr>${form.questions.map((question) => html`<tr><th scope="row">${say(question.says, show)}</th><td>${told(question)}</td></tr>`)}</tbody></table>
<h2>${say(W.effect, show)}</h2><p>${say(form.effect, show)}</p>
<form method="post" action="/me/ask/${ask}">${hidden}<p><button class="act" name="step" value="send">${say(W.send, show)}</button> <button name="step" value="change">${say(W.change, show)}</button></p></form>`,
  };
}

export const askLink = (ask: Ask, show: Show): Html =>
  linkButton(`/me/ask/${ask}`, say(ASK_FORMS[ask].title, show));
