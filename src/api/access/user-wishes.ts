import type { Instant } from "../../core/index.ts";
import {
  addStaff,
  changeStaff,
  dropWaysIn,
  type Lender,
  type Sql,
  type StaffMember,
  staffNameOf,
  staffSecrets,
} from "../../store/index.ts";
import { refusedBy } from "../http/problem.ts";
import { isPartyKnown, STAFF_NAME } from "./links.ts";
import { ROLES_OF_PARTY, ROLES_OF_TWO, type Role } from "./roles.ts";

/** What is wished of a user that lets somebody in or lets him do more. Whatever only takes away needs no second person. */
export type UserWish =
  | {
      readonly wish: "user.invite";
      readonly user: string;
      readonly name: string;
      readonly role: Role;
      readonly party: string | null;
    }
  | { readonly wish: "user.role"; readonly user: string; readonly role: Role; readonly party: string | null }
  | { readonly wish: "user.enable" | "user.reset"; readonly user: string };

export const USER_WISHES: readonly string[] = [
  "user.invite",
  "user.role",
  "user.enable",
  "user.reset",
] satisfies UserWish["wish"][];

/** After these he sets how he signs in, by a link that is told once. */
export const LEADS_IN: readonly string[] = ["user.invite", "user.reset"] satisfies UserWish["wish"][];

/**
 * Looks whether a wish can be granted, and whether it takes two people.
 *
 * Refuses (thrown) `not-a-name`, `name-taken`, `no-such-user`, `oneself`, `party-missing`, `no-such-party`.
 */
export async function checkWish(
  sql: Sql,
  lender: Lender,
  asking: string,
  wish: UserWish,
): Promise<{ readonly two: boolean; readonly known: StaffMember | undefined }> {
  const known = await userOfLender(sql, lender, wish.user);
  if (wish.wish === "user.invite") {
    if (!STAFF_NAME.test(wish.user))
      throw refusedBy({
        code: "not-a-name",
        says: "a user's name has 2 to 60 letters, digits or . _ @ -",
        saysZh: "用户名须为 2 至 60 个字母、数字或 . _ @ -",
        at: "user",
      });
    // Of all lenders of the book: a name is one person's for ever.
    if (await staffSecrets(sql, wish.user))
      throw refusedBy({
        code: "name-taken",
        says: `${wish.user} is somebody's name already`,
        saysZh: `用户名 ${wish.user} 已被使用`,
        at: "user",
      });
  } else if (!known)
    throw refusedBy({ code: "no-such-user", says: `no user ${wish.user}`, saysZh: `没有用户 ${wish.user}` });
  if (known?.id === asking)
    throw refusedBy({
      code: "oneself",
      says: "somebody else does this for you",
      saysZh: "不能为自己办理，须由他人办理",
    });
  if (wish.wish === "user.invite" || wish.wish === "user.role")
    await checkParty(sql, lender, wish.role, wish.party);
  const roles = [known?.role, "role" in wish ? wish.role : undefined];
  return { two: roles.some((role) => ROLES_OF_TWO.includes(role as Role)), known };
}

async function checkParty(sql: Sql, lender: Lender, role: Role, party: string | null): Promise<void> {
  if (!ROLES_OF_PARTY.includes(role)) return;
  if (party === null)
    throw refusedBy({
      code: "party-missing",
      says: "say which collector, agency or law firm he is or works for",
      saysZh: "请指明其对应的催收员、委外机构或律所",
      at: "party",
    });
  if (!(await isPartyKnown(sql, lender, role, party)))
    throw refusedBy({
      code: "no-such-party",
      says: `the lender knows no ${party}`,
      saysZh: `出借人处没有 ${party}`,
      at: "party",
    });
}

/** A user of the lender's; another lender's is nobody. */
export async function userOfLender(sql: Sql, lender: Lender, user: string): Promise<StaffMember | undefined> {
  const known = await staffSecrets(sql, staffNameOf(user));
  return known?.lender === lender.code && known.role !== "borrower" ? known : undefined;
}

/** Does what was wished; done twice it stands once. */
export async function grantWish(sql: Sql, lender: Lender, wish: UserWish, now: Instant): Promise<void> {
  const party = "role" in wish && ROLES_OF_PARTY.includes(wish.role) ? wish.party : null;
  switch (wish.wish) {
    case "user.invite": {
      const one = { id: wish.user, lender: lender.code, role: wish.role, name: wish.name, party };
      if (await addStaff(sql, one, now)) return;
      const known = await userOfLender(sql, lender, wish.user);
      if (known?.role !== wish.role || known.party !== party)
        throw refusedBy({
          code: "name-taken",
          says: `${wish.user} is somebody's name already`,
          saysZh: `用户名 ${wish.user} 已被使用`,
        });
      return;
    }
    case "user.role":
      await changeStaff(sql, wish.user, { role: wish.role, party }, now);
      return;
    case "user.enable":
      await changeStaff(sql, wish.user, { active: true }, now);
      return;
    case "user.reset":
      await dropWaysIn(sql, wish.user, now);
  }
}
