import type { Channel, Day, Instant, LoanState, PersonFacts, Product } from "../core/index.ts";
import type { Action, CloseContext } from "../dayclose/index.ts";
import type { ContactMade, Permit } from "../policy/index.ts";
import type { Inbound } from "./inbound.ts";
import type { Owed } from "./words.ts";

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
  /** The borrower's name, for an address label or a person who calls; never part of the text. */
  readonly name?: string;
  /** Code of the lender; decides which channel carries it where lenders have their own. */
  readonly lender?: string;
  /** What is handed over in the text's place where the carrier takes files: a signed letter that says the same. */
  readonly file?: { readonly name: string; readonly bytes: Buffer };
  /** The figures that the text was made of, for carriers that send approved templates and take figures only. */
  readonly owed?: Owed;
}

/** A message of which only the words are not chosen yet. */
export type Draft = Omit<Message, "text" | "owed"> & { readonly owed: Owed };

/** What a channel says of a message that it took. */
export interface Receipt {
  readonly outcome: "sent" | "failed";
  /** The carrier's word for it: a message id, a file name, an error. */
  readonly receipt: string;
  /** The channel that took it, where several could. */
  readonly channel?: string;
  /** The carrier's ids, one a part, by which its reports will name the message. */
  readonly references?: readonly string[];
}

/**
 * A way out. It takes a permit, which only the gate makes, and must refuse anything else. Throwing means that nobody
 * knows whether the message went out: it then counts as made and is not sent again. Only `NotHandedOver` says that it
 * surely did not.
 */
export interface ChannelAdapter {
  readonly name: string;
  readonly carries: readonly Channel[];
  /** Takes messages of this lender only; of every lender where absent. */
  readonly lender?: string;
  /** Messages that it takes at the same time; a few unless said. */
  readonly atOnce?: number;
  send(permit: Permit, message: Message): Promise<Receipt>;
  /** The words that it can carry for a message, where the carrier takes approved templates only. They are judged like any. */
  words?(draft: Draft): string | undefined;
  /** Until when nothing is given to it, because it failed time after time; `undefined` while it works. */
  rests?(now: Instant): Instant | undefined;
  /** Reaches for the carrier and says what answered, without sending anything to anybody. */
  check?(): Promise<string>;
  /** Stays connected and hands in what the carrier brings, where it comes by the same connection. */
  listen?(take: TakeInbound): Promise<void>;
  close?(): Promise<void>;
}

/** Takes what came in; once it returns the event is kept, and the carrier may be told so. */
export type TakeInbound = (event: Inbound) => Promise<void>;

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
  readonly lenderCode: string;
  readonly name: string | null;
  readonly addresses: Readonly<Partial<Record<Channel, string>>>;
  readonly zone: string;
  readonly language: "en" | "zh";
}

/** An action of the outbox that waits: its channels that said no already, and its name for facts and carriers. */
export interface PlannedAction extends Action {
  readonly tried: readonly Channel[];
}

/** Everything that is known of a borrower at the second of sending, read under his lock. */
export interface Standing {
  readonly addressee: Addressee;
  readonly loans: readonly StandingLoan[];
  readonly contacts: readonly ContactMade[];
  /** What is known of him this minute; absent where nothing ever was recorded. */
  readonly person?: PersonFacts;
  readonly context: CloseContext;
  /** All that is planned for him, due or not. */
  readonly actions: readonly PlannedAction[];
}

/** Everything that the second judgment of one action needs. */
export interface Pending extends Omit<Standing, "actions"> {
  readonly action: PlannedAction;
  readonly id: string;
}

export type Judged =
  | {
      readonly kind: "send";
      readonly permit: Permit;
      readonly message: Message;
      /** Channels of the step that are left, should this one say no. */
      readonly next: readonly Channel[];
    }
  | { readonly kind: "cancel"; readonly why: string; readonly rules: readonly string[] }
  | { readonly kind: "later"; readonly slot: Instant; readonly rules: readonly string[] };

