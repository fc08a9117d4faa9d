import type { ParsedCertificate } from "../x509/parsed-certificate";

/** What people want to know of a certificate, in words. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  /** As `DNS:git.example.com` or `IP:10.0.0.1`. */
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly key: string;
  readonly signature: string;
  readonly isAuthority: boolean;
  readonly fingerprint: string;
}

export function certificateFacts(certificate: ParsedCertificate): CertificateFacts {
  const { x509, extensions, notBefore, notAfter, signature } = certificate;
  return {
    subject: nameOnOneLine(x509.subject) || `serial number ${x509.serialNumber}`,
    issuer: nameOnOneLine(x509.issuer),
    names: [
      ...extensions.dnsNames.map((name) => `DNS:${name}`),
      ...extensions.ipAddresses.map((address) => `IP:${address}`),
    ],
    notBefore: notBefore.toISOString().slice(0, 10),
    notAfter: notAfter.toISOString().slice(0, 10),
    key: keyInWords(certificate),
    signature: signature.name,
    isAuthority: extensions.isAuthority === true,
    fingerprint: x509.fingerprint256,
  };
}

/** Node has one attribute to a line. */
function nameOnOneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(", ");
}

/** OpenSSL has names of its own. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: "P-256", secp384r1: "P-384", secp521r1: "P-521" };

function keyInWords({ key }: ParsedCertificate): string {
  const { modulusLength, namedCurve } = key?.asymmetricKeyDetails ?? {};
  const type = key?.asymmetricKeyType;
  if (modulusLength !== undefined) return `${(type ?? "").toUpperCase()}, ${modulusLength} bits`;
  if (namedCurve !== undefined) return `ECDSA, ${CURVES[namedCurve] ?? namedCurve}`;
  return type ?? "of a kind that is not known here";
}
