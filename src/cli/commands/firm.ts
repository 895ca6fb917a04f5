import { readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { formatDay } from "../../core/index.ts";
import { engagementInForce, type FirmLawyer, type LawFirm, LOAN_DOCUMENT_KINDS } from "../../legal/index.ts";
import { dayOption, mustBeFile, todayAt } from "../../office/book.ts";
import { count, Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  addDocument,
  type Database,
  documentsOf,
  engagements,
  findKeys,
  firmLawyers,
  firms,
  keptFile,
  type Lender,
  putEngagement,
  putFirm,
  putFirmLawyer,
} from "../../store/index.ts";
import { listOf, oneWordOf, TEXT, verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import { type Asked, required } from "../options.ts";
import { withLender } from "./team.ts";

const FLAG = { type: "boolean" } as const;
const USUAL = { lender: TEXT, at: TEXT } as const;

// --- firms and lawyers -------------------------------------------------------------------------------------------------

export const firm = {
  options: {
    ...USUAL,
    name: TEXT,
    licence: TEXT,
    address: TEXT,
    phone: TEXT,
    email: TEXT,
    numbers: TEXT,
    from: TEXT,
    to: TEXT,
    inactive: FLAG,
  },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const verb = verbOf(asked, ["list", "add", "lawyer"], "firm", io);
    const [, id, lawyer] = asked.words;
    if (verb !== "list" && !id)
      throw new WrongUse(say.missing[io.language]("FIRM", `arrears firm ${verb} hengxin`));
    return withLender(asked, io, place, async ({ db, lender }) => {
      if (verb === "add") await putFirm(db, lender, firmFrom(asked, id!, io));
      if (verb === "lawyer") {
        await known(await firms(db, lender), id!, "firm", io);
        if (!lawyer)
          throw new WrongUse(
            say.missing[io.language]("LAWYER", `arrears firm lawyer ${id} wang --licence … --from DAY`),
          );
        await putFirmLawyer(db, lender, lawyerFrom(asked, id!, lawyer, io));
      }
      return listFirms(db, lender, verb === "list" ? undefined : id, io);
    });
  },
};

const EXAMPLE = {
  name: 'arrears firm add hengxin --name "恒信律师事务所" --licence 31310000MD0000000X --address … --phone …',
  licence: "--licence 31310000MD0000000X",
  address: '--address "Road 9, Shanghai"',
  phone: "--phone 021-55550000",
} as const;

function firmFrom(asked: Asked, id: string, io: Io): LawFirm {
  if (!/^[a-z][a-z0-9-]{0,30}$/.test(id))
    throw new WrongUse(
      io.language === "zh"
        ? `编号 ${id} 应为小写字母、数字与连字符`
        : `the id ${id} is small letters, digits and dashes`,
    );
  const email = asked.text("email");
  const numbers = asked.text("numbers");
  if (numbers !== undefined && !numbers.includes("{n}"))
    throw new WrongUse(
      io.language === "zh" ? "--numbers 须含 {n}" : "--numbers holds {n}, and {year} where it is told",
    );
  return {
    id,
    name: required(asked, "name", EXAMPLE.name, io),
    licence: required(asked, "licence", EXAMPLE.licence, io),
    address: required(asked, "address", EXAMPLE.address, io),
    phone: required(asked, "phone", EXAMPLE.phone, io),
    ...(email === undefined ? {} : { email }),
    ...(numbers === undefined ? {} : { numbers }),
    active: !asked.flag("inactive"),
  };
}

function lawyerFrom(asked: Asked, firmId: string, id: string, io: Io): FirmLawyer {
  const validTo = dayOption(asked.text("to"), "--to", io);
  return {
    id,
    firm: firmId,
    name: required(asked, "name", `--name "王律师"`, io),
    licence: required(asked, "licence", "--licence 13101202010000000", io),
    validFrom: dayOption(required(asked, "from", "--from 2026-06-01", io), "--from", io)!,
    ...(validTo === undefined ? {} : { validTo }),
    active: !asked.flag("inactive"),
  };
}

async function known<T extends { readonly id: string }>(
  all: readonly T[],
  id: string,
  what: string,
  io: Io,
): Promise<T> {
  const found = all.find((one) => one.id === id);
  if (found) return found;
  const there = all.map((one) => one.id).join(", ") || "–";
  throw new Declined(
    io.language === "zh" ? `没有 ${id}；已有：${there}` : `no ${what} ${id}; there are: ${there}`,
  );
}

async function listFirms(db: Database, lender: Lender, id: string | undefined, io: Io): Promise<number> {
  const all = (await firms(db, lender)).filter((one) => id === undefined || one.id === id);
  const lawyers = await firmLawyers(db, lender);
  const today = todayAt(lender, io);
  const zh = io.language === "zh";
  const rows = all.flatMap((one) => {
    const own = lawyers.filter(({ firm: of }) => of === one.id);
    io.object({
      ...one,
      lawyers: own.map(({ validFrom, validTo, ...rest }) => ({
        ...rest,
        validFrom: formatDay(validFrom),
        validTo: validTo === undefined ? null : formatDay(validTo),
      })),
    });
    return [
      [one.id, one.name, one.licence, one.active ? "" : zh ? "停用" : "inactive"],
      ...own.map((lawyer) => [
        `  ${lawyer.id}`,
        lawyer.name,
        lawyer.licence,
        `${formatDay(lawyer.validFrom)} – ${lawyer.validTo === undefined ? "" : formatDay(lawyer.validTo)}${
          lawyer.validTo !== undefined && lawyer.validTo < today ? (zh ? " 已过期" : " over") : ""
        }`,
      ]),
    ];
  });
  io.out(
    table(zh ? ["编号", "名称", "执业证", "有效期"] : ["id", "name", "licence", "valid"], rows, [
      "left",
      "left",
      "left",
      "left",
    ]),
  );
  return 0;
}

// --- engagements ---------------------------------------------------------------------------------------------------------

export const engagement = {
  options: {
    ...USUAL,
    firm: TEXT,
    scope: TEXT,
    fee: TEXT,
    signed: TEXT,
    from: TEXT,
    to: TEXT,
    lawyers: TEXT,
  },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const verb = verbOf(asked, ["list", "add"], "engagement", io);
    const [, id] = asked.words;
    if (verb === "add" && !id)
      throw new WrongUse(
        say.missing[io.language]("NUMBER", "arrears engagement add HX-2026-1 --firm hengxin --lawyers wang"),
      );
    return withLender(asked, io, place, async ({ db, lender }) => {
      if (verb === "add") {
        const of = await known(
          await firms(db, lender),
          required(asked, "firm", "--firm hengxin", io),
          "firm",
          io,
        );
        const lawyers = listOf(required(asked, "lawyers", "--lawyers wang,li", io));
        const there = (await firmLawyers(db, lender)).filter((one) => one.firm === of.id);
        for (const one of lawyers) await known(there, one, "lawyer", io);
        const from = dayOption(required(asked, "from", "--from 2026-01-01", io), "--from", io)!;
        const to = dayOption(asked.text("to"), "--to", io);
        const fee = asked.text("fee");
        const no = await putEngagement(db, lender, {
          id: id!,
          firm: of.id,
          scope: asked.text("scope") ?? "letters",
          ...(fee === undefined ? {} : { fee }),
          signedOn: dayOption(required(asked, "signed", "--signed 2026-01-01", io), "--signed", io)!,
          from,
          ...(to === undefined ? {} : { to }),
          lawyers,
        });
        if (no) throw new Declined(`${no.code}: ${no.says}`);
      }
      const today = todayAt(lender, io);
      const zh = io.language === "zh";
      const all = (await engagements(db, lender)).filter((one) => verb === "list" || one.id === id);
      const rows = all.map((one) => {
        const { signedOn, from, to, ...rest } = one;
        const inForce = engagementInForce(one, today);
        io.object({
          ...rest,
          signedOn: formatDay(signedOn),
          from: formatDay(from),
          to: to === undefined ? null : formatDay(to),
          inForce,
        });
        const term = `${formatDay(from)} – ${to === undefined ? "" : formatDay(to)}`;
        return [
          one.id,
          one.firm,
          formatDay(signedOn),
          term,
          one.lawyers.join(", "),
          one.scope,
          inForce ? "✓" : "–",
        ];
      });
      io.out(
        table(
          zh
            ? ["合同号", "律所", "签订", "期限", "律师", "范围", "有效"]
            : ["number", "firm", "signed", "term", "lawyers", "scope", "in force"],
          rows,
          ["left", "left", "left", "left", "left", "left", "left"],
        ),
      );
      return 0;
    });
  },
};

