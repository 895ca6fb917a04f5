import {
  decimalsOf,
  FIGURES,
  type Figure,
  formatDay,
  type LoanBooked,
  nearest,
  type Seen,
  statementOf,
  termsOf,
  why,
} from "../core/index.ts";
import { amount, Declined, type Io, WrongUse } from "../office/io.ts";
import { claimOn } from "../office/loans/claims.ts";
import { promiseJson, promiseLine, promisesOfFile } from "../office/loans/promises.ts";
import { statementTable } from "../office/loans/statement-words.ts";
import { statementJson, whyJson } from "../office/loans/why-json.ts";
import { type Telling, whyLines } from "../office/loans/why-words.ts";
import { factsOf, type LoanFile } from "../store/index.ts";

export function figureAsked(word: string | undefined, io: Io): Figure | undefined {
  if (word === undefined) return undefined;
  const figure = FIGURES.find((known) => known === word);
  if (figure) return figure;
  const near = nearest(word, FIGURES);
  const known = FIGURES.join(", ");
  throw new WrongUse(
    io.language === "zh"
      ? `没有名为“${word}”的数字${near ? `；是否指 ${near}？` : ""}可选：${known}`
      : `there is no figure "${word}"${near ? `; did you mean ${near}?` : ""} Known are ${known}`,
  );
}

function questionOf(file: LoanFile, seen: Seen, io: Io) {
  const facts = factsOf(file);
  const booked = facts.find((fact): fact is LoanBooked => fact.kind === "LoanBooked");
  if (!booked || file.product.source === "fed")
    throw new Declined(
      io.language === "zh"
        ? "报送的贷款只有报送的数字，此处没有其计算过程；差异见 arrears show"
        : "a fed loan has the figures that were reported and no working of ours; arrears show lists where they differ",
    );
  return { terms: termsOf(booked, file.product), facts, product: file.product, ...seen };
}

function tellingOf(file: LoanFile, terms: Telling["terms"], io: Io): Telling {
  const decimals = decimalsOf(file.product.terms.currency);
  return { language: io.language, decimals, terms, product: file.product };
}

export function tellWhy(io: Io, file: LoanFile, figure: Figure, seen: Seen): number {
  const claim = claimOn(file, seen);
  const ceiling = "ceiling" in claim ? { ceiling: claim.ceiling } : {};
  const question = questionOf(file, seen, io);
  const found = why(figure, { ...question, ...ceiling });
  if (!found) throw new Declined("none" in claim ? claim.none : "");
  const telling = tellingOf(file, question.terms, io);
  io.object({ loan: file.id, asOf: formatDay(seen.asOf), ...whyJson(found, telling) });
  io.out(`${file.id} · ${formatDay(seen.asOf)}`);
  for (const line of whyLines(found, telling)) io.out(line);
  return 0;
}

export function tellStatement(io: Io, file: LoanFile, seen: Seen): number {
  const question = questionOf(file, seen, io);
  const lines = statementOf(question.terms, question.facts, question.product, seen) ?? [];
  const telling = tellingOf(file, question.terms, io);
  for (const line of lines) io.object({ loan: file.id, ...statementJson(line, telling) });
  io.out(`${file.id} · ${file.lender.name} · ${file.product.code} · ${formatDay(seen.asOf)}`);
  io.out(statementTable(lines, telling));
  const promises = promisesOfFile(file, seen);
  if (promises.length > 0) io.out(io.language === "zh" ? "\n承诺还款：" : "\npromises to pay:");
  for (const promise of promises) {
    io.object({ loan: file.id, kind: "promise", ...promiseJson(promise, telling.decimals) });
    io.out(`  ${promiseLine(promise, (value) => amount(value, telling.decimals), io.language)}`);
  }
  return 0;
}
