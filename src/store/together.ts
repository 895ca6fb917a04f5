/**
 * Looks up one thing for each who asks, by one statement for all who ask at about the same time: what is asked for while a
 * statement is on its way goes with the next. Nothing is remembered – a key is looked up after it was asked for, never before –
 * so what was changed or taken away a moment ago counts.
 *
 * Takes   `load`, which gives for each key its value, in the order of the keys; at most so many keys at a time.
 * Holds   where a statement fails for several, each is tried alone, so that nobody fails by another's key.
 */
export function together<K, V>(
  load: (keys: readonly K[]) => Promise<readonly V[]>,
  most = 64,
): (key: K) => Promise<V> {
  interface Asked {
    readonly key: K;
    readonly done: (value: V) => void;
    readonly failed: (error: unknown) => void;
  }
  let waiting: Asked[] = [];
  let busy = false;
  const answer = async (batch: readonly Asked[]): Promise<void> => {
    try {
      const values = await load(batch.map(({ key }) => key));
      batch.forEach(({ done }, i) => {
        done(values[i]!);
      });
    } catch (error) {
      if (batch.length === 1) batch[0]!.failed(error);
      else for (const one of batch) await answer([one]);
    }
  };
  const run = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await answer(batch);
    }
    busy = false;
  };
  return (key) =>
    new Promise((done, failed) => {
      waiting.push({ key, done, failed });
      if (busy) return;
      busy = true;
      // Whoever asks within this turn goes along.
      setImmediate(run);
    });
}
