import { BAND_CLOSED, type LoanState } from "./loan.ts";

/**
 * Where a loan stands for the figures of a day: its band, 0 and up; or one of these. A loan written off stays apart from
 * the bands, although it still ages; one that is `fresh` was not in the book yet.
 */
export const CELL = { ended: BAND_CLOSED, fresh: -2, writtenOff: -3 } as const;

export const cellOf = ({ band, status }: Pick<LoanState, "band" | "status">): number =>
  status === "written-off" && band !== CELL.ended ? CELL.writtenOff : band;

/** Outstanding principal. */
export const principalOwed = ({
  principal,
  principalPaid,
}: Pick<LoanState, "principal" | "principalPaid">): number => principal - principalPaid;

/** Days past due of which it is kept when a loan first has more: what vintages are told by, and arms by the first. */
export const LATE_LEVELS = [30, 90] as const;
/** A loan that is late again within so many days did not stay cured. */
export const STAYED_DAYS = [30, 90] as const;
