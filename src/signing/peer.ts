/** A package that only some signers need, and that is missing. */
export class MissingPackage extends Error {
  override name = "MissingPackage";
}

/** Loads a package that is installed only where it is used, or says how to install it. */
export async function peer<T>(name: string, what: string): Promise<T> {
  try {
    const loaded = (await import(name)) as { default?: T };
    return (loaded.default ?? loaded) as T;
  } catch (error) {
    if ((error as { code?: unknown }).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new MissingPackage(`${what} needs a package that is not installed: npm install ${name}`);
  }
}
