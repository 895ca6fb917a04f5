import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { MAX_ROW, RowSplitter, readJsonLine, sniffDelimiter } from "./split.ts";

interface Row {
  line: number;
  fields: string[];
  raw: string;
  trouble?: string;
}

function split(text: string, pieces = [text], delimiter = ","): Row[] {
  const rows: Row[] = [];
  const splitter = new RowSplitter({ delimiter, jsonLines: false }, (fields, line, raw, trouble) => {
    rows.push({ line, fields: [...fields], raw, ...(trouble ? { trouble } : {}) });
  });
  for (const piece of pieces) splitter.push(piece);
  splitter.push("", true);
  return rows;
}

describe("splitting text into rows", () => {
  test("gives what csv-parse gives, on 4,000 well-formed files made of awkward cells", () => {
    const cells = ["", "a", "1.5", " b ", '"c"', '"d,e"', '"f""g"', '"h\ni"', '"j\r\nk"', '""', '""""', "张"];
    const ends = ["\n", "\r\n", "\r"];
    let n = 0;
    for (let seed = 1; seed <= 4000; seed++) {
      let state = seed * 2_654_435_761;
      const next = (below: number) => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return (state >>> 8) % below;
      };
      const end = ends[next(3)]!;
      const rows = Array.from({ length: 1 + next(4) }, () =>
        Array.from({ length: 2 + next(3) }, () => cells[next(cells.length)]!).join(","),
      );
      const text = rows.join(end) + (next(2) ? end : "");
      const cut = next(text.length + 1);
      const expected = parse(text, { record_delimiter: end, relax_column_count: true }) as string[][];
      const ours = split(text, [text.slice(0, cut), text.slice(cut)]);
      expect([text, ours.map(({ fields }) => fields)]).toEqual([text, expected]);
      expect(ours.every(({ trouble }) => trouble === undefined)).toBe(true);
      n += ours.length;
    }
    expect(n).toBeGreaterThan(8000);
  });

  test("counts the lines inside quotes, whatever their ends", () => {
    const rows = split('a,b\n"1\n2","3\r\n4"\r\nx,y\r"5\r6",z\nlast,one');
    expect(rows.map(({ line }) => line)).toEqual([1, 2, 5, 6, 8]);
  });

  test("a stray quote costs the line it stands on and no other", () => {
    const rows = split('a,b\n1,"2\n3,4\n5,"6"\n7,8\n');
    expect(rows.map(({ line, trouble }) => [line, trouble])).toEqual([
      [1, undefined],
      [2, "bad-quote"],
      [3, undefined],
      [4, undefined],
      [5, undefined],
    ]);
  });

  test("a row that never ends is given up after a million characters, and the next line is read", () => {
    const pieces = ["a,b\n", ...Array.from({ length: 40 }, () => "x".repeat(MAX_ROW / 20)), "\r\nc,d\n"];
    const rows = split("", pieces);
    expect(rows.map(({ line, trouble, raw }) => [line, trouble, raw.length])).toEqual([
      [1, undefined, 3],
      [2, "row-too-long", 10_000],
      [3, undefined, 3],
    ]);
  });

  test("a quoted value longer than a row may be costs its first line, whatever the pieces", () => {
    const text = `a,b\n"${"x\n".repeat(600_000)}",1\nc,d\n`;
    const pieces = (size: number) =>
      Array.from({ length: Math.ceil(text.length / size) }, (_, i) => text.slice(i * size, (i + 1) * size));
    const whole = split(text);
    expect(whole[1]).toMatchObject({ line: 2, trouble: "unclosed-quote", raw: '"x' });
    expect(whole.length).toBe(600_003);
    expect(JSON.stringify(split("", pieces(100_000))) === JSON.stringify(whole)).toBe(true);
  });

  test("a CRLF cut in two is one line end", () => {
    const rows = split("", ["a,b\r", "\nc,d\r", "\n"]);
    expect(rows.map(({ line, raw }) => [line, raw])).toEqual([
      [1, "a,b"],
      [2, "c,d"],
    ]);
  });
});

test("the delimiter is the one that recurs evenly, not the most frequent sign", () => {
  expect(sniffDelimiter("a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n")).toBe(";");
  expect(sniffDelimiter("a\tb\n1\t2\n")).toBe("\t");
  expect(sniffDelimiter('a|b\n"1,2,3"|2\n')).toBe("|");
  expect(sniffDelimiter("alone\n1\n")).toBe(",");
});

test("a JSON line keeps numbers as written, and __proto__ is a key like any other", () => {
  const line = readJsonLine(
    '{"a":1.50,"b":12345678901234567890,"__proto__":"x","c":null,"d":[1,{"a":2}],"e":true}',
  );
  expect([...line!.values]).toEqual([
    ["a", "1.50"],
    ["b", "12345678901234567890"],
    ["__proto__", "x"],
    ["c", ""],
    ["e", "true"],
  ]);
  expect([...line!.nested]).toEqual(["d"]);
  expect(readJsonLine('{"a":1,"a":2}')!.repeated).toBe("a");
  expect(readJsonLine("{")).toBeUndefined();
});
