export { type RemoteSettings, remoteSigner } from "./csc.ts";
export { type DevelopmentAuthority, developmentAuthority } from "./development.ts";
export { DEVELOPMENT } from "./development-mark.ts";
export { MissingPackage } from "./peer.ts";
export { openPkcs12 } from "./pkcs12.ts";
export { certificateFacts, certificatesOfPem, PkiTrouble, pemOf } from "./pki.ts";
export { hexSha256, type SignedPdf, type SigningRecord, type SignSettings, signPdf } from "./sign.ts";
export { localSigner, pemSigner, type SignatureAlgorithm, type Signer } from "./signer.ts";
export {
  answerTimeStamp,
  checkTimeStamp,
  httpTimeStamps,
  type TimeStamp,
  type TimeStampSettings,
  type TimeStamps,
} from "./time-stamps.ts";
export {
  type Change,
  type SignatureFacts,
  type SignatureReport,
  type VerifySettings,
  verifyPdf,
} from "./verify.ts";
