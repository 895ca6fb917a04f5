import { startAuthentication, startRegistration } from "@simplewebauthn/browser";

type Creation = Parameters<typeof startRegistration>[0]["optionsJSON"];
type Request = Parameters<typeof startAuthentication>[0]["optionsJSON"];

/** Has the browser make a passkey; only what the API reads is sent. */
export async function makePasskey(options: unknown) {
  const { id, rawId, type, response } = await startRegistration({ optionsJSON: options as Creation });
  const { clientDataJSON, attestationObject, transports } = response;
  return {
    id,
    rawId,
    type,
    response: { clientDataJSON, attestationObject, ...(transports ? { transports } : {}) },
  };
}

export async function signByPasskey(options: unknown) {
  const { id, rawId, type, response } = await startAuthentication({ optionsJSON: options as Request });
  const { clientDataJSON, authenticatorData, signature, userHandle } = response;
  return {
    id,
    rawId,
    type,
    response: { clientDataJSON, authenticatorData, signature, ...(userHandle ? { userHandle } : {}) },
  };
}
