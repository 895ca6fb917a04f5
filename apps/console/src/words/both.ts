/** A text in both languages; a missing one does not compile. */
export interface Both<T> {
  readonly zh: T;
  readonly en: T;
}

/** A text in English and in Chinese side by side: with one of them missing it does not compile. */
export const both = <T>(en: T, zh: T): Both<T> => ({ en, zh });
