import type { ReactNode } from "react";
import { day } from "../lib/format.ts";
import { useSay, useSettings } from "../lib/settings.tsx";
import { roles } from "../words/frame.ts";
import { approvalWords as words } from "../words/office.ts";
import { complaintWords } from "../words/requests.ts";
import { word } from "./rule-card.tsx";
import { LoanLink } from "./said.tsx";
import { Fact } from "./states.tsx";

/** What a proposal asks for, member by member, in words: what lies within one is told beside the rest. */
export function AskedFor({ asked }: { readonly asked: Readonly<Record<string, unknown>> }) {
  const say = useSay();
  const { lang } = useSettings();
  const flat = Object.entries(asked).flatMap(([name, value]): [string, unknown][] =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.entries(value)
      : [[name, value]],
  );
  const told = (name: string, value: unknown): ReactNode => {
    if (value === null || value === undefined) return null;
    const text = Array.isArray(value) ? value.join(", ") : String(value);
    if (name === "role") return word(roles, text, say);
    if (name === "claim") return word(complaintWords.claims, text, say);
    if (name === "loan") return <LoanLink loan={text} />;
    return /^\d{4}-\d{2}-\d{2}$/.test(text) ? day(text, lang) : text;
  };
  return (
    <>
      {flat.map(([name, value]) => {
        const shown = told(name, value);
        return shown === null ? null : (
          <Fact key={name} name={word(words.fields, name, say)}>
            {shown}
          </Fact>
        );
      })}
    </>
  );
}
