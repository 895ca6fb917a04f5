import type { Citation, Force, Verification } from "../policy/index.ts";

/** Where a value of a pack stands and how far its text was checked. It goes with every figure that rests on the value. */
export interface Source {
  /** The parameter of the pack, `court-fee.case`. */
  readonly param: string;
  readonly cite: Citation;
  readonly force: Force;
  readonly verification: Verification;
}
