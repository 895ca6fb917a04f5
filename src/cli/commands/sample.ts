import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { dayOption } from "../../office/book.ts";
import { count, type Io, WrongUse } from "../../office/io.ts";
import {
  csvOfLoans,
  csvOfPayments,
  LOANS_HEADER,
  PAYMENTS_HEADER,
  RollRates,
  type SampleOptions,
  sampleBorrowers,
  sampleMaps,
  sampleReadme,
  windowOf,
} from "../../sample/index.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

export const options = {
  borrowers: { type: "string" },
  seed: { type: "string" },
  out: { type: "string" },
  "opened-on": { type: "string" },
  through: { type: "string" },
} as const;

export async function run(asked: Asked, io: Io): Promise<number> {
  const openedOn = dayOption(asked.text("opened-on"), "--opened-on", io);
  const through = dayOption(asked.text("through"), "--through", io);
  const out = asked.text("out") ?? "sample";
  await writeSample(io, out, {
    borrowers: whole(asked, "borrowers", 10_000, io),
    seed: whole(asked, "seed", 7, io),
    ...(openedOn === undefined ? {} : { openedOn }),
    ...(through === undefined ? {} : { through }),
  });
  return 0;
}

function whole(asked: Asked, name: string, usual: number, io: Io): number {
  const text = asked.text(name);
  if (text === undefined) return usual;
  if (!/^\d{1,9}$/.test(text))
    throw new WrongUse(say.missing[io.language](`--${name}`, `--${name} ${usual}`));
  return Number(text);
}

/** Writes the simulated book: loans, payments, their maps, and what the model is. */
export async function writeSample(io: Io, folder: string, options: SampleOptions): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const loansFile = createWriteStream(join(folder, "loans.csv"));
  const paymentsFile = createWriteStream(join(folder, "payments.csv"));
  loansFile.write(LOANS_HEADER);
  paymentsFile.write(PAYMENTS_HEADER);
  const rates = new RollRates(windowOf(options));
  let done = 0;
  let loans = 0;
  let payments = 0;
  for (const borrower of sampleBorrowers(options)) {
    await put(loansFile, csvOfLoans(borrower.loans));
    await put(paymentsFile, csvOfPayments(borrower.payments));
    rates.add(borrower);
    loans += borrower.loans.length;
    payments += borrower.payments.length;
    done += 1;
    if (done % 100 === 0 || done === options.borrowers)
      io.progress("sample", done, options.borrowers, `${count(loans)} loans`);
  }
  loansFile.end();
  paymentsFile.end();
  await Promise.all([finished(loansFile), finished(paymentsFile)]);
  const maps = sampleMaps(options);
  writeFileSync(join(folder, "loans.map.yaml"), maps.loans);
  writeFileSync(join(folder, "payments.map.yaml"), maps.payments);
  writeFileSync(join(folder, "README.md"), sampleReadme(options, rates));
  io.object({ wrote: folder, ...options, loans, payments });
  io.out(
    say.wrote[io.language](
      `${folder}: ${count(loans)} loans, ${count(payments)} payments (${say.sampleNote[io.language]()})`,
    ),
  );
}

async function put(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await new Promise((resolve) => out.once("drain", resolve));
}
