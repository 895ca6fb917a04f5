import type { Language } from "../office/io.ts";

/** Sentences of the commands about signatures and the public page, in both languages side by side. */
export const signingSay = {
  signed: {
    en: (out: string, signer: string) => `signed as ${signer}: ${out}`,
    zh: (out: string, signer: string) => `已由 ${signer} 签名：${out}`,
  },
  stamped: {
    en: (by: string, at: string) => `time stamp of ${by}: ${at}`,
    zh: (by: string, at: string) => `时间戳（${by}）：${at}`,
  },
  notStamped: {
    en: () => "no time stamp: only the signer says when it was signed (--tsa URL)",
    zh: () => "无时间戳：签名时间仅由签名人声称（--tsa URL）",
  },
  development: {
    en: () => "DEVELOPMENT CERTIFICATE: no legal effect",
    zh: () => "开发用证书：无法律效力",
  },
  whose: {
    en: () => "one of --dev, --p12 FILE, --remote URL --credential ID: whose certificate signs",
    zh: () => "--dev、--p12 FILE、--remote URL --credential ID 三者之一：以谁的证书签名",
  },
  onePlace: {
    en: () => "several of --dev, --p12 and --remote: one certificate signs",
    zh: () => "--dev、--p12、--remote 只能选一",
  },
  password: {
    en: () =>
      "the password of the PKCS#12 file: ARREARS_P12_PASSWORD in the environment, or --password-file FILE",
    zh: () => "PKCS#12 文件的密码：环境变量 ARREARS_P12_PASSWORD，或 --password-file FILE",
  },
  token: {
    en: () =>
      "the remote service's token: ARREARS_SIGN_TOKEN, or ARREARS_SIGN_CLIENT and ARREARS_SIGN_SECRET, in the environment",
    zh: () =>
      "远程签名服务的凭据：环境变量 ARREARS_SIGN_TOKEN，或 ARREARS_SIGN_CLIENT 与 ARREARS_SIGN_SECRET",
  },
  sameFile: {
    en: () => "--out names the file that is to be signed: give another one",
    zh: () => "--out 与待签文件相同：请另选文件名",
  },
  valid: {
    en: (signer: string, issuer: string) =>
      `valid: signed by ${signer}, certificate of ${issuer}, nothing changed since`,
    zh: (signer: string, issuer: string) => `有效：由 ${signer} 签名（证书颁发者 ${issuer}），签名后未改动`,
  },
  refused: {
    en: (code: string, says: string) => `NOT VALID  ${code}: ${says}`,
    zh: (code: string, says: string) => `无效  ${code}：${says}`,
  },
  claimed: {
    en: (at: string) => `the file claims: signed at ${at}`,
    zh: (at: string) => `文件自称签名时间：${at}`,
  },
  changed: {
    en: (object: number, was: string, type: string) => `  object ${object} (${type}) was ${was}`,
    zh: (object: number, was: string, type: string) =>
      `  对象 ${object}（${type}）${{ added: "新增", changed: "被改", removed: "被删" }[was] ?? was}`,
  },
  noRoots: {
    en: () => "no root is trusted: --root CERTIFICATES.pem, or --dev for the development root",
    zh: () => "未指定信任的根证书：--root CERTIFICATES.pem，或用 --dev 信任开发根证书",
  },
  notPem: {
    en: (file: string) => `${file} has no certificate in PEM form`,
    zh: (file: string) => `${file} 中没有 PEM 格式的证书`,
  },
  serving: {
    en: (host: string, port: number) => `public page at http://${host}:${port}/verify; stop with Ctrl-C`,
    zh: (host: string, port: number) => `公开核验页：http://${host}:${port}/verify；按 Ctrl-C 停止`,
  },
  notLoopback: {
    en: (host: string) =>
      `serving on ${host} without encryption: put a reverse proxy with TLS before it, and name it with --proxy`,
    zh: (host: string) => `在 ${host} 上未加密提供服务：请在其前放置带 TLS 的反向代理，并以 --proxy 指明`,
  },
  badProxy: {
    en: (range: string) => `--proxy: ${range} is no address and no range such as 10.0.0.0/8`,
    zh: (range: string) => `--proxy：${range} 不是地址，也不是 10.0.0.0/8 这样的网段`,
  },
} as const;

/** What was found wrong with a signature, in Chinese; the English sentence, which has the particulars, stands behind it. */
const IN_CHINESE: Readonly<Record<string, string>> = {
  "not-a-pdf": "不是 PDF 文件",
  "pdf-encrypted": "PDF 已加密，不予读取",
  "pdf-unreadable": "PDF 结构无法读取",
  unsigned: "没有签名",
  "signed-twice": "有多个签名，应只有一个",
  "byte-range": "签名未覆盖整个文件",
  "cms-unreadable": "签名数据无法读取",
  "signer-missing": "签名中没有签名人的证书",
  "digest-weak": "摘要算法过弱",
  "digest-mismatch": "内容与所签内容不符：文件被改动",
  "signature-wrong": "签名与证书的公钥不符",
  "algorithm-unknown": "不支持的签名算法",
  "certificate-not-named": "所签内容未指明证书",
  "certificate-unreadable": "证书无法读取",
  "changed-after-signing": "签名之后又有改动",
  "key-usage": "证书不用于签署文件",
  "certificate-expired": "签名时证书不在有效期内",
  "chain-untrusted": "证书链未到达信任的根证书",
  "timestamp-unreadable": "时间戳无法读取",
  "timestamp-imprint": "时间戳所戳的不是此签名",
  "timestamp-usage": "证书不用于时间戳",
  "timestamp-untrusted": "时间戳机构不受信任",
  "timestamp-refused": "时间戳机构拒绝",
  "timestamp-nonce": "时间戳应答与请求不符",
  "no-certificate": "没有签名证书",
  "key-mismatch": "私钥与证书不符",
  "key-not-supported": "不支持的密钥类型",
  "p12-password": "PKCS#12 密码不正确",
  "p12-unreadable": "PKCS#12 文件无法读取",
  "remote-refused": "远程签名服务拒绝",
  "remote-unreadable": "远程签名服务的应答无法读取",
  "remote-disabled": "远程签名密钥未启用",
};

export const signingTrouble = (code: string, says: string, language: Language): string =>
  language === "zh" && IN_CHINESE[code] !== undefined ? `${IN_CHINESE[code]}（${says}）` : says;
