import { readFileSync } from "node:fs";
import type { Instant } from "../core/index.ts";
import { mustBeFile, textOf } from "../office/book.ts";
import { Declined, type Io, WrongUse } from "../office/io.ts";
import type { LetterSigner } from "../office/letters/office.ts";
import type { DevelopmentAuthority, SignedPdf, Signer, TimeStamps } from "../signing/index.ts";
import type { KeptSignature } from "../store/index.ts";
import { say } from "./messages.ts";
import type { Asked } from "./options.ts";
import { signingSay, signingTrouble } from "./signing-words.ts";

/** Loaded where something is signed or checked, and not at the start of every command. */
export const signingRoom = () => import("../signing/index.ts");

const TEXT = { type: "string" } as const;
/** Options that say whose certificate signs, and who stamps the time. */
export const SIGNER_OPTIONS = {
  dev: { type: "boolean" },
  "dev-folder": TEXT,
  p12: TEXT,
  "password-file": TEXT,
  remote: TEXT,
  credential: TEXT,
  tsa: TEXT,
  "tsa-policy": TEXT,
} as const;

export interface Signing {
  readonly signer: Signer;
  readonly timeStamps?: TimeStamps;
}

export interface SigningAsked {
  readonly asked: Asked;
  readonly io: Io;
  readonly place: string;
  /** Name that a development certificate bears, where one is made. */
  readonly firm: string;
  now(): Instant;
  /** Where nobody is named, the development certificate signs. */
  readonly mayTry?: boolean;
}

/**
 * Who signs and who stamps, from the options of a command. Passwords and tokens stand in the environment or in a file,
 * never on the command line, where every user of the machine can read them.
 */
export async function signingAsked(from: SigningAsked): Promise<Signing> {
  const { asked, io, mayTry } = from;
  const ways = [asked.flag("dev"), asked.text("p12") !== undefined, asked.text("remote") !== undefined];
  const count = ways.filter(Boolean).length;
  if (count > 1) throw new WrongUse(signingSay.onePlace[io.language]());
  if (count === 0 && !mayTry) throw new WrongUse(signingSay.whose[io.language]());
  return asDeclined(io, async () => {
    const { httpTimeStamps } = await signingRoom();
    const url = asked.text("tsa");
    const authorization = process.env.ARREARS_TSA_AUTHORIZATION;
    const policy = asked.text("tsa-policy");
    const timeStamps =
      url === undefined
        ? undefined
        : httpTimeStamps({
            url,
            ...(authorization === undefined ? {} : { authorization }),
            ...(policy === undefined ? {} : { policy }),
          });
    if (count === 0 || asked.flag("dev")) {
      const dev = await developmentAsked(from);
      return { signer: dev.signer, timeStamps: timeStamps ?? dev.timeStamps(from.now) };
    }
    const signer =
      asked.text("p12") === undefined ? await remoteAsked(asked, io) : await fileAsked(asked, io);
    return { signer, ...(timeStamps === undefined ? {} : { timeStamps }) };
  });
}

/** The development certificates beside a book, for they are no part of it, or in the folder that was named. */
export async function developmentAsked({
  asked,
  place,
  firm,
}: Pick<SigningAsked, "asked" | "place" | "firm">): Promise<DevelopmentAuthority> {
  const beside = place.includes("://") ? USUAL_PLACE : place.replace(/[/\\]+$/, "");
  const { developmentAuthority } = await signingRoom();
  return developmentAuthority(asked.text("dev-folder") ?? `${beside}.development`, firm);
}
/** A book on a server has no folder of its own. */
const USUAL_PLACE = ".arrears";

async function fileAsked(asked: Asked, io: Io): Promise<Signer> {
  const file = asked.text("p12")!;
  mustBeFile(file, io);
  const named = asked.text("password-file");
  const password =
    named === undefined ? process.env.ARREARS_P12_PASSWORD : textOf(named, io).replace(/\r?\n$/, "");
  if (password === undefined) throw new WrongUse(signingSay.password[io.language]());
  const { openPkcs12 } = await signingRoom();
  return openPkcs12(readFileSync(file), password);
}

async function remoteAsked(asked: Asked, io: Io): Promise<Signer> {
  const credential = asked.text("credential");
  if (credential === undefined)
    throw new WrongUse(say.missing[io.language]("--credential", "--remote https://… --credential seal-1"));
  const {
    ARREARS_SIGN_TOKEN: token,
    ARREARS_SIGN_CLIENT: id,
    ARREARS_SIGN_SECRET: secret,
    ARREARS_SIGN_PIN: pin,
  } = process.env;
  if (token === undefined && (id === undefined || secret === undefined))
    throw new WrongUse(signingSay.token[io.language]());
  const { remoteSigner } = await signingRoom();
  return remoteSigner({
    url: asked.text("remote")!,
    credential,
    ...(token === undefined ? { client: { id: id!, secret: secret! } } : { token }),
    ...(pin === undefined ? {} : { authData: [{ id: "PIN", value: pin }] }),
  });
}

/** What a signature says, as it is shown and kept beside a letter. */
export async function signatureWords({ record }: SignedPdf): Promise<KeptSignature> {
  const { certificateFacts } = await signingRoom();
  const { timeStamp, signedAt, development } = record;
  return {
    ...certificateFacts(record.certificate),
    signedAt,
    ...(timeStamp === undefined ? {} : { stampedAt: timeStamp.at, stampedBy: timeStamp.by }),
    development,
  };
}

/** Signs letters: the firm's name, the letter's number and its lawyer stand in the signature. */
export async function letterSigner(signing: Signing, now: () => Instant): Promise<LetterSigner> {
  const { certificateFacts, signPdf } = await signingRoom();
  const { signer } = signing;
  return {
    development: signer.development,
    certificate: certificateFacts(signer.chain[0]!).signer,
    sign: async (pdf, letter) => {
      const signed = await signPdf(pdf, {
        ...signing,
        at: now(),
        name: letter.firm.name,
        reason: `${letter.number} ${letter.lawyer.name} ${letter.lawyer.licence}`,
      });
      return { bytes: signed.bytes, signature: await signatureWords(signed) };
    },
  };
}

/** A refusal of the signing room, said in one line. */
export async function asDeclined<T>(io: Io, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { MissingPackage, PkiTrouble } = await signingRoom();
    if (error instanceof PkiTrouble)
      throw new Declined(`${error.code}: ${signingTrouble(error.code, error.message, io.language)}`);
    if (error instanceof MissingPackage) throw new Declined(error.message);
    throw error;
  }
}
