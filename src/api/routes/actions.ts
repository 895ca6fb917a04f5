import { z } from "zod";
import { formatInstant } from "../../core/index.ts";
import { decide } from "../../dispatch/index.ts";
import { listOutbox, OUTBOX_STATES, type OutboxState, ownActions, reopenAction } from "../../store/index.ts";
import { maskText } from "../access/fields.ts";
import { said, saidOf } from "../http/said.ts";
import { route } from "../route.ts";
import { HOUSE_READS, OPERATES } from "./rows.ts";
import { DryRun, Reason } from "./shapes.ts";

const Action = z.object({
  action: z.string(),
  borrower: z.string(),
  state: z.string(),
  via: z.string(),
  what: z.string(),
  slot: z.string(),
  stateAt: z.string(),
  reason: z.string().nullable(),
});

export const ACTION_ROUTES = [
  route({
    id: "actions.list",
    method: "GET",
    url: "/v1/actions",
    says: { en: "Actions in the outbox by state, the newest first", zh: "待发与已发动作" },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    query: z.strictObject({
      state: z.enum(OUTBOX_STATES as unknown as [OutboxState, ...OutboxState[]]).default("failed"),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answers: z.object({ items: z.array(Action) }),
    handle: async ({ api, lender, query }) => ({
      items: (await listOutbox(api.db, [query.state], query.limit, lender)).map((one) => ({
        action: one.action,
        borrower: one.borrower,
        state: one.state,
        via: one.via,
        what: one.what,
        slot: formatInstant(lender.zone, one.slot),
        stateAt: formatInstant(lender.zone, one.stateAt),
        reason: one.reason === undefined ? null : maskText(one.reason),
      })),
    }),
  }),
  route({
    id: "actions.retry",
    method: "POST",
    url: "/v1/actions/retry",
    says: {
      en: "Put failed actions back among the planned ones; each is judged again before it is sent",
      zh: "重发失败动作；发送前重新判定",
    },
    of: "lender",
    guard: { none: "rows" },
    may: OPERATES,
    query: z.strictObject({ dryRun: DryRun }),
    body: z.strictObject({
      actions: z.array(z.string().max(100)).min(1).max(100),
      reason: Reason,
      surelyNotSent: z.boolean().default(false).describe("He knows that it did not go out"),
    }),
    answers: z.object({
      dryRun: z.boolean(),
      items: z.array(
        z.object({
          action: z.string(),
          done: z.boolean(),
          code: z.string(),
          says: z.string().optional(),
          saysZh: z.string().optional(),
          would: z.string().optional(),
        }),
      ),
    }),
    handle: async ({ api, who, lender, now, query, body, remark }) => {
      remark(body.reason);
      const own = new Set(await ownActions(api.db, lender, body.actions));
      const items = [];
      for (const action of body.actions) {
        // Another lender's action is as unknown as one that never was.
        if (!own.has(action)) {
          items.push({
            action,
            done: false,
            code: "no-such-action",
            ...said.noAction(action),
          });
          continue;
        }
        const done = await reopenAction(
          api.db,
          api.shelves,
          action,
          { by: who.id, reason: body.reason, surelyNotSent: body.surelyNotSent },
          now,
          query.dryRun ? decide : undefined,
        );
        items.push(
          done.ok
            ? {
                action,
                done: !query.dryRun,
                code: done.was,
                ...(done.would ? { would: done.would.kind } : {}),
              }
            : { action, done: false, code: done.code, ...saidOf(done) },
        );
      }
      return { dryRun: query.dryRun, items };
    },
  }),
];