// --- the lender's documents ------------------------------------------------------------------------------------------------

export const document = {
  options: { ...USUAL, kind: TEXT, by: TEXT, out: TEXT },
  run: (asked: Asked, io: Io, place: string): Promise<number> => {
    const verb = verbOf(asked, ["list", "add", "get"], "document", io);
    const [, loan, file] = asked.words;
    const example = `arrears document ${verb} L000123${verb === "add" ? " contract.pdf --kind contract --by anna" : ""}`;
    if (!loan) throw new WrongUse(say.missing[io.language](verb === "get" ? "SHA256" : "LOAN", example));
    return withLender(asked, io, place, async ({ db, lender, now }) => {
      if (verb === "get") return getFile(db, loan, asked, io);
      const key = (await findKeys(db, lender, [loan])).get(loan);
      if (!key) throw new Declined(say.noLoan[io.language](loan));
      if (verb === "add") {
        if (!file) throw new WrongUse(say.missing[io.language]("FILE", example));
        mustBeFile(file, io);
        const kind = oneWordOf(asked.text("kind"), LOAN_DOCUMENT_KINDS, "kind", io);
        const by = required(asked, "by", "--by anna", io);
        const bytes = readFileSync(file);
        if (bytes.length === 0)
          throw new Declined(io.language === "zh" ? `${file} 是空文件` : `${file} is empty`);
        await db.tx((sql) => addDocument(sql, key, { kind, name: basename(file), bytes, by }, now));
      }
      const all = await documentsOf(db, [key]);
      for (const { loan: _, ...one } of all) io.object({ loan, ...one });
      const zh = io.language === "zh";
      io.out(
        table(
          zh ? ["种类", "文件", "字节", "SHA-256", "登记人"] : ["kind", "file", "bytes", "SHA-256", "by"],
          all.map(({ kind, name, bytes, sha256, by }) => [kind, name, count(bytes), sha256, by]),
          ["left", "left", "right", "left", "left"],
        ),
      );
      return 0;
    });
  },
};

async function getFile(db: Database, sha256: string, asked: Asked, io: Io): Promise<number> {
  const bytes = await keptFile(db, sha256);
  if (!bytes)
    throw new Declined(
      io.language === "zh" ? `没有哈希值为 ${sha256} 的文件` : `no file is kept under ${sha256}`,
    );
  const out = required(asked, "out", "--out file.pdf", io);
  writeFileSync(out, bytes);
  io.object({ sha256, bytes: bytes.length, out });
  io.out(`${out}: ${count(bytes.length)}`);
  return 0;
}
