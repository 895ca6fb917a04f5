import { readFileSync } from "node:fs";

/** The compiled files that are the verifier, in the order in which they are put together. */
const PARTS = [
  "../../evidence/merkle.js",
  "../../evidence/texts.js",
  "../../evidence/zip.js",
  "../../evidence/check.js",
  "./offline.js",
] as const;

const HEAD = `#!/usr/bin/env node
// Checks this bundle: that its files are those that its manifest lists, and that its facts stand in the lender's log as they
// were sealed. It needs Node.js 20 or later, reads only the bundle, and uses no network.
//
//   node verify.mjs [BUNDLE] [--heads FILE] [--manifest SHA256] [--json] [--lang zh]
//
// Exit code 0: everything agrees; 1: something does not, and is named. What is hashed, to the byte: docs/reference/seals.md.
`;

const TAIL = `
import { fileURLToPath } from "node:url";
process.exitCode = runOffline(process.argv.slice(2), fileURLToPath(new URL(".", import.meta.url)), (text) => {
  process.stdout.write(text);
});
`;

/**
 * One file that checks a bundle, from the very code that `arrears verify` runs: nothing of it is written twice. It is made of the
 * compiled files, so a program that runs from its sources has none.
 */
export function verifierText(): string {
  const parts = PARTS.map((part) => {
    const text = readFileSync(new URL(part, import.meta.url), "utf8");
    return text
      .replace(/^import [^;]*? from "\.[^"]*";\n/gm, "")
      .replace(/^\/\/# sourceMappingURL=.*\n?/gm, "")
      .trim();
  });
  return `${HEAD}\n${parts.join("\n\n")}\n${TAIL}`;
}
