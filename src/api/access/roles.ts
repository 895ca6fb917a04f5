/** Who somebody is for the API. `docs/reference/access.md` has what each may. */
export type Role =
  | "operations"
  | "collector"
  | "supervisor"
  | "compliance"
  | "auditor"
  | "agency"
  | "agency-collector"
  | "law-firm"
  | "borrower"
  | "integrator";

export const ROLES: readonly Role[] = [
  "operations",
  "collector",
  "supervisor",
  "compliance",
  "auditor",
  "agency",
  "agency-collector",
  "law-firm",
  "borrower",
  "integrator",
];

export const ROLE_WORDS: Readonly<Record<Role, { readonly en: string; readonly zh: string }>> = {
  operations: { en: "lender operations", zh: "运营" },
  collector: { en: "collector", zh: "催收员" },
  supervisor: { en: "supervisor", zh: "主管" },
  compliance: { en: "compliance", zh: "合规" },
  auditor: { en: "auditor", zh: "审计" },
  agency: { en: "agency", zh: "委外机构" },
  "agency-collector": { en: "agency's collector", zh: "委外催收员" },
  "law-firm": { en: "law firm", zh: "律所" },
  borrower: { en: "borrower", zh: "借款人" },
  integrator: { en: "program with a token", zh: "接口程序" },
};

/** Roles whose name at the lender says which agency, firm, collector or borrower they are. */
export const ROLES_OF_PARTY: readonly Role[] = [
  "collector",
  "agency",
  "agency-collector",
  "law-firm",
  "borrower",
];

/**
 * Roles whose people decide, sign or see everything. Nobody alone lets such a person in or gives somebody such a role, or he could
 * be his own second person by another name.
 */
export const ROLES_OF_TWO: readonly Role[] = [
  "operations",
  "supervisor",
  "compliance",
  "auditor",
  "law-firm",
];

/** How somebody stands to what he asks for. */
export type Relation =
  /** What belongs to nobody in particular: the rules of law, his own session. */
  | "anybody"
  /** A thing of the lender for whom he works. */
  | "own-lender"
  | "other-lender"
  /** A loan that is placed with his agency at this instant. */
  | "placed"
  /** One that was, and is so no longer. */
  | "recalled"
  | "not-placed"
  /** A case or letter of his firm, under an engagement in force. */
  | "mandated"
  /** One that was his firm's: recalled, declined, or its engagement is over. */
  | "mandate-over"
  | "not-mandated"
  /** The person himself. */
  | "himself"
  | "somebody-else";

export const RELATIONS: readonly Relation[] = [
  "anybody",
  "own-lender",
  "other-lender",
  "placed",
  "recalled",
  "not-placed",
  "mandated",
  "mandate-over",
  "not-mandated",
  "himself",
  "somebody-else",
];

/** What a route is about: each kind is looked up before the route runs, and gives the relation. */
export type SubjectKind = "nothing" | "lender" | "loan" | "borrower" | "letter";

/** Relations that there can be of a role to a kind of subject; every one of them is a cell of the matrix. */
export function relationsOf(role: Role, of: SubjectKind): readonly Relation[] {
  if (of === "nothing") return ["anybody"];
  if (of === "lender") return ["own-lender"];
  switch (role) {
    case "agency":
    case "agency-collector":
      return of === "letter"
        ? ["not-placed", "other-lender"]
        : ["placed", "recalled", "not-placed", "other-lender"];
    case "law-firm":
      return ["mandated", "mandate-over", "not-mandated", "other-lender"];
    case "borrower":
      return ["himself", "somebody-else", "other-lender"];
    default:
      return ["own-lender", "other-lender"];
  }
}

/** In which relation a role may do something; `never` is said and not left out. */
export type Grant = "never" | Relation;
export type Grants = Readonly<Record<Role, Grant>>;

/** The whole decision: a role may in the one relation that its row names, a program only within its scopes. */
export function isGranted(
  grants: Grants,
  role: Role,
  relation: Relation,
  scope?: { readonly asked: string | undefined; readonly held: readonly string[] },
): boolean {
  const grant = grants[role];
  if (grant === "never" || grant !== relation) return false;
  if (role !== "integrator") return true;
  return scope?.asked !== undefined && scope.held.includes(scope.asked);
}

/** What programs can be given, each for some of the routes. */
export const SCOPES = [
  "book:read",
  "loans:read",
  "loans:write",
  "letters:read",
  "strategies:read",
  "imports:write",
  "closes:write",
] as const;
export type Scope = (typeof SCOPES)[number];
