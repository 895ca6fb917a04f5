import type { Channel, Day, Instant, LoanState, PersonFacts, Product } from "../core/index.ts";
import type { Action, CloseContext } from "../dayclose/index.ts";
import type { ContactMade, Permit } from "../policy/index.ts";

/** What goes out: already decided, rendered and permitted. */
export interface Message {
  /** The action's key: the same for every attempt, so that a carrier with idempotency keys can use it. */
  readonly id: string;
  readonly via: Channel;
  readonly to: string;
  readonly language: "en" | "zh";
  readonly what: string;
  readonly text: string;
  readonly loans: readonly string[];
}

/** What a channel says of a message that it took. */
export interface Receipt {
  readonly outcome: "sent" | "failed";
  /** The carrier's word for it: a message id, a file name, an error. */
  readonly receipt: string;
}

/**
 * A way out. It takes a permit, which only the gate makes, and must refuse anything else. Throwing means that nobody
 * knows whether the message went out: it then counts as made and is not sent again.
 */
export interface ChannelAdapter {
  readonly name: string;
  readonly carries: readonly Channel[];
  send(permit: Permit, message: Message): Promise<Receipt>;
}

/** A loan of the borrower as it stands at the second of sending, waiting facts included. */
export interface StandingLoan {
  readonly id: string;
  readonly loan: LoanState;
  readonly product: Product;
}

export interface Addressee {
  readonly bucket: number;
  readonly n: number;
  readonly lender: string;
  readonly name: string | null;
  readonly addresses: Readonly<Partial<Record<Channel, string>>>;
  readonly zone: string;
  readonly language: "en" | "zh";
}

/** Everything that the second judgment of an action needs, read under the borrower's lock. */
export interface Pending {
  readonly action: Action;
  readonly id: string;
  readonly addressee: Addressee;
  readonly loans: readonly StandingLoan[];
  readonly contacts: readonly ContactMade[];
  /** What is known of him this minute; absent where nothing ever was recorded. */
  readonly person?: PersonFacts;
  /** Day of a later planned action of the same sort for the same borrower, if there is one. */
  readonly supersededOn?: Day;
  readonly context: CloseContext;
}

export type Judged =
  | { readonly kind: "send"; readonly permit: Permit; readonly message: Message }
  | { readonly kind: "cancel"; readonly why: string; readonly rules: readonly string[] }
  | { readonly kind: "later"; readonly slot: Instant; readonly rules: readonly string[] };

export interface ActionKey {
  readonly bucket: number;
  readonly n: number;
  readonly on: Day;
  readonly act: number;
  readonly item: number;
}

/** What dispatch needs from storage. */
export interface Outbox {
  /** Planned actions whose slot has come, oldest first. */
  due(now: Instant, limit: number): Promise<readonly ActionKey[]>;
  /**
   * Judges one action under its borrower's lock. Before a send is returned the contact is recorded as begun, so that a
   * crash afterwards counts as a contact. `undefined` when another worker had it.
   */
  take(key: ActionKey, now: Instant, judge: (pending: Pending) => Judged): Promise<Judged | undefined>;
  /** Records what became of a contact that was begun. */
  end(key: ActionKey, id: string, receipt: Receipt | undefined, now: Instant): Promise<void>;
  /** How many planned actions have a slot that has come. */
  waiting(now: Instant): Promise<number>;
  /**
   * Cancels planned actions whose slot passed before an instant: nobody is told today what was due last month. Borrower
   * by borrower under his lock, bucket by bucket; each cancellation is a fact.
   */
  lapse(before: Instant, now: Instant, onProgress?: (done: number) => void): Promise<number>;
  /** Contacts begun by a worker that is gone: they count as made and are never repeated. */
  giveUp(olderThan: Instant): Promise<number>;
}
