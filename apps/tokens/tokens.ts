/**
 * Colours, radius and type of every face of Arrears: the console's theme is made from these, and a portal's can be.
 * A colour means one thing. Ageing is one ramp from slate to amber to brick; what is forbidden now is grey with its reason;
 * red is for a real error and for nothing else.
 */
export interface Tones {
  readonly ground: string;
  readonly paper: string;
  /** Where the pointer is, and rows that are picked. */
  readonly wash: string;
  readonly line: string;
  /** Edges of what can be typed into: 3:1 against paper. */
  readonly edge: string;
  readonly ink: string;
  readonly soft: string;
  readonly accent: string;
  readonly accentWash: string;
  /** Words on a filled accent. */
  readonly onAccent: string;
  readonly error: string;
  readonly errorWash: string;
  /** The frame of a screen that shows another day than today. */
  readonly past: string;
  readonly pastWash: string;
  /** Not past due, then older and older. */
  readonly ages: readonly [string, string, string, string, string, string];
}

export const light: Tones = {
  ground: "#F6F7F9",
  paper: "#FFFFFF",
  wash: "#F0F3F5",
  line: "#E3E6EA",
  edge: "#868F99",
  ink: "#1C2127",
  soft: "#5B6470",
  accent: "#0F6E6E",
  accentWash: "#E4F1F0",
  onAccent: "#FFFFFF",
  error: "#B3261E",
  errorWash: "#FBEDEC",
  past: "#8A5A00",
  pastWash: "#FFF6E3",
  ages: ["#A9B4BF", "#7C8A98", "#B98B2E", "#B96F1F", "#A9501F", "#8C3522"],
};

export const dark: Tones = {
  ground: "#14181D",
  paper: "#1B2026",
  wash: "#242A31",
  line: "#2E353D",
  edge: "#6C7680",
  ink: "#E6E9ED",
  soft: "#A3ADB8",
  accent: "#4FB3AE",
  accentWash: "#16302F",
  onAccent: "#0B1514",
  error: "#F2887F",
  errorWash: "#331D1C",
  past: "#E3B34C",
  pastWash: "#2B2415",
  ages: ["#55616D", "#8794A1", "#C99B3D", "#CC8236", "#C56A3C", "#BE5A48"],
};

export const radius = 8;
export const sans =
  '"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",system-ui,-apple-system,"Segoe UI",sans-serif';
export const serif = '"Songti SC","Noto Serif SC","Noto Serif CJK SC",SimSun,Georgia,serif';
export const mono = 'ui-monospace,"SF Mono",Menlo,Consolas,"Noto Sans Mono CJK SC",monospace';

/** The tones as custom properties: `--ground`, `--accent-wash`, `--age-0`. */
export function propertiesOf(tones: Tones): Readonly<Record<string, string>> {
  const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const { ages, ...rest } = tones;
  return {
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [`--${kebab(name)}`, value])),
    ...Object.fromEntries(ages.map((value, i) => [`--age-${i}`, value])),
    "--radius": `${radius}px`,
    "--sans": sans,
    "--serif": serif,
    "--mono": mono,
  };
}
