import { type Day, dayAt, decimalsOf, formatDay } from "../../core/index.ts";
import {
  type ComplaintLife,
  complaintLives,
  HARDSHIP_STATE_WORDS,
  type HardshipLife,
  hardshipsOf,
} from "../../legal/index.ts";
import { Declined, type Io, table } from "../../office/io.ts";
import { findRequest, partContested, type RequestDesk } from "../../office/requests/desk.ts";
import { complaintJson, hardshipJson, type ToldTo } from "../../office/requests/json.ts";
import { type KeptRequest, type LoanFile, loanFile } from "../../store/index.ts";

/** A request of the book with the loan that it is about. */
export interface KnownRequest<L> {
  readonly life: L;
  readonly file: LoanFile;
}

export const todayOf = ({ lender, now }: Pick<RequestDesk, "lender" | "now">): Day => dayAt(lender.zone, now);

export const toldToHouse = (desk: RequestDesk, file: LoanFile): ToldTo => ({
  today: todayOf(desk),
  zone: file.borrower.zone ?? desk.lender.zone,
  decimals: decimalsOf(file.product.terms.currency),
  currency: file.product.terms.currency,
  himself: false,
});

const none = (ref: string, command: string, io: Io): Declined =>
  new Declined(
    io.language === "zh"
      ? `没有 ${ref}；arrears ${command} list 可查`
      : `there is no ${ref}; arrears ${command} list shows them`,
  );

/** A complaint with all that was recorded of it. */
export async function complaintNamed(
  desk: RequestDesk,
  ref: string,
  io: Io,
): Promise<KnownRequest<ComplaintLife>> {
  const found = await fileOf(desk, ref);
  const life = found && complaintLives(found.facts).get(found.id);
  if (!found || !life) throw none(ref, "complaint", io);
  return { life, file: found.file };
}

export async function hardshipNamed(
  desk: RequestDesk,
  ref: string,
  io: Io,
): Promise<KnownRequest<HardshipLife>> {
  const found = await fileOf(desk, ref);
  const life = found && hardshipsOf(found.facts).get(found.id);
  if (!found || !life) throw none(ref, "hardship", io);
  return { life, file: found.file };
}

async function fileOf(desk: RequestDesk, ref: string) {
  const found = await findRequest(desk, ref);
  if (!found) return undefined;
  const [row] = await desk.db.query<{ loans: string }>(
    "select loans from request where bucket = $1 and n = $2 and id = $3",
    [found.owner.bucket, found.owner.n, found.id],
  );
  const file = row && (await loanFile(desk.db, row.loans.split(" ")[0]!, desk.lender.code));
  return file && { file, id: found.id, facts: file.ofBorrower.map(({ fact }) => fact) };
}

export function rowJson(
  row: KeptRequest,
  today: Day,
): Readonly<Record<string, string | number | readonly string[] | null>> {
  return {
    reference: row.id,
    state: row.state,
    about: row.about,
    loans: row.loans,
    receivedOn: formatDay(row.receivedOn),
    nextOn: row.nextOn === null ? null : formatDay(row.nextOn),
    daysLeft: row.nextOn === null ? null : row.nextOn - today,
  };
}

export function tellComplaint(io: Io, desk: RequestDesk, { life, file }: KnownRequest<ComplaintLife>): void {
  const told = complaintJson(life, desk.complaints, toldToHouse(desk, file));
  const { language } = io;
  const zh = language === "zh";
  io.out(
    `${told.reference} · ${told.kindWords[language]} · ${told.stateWords[language]} · ${told.loans.join(", ")}`,
  );
  io.out(
    zh ? `收到 ${told.receivedOn}（${told.channel}）` : `received ${told.receivedOn} by ${told.channel}`,
  );
  if (told.answerBy && told.because)
    io.out(
      zh
        ? `须于 ${told.answerBy} 前答复，还有 ${told.daysLeft} 天 · ${told.because.law} ${told.because.at}`
        : `to be answered by ${told.answerBy}, ${told.daysLeft} days left · ${told.because.law} ${told.because.at}`,
    );
  if (told.holds)
    io.out(
      partContested(life.opened) === undefined
        ? zh
          ? "在此之前暂停联系（暂停记录）"
          : `contact about it stops until then: hold for ${told.holds}`
        : zh
          ? `在此之前不要求支付有异议的 ${told.disputed}，其余照常`
          : `the ${told.disputed} that are contested are not asked for until then; the rest goes on`,
    );
  if (told.outcome) io.out(`${told.outcome.reason[language]}`);
  for (const one of told.pending)
    io.out(
      zh
        ? `待更正：${one.loan} ${one.what} ${one.amount ?? ""} ${one.of ?? ""}`
        : `to be corrected: ${one.loan} ${one.what} ${one.amount ?? ""} ${one.of ?? ""}`,
    );
  tellEvents(io, told.events);
}

