import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { formatInstant, type Instant } from "../../core/index.ts";
import { mustBeFile, textOf } from "../../office/book.ts";
import { type Io, WrongUse } from "../../office/io.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import {
  asDeclined,
  developmentAsked,
  SIGNER_OPTIONS,
  signatureWords,
  signingAsked,
  signingRoom,
} from "../signing.ts";
import { signingSay, signingTrouble } from "../signing-words.ts";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean" } as const;
/** Signatures are told in one zone for everybody: a file says nothing of where it is read. */
const ZONE = "UTC";
const shown = (at: Instant): string => formatInstant(ZONE, at);

export const sign = {
  options: { ...SIGNER_OPTIONS, out: TEXT, name: TEXT, reason: TEXT },
  run: async (asked: Asked, io: Io, place: string): Promise<number> => {
    const [file] = asked.words;
    const out = asked.text("out");
    if (!file || !out)
      throw new WrongUse(
        say.missing[io.language](
          file ? "--out" : "PDF",
          "arrears sign letter.pdf --dev --out letter.signed.pdf",
        ),
      );
    mustBeFile(file, io);
    if (resolve(file) === resolve(out)) throw new WrongUse(signingSay.sameFile[io.language]());
    const name = asked.text("name");
    const reason = asked.text("reason");
    const signing = await signingAsked({ asked, io, place, firm: name ?? "arrears sign", now: io.now });
    const done = await asDeclined(io, async () =>
      (await signingRoom()).signPdf(readFileSync(file), {
        ...signing,
        at: io.now(),
        ...(name === undefined ? {} : { name }),
        ...(reason === undefined ? {} : { reason }),
      }),
    );
    writeFileSync(out, done.bytes);
    const words = await signatureWords(done);
    const { unsignedSha256, signedSha256, timeStamp } = done.record;
    io.object({
      signed: out,
      ...words,
      signedAt: shown(words.signedAt),
      ...(timeStamp === undefined
        ? {}
        : { stampedAt: shown(timeStamp.at), token: Buffer.from(timeStamp.token).toString("base64") }),
      unsignedSha256,
      signedSha256,
    });
    io.out(signingSay.signed[io.language](out, words.signer));
    io.out(
      timeStamp
        ? signingSay.stamped[io.language](timeStamp.by, shown(timeStamp.at))
        : signingSay.notStamped[io.language](),
    );
    io.out(`sha256 ${signedSha256}`);
    if (words.development) io.note(signingSay.development[io.language]());
    return 0;
  },
};

export const checkSignature = {
  options: { root: TEXT, "tsa-root": TEXT, dev: FLAG, "dev-folder": TEXT },
  run: async (asked: Asked, io: Io, place: string): Promise<number> => {
    const [file] = asked.words;
    if (!file)
      throw new WrongUse(say.missing[io.language]("PDF", "arrears check-signature letter.pdf --root ca.pem"));
    mustBeFile(file, io);
    const { certificatesOfPem, verifyPdf } = await signingRoom();
    const rootsIn = (option: string): readonly Uint8Array[] => {
      const named = asked.text(option);
      if (named === undefined) return [];
      const found = certificatesOfPem(textOf(named, io));
      if (found.length === 0) throw new WrongUse(signingSay.notPem[io.language](named));
      return found;
    };
    const dev = asked.flag("dev")
      ? [(await developmentAsked({ asked, place, firm: "arrears sign" })).root]
      : [];
    const roots = [...rootsIn("root"), ...dev];
    if (roots.length === 0) io.note(signingSay.noRoots[io.language]());
    const stampRoots = rootsIn("tsa-root");
    const report = await verifyPdf(readFileSync(file), {
      roots,
      stampRoots: [...roots, ...stampRoots],
      at: io.now(),
    });
    const { ok, refusal, signature, changes } = report;
    const stamp = signature?.timeStamp;
    io.object({
      file,
      valid: ok,
      ...(refusal === undefined ? {} : { refusal }),
      ...(signature === undefined
        ? {}
        : {
            signature: {
              ...signature,
              ...(signature.claimedAt === undefined ? {} : { claimedAt: shown(signature.claimedAt) }),
              ...(stamp === undefined ? {} : { timeStamp: { ...stamp, at: shown(stamp.at) } }),
            },
          }),
      ...(changes === undefined ? {} : { changes }),
    });
    io.out(
      refusal || !signature
        ? signingSay.refused[io.language](
            refusal!.code,
            signingTrouble(refusal!.code, refusal!.says, io.language),
          )
        : signingSay.valid[io.language](signature.signer, signature.issuer),
    );
    if (stamp) io.out(signingSay.stamped[io.language](stamp.by, shown(stamp.at)));
    else if (signature?.claimedAt !== undefined)
      io.out(signingSay.claimed[io.language](shown(signature.claimedAt)));
    for (const { object, was, type } of changes ?? [])
      io.out(signingSay.changed[io.language](object, was, type));
    if (signature?.development) io.note(signingSay.development[io.language]());
    return ok ? 0 : 1;
  },
};
