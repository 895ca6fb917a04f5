/**
 * Ctrl-C, and what a service manager sends: what was begun is waited for and written down, nothing more is begun. A
 * second one ends the process as ever.
 */
export function stopSignal(): { readonly asked: boolean; within(ms: number): Promise<void>; close(): void } {
  let asked = false;
  let wake = () => {};
  const ask = () => {
    asked = true;
    wake();
    close();
  };
  const close = () => {
    process.off("SIGINT", ask);
    process.off("SIGTERM", ask);
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  return {
    get asked() {
      return asked;
    },
    within: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, asked ? 0 : ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    close,
  };
}
