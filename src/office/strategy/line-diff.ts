/** Lines of a common stretch that are shown beside a change. */
const AROUND = 1;
/** A change longer than this is cut: it is told to be read, not to be applied. */
const MOST_LINES = 60;

/**
 * What differs between two texts, line by line: `- ` of the first, `+ ` of the second, two spaces before what is common.
 * Long common stretches are left out.
 */
export function lineDiff(before: string, after: string): string {
  const marked = markedLines(before.split("\n"), after.split("\n"));
  const near = marked.map((_, i) =>
    marked.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(([mark]) => mark !== " "),
  );
  const lines: string[] = [];
  marked.forEach(([mark, line], i) => {
    if (near[i]) lines.push(`  ${mark} ${line}`.trimEnd());
    else if (near[i - 1]) lines.push("    …");
  });
  return (lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), "    …"] : lines).join("\n");
}

/** By the longest common subsequence. */
function markedLines(a: readonly string[], b: readonly string[]): [" " | "-" | "+", string][] {
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const marked: [" " | "-" | "+", string][] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      marked.push([" ", a[i]!]);
      i += 1;
      j += 1;
    } else if (j < b.length && (i === a.length || common[i]![j + 1]! > common[i + 1]![j]!)) {
      marked.push(["+", b[j]!]);
      j += 1;
    } else {
      marked.push(["-", a[i]!]);
      i += 1;
    }
  }
  return marked;
}
