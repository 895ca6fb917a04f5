import { z } from "zod";
import { CREATED_ROLES, type Provider } from "./identity.ts";

const ISSUER = z
  .url({ protocol: /^https?$/ })
  .refine(
    (text) =>
      text.startsWith("https:") || /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?(?:\/|$)/.test(text),
    "https, but for a provider on this machine",
  );

const File = z.strictObject({
  providers: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z0-9-]{1,30}$/, "1 to 30 small letters, digits and -"),
        name: z.strictObject({ en: z.string().min(1).max(40), zh: z.string().min(1).max(40) }),
        issuer: ISSUER,
        clientId: z.string().min(1).max(200),
        /** Never in the file itself: the name of an environment variable, or of a file. */
        clientSecretEnv: z.string().min(1).optional(),
        clientSecretFile: z.string().min(1).optional(),
        scopes: z.array(z.string().min(1).max(60)).max(20).default(["email", "profile"]),
        acr: z.array(z.string().min(1).max(200)).min(1).max(10).optional(),
        amr: z.array(z.string().min(1).max(40)).min(1).max(10).optional(),
        create: z
          .strictObject({
            lender: z.string().min(1).max(100),
            role: z.enum(CREATED_ROLES as [string, ...string[]]),
          })
          .optional(),
      }),
    )
    .max(10),
});

/**
 * Providers of identities from a JSON file.
 *
 * Takes   its text; `secret`, which reads an environment variable or a file.
 * Gives   the providers, or what is wrong, each with its place.
 */
export function readProviders(
  text: string,
  secret: (from: { readonly env?: string; readonly file?: string }) => string | undefined,
):
  | { readonly ok: true; readonly providers: readonly Provider[] }
  | { readonly ok: false; readonly says: readonly string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { ok: false, says: [(error as Error).message] };
  }
  const read = File.safeParse(json);
  if (!read.success)
    return { ok: false, says: read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) };
  const says: string[] = [];
  const providers = read.data.providers.map(
    ({ clientSecretEnv: env, clientSecretFile: file, create, acr, amr, ...rest }): Provider => {
      const asked = { ...(env === undefined ? {} : { env }), ...(file === undefined ? {} : { file }) };
      const clientSecret = env === undefined && file === undefined ? undefined : secret(asked)?.trim();
      if (clientSecret === "" || (clientSecret === undefined && (env ?? file) !== undefined))
        says.push(`${rest.id}: no secret in ${env ?? file}`);
      return {
        ...rest,
        ...(clientSecret ? { clientSecret } : {}),
        ...(acr ? { acr } : {}),
        ...(amr ? { amr } : {}),
        ...(create ? { create: create as NonNullable<Provider["create"]> } : {}),
      };
    },
  );
  if (new Set(providers.map(({ id }) => id)).size !== providers.length)
    says.push("two providers have one id");
  return says.length > 0 ? { ok: false, says } : { ok: true, providers };
}
