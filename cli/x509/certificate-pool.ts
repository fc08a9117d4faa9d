import type { X509Certificate } from "node:crypto";
import { ParsedCertificate } from "./parsed-certificate";

/** Certificates to look up signers in, each parsed only when it may be one. */
export class CertificatePool {
  private readonly bySubject = new Map<string, X509Certificate[]>();
  private readonly fingerprints = new Set<string>();
  private readonly parsed = new Map<string, ParsedCertificate>();

  public constructor(certificates: readonly X509Certificate[]) {
    for (const certificate of certificates) this.add(certificate);
  }

  private add(certificate: X509Certificate): void {
    if (this.fingerprints.has(certificate.fingerprint256)) return;
    this.fingerprints.add(certificate.fingerprint256);
    const subject = certificate.subject ?? "";
    this.bySubject.set(subject, [...(this.bySubject.get(subject) ?? []), certificate]);
  }

  public contains(certificate: ParsedCertificate): boolean {
    return this.fingerprints.has(certificate.x509.fingerprint256);
  }

  /** Those that may have signed a certificate by their name, the likeliest first, in the order in which Go tries them. */
  public signersOf({ rawIssuer, x509, extensions }: ParsedCertificate): readonly ParsedCertificate[] {
    const candidates = (this.bySubject.get(x509.issuer ?? "") ?? [])
      .map((one) => this.parse(one))
      .filter(({ rawSubject }) => rawSubject === rawIssuer);
    const wanted = extensions.authorityKeyId;
    const rank = ({ extensions: { subjectKeyId: own } }: ParsedCertificate): number => {
      if ((own ?? EMPTY).equals(wanted ?? EMPTY)) return 0;
      return (own ?? EMPTY).length === 0 || (wanted ?? EMPTY).length === 0 ? 1 : 2;
    };
    return candidates
      .map((one, index) => ({ one, index, rank: rank(one) }))
      .sort((a, b) => a.rank - b.rank || a.index - b.index)
      .map(({ one }) => one);
  }

  private parse(certificate: X509Certificate): ParsedCertificate {
    const known = this.parsed.get(certificate.fingerprint256) ?? new ParsedCertificate(certificate);
    this.parsed.set(certificate.fingerprint256, known);
    return known;
  }
}

const EMPTY = Buffer.alloc(0);
