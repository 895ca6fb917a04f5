export interface Literal {
  /** What stands between the quotes or backticks, as written. */
  readonly text: string;
  readonly index: number;
}

export interface Masked {
  /** The code with comments, strings and regular expressions blanked: same length, same lines, quotes kept. */
  readonly code: string;
  readonly literals: readonly Literal[];
}

export const lineOf = (text: string, index: number): number => text.slice(0, index).split("\n").length;

/** A slash after one of these begins a regular expression; after anything else it divides. */
const BEFORE_REGEX =
  /(?:^|[(,=:[!&|?{};+\-*%<>~^]|\b(?:return|typeof|case|in|of|do|else|yield|await|void|delete|new|throw))$/;

/** Tells code from comments and strings, well enough for TypeScript as this repository writes it. */
export function maskCode(text: string): Masked {
  const out = text.split("");
  const literals: Literal[] = [];
  /** Where each open template began, and how many braces are open inside its current `${…}`. */
  const templates: { start: number; braces: number }[] = [];
  const blank = (from: number, to: number): void => {
    for (let i = from; i < to && i < out.length; i++) if (out[i] !== "\n") out[i] = " ";
  };
  let significant = "";
  let i = 0;

  const template = (from: number): number => {
    let at = from;
    while (at < text.length) {
      if (text[at] === "\\") at += 2;
      else if (text[at] === "`") {
        blank(from, at);
        const { start } = templates.pop()!;
        literals.push({ text: text.slice(start, at), index: start });
        significant = "x";
        return at + 1;
      } else if (text.startsWith("${", at)) {
        blank(from, at);
        templates.at(-1)!.braces = 0;
        significant = "(";
        return at + 2;
      } else at++;
    }
    return at;
  };

  while (i < text.length) {
    const char = text[i]!;
    if (text.startsWith("//", i) || text.startsWith("/*", i)) {
      const close = text[i + 1] === "/" ? text.indexOf("\n", i) : text.indexOf("*/", i) + 2;
      const end = close < i + 2 ? text.length : close;
      blank(i, end);
      i = end;
    } else if (char === '"' || char === "'") {
      let end = i + 1;
      while (end < text.length && text[end] !== char && text[end] !== "\n") end += text[end] === "\\" ? 2 : 1;
      literals.push({ text: text.slice(i + 1, end), index: i + 1 });
      blank(i + 1, end);
      significant = "x";
      i = end + 1;
    } else if (char === "`") {
      templates.push({ start: i + 1, braces: 0 });
      i = template(i + 1);
    } else if (char === "/" && BEFORE_REGEX.test(significant)) {
      let end = i + 1;
      let inClass = false;
      while (end < text.length && text[end] !== "\n" && (inClass || text[end] !== "/")) {
        if (text[end] === "\\") end++;
        else if (text[end] === "[") inClass = true;
        else if (text[end] === "]") inClass = false;
        end++;
      }
      blank(i, end + 1);
      significant = "x";
      i = end + 1;
    } else if (char === "}" && templates.length > 0 && templates.at(-1)!.braces === 0) {
      i = template(i + 1);
    } else {
      const open = templates.at(-1);
      if (open && char === "{") open.braces++;
      if (open && char === "}") open.braces--;
      if (/\w/.test(char))
        significant = /\w$/.test(significant) && /\w/.test(text[i - 1] ?? "") ? significant + char : char;
      else if (!/\s/.test(char)) significant = char;
      i++;
    }
  }
  return { code: out.join(""), literals };
}
