import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from "react";
import { dark, light, propertiesOf, type Tones } from "../../../tokens/tokens.ts";
import type { Both } from "../words/both.ts";
import type { Lang } from "./format.ts";

export type { Both };
export type Theme = "light" | "dark";

interface Settings {
  readonly lang: Lang;
  readonly setLang: (lang: Lang) => void;
  readonly theme: Theme;
  readonly setTheme: (theme: Theme) => void;
  readonly tones: Tones;
  /** A day of the past that everything is shown as of; writes are off while there is one. */
  readonly asOf: string | undefined;
  readonly setAsOf: (day: string | undefined) => void;
}

const Context = createContext<Settings | undefined>(undefined);

function kept(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
function keep(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

const firstLang = (): Lang => {
  const before = kept("arrears.lang");
  if (before === "zh" || before === "en") return before;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
};
const firstTheme = (): Theme => {
  const before = kept("arrears.theme");
  if (before === "light" || before === "dark") return before;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
};

export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [lang, putLang] = useState<Lang>(firstLang);
  const [theme, putTheme] = useState<Theme>(firstTheme);
  const [asOf, setAsOf] = useState<string | undefined>();
  const tones = theme === "dark" ? dark : light;
  useEffect(() => {
    const { documentElement: root } = document;
    root.lang = lang === "zh" ? "zh-CN" : "en";
    root.style.colorScheme = theme;
    for (const [name, value] of Object.entries(propertiesOf(tones))) root.style.setProperty(name, value);
  }, [lang, theme, tones]);
  const setLang = useCallback((next: Lang) => {
    keep("arrears.lang", next);
    putLang(next);
  }, []);
  const setTheme = useCallback((next: Theme) => {
    keep("arrears.theme", next);
    putTheme(next);
  }, []);
  const value = useMemo(
    () => ({ lang, setLang, theme, setTheme, tones, asOf, setAsOf }),
    [lang, setLang, theme, setTheme, tones, asOf],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useSettings(): Settings {
  const settings = useContext(Context);
  if (!settings) throw new Error("settings are read within their provider");
  return settings;
}

/** Takes a text in both languages and gives the one that is read now. */
export function useSay(): <T>(both: Both<T>) => T {
  const { lang } = useSettings();
  return useCallback((both) => both[lang], [lang]);
}
