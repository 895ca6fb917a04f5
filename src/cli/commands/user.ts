import { borrowerLink, isPartyKnown, linkFor, STAFF_NAME } from "../../api/access/links.ts";
import { ROLE_WORDS, ROLES, ROLES_OF_PARTY, type Role } from "../../api/access/roles.ts";
import { type Instant, nearest } from "../../core/index.ts";
import { lendersAsked, withBook } from "../../office/book.ts";
import { Declined, type Io, table, WrongUse } from "../../office/io.ts";
import {
  addIdentity,
  addStaff,
  changeStaff,
  type Database,
  type Lender,
  type StaffMember,
  staff,
  staffNameOf,
  staffSecrets,
} from "../../store/index.ts";
import { accessSay } from "../access-words.ts";
import { verbOf } from "../letters/asked.ts";
import { say } from "../messages.ts";
import type { Asked } from "../options.ts";
import { USUAL_PORT } from "./serve.ts";

const TEXT = { type: "string" } as const;
export const options = {
  role: TEXT,
  name: TEXT,
  party: TEXT,
  lender: TEXT,
  base: TEXT,
  issuer: TEXT,
  subject: TEXT,
  email: TEXT,
} as const;

const VERBS = ["list", "add", "link", "role", "disable", "enable", "identity"] as const;
/** Programs have tokens, and no name to sign in by. */
const OF_PEOPLE = ROLES.filter((role) => role !== "integrator");

/** Who may sign in: the command line is where the first of them come from, for whoever holds the database holds the book. */
export async function run(asked: Asked, io: Io, place: string): Promise<number> {
  const verb = verbOf(asked, VERBS, "user", io);
  const name = asked.words[1];
  if (verb !== "list" && !name)
    throw new WrongUse(say.missing[io.language]("NAME", `arrears user ${verb} anna`));
  const base = asked.text("base") ?? `http://127.0.0.1:${USUAL_PORT}`;
  return withBook(place, io, async (db) => {
    if (verb === "list") return list(db, asked, io);
    const id = staffNameOf(name!);
    const now = io.now();
    if (verb === "add") {
      const lender = await oneLender(db, asked, io);
      const role = roleAsked(asked, io);
      const party = await partyAsked(db, lender, role, asked, io);
      if (!STAFF_NAME.test(id))
        throw new WrongUse(say.missing[io.language]("NAME", "arrears user add anna.li"));
      const one = { id, lender: lender.code, role, name: asked.text("name") ?? name!, party };
      if (!(await addStaff(db, one, now))) throw new Declined(accessSay.taken[io.language](id));
      const link = await linkTo(db, one, { now, base });
      io.object({ ...one, added: true, link });
      io.out(accessSay.added[io.language](id, role));
      io.out(link);
      return 0;
    }
    const known = await staffSecrets(db, id);
    if (!known) throw new Declined(accessSay.nobody[io.language](id));
    if (verb === "link") {
      const link = await linkTo(db, known, { now, base });
      io.object({ id, link });
      io.out(accessSay.link[io.language](id));
      io.out(link);
      return 0;
    }
    if (verb === "identity") {
      const [issuer, subject, email] = [asked.text("issuer"), asked.text("subject"), asked.text("email")];
      const value = subject ?? email;
      if (!issuer || !value)
        throw new WrongUse(
          say.missing[io.language](
            "--issuer URL --subject ID | --email ADDRESS",
            `arrears user identity ${id} --issuer https://id.example --email ${id}@lender.example`,
          ),
        );
      const kind = subject === undefined ? ("email" as const) : ("subject" as const);
      if (!(await addIdentity(db, id, { issuer, kind, value }, now)))
        throw new Declined(accessSay.identityTaken[io.language]());
      io.object({ id, issuer, kind });
      io.out(accessSay.identityKnown[io.language](id));
      return 0;
    }
    if (verb === "role") {
      const [lender] = await lendersAsked(db, known.lender, io);
      const role = roleAsked(asked, io);
      await changeStaff(db, id, { role, party: await partyAsked(db, lender!, role, asked, io) }, now);
    } else await changeStaff(db, id, { active: verb === "enable" }, now);
    const { role, party, active } = (await staffSecrets(db, id))!;
    io.object({ id, role, party, active });
    io.out(accessSay.changed[io.language](id));
    return 0;
  });
}

async function list(db: Database, asked: Asked, io: Io): Promise<number> {
  const all = await staff(db, asked.text("lender"));
  for (const one of all) io.object({ ...one });
  const zh = io.language === "zh";
  const how = ({ hasPassword, hasTotp }: StaffMember): string =>
    [hasPassword ? (zh ? "密码" : "password") : "", hasTotp ? (zh ? "动态码" : "code") : ""]
      .filter(Boolean)
      .join(" + ") || "–";
  const off = zh ? "停用" : "off";
  const rows = all.map((one) => [
    one.id,
    ROLE_WORDS[one.role as Role]?.[io.language] ?? one.role,
    one.lender,
    one.party ?? "–",
    how(one),
    one.active ? "" : off,
  ]);
  io.out(table(accessSay.userHeads[io.language](), rows, ["left", "left", "left", "left", "left", "left"]));
  return 0;
}

async function oneLender(db: Database, asked: Asked, io: Io): Promise<Lender> {
  const [lender, ...more] = await lendersAsked(db, asked.text("lender"), io);
  if (more.length > 0)
    throw new Declined(say.oneLender[io.language]([lender!, ...more].map(({ code }) => code).join(", ")));
  return lender!;
}

function roleAsked(asked: Asked, io: Io): Role {
  const word = asked.text("role");
  const role = OF_PEOPLE.find((one) => one === word);
  if (role) return role;
  const near = word === undefined ? undefined : nearest(word, OF_PEOPLE);
  throw new WrongUse(
    say.missing[io.language](`--role ${OF_PEOPLE.join(" | ")}`, `--role ${near ?? "collector"}`),
  );
}

/** Whom somebody works for, or who he is, as the lender has it: a name that it does not know would see nothing for ever. */
async function partyAsked(
  db: Database,
  lender: Lender,
  role: Role,
  asked: Asked,
  io: Io,
): Promise<string | null> {
  const party = asked.text("party")?.trim() || null;
  if (!ROLES_OF_PARTY.includes(role)) return null;
  if (party === null) throw new WrongUse(accessSay.needsParty[io.language](role));
  if (!(await isPartyKnown(db, lender, role, party)))
    throw new Declined(accessSay.noParty[io.language](party));
  return party;
}

/** A borrower is led straight to his own pages; anybody else sets a password and a code first. */
const linkTo = (
  db: Database,
  { id, role }: Pick<StaffMember, "id" | "role">,
  at: { readonly now: Instant; readonly base: string },
): Promise<string> => (role === "borrower" ? borrowerLink(db, id, at) : linkFor(db, id, "set-up", at));
