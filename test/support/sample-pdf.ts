import { deflateSync } from "node:zlib";

/** The same page written in the two ways that files have: a plain table of cross-references, or one packed in a stream. */
export type PdfForm = "table" | "stream";

const PAGE = "BT /F1 24 Tf 72 700 Td (A letter for a test) Tj ET";
const OBJECTS = [
  "<</Type/Catalog/Pages 2 0 R>>",
  "<</Type/Pages/Kids[3 0 R]/Count 1>>",
  "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>",
  "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
];
const STREAM = `<</Length ${PAGE.length}>>\nstream\n${PAGE}\nendstream`;

/** A PDF of one page, made by hand so that its bytes are known. */
export function samplePdf(form: PdfForm): Uint8Array {
  return form === "table" ? withTable() : withStream();
}

function withTable(): Uint8Array {
  let text = "%PDF-1.4\n";
  const offsets: number[] = [];
  for (const [i, body] of [...OBJECTS, STREAM].entries()) {
    offsets.push(text.length);
    text += `${i + 1} 0 obj\n${body}\nendobj\n`;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  text += `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<</Size 6/Root 1 0 R/ID[<00112233><00112233>]>>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text, "latin1");
}

/** Catalogue, pages and font stand in an object stream; the cross-references are filtered by rows, as most writers do. */
function withStream(): Uint8Array {
  const head = OBJECTS.map((_, i) => `${i + 1} ${OBJECTS.slice(0, i).join("\n").length + (i > 0 ? 1 : 0)}`);
  const first = `${head.join(" ")}\n`;
  const packed = deflateSync(Buffer.from(first + OBJECTS.join("\n"), "latin1"));
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const length = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  const add = (text: string, data: Buffer = Buffer.alloc(0), end = ""): number => {
    const offset = length();
    parts.push(Buffer.from(text, "latin1"), data, Buffer.from(end, "latin1"));
    return offset;
  };
  const content = add(`5 0 obj\n${STREAM}\nendobj\n`);
  const holder = add(
    `6 0 obj\n<</Type/ObjStm/N 4/First ${first.length}/Filter/FlateDecode/Length ${packed.length}>>\nstream\n`,
    packed,
    "\nendstream\nendobj\n",
  );
  const at = length();
  const rows = [
    [0, 0, 255],
    ...OBJECTS.map((_, i) => [2, 6, i]),
    [1, content, 0],
    [1, holder, 0],
    [1, at, 0],
  ];
  const plain = rows.map(([type, second, third]) => [type!, second! >> 8, second! & 255, third!]);
  // Each row is told by its difference from the one above it (PNG "up").
  const filtered = plain.flatMap((row, i) => [
    2,
    ...row.map((byte, j) => (byte - (plain[i - 1]?.[j] ?? 0)) & 255),
  ]);
  const data = deflateSync(Buffer.from(filtered));
  add(
    `7 0 obj\n<</Type/XRef/Size 8/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>/Length ${data.length}>>\nstream\n`,
    data,
    `\nendstream\nendobj\nstartxref\n${at}\n%%EOF\n`,
  );
  return Buffer.concat(parts);
}
