import type { DeliveryReported, LetterLifeFact, LetterTracked } from "../../core/index.ts";
import { mayMove } from "../../legal/index.ts";
import type { FollowLetter } from "../../store/index.ts";

/** What a carrier's word makes of the letter that it carried; nothing where its life has no place for it any more. */
export const followLetter: FollowLetter = ({ id, state }, reply) => {
  const fact = reply.kind === "LetterTracked" ? ofPost(reply, id) : ofMessage(reply, id);
  return fact && mayMove(state, fact.kind, { proof: reply.id }).ok ? fact : undefined;
};

function ofPost(
  { status, on, at, id: receipt, channel, dated, reason }: LetterTracked,
  id: string,
): LetterLifeFact | undefined {
  const base = { on, at, id, by: channel, way: "post", dated, proof: `in:${channel}/${receipt}` } as const;
  const why = reason === undefined ? {} : { reason };
  if (status === "delivered") return { kind: "LetterDelivered", ...base };
  if (status === "refused") return { kind: "LetterRefused", ...base, ...why };
  return status === "returned" ? { kind: "LetterReturned", ...base, ...why } : undefined;
}

function ofMessage(
  { status, on, at, id: receipt, channel, via, reason }: DeliveryReported,
  id: string,
): LetterLifeFact | undefined {
  const way = via === "email" ? "email" : "portal";
  const base = { on, at, id, by: channel, way, dated: on, proof: `in:${channel}/${receipt}` } as const;
  if (status === "delivered") return { kind: "LetterDelivered", ...base };
  return status === "bounced" || status === "failed"
    ? { kind: "LetterReturned", ...base, ...(reason === undefined ? {} : { reason }) }
    : undefined;
}
