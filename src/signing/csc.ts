import { OID, PkiTrouble } from "./pki.ts";
import { algorithmOf, isDevelopment, leafOf, type Signer } from "./signer.ts";

export interface RemoteSettings {
  /** Address of the service; `/csc/v2/…` is asked below it. */
  readonly url: string;
  readonly credential: string;
  /** An access token, or what it is asked for with (OAuth 2.0, client credentials, at `/oauth2/token` of the service or elsewhere). */
  readonly token?: string;
  readonly client?: { readonly id: string; readonly secret: string; readonly tokenUrl?: string };
  /** What the holder of the key authorises each signature with, where the service asks for it. */
  readonly authData?: readonly { readonly id: string; readonly value: string }[];
}

const PATIENCE_MS = 30_000;

/**
 * A signer whose key is with a remote signing service that speaks the API of the Cloud Signature Consortium, version 2.
 * Only the hash of what is signed leaves this machine; each signature is authorised by itself, for that hash.
 *
 * Throws  `PkiTrouble`: `remote-refused` with what the service said, `remote-unreadable`, `remote-disabled`.
 * Source  CSC API 2.0: credentials/info, credentials/authorize, signatures/signHash.
 */
export async function remoteSigner(settings: RemoteSettings): Promise<Signer> {
  const { credential: credentialID, authData } = settings;
  const token = await accessToken(settings);
  const ask = (path: string, body: Readonly<Record<string, unknown>>): Promise<Answer> =>
    post(`${settings.url.replace(/\/+$/, "")}/csc/v2/${path}`, JSON.stringify(body), {
      "content-type": "application/json",
      authorization: `Bearer ${token}`,
    });

  const info = await ask("credentials/info", { credentialID, certificates: "chain", authInfo: true });
  const status = textAt(info, "key", "status");
  if (status !== "enabled")
    throw new PkiTrouble("remote-disabled", `the key ${credentialID} is ${status ?? "of unknown state"}`);
  const listed = at(info, "cert", "certificates");
  const chain = (Array.isArray(listed) ? listed : []).map((one) => fromBase64(one));
  const algorithm = algorithmOf(leafOf(chain));
  // SCAL 1 without a PIN needs no leave of its own: the access token is enough.
  const explicit = authData !== undefined || textAt(info, "auth", "mode") === "explicit";
  return {
    chain,
    algorithm,
    development: isDevelopment(chain),
    sign: async (digest) => {
      const hashes = { hashes: [Buffer.from(digest).toString("base64")], hashAlgorithmOID: OID.sha256 };
      const leave = explicit
        ? await ask("credentials/authorize", {
            credentialID,
            numSignatures: 1,
            ...hashes,
            ...(authData === undefined ? {} : { authData }),
          })
        : undefined;
      const sad = leave && textAt(leave, "SAD");
      if (leave && sad === undefined) throw unreadable("no SAD");
      const answer = await ask("signatures/signHash", {
        credentialID,
        ...(sad === undefined ? {} : { SAD: sad }),
        ...hashes,
        signAlgo: algorithm === "rsa-sha256" ? OID.sha256WithRsa : OID.ecdsaWithSha256,
      });
      const signatures = at(answer, "signatures");
      if (!Array.isArray(signatures) || signatures.length !== 1) throw unreadable("not one signature");
      const signature = fromBase64(signatures[0]);
      return algorithm === "ecdsa-sha256" ? asPair(signature) : signature;
    },
  };
}

async function accessToken({ url, token, client }: RemoteSettings): Promise<string> {
  if (token !== undefined) return token;
  if (!client) throw new PkiTrouble("remote-refused", "neither an access token nor a client is given");
  const answer = await post(
    client.tokenUrl ?? `${url.replace(/\/+$/, "")}/oauth2/token`,
    new URLSearchParams({ grant_type: "client_credentials", scope: "service" }).toString(),
    {
      "content-type": "application/x-www-form-urlencoded",
      authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`,
    },
  );
  const given = textAt(answer, "access_token");
  if (given === undefined) throw unreadable("no access_token");
  return given;
}

type Answer = Readonly<Record<string, unknown>>;

async function post(url: string, body: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    redirect: "error",
    headers: { accept: "application/json", ...headers },
    body,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  let answer: unknown;
  try {
    answer = await response.json();
  } catch {
    answer = undefined;
  }
  const read = typeof answer === "object" && answer !== null ? (answer as Answer) : {};
  if (!response.ok) {
    const says = textAt(read, "error_description") ?? textAt(read, "error") ?? "nothing more";
    throw new PkiTrouble("remote-refused", `${new URL(url).pathname} answered ${response.status}: ${says}`);
  }
  return read;
}

const unreadable = (says: string): PkiTrouble =>
  new PkiTrouble("remote-unreadable", `the signing service answered with ${says}`);

function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === "object" && inside !== null ? (inside as Answer)[key] : undefined),
    value,
  );
}

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === "string" ? found : undefined;
}

function fromBase64(value: unknown): Uint8Array {
  if (typeof value !== "string" || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) throw unreadable("no base64");
  return new Uint8Array(Buffer.from(value, "base64"));
}

/** Services give ECDSA as two plain numbers or as the pair in DER; CMS takes the pair. */
function asPair(signature: Uint8Array): Uint8Array {
  const isPair = signature[0] === 0x30 && signature[1] === signature.length - 2 && signature[2] === 2;
  if (isPair || signature.length % 2 !== 0) return signature;
  const half = signature.length / 2;
  const integer = (bytes: Uint8Array): number[] => {
    const start = bytes.findIndex((byte) => byte !== 0);
    const plain = [...bytes.subarray(start < 0 ? bytes.length - 1 : start)];
    const positive = plain[0]! >= 0x80 ? [0, ...plain] : plain;
    return [2, positive.length, ...positive];
  };
  const body = [...integer(signature.subarray(0, half)), ...integer(signature.subarray(half))];
  return Uint8Array.from([0x30, ...(body.length < 128 ? [body.length] : [0x81, body.length]), ...body]);
}
