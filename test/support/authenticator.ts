import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

/** The few forms of CBOR (RFC 8949) that an authenticator speaks. */
type Cbor = number | string | Buffer | ReadonlyMap<number | string, Cbor>;

function head(major: number, value: number): Buffer {
  if (value < 24) return Buffer.from([(major << 5) | value]);
  if (value < 256) return Buffer.from([(major << 5) | 24, value]);
  return Buffer.from([(major << 5) | 25, value >> 8, value & 255]);
}

function cbor(value: Cbor): Buffer {
  if (typeof value === "number") return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === "string")
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  return Buffer.concat([
    head(5, value.size),
    ...[...value].flatMap(([key, part]) => [cbor(key), cbor(part)]),
  ]);
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64url");
const sha256 = (bytes: string | Uint8Array): Buffer => createHash("sha256").update(bytes).digest();

const PRESENT = 0x01;
const VERIFIED = 0x04;
const NEW_KEY = 0x40;

export interface Asked {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
}

/** What can be wrong on purpose. */
export interface Wrong {
  readonly origin?: string;
  readonly site?: string;
  readonly challenge?: string;
  readonly counter?: number;
  readonly unlocked?: boolean;
  readonly type?: string;
  readonly key?: KeyObject;
}

/** An authenticator in software: a real P-256 key, a real signature over the bytes that WebAuthn level 3 names. */
export function authenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const id = randomBytes(16);
  let counter = 0;
  const clientData = (type: string, asked: Asked, wrong: Wrong): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? asked.challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const data = (asked: Asked, wrong: Wrong, flags: number, more: Buffer = Buffer.alloc(0)): Buffer => {
    counter = wrong.counter ?? counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const site = wrong.site ?? asked.rpId ?? asked.rp?.id ?? "";
    const unlocked = wrong.unlocked === false ? 0 : VERIFIED;
    return Buffer.concat([sha256(site), Buffer.from([PRESENT | unlocked | flags]), count, more]);
  };
  return {
    id: text(id),
    make: (asked: Asked, wrong: Wrong = {}) => {
      const key = new Map<number, Cbor>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(x!, "base64url")],
        [-3, Buffer.from(y!, "base64url")],
      ]);
      const length = Buffer.from([0, id.length]);
      const made = data(asked, wrong, NEW_KEY, Buffer.concat([Buffer.alloc(16), length, id, cbor(key)]));
      const attestation = new Map<string, Cbor>([
        ["fmt", "none"],
        ["attStmt", new Map()],
        ["authData", made],
      ]);
      return {
        id: text(id),
        rawId: text(id),
        type: "public-key" as const,
        response: {
          clientDataJSON: text(clientData("webauthn.create", asked, wrong)),
          attestationObject: text(cbor(attestation)),
          transports: ["internal"],
        },
      };
    },
    sign: (asked: Asked, wrong: Wrong = {}) => {
      const client = clientData("webauthn.get", asked, wrong);
      const signed = data(asked, wrong, 0);
      return {
        id: text(id),
        rawId: text(id),
        type: "public-key" as const,
        response: {
          clientDataJSON: text(client),
          authenticatorData: text(signed),
          signature: text(sign("sha256", Buffer.concat([signed, sha256(client)]), wrong.key ?? privateKey)),
        },
      };
    },
  };
}
