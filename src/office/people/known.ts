import {
  formatDay,
  formatInstant,
  type PersonFact,
  type PersonFacts,
  type Placed,
} from "../../core/index.ts";
import type { Io, Language } from "../io.ts";
import { personSentence } from "./sentences.ts";

/** What stands of what is known of a person: each as the fact that it came with. */
export function standingFacts(person: PersonFacts): readonly (PersonFact & { readonly over?: number })[] {
  const { consents, stops, refused, agreed, notices, bans, attorney, employer, guarantors, placements } =
    person;
  return [
    ...placements,
    ...guarantors,
    ...consents.map(({ withdrawn, ...consent }) => ({
      kind: "ConsentGiven" as const,
      ...consent,
      ...(withdrawn === undefined ? {} : { over: withdrawn }),
    })),
    ...stops,
    ...refused,
    ...(agreed ? [agreed] : []),
    ...notices.map(({ returned, ...notice }) => ({
      ...notice,
      ...(returned === undefined ? {} : { over: returned }),
    })),
    ...bans,
    ...(attorney ? [attorney] : []),
    ...(employer ? [employer] : []),
  ];
}

const WORDS = {
  en: { head: "known of the borrower:", over: "taken back or returned at" },
  zh: { head: "已知的借款人情况：", over: "撤回或退回于" },
} as const;

/** The lines of `show` and `explain`: what stands, since when, and under which id it can be ended or reversed. */
export function tellPerson(io: Io, person: PersonFacts, zone: string): void {
  const standing = standingFacts(person);
  if (standing.length === 0) return;
  const words = WORDS[io.language];
  io.out("");
  io.out(words.head);
  for (const fact of standing) {
    const over = fact.over === undefined ? "" : ` (${words.over} ${formatInstant(zone, fact.over)})`;
    io.out(`  ${personSentence(fact, zone)[io.language]}${over}  [${fact.id}]`);
  }
}

export function personJson(person: PersonFacts, zone: string): Record<string, unknown>[] {
  return standingFacts(person).map((fact) => ({
    ...fact,
    on: formatDay(fact.on),
    at: formatInstant(zone, fact.at),
    says: personSentence(fact, zone).en,
    saysZh: personSentence(fact, zone).zh,
  }));
}

/** With whom a loan is placed, and what that means for the lender's own steps. */
export function placedSentence(placed: Placed, language: Language): string {
  const { with: name, role, lenderSteps } = placed;
  if (language === "zh") {
    const own =
      lenderSteps === "pause"
        ? "出借人自己的动作暂停"
        : lenderSteps === "continue"
          ? "出借人继续以自己名义进行"
          : "出借人的动作以其名义进行";
    return `由 ${name}（${role}）办理；${own}`;
  }
  const own =
    lenderSteps === "pause"
      ? "the lender's own steps wait"
      : lenderSteps === "continue"
        ? "the lender's own steps go on in its name"
        : "the lender's steps go on for them";
  return `judged as done by ${name} (${role}), with whom the loan is placed; ${own}`;
}
