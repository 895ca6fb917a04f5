import { browserSupportsWebAuthn } from "@simplewebauthn/browser";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { ask } from "../lib/client.ts";
import { signByPasskey } from "../lib/passkeys.ts";
import { useSay } from "../lib/settings.tsx";
import { Trouble } from "../parts/states.tsx";
import { signIn } from "../words/frame.ts";
import type { SignedIn } from "./sign-in.tsx";

interface Ways {
  readonly passkeys: boolean;
  readonly providers: readonly {
    readonly id: string;
    readonly name: { readonly en: string; readonly zh: string };
  }[];
}

/** Passkeys, where the browser knows them, and the providers that are configured. */
export function OtherWays({ enter }: { readonly enter: (signedIn: SignedIn) => Promise<void> }) {
  const say = useSay();
  const ways = useQuery({ queryKey: ["ways"], queryFn: () => ask<Ways>("/v1/session/ways"), retry: false });
  const byPasskey = useMutation({
    mutationFn: async () => {
      const { options } = await ask<{ options: unknown }>("/v1/session/passkey/ask", {
        method: "POST",
        body: {},
      });
      const passkey = await signByPasskey(options);
      return ask<SignedIn>("/v1/session/passkey", { method: "POST", body: { passkey } });
    },
    onSuccess: enter,
  });
  const go = useMutation({
    mutationFn: (provider: string) =>
      ask<{ address: string }>("/v1/session/provider", { method: "POST", body: { provider } }),
    onSuccess: ({ address }) => location.assign(address),
  });
  const hasPasskeys = ways.data?.passkeys === true && browserSupportsWebAuthn();
  const providers = ways.data?.providers ?? [];
  if (!hasPasskeys && providers.length === 0) return null;
  return (
    <div className="other-ways">
      <p className="soft">{say(signIn.or)}</p>
      {hasPasskeys ? (
        <Button size="large" block loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {say(signIn.byPasskey)}
        </Button>
      ) : null}
      {byPasskey.isError ? (
        <p className="trouble no" role="alert">
          {say(signIn.passkeyBad)}
        </p>
      ) : null}
      {providers.map(({ id, name }) => (
        <Button
          key={id}
          size="large"
          block
          loading={go.isPending && go.variables === id}
          onClick={() => go.mutate(id)}
        >
          {say(signIn.byProvider(say(name)))}
        </Button>
      ))}
      {go.isError ? <Trouble error={go.error} /> : null}
    </div>
  );
}
