import { CN_DEFAULT_ORDER, completeOrder } from "../../core/index.ts";
import type { MapProduct } from "../../intake/index.ts";
import type { ProductSettings } from "../../store/index.ts";

/**
 * A product of a map as it is registered.
 *
 * Holds   keys in this order, always, and what a map leaves out is left out: the book compares products as text, so that
 *         a map of an earlier version gives the same text today.
 */
export function settingsOf(product: MapProduct): ProductSettings {
  const { code, source, terms, lateInterest, allocation, inAdvance, bandEdges, strategy, ...options } =
    product;
  return {
    code,
    source,
    terms,
    ...(lateInterest ? { lateInterest } : {}),
    allocation: {
      ...completeOrder(allocation ?? CN_DEFAULT_ORDER),
      ...(inAdvance === undefined ? {} : { inAdvance }),
    },
    bandEdges,
    strategy,
    ...options,
  };
}
