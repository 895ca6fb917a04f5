import { createRequire } from "node:module";

/** A package that only some channels need, and that is missing. */
export class MissingPackage extends Error {
  override name = "MissingPackage";
}

const require = createRequire(import.meta.url);

/**
 * Loads a package that is installed only where its channel is used.
 *
 * Takes   its name, and the adapter that asks for it.
 * Gives   the module as CommonJS sees it: all of them are.
 * Throws  `MissingPackage` with the command that installs it.
 */
export function peer<T>(name: string, adapter: string, ...others: readonly string[]): T {
  try {
    return require(name) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "MODULE_NOT_FOUND") throw error;
    const all = [name, ...others].join(" ");
    throw new MissingPackage(
      `the adapter ${adapter} needs a package that is not installed: npm install ${all}`,
    );
  }
}
