import type { Grants, Relation } from "../access/roles.ts";

/**
 * Rows of the matrix that several routes share: for every role the one relation in which it may, or `never`. A row always
 * names all roles, so that a new role does not compile until somebody has decided for it.
 */
const house = (relation: Relation) =>
  ({
    operations: relation,
    collector: relation,
    supervisor: relation,
    compliance: relation,
    auditor: relation,
  }) as const;

const NOBODY: Grants = {
  operations: "never",
  collector: "never",
  supervisor: "never",
  compliance: "never",
  auditor: "never",
  agency: "never",
  "agency-collector": "never",
  "law-firm": "never",
  borrower: "never",
  integrator: "never",
};

/** His own session and how he signs in: whoever signed in; programs have none. */
export const EVERY_PERSON: Grants = {
  ...house("anybody"),
  agency: "anybody",
  "agency-collector": "anybody",
  "law-firm": "anybody",
  borrower: "anybody",
  integrator: "never",
};

/** What stands in books of law: everybody, borrowers too. */
export const THE_LAW: Grants = { ...EVERY_PERSON, integrator: "anybody" };

/** The lender's own people read; so do programs with the scope. */
export const HOUSE_READS: Grants = { ...NOBODY, ...house("own-lender"), integrator: "own-lender" };

/** Lists that only some of the house need. */
export const OVERSIGHT_READS: Grants = {
  ...NOBODY,
  operations: "own-lender",
  supervisor: "own-lender",
  compliance: "own-lender",
  auditor: "own-lender",
};

/** A loan: the house, whoever has it in hand now, and who owes it. */
export const LOAN_READS: Grants = {
  ...house("own-lender"),
  agency: "placed",
  "agency-collector": "placed",
  "law-firm": "mandated",
  borrower: "himself",
  integrator: "own-lender",
};

/** What may be done with a borrower now, and why not: whoever could do it. */
export const LOAN_WORK_READS: Grants = { ...LOAN_READS, borrower: "never", integrator: "never" };

/** Names and numbers in full. An auditor sees them masked like everything; an agency dials what its own file has. */
export const REVEALS: Grants = {
  ...NOBODY,
  operations: "own-lender",
  collector: "own-lender",
  supervisor: "own-lender",
  compliance: "own-lender",
  "law-firm": "mandated",
};

/** What changes a loan. */
export const LOAN_WRITES: Grants = {
  ...NOBODY,
  operations: "own-lender",
  supervisor: "own-lender",
  compliance: "own-lender",
  integrator: "own-lender",
};

/** The same of many loans at once, whoever owes them. */
export const LOAN_WRITES_MANY: Grants = LOAN_WRITES;

/** A proceeding about a loan: the house and the firm that has the mandate; nobody tells a debtor of it through a collector. */
export const PROCEEDING_READS: Grants = {
  ...NOBODY,
  ...house("own-lender"),
  "law-firm": "mandated",
  integrator: "own-lender",
};
export const PROCEEDING_WRITES: Grants = { ...LOAN_WRITES, "law-firm": "mandated" };

/** What a borrower asks for: the house and he himself; neither an agency nor a firm reads what he tells of his household. */
export const REQUEST_READS: Grants = {
  ...NOBODY,
  ...house("own-lender"),
  borrower: "himself",
  integrator: "own-lender",
};
/** Whoever hears it writes it down, collectors too; he himself does. */
export const REQUEST_WRITES: Grants = { ...REQUEST_READS, auditor: "never" };
/** What is answered, a collector does not decide. */
export const REQUEST_DECIDES: Grants = { ...LOAN_WRITES, borrower: "himself" };

/** What goes before courts, all of it: who works on it; a firm sees what it has the mandate for. */
export const COURT_READS: Grants = { ...OVERSIGHT_READS, "law-firm": "own-lender", integrator: "own-lender" };
/** Papers with a person's name, number and address, whole as a court takes them. */
export const PAPER_MAKES: Grants = { ...LOAN_WRITES, "law-firm": "mandated" };

/** A message with approved words, by hand. */
export const MESSAGES: Grants = {
  ...NOBODY,
  operations: "own-lender",
  collector: "own-lender",
  supervisor: "own-lender",
};
export const COLLECTS: Grants = { ...NOBODY, collector: "own-lender" };
export const OPERATES: Grants = { ...NOBODY, operations: "own-lender", supervisor: "own-lender" };
export const OPERATES_BY_PROGRAM: Grants = { ...NOBODY, operations: "own-lender", integrator: "own-lender" };

/** Proposing and deciding what needs two people. */
export const PROPOSES: Grants = {
  ...NOBODY,
  operations: "own-lender",
  supervisor: "own-lender",
  compliance: "own-lender",
};
export const DECIDES: Grants = { ...NOBODY, supervisor: "own-lender", compliance: "own-lender" };

export const AGENCY_READS: Grants = { ...NOBODY, agency: "own-lender", "agency-collector": "own-lender" };
export const LETTERS_READ: Grants = {
  ...NOBODY,
  operations: "own-lender",
  supervisor: "own-lender",
  compliance: "own-lender",
  auditor: "own-lender",
  "law-firm": "own-lender",
  integrator: "own-lender",
};
export const LETTER_READS: Grants = { ...LETTERS_READ, "law-firm": "mandated" };
/** A lawyer's word: only of the firm that has the letter. */
export const LAWYER_WRITES: Grants = { ...NOBODY, "law-firm": "mandated" };

/** Many letters at once; of which firm each is, is asked letter by letter. */
export const LAWYER_WRITES_MANY: Grants = { ...NOBODY, "law-firm": "own-lender" };

export const AUDITS: Grants = { ...NOBODY, compliance: "own-lender", auditor: "own-lender" };
/** Users and tokens: who runs the place. What gives the first of them is the command line. */
export const RUNS: Grants = { ...NOBODY, operations: "own-lender" };
