import { z } from "zod";
import { addDays, dayAt, decimalsOf, formatDay, formatMoney } from "../../core/index.ts";
import { type Lender, promisesDue } from "../../store/index.ts";
import { route } from "../route.ts";
import { HOUSE_READS } from "./rows.ts";
import { Money } from "./shapes.ts";

/** Days that the lists of what comes look ahead. */
export const WEEK = 7;
export const weekFrom = (lender: Lender, now: number) => {
  const today = dayAt(lender.zone, now);
  return { from: today, to: addDays(today, WEEK), asOf: lender.closedThrough };
};

export const PROMISE_ROUTES = [
  route({
    id: "promises.list",
    method: "GET",
    url: "/v1/promises",
    says: {
      en: "Promises that fall due within seven days and are not kept yet, as the last close left them",
      zh: "七日内到期、尚未履行的承诺（截至最近一次日终）",
    },
    of: "lender",
    may: HOUSE_READS,
    scope: "loans:read",
    answers: z.object({
      items: z.array(
        z.object({
          loan: z.string(),
          currency: z.string(),
          on: z.string(),
          amount: Money,
          takenBy: z.string().nullable(),
        }),
      ),
    }),
    handle: async ({ api, lender, now }) => ({
      items: (await promisesDue(api.db, lender.code, weekFrom(lender, now))).map(
        ({ on, amount, ...rest }) => ({
          ...rest,
          on: formatDay(on),
          amount: formatMoney(amount, decimalsOf(rest.currency)),
        }),
      ),
    }),
  }),
];
