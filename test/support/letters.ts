import { createHash } from "node:crypto";
import { loadPack } from "../../packs/load.ts";
import { day, formatDay, formatMoney, instantAt, minor, parseRate } from "../../src/core/index.ts";
import type { Letter } from "../../src/documents/letter.ts";
import type { LoanRecord } from "../../src/intake/index.ts";
import { DOCUMENTS_NEEDED } from "../../src/legal/index.ts";
import type { LetterPress, LetterSigner, Office } from "../../src/office/letters/office.ts";
import { openOffice } from "../../src/office/letters/office.ts";
import {
  addDocument,
  bookStore,
  type Database,
  findKeys,
  findLender,
  type Lender,
  type LetterTerms,
  ownersOfLoans,
  putEngagement,
  putFirm,
  putFirmLawyer,
  putLetterTerms,
} from "../../src/store/index.ts";
import { furnish, LADDER, PRODUCT, shelves } from "./book.ts";

export const pack = loadPack("cn");
export const at = (text: string, minute = 12 * 60): number => instantAt("Asia/Shanghai", day(text), minute);

/** Words and figures of a letter on plain lines: quick enough for a thousand, and every figure can be found in it. */
export const plainPress: LetterPress = {
  text: (letter) => linesOf(letter).join("\n"),
  pdf: async (letter) => Buffer.from(`%plain\n${linesOf(letter).join("\n")}\n`),
};

function linesOf({
  number,
  on,
  firm,
  client,
  addressee,
  debts,
  demanded,
  answerBy,
  lawyer,
}: Letter): string[] {
  return [
    `【${firm.name}】${number} ${formatDay(on)}`,
    `致：${addressee.name}`,
    `受${client.name}委托，就下列借款致函：`,
    ...debts.map(
      ({ loan, statement }) =>
        `${loan} ${formatMoney(statement.contractual)} ${formatMoney(statement.claimable)}`,
    ),
    `请于${formatDay(answerBy)}前支付${formatMoney(demanded)}元，如有异议请联系出借人${client.phone}。`,
    `${client.waysToPay.join("；")} ${client.objections}`,
    `承办律师：${lawyer.name} ${lawyer.licence}`,
  ];
}

/** Signs by appending a hash: what is tested with it is the life of a letter and not the signature. */
export const plainSigner = (now: () => number): LetterSigner => ({
  development: false,
  certificate: "Hengxin",
  sign: async (pdf) => ({
    bytes: Buffer.concat([pdf, Buffer.from(`\nsigned ${createHash("sha256").update(pdf).digest("hex")}`)]),
    signature: { signer: "Hengxin", issuer: "Test", serial: "1", signedAt: now(), development: false },
  }),
});

export const TERMS_SAID: LetterTerms = {
  phone: "95000",
  waysToPay: ["手机银行“还款”", "对公账户 6222 0000"],
  objections: "如有异议或需协商还款，请致电 95000",
  worth: "100.00",
  answerDays: 15,
  freshDays: 7,
  verifyBase: "https://letters.example",
  small: "1000.00",
  certificate: "own",
};

export const ENGAGEMENT = {
  id: "HX-2026-1",
  firm: "hengxin",
  scope: "lawyers' letters",
  fee: "30.00 a letter",
  signedOn: day("2026-01-05"),
  from: day("2026-01-05"),
  to: day("2026-12-31"),
  lawyers: ["wang", "li"],
} as const;

/** Numbers from one seed, so that codes differ and a run can be repeated. */
export function bytesFrom(seed: number): (count: number) => Uint8Array {
  let n = seed;
  return (count) =>
    Uint8Array.from({ length: count }, () => {
      n = (Math.imul(n, 1_103_515_245) + 12_345) >>> 0;
      return (n >>> 16) & 0xff;
    });
}

export interface LetterBook {
  readonly lender: Lender;
  office(text: string, press?: LetterPress): Promise<Office>;
  /** Registers the papers of loans. */
  papers(loans: readonly string[]): Promise<void>;
}

/** The firm, its two lawyers with licences until a day, what it was engaged for and how its letters are. */
export async function firmOf(db: Database, lender: Lender, until: string): Promise<void> {
  await putFirm(db, lender, {
    id: "hengxin",
    name: "恒信律师事务所",
    licence: "31310000MD0000000X",
    address: "上海市示例路9号",
    phone: "021-55550000",
    active: true,
  });
  for (const [id, name] of [
    ["wang", "王律师"],
    ["li", "李律师"],
  ] as const)
    await putFirmLawyer(db, lender, {
      id,
      firm: "hengxin",
      name,
      licence: `1310120201000000${id.length}`,
      validFrom: day("2025-06-01"),
      validTo: day(until),
      active: true,
    });
  const no = await putEngagement(db, lender, ENGAGEMENT);
  if (no) throw new Error(no.says);
  await putLetterTerms(db, lender, TERMS_SAID);
}

/** A lender with an engaged firm, loans that are past due, and everything that a letter needs but what a test leaves out. */
export async function letterBook(db: Database, loans: readonly string[]): Promise<LetterBook> {
  let clock = at("2026-01-01", 0);
  const shelf = shelves(pack, () => clock);
  await furnish(db, LADDER, { ...PRODUCT, lenderKind: "micro-loan" });
  const book = bookStore(db, shelf);
  for (let from = 0; from < loans.length; from += 500)
    await book.loans(
      "test-lender",
      loans.slice(from, from + 500).map((id, i) => dueLoan(id, from + i + 2)),
    );
  const lender = (await findLender(db, "test-lender"))!;
  await firmOf(db, lender, "2026-05-31");
  const random = bytesFrom(4711);
  return {
    lender,
    office: async (text, press = plainPress) => {
      const now = at(text);
      clock = Math.max(clock, now);
      return (await openOffice({
        db,
        lender,
        shelves: shelf,
        now,
        pack,
        press,
        randomBytes: random,
      }))!;
    },
    papers: async (ids) => {
      const keys = await findKeys(db, lender, ids);
      await db.tx(async (sql) => {
        for (const [id, key] of keys)
          for (const kind of DOCUMENTS_NEEDED) {
            const bytes = Buffer.from(`${kind} of ${id}`);
            await addDocument(sql, key, { kind, name: `${kind}.txt`, bytes, by: "anna" }, clock);
          }
      });

      const owners = await ownersOfLoans(db, lender, ids);
      await book.persons(
        "test-lender",
        ids.map((id, line) => ({
          line,
          owner: owners.get(id)!,
          fact: {
            kind: "ContactReported",
            on: day("2026-02-10"),
            at: at("2026-02-10"),
            id: `call/${id}`,
            via: "call",
            outcome: "connected",
            debts: [id],
            who: "lender",
          },
        })),
      );
    },
  };
}

/** Paid out on 10 December 2025 over five months: from 11 January 2026 on it is past due. */
function dueLoan(id: string, line: number): LoanRecord {
  return {
    kind: "loan",
    line,
    loanId: id,
    borrowerId: `borrower of ${id}`,
    product: "micro",
    principal: minor(100_000),
    rate: parseRate("0.05", "day")!,
    disbursedOn: day("2025-12-10"),
    firstDueOn: day("2026-01-10"),
    installments: 5,
    borrower: { phone: "19900000000", name: `张${id}`, address: `上海市示例路${line}号` },
  };
}
