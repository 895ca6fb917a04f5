/**
 * Nothing left the house: the carrier was not reached, or it refused before it took the message. The only failure after
 * which a message may be tried again, or given to another channel.
 */
export class NotHandedOver extends Error {
  override name = "NotHandedOver";
  /** Whether a second try in a moment may do: a line that was busy, not a number that does not exist. */
  readonly passing: boolean;

  constructor(says: string, passing = false) {
    super(says);
    this.passing = passing;
  }
}

/** The carrier did not answer in time, after it may have taken the message. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

export const saysOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
