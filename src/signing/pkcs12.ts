import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type forgeModule from "node-forge";
import { peer } from "./peer.ts";
import { PkiTrouble } from "./pki.ts";
import { localSigner, type Signer } from "./signer.ts";

/**
 * Opens a PKCS#12 file (`.p12`, `.pfx`): the form in which certificate authorities hand over a key and its certificates.
 * Old files, of RC2 and triple DES, are opened as well as new ones: authorities still make them.
 *
 * Takes   the bytes of the file and its password, which comes from the environment or a file and is kept nowhere.
 * Throws  `PkiTrouble`: `p12-password`, `p12-unreadable`, `no-certificate`, `key-not-supported`; `MissingPackage`.
 */
export async function openPkcs12(bytes: Uint8Array, password: string): Promise<Signer> {
  const forge = await peer<typeof forgeModule>("node-forge", "a PKCS#12 file");
  const binary = Buffer.from(bytes).toString("latin1");
  let bags: {
    readonly keys: readonly forgeModule.pkcs12.Bag[];
    readonly certificates: readonly forgeModule.pkcs12.Bag[];
  };
  try {
    const p12 = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(binary), true, password);
    const bagsOf = (type: string): readonly forgeModule.pkcs12.Bag[] =>
      p12.getBags({ bagType: type })[type] ?? [];
    const { oids } = forge.pki;
    bags = {
      keys: [...bagsOf(oids.pkcs8ShroudedKeyBag!), ...bagsOf(oids.keyBag!)],
      certificates: bagsOf(oids.certBag!),
    };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    throw /password|MAC/i.test(says)
      ? new PkiTrouble("p12-password", "the password does not open the PKCS#12 file")
      : new PkiTrouble("p12-unreadable", `the PKCS#12 file cannot be read: ${says}`);
  }
  const derOf = (asn1: forgeModule.asn1.Asn1): Buffer =>
    Buffer.from(forge.asn1.toDer(asn1).getBytes(), "latin1");
  const [key] = bags.keys;
  if (!key || bags.keys.length !== 1)
    throw new PkiTrouble("p12-unreadable", `the PKCS#12 file has ${bags.keys.length} keys; expected one`);
  // Forge reads RSA alone; what it does not know it hands on as it was.
  const pkcs8 = key.key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key.key)) : key.asn1;
  const privateKey = createPrivateKey({ key: derOf(pkcs8), format: "der", type: "pkcs8" });
  const certificates = bags.certificates.map((bag) =>
    derOf(bag.cert ? forge.pki.certificateToAsn1(bag.cert) : bag.asn1),
  );
  return localSigner(privateKey, ordered(certificates, privateKey));
}

/** The key's own certificate first, then who issued it, and so on; certificates that lead nowhere are left out. */
function ordered(certificates: readonly Uint8Array[], key: KeyObject): readonly Uint8Array[] {
  const all = certificates.map((one) => new X509Certificate(one));
  const chain: X509Certificate[] = [];
  for (
    let next = all.find((one) => one.checkPrivateKey(key));
    next && !chain.includes(next);
    next = all.find((one) => chain.at(-1)!.checkIssued(one))
  )
    chain.push(next);
  if (chain.length === 0)
    throw new PkiTrouble("no-certificate", "the PKCS#12 file has no certificate of its key");
  return chain.map((one) => new Uint8Array(one.raw));
}
