import type { X509Certificate } from "node:crypto";
import { X509Certificate as Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { PUBLIC_ROOTS_TITLE } from "../../constructs/envbuilder/distribution";
import { nameOf, readCertificates, toPem } from "../../constructs/settings/certificate";
import { publicRoots } from "../../constructs/settings/public-roots";
import { ParsedCertificate } from "../x509/parsed-certificate";
import { isSignedBy } from "../x509/trust";
import type { Candidate } from "./candidate";

/** What became of a candidate. */
export interface BundleEntry extends Candidate {
  readonly fate: "added" | "refused" | "twice" | "public" | "unanswered";
}

/** Certificates in one file, as `CaBundle` makes it: the private ones first. */
export interface Bundle {
  readonly entries: readonly BundleEntry[];
  readonly pem: string;
  /** All of it, the public authorities included. */
  readonly count: number;
  readonly publicCount: number;
}

/**
 * Puts certificates and the public authorities together, each once.
 *
 * @throws when what was made does not read as what was put in, which would be a fault of this program
 */
export function makeBundle(candidates: readonly Candidate[], withPublicRoots: boolean): Bundle {
  const seen = new Set<string>();
  const publicOnes = new Set(withPublicRoots ? rootCertificates.map((pem) => new Certificate(pem).fingerprint256) : []);
  const entries = candidates.map((candidate): BundleEntry => {
    const { certificate } = candidate;
    if (certificate === undefined) {
      return { ...candidate, fate: candidate.isUnanswered === true ? "unanswered" : "refused" };
    }
    if (publicOnes.has(certificate.fingerprint256)) return { ...candidate, fate: "public" };
    if (seen.has(certificate.fingerprint256)) return { ...candidate, fate: "twice" };
    seen.add(certificate.fingerprint256);
    return { ...candidate, fate: "added" };
  });
  const own = entries.flatMap(({ fate, certificate }) => (fate === "added" && certificate ? [certificate] : []));
  const titled = own.map((certificate) => `# ${nameOf(certificate)}\n${toPem(certificate)}\n`).join("");
  const roots = withPublicRoots ? `${PUBLIC_ROOTS_TITLE}, as Mozilla selects them.\n${publicRoots()}` : "";
  const pem = titled + roots;
  const count = pem === "" ? 0 : readCertificates("the bundle", Buffer.from(pem), new Date(0)).length;
  if (count !== own.length + publicOnes.size)
    throw new Error(`the bundle holds ${count} certificates instead of ${own.length + publicOnes.size}`);
  const parsed = own.map((certificate) => new ParsedCertificate(certificate));
  return {
    entries: entries.map((entry) => withMissingRoot(entry, parsed)),
    pem,
    count,
    publicCount: publicOnes.size,
  };
}

/** Go trusts whatever is in the bundle. OpenSSL goes on to a root, unless a program tells it not to. */
function withMissingRoot(entry: BundleEntry, own: readonly ParsedCertificate[]): BundleEntry {
  const { certificate } = entry;
  if (entry.fate !== "added" || certificate?.ca !== true) return entry;
  const parsed = own.find(({ x509 }) => x509.fingerprint256 === certificate.fingerprint256);
  if (parsed === undefined || parsed.isSelfIssued) return entry;
  const roots = [...own, ...publicSigners(parsed)];
  if (roots.some((root) => isSignedBy(parsed, root))) return entry;
  const warning = `the certificate ${nameOf(certificate)} is an intermediate authority, and the root that signed it is missing: Go trusts it alone, OpenSSL, and with it many programs, does not; give the root, too`;
  return { ...entry, warnings: [...entry.warnings, warning] };
}

function publicSigners({ x509 }: ParsedCertificate): readonly ParsedCertificate[] {
  return rootCertificates
    .map((pem): X509Certificate => new Certificate(pem))
    .filter(({ subject }) => subject === x509.issuer)
    .map((certificate) => new ParsedCertificate(certificate));
}
