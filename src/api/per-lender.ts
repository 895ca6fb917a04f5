import { type Lender, together } from "../store/index.ts";

/** What is asked of one lender by several requests at once is looked up once: whoever asks meanwhile shares the next look. */
export function perLender<V>(load: (lender: Lender) => Promise<V>): (lender: Lender) => Promise<V> {
  return together(async (asked: readonly Lender[]) => {
    const each = new Map<string, Promise<V>>();
    for (const lender of asked) if (!each.has(lender.code)) each.set(lender.code, load(lender));
    return Promise.all(asked.map(({ code }) => each.get(code)!));
  });
}
