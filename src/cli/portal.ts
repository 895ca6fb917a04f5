import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dark, light, propertiesOf } from "../../apps/tokens/tokens.ts";
import { packageRoot } from "../../packs/load.ts";
import { type PortalSettings, readPortalSettings } from "../api/portal/settings.ts";
import type { PortalGiven } from "../api/portal/visit.ts";
import type { Courier } from "../dispatch/index.ts";
import { lawNames } from "../office/gate/law-names.ts";
import { Declined, type Io } from "../office/io.ts";
import { portalStyle } from "../portal/index.ts";
import type { Lender } from "../store/index.ts";

/** What the borrower's pages are given, wherever they are served. */
export function portalOf(
  lenders: readonly Lender[],
  courier: Courier,
  settings: readonly PortalSettings[],
): PortalGiven {
  return {
    house: (code) => {
      const name = lenders.find((one) => one.code === code)?.name;
      const set = settings.find(({ lender }) => lender === code);
      return { ...(name === undefined ? {} : { name }), pay: [], help: [], ...set };
    },
    courier,
    place: lenders[0]?.pack ?? "cn",
    laws: lawNames(),
    style: portalStyle(kept(propertiesOf(light)), kept(propertiesOf(dark))),
    islands: join(packageRoot(), "dist/portal"),
  };
}

/** Ages and the frame of the past belong to the console. */
const kept = (properties: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !/^--(?:age-|past|mono)/.test(name)));

export function portalSettings(file: string | undefined, io: Io): readonly PortalSettings[] {
  if (file === undefined) return [];
  if (!existsSync(file))
    throw new Declined(io.language === "zh" ? `没有文件 ${file}` : `there is no file ${file}`);
  const read = readPortalSettings(readFileSync(file, "utf8"), file);
  if (read.ok) return read.lenders;
  throw new Declined(read.mistakes.map(({ at, says }) => `${at}  ${says}`).join("\n"));
}