/** What becomes of a borrower's due actions, in order. */
export interface Decided {
  /** Actions that go out as part of a later one, named by the step that leads it. */
  readonly consolidated: readonly {
    readonly action: PlannedAction;
    readonly into: PlannedAction;
    readonly by: { readonly loan: number; readonly step: string };
  }[];
  /** Later ones as they stand with what was added to them. */
  readonly carriers: readonly PlannedAction[];
  /** At most one is sent, and it is the last: the next is judged when the end of this one is known. */
  readonly judged: readonly { readonly action: PlannedAction; readonly judged: Judged }[];
  /** Something of his is due and not judged yet. */
  readonly more: boolean;
}

export interface BorrowerKey {
  readonly bucket: number;
  readonly n: number;
}

export interface ActionKey extends BorrowerKey {
  readonly on: Day;
  readonly act: number;
  readonly item: number;
}

/** A contact that stands in the journal as begun, and is to be handed over now. */
export interface Begun {
  readonly key: ActionKey;
  readonly permit: Permit;
  readonly message: Message;
  readonly next: readonly Channel[];
  readonly tried: readonly Channel[];
  readonly zone: string;
  /** What the book held of the borrower when it was judged: any new fact changes it. */
  readonly mark: string;
}

/** How a begun contact ended: the channel's word, or that nobody knows, or that it was not handed over after all. */
export type Ending =
  | Receipt
  | { readonly outcome: "unknown" }
  | { readonly outcome: "withdrawn"; readonly why: string };

export interface Ended {
  readonly begun: Begun;
  readonly ending: Ending;
}

/** What one batch brought. */
export interface Taken {
  readonly begun: readonly Begun[];
  readonly cancelled: readonly { readonly why: string; readonly rules: readonly string[] }[];
  readonly later: readonly { readonly rules: readonly string[] }[];
  readonly consolidated: number;
  /** Contacts begun by a worker that is gone: nobody knows their end. */
  readonly unknown: number;
  /** Our own bug on these: their actions stay as they are. */
  readonly broken: readonly (BorrowerKey & { readonly says: string })[];
  /** Borrowers of whom something else is due, once this has ended. */
  readonly more: readonly BorrowerKey[];
  /** Buckets that another worker has. */
  readonly leased: readonly number[];
}

export interface DueNow {
  /** Borrowers of whom something is due, by their keys, and how many actions that is. */
  readonly borrowers: readonly (BorrowerKey & { readonly actions: number })[];
  /** Contacts begun so long ago that their worker is gone. */
  readonly lost: readonly ActionKey[];
}

/** What dispatch needs from storage. */
export interface Outbox {
  /** One look over the outbox: planned actions whose slot has come, and what was begun before `lostBefore` and not ended. */
  due(now: Instant, lostBefore: Instant): Promise<DueNow>;
  /**
   * Leases the buckets of these borrowers, as far as no other worker has them, and decides about each borrower under
   * his lock, all in one transaction. What is returned as begun stands in the journal as begun, so that a crash
   * afterwards counts as a contact.
   */
  take(
    lease: Lease,
    borrowers: readonly BorrowerKey[],
    now: Instant,
    decide: (standing: Standing) => Decided,
  ): Promise<Taken>;
  /** Which of these may still be handed over: nothing about the borrower has been recorded since they were judged. */
  unchanged(begun: readonly Begun[]): Promise<readonly boolean[]>;
  /** Records how contacts ended, plans the next channel where one said no, and gives buckets back. */
  end(lease: Lease, ended: readonly Ended[], now: Instant, release: readonly number[]): Promise<void>;
  /** Contacts begun by a worker that is gone: they count as made and are never repeated. Gives how many there were. */
  giveUp(lost: readonly ActionKey[]): Promise<number>;
}

export interface Lease {
  readonly worker: string;
  /** How long a worker may be silent before it is taken for dead, milliseconds. */
  readonly forMs: number;
}