export function tellHardship(io: Io, desk: RequestDesk, { life, file }: KnownRequest<HardshipLife>): void {
  const told = hardshipJson(life, desk.hardship, toldToHouse(desk, file), file.stored);
  const { language } = io;
  const zh = language === "zh";
  io.out(`${told.reference} · ${told.loan} · ${told.stateWords[language]}`);
  io.out(
    `${zh ? "收到" : "received"} ${told.receivedOn} · ${told.reasons.map(({ words }) => words[language]).join(zh ? "、" : ", ")}`,
  );
  if (told.next)
    io.out(
      zh
        ? `${told.next.by === "us" ? "须于" : "方案有效期至"} ${told.next.lastOn}${told.next.by === "us" ? " 前答复" : ""}，还有 ${told.next.daysLeft} 天`
        : `${told.next.by === "us" ? "to be answered by" : "the offer stands until"} ${told.next.lastOn}, ${told.next.daysLeft} days left`,
    );
  if (told.restsUntil)
    io.out(zh ? `暂停催收至 ${told.restsUntil}` : `collection rests until ${told.restsUntil}`);
  if (told.household?.surplus)
    io.out(zh ? `每月可还 ${told.household.surplus}` : `can really pay ${told.household.surplus} a month`);
  if (told.offer) {
    io.out(
      zh
        ? `方案 ${told.offer.way}：合计 ${told.offer.total}，${told.offer.payments.length} 期`
        : `offer ${told.offer.way}: ${told.offer.total} in all, ${told.offer.payments.length} payments`,
    );
    io.out(
      table(
        zh ? ["日期", "金额"] : ["day", "amount"],
        told.offer.payments.map(({ on, amount }) => [on, amount]),
        ["left", "right"],
      ),
    );
  }
  if (told.guarantor) io.out(told.guarantor.words[language]);
  if (told.refused) io.out(told.refused[language]);
  if (told.plan)
    io.out(
      zh
        ? `履行情况：${PLAN_WORDS[told.plan]?.zh ?? told.plan}`
        : `the plan is ${PLAN_WORDS[told.plan]?.en ?? told.plan}`,
    );
  tellEvents(io, told.events);
}

export const PLAN_WORDS: Readonly<Record<string, { readonly en: string; readonly zh: string }>> = {
  beginning: { en: "in force from the next close on", zh: "自下一日终起生效" },
  kept: { en: "kept", zh: "正常履行" },
  missed: { en: "missed a payment, which can be made up", zh: "有一期未付，可在宽限期内补足" },
  broken: { en: "not kept any more", zh: "未履行" },
  completed: { en: "completed", zh: "履行完毕" },
  ended: { en: "ended", zh: "已终止" },
};

function tellEvents(
  io: Io,
  events: readonly { readonly on: string; readonly says: { en: string; zh: string }; readonly by: string }[],
): void {
  if (events.length === 0) return;
  io.out("");
  io.out(
    table(
      io.language === "zh" ? ["日期", "事项", "经办"] : ["day", "what happened", "by"],
      events.map(({ on, says, by }) => [on, says[io.language], by]),
      ["left", "left", "left"],
    ),
  );
}

/** Plans that were agreed, with how each stands by its loan's last close. */
export async function plansOf(
  desk: RequestDesk,
  kept: readonly KeptRequest[],
): Promise<readonly KnownRequest<HardshipLife>[]> {
  const plans: KnownRequest<HardshipLife>[] = [];
  for (const row of kept) {
    const file = await loanFile(desk.db, row.loans[0]!, desk.lender.code);
    const life = file && hardshipsOf(file.ofBorrower.map(({ fact }) => fact)).get(row.id);
    if (file && life) plans.push({ life, file });
  }
  return plans;
}

export const stateWords = (state: string, language: "en" | "zh"): string =>
  HARDSHIP_STATE_WORDS[state as keyof typeof HARDSHIP_STATE_WORDS]?.[language] ?? state;
