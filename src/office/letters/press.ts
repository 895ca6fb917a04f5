import { InvariantError } from "../../core/index.ts";
import { compose, toText } from "../../documents/index.ts";
import { openPress, type Press } from "../../press/index.ts";
import type { LetterPress, Office } from "./office.ts";

/** The press, opened when something is first printed: what is only looked at as text needs no compiler and no fonts. */
export function openPressOf(workers?: number): { readonly press: LetterPress; close(): Promise<void> } {
  let opened: Promise<Press> | undefined;
  const open = (): Promise<Press> => {
    opened ??= openPress(workers === undefined ? {} : { workers });
    return opened;
  };
  return {
    press: {
      // Who sends it stands first, as in any message: the gate looks for it there.
      text: (letter) => `【${letter.firm.name}】\n${toText(compose(letter))}`,
      pdf: async (letter) => {
        const printed = await (await open()).pdf(letter);
        if (!printed.ok) throw new Error(printed.refusal.says);
        return printed.value.bytes;
      },
    },
    close: async () => {
      await (await opened)?.close();
    },
  };
}

/** For work that makes no letter. */
export const NO_PRESS: Pick<Office, "press" | "randomBytes"> = {
  press: {
    text: () => invariantNever(),
    pdf: () => invariantNever(),
  },
  randomBytes: () => invariantNever(),
};
function invariantNever(): never {
  throw new InvariantError("nothing is drafted or rendered here");
}
