import type { Both } from "../lib/settings.tsx";

/** A text in English and in Chinese side by side: with one of them missing it does not compile. */
export const both = <T>(en: T, zh: T): Both<T> => ({ en, zh });
