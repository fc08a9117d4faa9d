import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { CertificatePool } from "./certificate-pool";
import type { ParsedCertificate } from "./parsed-certificate";

let publicCertificates: readonly X509Certificate[] | undefined;

/** The public authorities that `CaBundle` adds, as Node carries them. */
function publicAuthorities(): readonly X509Certificate[] {
  publicCertificates ??= rootCertificates.map((pem) => new X509Certificate(pem));
  return publicCertificates;
}

let publicCertificatePool: CertificatePool | undefined;

function publicPool(): CertificatePool {
  publicCertificatePool ??= new CertificatePool(publicAuthorities());
  return publicCertificatePool;
}

/** Who vouches for a certificate. */
export type Voucher = "public" | "given" | "unknown";

/** What Envbuilder trusts with a bundle of certificates. */
export class Trust {
  public readonly roots: CertificatePool;
  private readonly publicRoots = publicPool();
  private readonly given: CertificatePool;

  /**
   * @param given - those of `--ca`
   * @param withPublicRoots - whether the public authorities are trusted, too
   */
  public constructor(given: readonly X509Certificate[], withPublicRoots: boolean) {
    this.given = new CertificatePool(given);
    this.roots = new CertificatePool([...given, ...(withPublicRoots ? publicAuthorities() : [])]);
  }

  /** Of a certificate itself, whether it is trusted or not: a public one is public also where it is left out. */
  public voucherOf(certificate: ParsedCertificate): Voucher {
    if (this.given.contains(certificate)) return "given";
    return this.publicRoots.contains(certificate) ? "public" : "unknown";
  }

  /** The authority that signed a certificate, of all that are known here. */
  public authorityOf(certificate: ParsedCertificate): { authority: ParsedCertificate; voucher: Voucher } | undefined {
    for (const [pool, voucher] of [
      [this.given, "given"],
      [this.publicRoots, "public"],
    ] as const) {
      const authority = pool.signersOf(certificate).find((one) => isSignedBy(certificate, one));
      if (authority !== undefined) return { authority, voucher };
    }
    return undefined;
  }
}

/** Whether the signature is that of a key, whatever else is wrong. */
export function isSignedBy(certificate: ParsedCertificate, signer: ParsedCertificate): boolean {
  if (certificate.rawIssuer !== signer.rawSubject || signer.key === undefined) return false;
  try {
    return certificate.x509.verify(signer.key);
  } catch {
    return false;
  }
}
