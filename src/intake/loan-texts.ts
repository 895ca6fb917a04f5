import type { Source } from "./decode.ts";
import { isTrouble, MISSING, readId, type Trouble } from "./fields.ts";
import { headerRefusals, OWN_FORMATS } from "./own-files.ts";
import { type Layout, type ReadOptions, RecordReader, type RowRefusal, type Rows } from "./rows.ts";

/** One row about a loan: what stands in its filled columns, as text. */
export interface LoanTexts {
  readonly line: number;
  readonly loanId: string;
  readonly texts: ReadonlyMap<string, string>;
}

/** What is wrong with a value of a column, or nothing. */
export type CheckText = (column: string, value: string) => Trouble | undefined;

/**
 * Reads a file with one row a loan (`loan_id`) and columns that the caller knows; empty cells are left out.
 *
 * Refuses a file with a column that is not known or without `loan_id`; a row without a loan, or with a value that `check` does
 *         not take.
 */
export function readLoanTexts(
  source: Source,
  columns: readonly string[],
  check: CheckText,
  options: ReadOptions = {},
): RecordReader<LoanTexts> {
  const known = ["loan_id", ...columns];
  const layout: Layout<LoanTexts> = {
    formats: OWN_FORMATS,
    bind: (header) => {
      const names: readonly string[] = header ?? known;
      return {
        names,
        closed: true,
        refusals: headerRefusals(names, known, ["loan_id"]),
        rows: () => new TextRows(names, check),
      };
    },
  };
  return new RecordReader(source, layout, options);
}

class TextRows implements Rows<LoanTexts> {
  bad: RowRefusal | undefined;
  readonly formulaTexts = 0;
  readonly totals = { list: () => [] };
  readonly #names: readonly string[];
  readonly #check: CheckText;

  constructor(names: readonly string[], check: CheckText) {
    this.#names = names;
    this.#check = check;
  }

  seenTotal = () => ({ count: 0, sum: "0" });

  read(row: readonly string[], line: number): LoanTexts | undefined {
    this.bad = undefined;
    const texts = new Map(
      this.#names.flatMap((name, i) => {
        const value = row[i]!.trim();
        return value === "" ? [] : [[name, value] as const];
      }),
    );
    const found = texts.get("loan_id") ?? "";
    const loanId = found === "" ? MISSING : readId(found);
    if (isTrouble(loanId)) return this.#fail("loan_id", found, loanId);
    texts.delete("loan_id");
    for (const [name, value] of texts) {
      const trouble = this.#check(name, value);
      if (trouble) return this.#fail(name, value, trouble);
    }
    return { line, loanId, texts };
  }

  #fail(field: string, value: string, trouble: Trouble): undefined {
    this.bad = { field, fileColumn: field, value, trouble };
    return undefined;
  }
}
