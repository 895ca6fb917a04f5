import type { Day, Minor, Result } from "../../core/index.ts";
import type { Json } from "../../core/json-in.ts";
import type {
  DelayInterestRule,
  EnforcementLife,
  EnforcementRule,
  LimitationRule,
  PersonKnown,
  Remark,
} from "../../legal/index.ts";
import type { Words } from "../../policy/index.ts";
import type { Database, Lender } from "../../store/index.ts";

/** Where the work on enforcements is done: the book, the lender, the clock and the law. */
export interface Desk {
  readonly db: Database;
  readonly lender: Lender;
  readonly now: number;
  readonly law: EnforcementLaw;
}

/** Key of a borrower himself. */
export type Owner = { readonly bucket: number; readonly n: number };

/** The law that the desk of enforcements works by, each of a day. */
export interface EnforcementLaw {
  readonly rule: (on: Day) => Result<EnforcementRule>;
  readonly delay: (time: { readonly from: Day; readonly to: Day }) => Result<DelayInterestRule>;
  readonly limitation: (on: Day) => Result<LimitationRule>;
}

/** Something that is to be recorded of a borrower's enforcements. */
export interface EntryAsked {
  readonly line: number;
  readonly enforcement: string;
  /** The entry's own name, accepted once for an enforcement. */
  readonly event: string;
  /** The loan, of an application; of other entries it is known. */
  readonly loan?: string;
  /** Of an application, what it says beside the loan's judgment; else the entry as `readEnforcementEvent` takes it. */
  readonly told: Json;
  readonly judgment?: ApplicationTold;
}

/** What an application says itself; what is left out is taken from the judgment in the loan's journal. */
export interface ApplicationTold {
  readonly court: string;
  readonly number: string;
  readonly dated: Day;
  readonly debt?: Minor;
  readonly outsideBase?: Minor;
  readonly valueOn?: Day;
  readonly performBy?: Day;
  readonly parts?: readonly { readonly dueOn: Day; readonly amount: Minor }[];
  readonly proof?: string;
  readonly note?: string;
}

export interface EntryOutcome {
  readonly line: number;
  readonly id: string;
  readonly event: string;
  readonly done: boolean;
  /** It stood in the book before, word for word. */
  readonly known?: true;
  readonly code: string;
  readonly says?: Words;
  readonly remarks: readonly Remark[];
  readonly life?: EnforcementLife;
}

export interface EnterAsked {
  readonly now: number;
  readonly by: string;
  readonly known: PersonKnown;
  readonly law: EnforcementLaw;
}
