import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds package.json: from the sources and from the build alike. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return folder;
}

export const templateFile = (): string => join(packageRoot(), "src/press/letter.typ");
export const labelsFile = (): string => join(packageRoot(), "src/press/labels.typ");
export const paperFile = (): string => join(packageRoot(), "src/press/paper.typ");
export const sheetFile = (): string => join(packageRoot(), "src/press/sheet.typ");
export const workerFile = (): string => join(packageRoot(), "src/press/typst-worker.mjs");
