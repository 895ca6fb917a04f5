/**
 * Statements that nearly every request makes. A server parses and plans each once on a connection and is then only given the
 * values: of a look-up by key that is more than half of its work. Statements over lists of very different lengths are not
 * among them: for those a plan made once can be the wrong one.
 */
const NAMES = new Map<string, string>();

/** Marks a statement, and gives it back. */
export function everyRequest(text: string): string {
  if (!NAMES.has(text)) NAMES.set(text, `every_${NAMES.size}`);
  return text;
}

/** The name under which a server keeps it; none of most statements. */
export const statementName = (text: string): string | undefined => NAMES.get(text);
