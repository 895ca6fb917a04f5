import { expect, test } from "vitest";
import { readProviders } from "./providers-file.ts";

const ONE = {
  id: "work",
  name: { en: "Work account", zh: "企业账号" },
  issuer: "https://id.example/realm",
  clientId: "arrears",
  clientSecretEnv: "SECRET",
};
const read = (one: object, value: string | undefined = "s3cret\n") =>
  readProviders(JSON.stringify({ providers: [one] }), () => value);

test("providers are read with their secrets from elsewhere", () => {
  expect(read(ONE)).toEqual({
    ok: true,
    providers: [
      {
        id: "work",
        name: ONE.name,
        issuer: ONE.issuer,
        clientId: "arrears",
        clientSecret: "s3cret",
        scopes: ["email", "profile"],
      },
    ],
  });
});

test.each([
  ["an issuer without TLS", { ...ONE, issuer: "http://id.example" }, "issuer"],
  ["a member that it does not know", { ...ONE, clientSecret: "x" }, "clientSecret"],
  [
    "a role that is somebody at the lender",
    { ...ONE, create: { lender: "x", role: "agency" } },
    "create.role",
  ],
  ["an id that is no part of an address", { ...ONE, id: "../x" }, "id"],
])("a file with %s is refused by its place", (_what, one, place) => {
  expect(JSON.stringify(read(one))).toContain(place);
  expect(read(one).ok).toBe(false);
});

test("a secret that is not there is told by where it was looked for, and by nothing else", () => {
  expect(read(ONE, "")).toEqual({ ok: false, says: ["work: no secret in SECRET"] });
});
