import { courtFeeTiers } from "../../../packs/cn/index.ts";
import type { Day } from "../../core/index.ts";
import type { CourtFeeTiers } from "../../legal/index.ts";
import { packOf } from "../book.ts";

/** Fees of the courts of the place, where its pack has them. */
export function feesOf(place: string): (on: Day) => CourtFeeTiers | undefined {
  return (on) => {
    const pack = place === "cn" ? packOf(place) : undefined;
    const tiers = pack && courtFeeTiers(pack, on);
    return tiers?.ok ? tiers.value : undefined;
  };
}
