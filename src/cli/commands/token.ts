import { SCOPES, type Scope } from "../../api/access/roles.ts";
import { hashOf, newId, newSecret } from "../../api/access/secrets.ts";
import { formatInstant, nearest } from "../../core/index.ts";
import { lendersAsked, withBook } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import { addToken, revokeToken, tokens } from "../../store/index.ts";
import { accessSay } from "../access-words.ts";
import { listOf, verbOf, wholeOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";

const TEXT = { type: "string" } as const;
export const options = { scopes: TEXT, days: TEXT, lender: TEXT } as const;

const USUAL_DAYS = 90;
const MOST_DAYS = 400;
const DAY_MS = 86_400_000;

/** Tokens by which programs ask the API. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, ["list", "add", "revoke"] as const, "token", io);
  const name = asked.words[1];
  if (verb !== "list" && !name)
    throw new WrongUse(
      say.missing[io.language](
        verb === "add" ? "NAME" : "ID",
        "arrears token add core-system --scopes loans:read",
      ),
    );
  return withBook(place, io, async (db) => {
    const now = io.now();
    if (verb === "add") {
      const scopes = scopesAsked(asked, io);
      const days = wholeOf(asked, "days", USUAL_DAYS, io);
      if (days < 1 || days > MOST_DAYS)
        throw new WrongUse(say.missing[io.language](`--days 1 … ${MOST_DAYS}`, "--days 90"));
      const [lender, ...more] = await lendersAsked(db, asked.text("lender"), io);
      if (more.length > 0)
        throw new Declined(say.oneLender[io.language]([lender!, ...more].map(({ code }) => code).join(", ")));
      const [id, secret] = [newId(), newSecret()];
      const expiresAt = now + days * DAY_MS;
      const token = {
        id,
        lender: lender!.code,
        name: name!,
        scopes,
        createdBy: "command line",
        createdAt: now,
        expiresAt,
      };
      await addToken(db, hashOf(secret), token);
      const until = formatInstant(lender!.zone, expiresAt);
      io.object({
        ...token,
        createdAt: formatInstant(lender!.zone, now),
        expiresAt: until,
        token: `arr_${id}_${secret}`,
      });
      io.out(accessSay.token[io.language](until));
      io.out(`arr_${id}_${secret}`);
      return 0;
    }
    if (verb === "revoke") {
      if (!(await revokeToken(db, name!, asked.text("lender"), now)))
        throw new Declined(accessSay.noToken[io.language](name!));
      io.object({ id: name!, revoked: true });
      io.out(accessSay.revoked[io.language](name!));
      return 0;
    }
    const all = await tokens(db, asked.text("lender"));
    const at = (instant: number | null): string | null =>
      instant === null ? null : formatInstant("UTC", instant);
    for (const one of all)
      io.object({
        ...one,
        createdAt: at(one.createdAt),
        expiresAt: at(one.expiresAt),
        revokedAt: at(one.revokedAt),
      });
    const zh = io.language === "zh";
    const rows = all.map(({ id, name: called, lender, scopes, expiresAt, revokedAt }) => [
      id,
      called,
      lender,
      scopes.join(", "),
      at(expiresAt)!.slice(0, 10),
      revokedAt === null ? "" : zh ? "已吊销" : "revoked",
    ]);
    io.out(
      table(accessSay.tokenHeads[io.language](), rows, ["left", "left", "left", "left", "left", "left"]),
    );
    return 0;
  });
}

function scopesAsked(asked: Asked, io: Io): Scope[] {
  const words = listOf(asked.text("scopes") ?? "");
  const wrong = words.find((word) => !(SCOPES as readonly string[]).includes(word));
  if (words.length > 0 && wrong === undefined) return [...new Set(words as Scope[])];
  const near = wrong === undefined ? undefined : nearest(wrong, SCOPES);
  throw new WrongUse(
    say.missing[io.language](`--scopes ${SCOPES.join(",")}`, `--scopes ${near ?? "loans:read"}`),
  );
}
