/** Until somebody stops the process, by Ctrl-C or as a service manager does. */
export const stopped = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve());
  });
