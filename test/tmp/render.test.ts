import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { composePaper, PAPER_KINDS, checkPaper, paperText, paperHtml } from "../../src/documents/papers/index.ts";
import { openPress } from "../../src/press/index.ts";
import { keptCase, fedCase, restructuredCase, factsFor } from "../golden/papers.ts";
test("render", async () => {
const press = await openPress();
const out = "/tmp/papers"; 
const cases = { kept: keptCase(), fed: fedCase(), restructured: restructuredCase() } as const;
const kinds = process.env.ALL ? PAPER_KINDS : ["complaint-loan"];
for (const [name, given] of Object.entries(cases)) for (const kind of kinds as any) {
  const facts = factsFor(given, kind);
  const paper = composePaper(kind, facts);
  const r = await press.paper(paper, facts.lender.name.value);
  if (!r.ok) { console.log(r.refusal); continue; }
  writeFileSync(`${out}/${name}-${kind}.pdf`, r.value.bytes);
  writeFileSync(`${out}/${name}-${kind}.txt`, paperText(paper));
  writeFileSync(`${out}/${name}-${kind}.html`, paperHtml(paper));
  writeFileSync(`${out}/${name}-${kind}.docx`, press.paperDocx(paper, facts.lender.name.value).bytes);
  console.log(name, kind, r.value.pages, checkPaper(paper, facts).map(f => `${f.state} ${f.field ?? f.code}`).join(" | "));
}
await press.close();
}, 120000);
