import { constraintViolation } from "./name-constraints";
import { CertificatePool } from "./certificate-pool";
import { goQuoted, goTime } from "./go-time";
import { hostNameError } from "./host-name-check";
import type { ParsedCertificate } from "./parsed-certificate";
import type { Trust } from "./trust";

/** Why a chain is refused. */
export type Refusal =
  | "malformed"
  | "expired"
  | "not-yet-valid"
  | "no-subject-alt-name"
  | "wrong-host"
  | "unknown-authority"
  | "insecure-signature"
  | "weak-key"
  | "not-an-authority"
  | "wrong-usage"
  | "name-not-permitted"
  | "unsupported";

/** Whether Envbuilder, which is a Go program, takes a served chain for a host's. */
export type Verdict =
  | { readonly trusted: true; readonly chain: readonly ParsedCertificate[] }
  | {
      readonly trusted: false;
      readonly reason: Refusal;
      /** What Go says, from `tls:` on. */
      readonly error: string;
      /** The certificate that is at fault. */
      readonly certificate: ParsedCertificate;
    };

/** Go refuses RSA keys below. */
const LEAST_RSA_BITS = 1024;
/** Go refuses RSA keys of servers above, because they take too long. */
const MOST_RSA_BITS = 8192;
/** Go tries so many signatures and no more. */
const MOST_SIGNATURES = 100;
const SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
const ANY_USAGE = "2.5.29.37.0";

interface Fault {
  readonly reason: Refusal;
  readonly error: string;
  readonly certificate: ParsedCertificate;
}

/**
 * The verdict of Go 1.26's crypto/x509, in its order and in its words. What it says of certificate policies is left out:
 * no server's certificate demands one.
 *
 * @param served - as the server sends them, its own first
 * @param host - a name or an address
 */
export function judge(
  served: readonly [ParsedCertificate, ...ParsedCertificate[]],
  host: string,
  trust: Trust,
  now: Date,
): Verdict {
  const [leaf] = served;
  const early = parsingFault(served) ?? ownFault(leaf, now) ?? hostFault(leaf, host);
  if (early !== undefined) return refused(early);
  const builder = new ChainBuilder(new CertificatePool(served.slice(1).map(({ x509 }) => x509)), trust, now);
  const chains = trust.roots.contains(leaf) ? [[leaf]] : builder.chains([leaf]);
  if (chains.length === 0) return refused(builder.fault(leaf));
  const faults = chains.map((chain) => chainFault(chain));
  const good = chains[faults.indexOf(undefined)];
  if (good !== undefined) return { trusted: true, chain: good };
  const fault = faults.find((one) => one?.reason === "name-not-permitted") ?? faults[0];
  return refused(fault ?? builder.fault(leaf));
}

function refused({ reason, error, certificate }: Fault): Verdict {
  const prefix = error.startsWith("tls: ") ? "" : "tls: failed to verify certificate: ";
  return { trusted: false, reason, error: prefix + error, certificate };
}

function parsingFault(served: readonly ParsedCertificate[]): Fault | undefined {
  for (const certificate of served) {
    if (certificate.hasNegativeSerialNumber) {
      const error = "tls: failed to parse certificate from server: x509: negative serial number";
      return { reason: "malformed", error, certificate };
    }
    if ((rsaBits(certificate) ?? 0) > MOST_RSA_BITS) {
      const error = `tls: server sent certificate containing RSA key larger than ${MOST_RSA_BITS} bits`;
      return { reason: "unsupported", error, certificate };
    }
  }
  return undefined;
}

/** What is wrong with a certificate wherever it stands in a chain. */
function ownFault(certificate: ParsedCertificate, now: Date): Fault | undefined {
  const { extensions, notBefore, notAfter } = certificate;
  if (extensions.hasUnknownDemand) {
    return { reason: "unsupported", error: "x509: unhandled critical extension", certificate };
  }
  const expired = (order: string, limit: Date) =>
    `x509: certificate has expired or is not yet valid: current time ${goTime(now)} is ${order} ${goTime(limit)}`;
  if (now < notBefore) return { reason: "not-yet-valid", error: expired("before", notBefore), certificate };
  if (now > notAfter) return { reason: "expired", error: expired("after", notAfter), certificate };
  return undefined;
}

function hostFault(leaf: ParsedCertificate, host: string): Fault | undefined {
  const error = hostNameError(leaf, host);
  if (error === undefined) return undefined;
  const reason = error.includes("legacy Common Name") ? "no-subject-alt-name" : "wrong-host";
  return { reason, error, certificate: leaf };
}

/** Finds the ways from a server's certificate to a root. */
class ChainBuilder {
  private last: Fault | undefined;
  private signatures = 0;

  public constructor(
    private readonly intermediates: CertificatePool,
    private readonly trust: Trust,
    private readonly now: Date,
  ) {}

  public chains(chain: readonly ParsedCertificate[]): ParsedCertificate[][] {
    const child = chain.at(-1);
    if (child === undefined) return [];
    // Go names the first candidate that did not do.
    let hint: Fault | undefined;
    let error: Fault | undefined;
    const found: ParsedCertificate[][] = [];
    const consider = (candidate: ParsedCertificate, isRoot: boolean) => {
      this.signatures += 1;
      if (this.signatures > MOST_SIGNATURES) return;
      if (candidate.key === undefined || isIn(chain, candidate)) return;
      const refusal = signatureFault(child, candidate);
      const fault = refusal ?? this.placeFault(candidate, chain, isRoot);
      if (fault !== undefined) {
        hint ??= fault;
        // Go forgets what it said of a signature, and keeps what it said of a certificate.
        if (refusal === undefined) error = fault;
        return;
      }
      if (isRoot) {
        error = undefined;
        found.push([...chain, candidate]);
      } else {
        const longer = this.chains([...chain, candidate]);
        error = longer.length > 0 ? undefined : this.last;
        found.push(...longer);
      }
    };
    for (const candidate of this.trust.roots.signersOf(child)) consider(candidate, true);
    for (const candidate of this.intermediates.signersOf(child)) consider(candidate, false);
    this.last = found.length > 0 ? undefined : (error ?? unknownAuthority(child, hint));
    return found;
  }

  /** Why there was no way. */
  public fault(leaf: ParsedCertificate): Fault {
    if (this.signatures > MOST_SIGNATURES) {
      const error = "x509: signature check attempts limit reached while verifying certificate chain";
      return { reason: "unsupported", error, certificate: leaf };
    }
    return this.last ?? unknownAuthority(leaf, undefined);
  }

  private placeFault(
    candidate: ParsedCertificate,
    chain: readonly ParsedCertificate[],
    isRoot: boolean,
  ): Fault | undefined {
    const own = ownFault(candidate, this.now);
    if (own !== undefined) return own;
    const { isAuthority, maxPathLength } = candidate.extensions;
    if (!isRoot && isAuthority !== true) {
      const error = "x509: certificate is not authorized to sign other certificates";
      return { reason: "not-an-authority", error, certificate: candidate };
    }
    if (maxPathLength !== undefined && chain.length - 1 > maxPathLength) {
      const error = "x509: too many intermediates for path length constraint";
      return { reason: "not-an-authority", error, certificate: candidate };
    }
    return undefined;
  }
}

function unknownAuthority(certificate: ParsedCertificate, hint: Fault | undefined): Fault {
  const error = "x509: certificate signed by unknown authority";
  if (hint === undefined) return { reason: "unknown-authority", error, certificate };
  const { commonName, organization, x509 } = hint.certificate;
  const name = commonName || organization || `serial:${BigInt(`0x${x509.serialNumber}`)}`;
  const because = `(possibly because of ${goQuoted(hint.error)} while trying to verify candidate authority certificate ${goQuoted(name)})`;
  return { reason: hint.reason, error: `${error} ${because}`, certificate: hint.certificate };
}

/** A chain does not go in circles. */
function isIn(chain: readonly ParsedCertificate[], candidate: ParsedCertificate): boolean {
  return chain.some(
    (one) =>
      one.rawSubject === candidate.rawSubject &&
      one.rawSubjectAltName === candidate.rawSubjectAltName &&
      keyBytes(one) === keyBytes(candidate),
  );
}

function keyBytes({ key }: ParsedCertificate): string | undefined {
  return key?.export({ type: "spki", format: "der" }).toString("latin1");
}

function signatureFault(child: ParsedCertificate, signer: ParsedCertificate): Fault | undefined {
  const { isAuthority, mayCertify } = signer.extensions;
  const fault = (reason: Refusal, error: string): Fault => ({ reason, error, certificate: signer });
  if ((signer.version === 3 && isAuthority === undefined) || isAuthority === false || mayCertify === false) {
    return fault(
      "not-an-authority",
      "x509: invalid signature: parent certificate cannot sign this kind of certificate",
    );
  }
  const { signature } = child;
  if (signature.key === undefined) {
    return fault("unsupported", "x509: cannot verify signature: algorithm unimplemented");
  }
  if (signature.insecure) {
    return fault("insecure-signature", `x509: cannot verify signature: insecure algorithm ${signature.name}`);
  }
  const type = signer.key?.asymmetricKeyType;
  if (type !== signature.key) return fault("malformed", mismatch(signature.key, type));
  const bits = rsaBits(signer);
  if (bits !== undefined && bits < LEAST_RSA_BITS) return fault("weak-key", weakKey(bits));
  return isSignature(child, signer) ? undefined : fault("malformed", FORGED[signature.key]);
}

const FORGED = {
  rsa: "crypto/rsa: verification error",
  ec: "x509: ECDSA verification failure",
  ed25519: "x509: Ed25519 verification failure",
};
const GO_KEYS: Readonly<Record<string, string>> = {
  rsa: "*rsa.PublicKey",
  ec: "*ecdsa.PublicKey",
  ed25519: "ed25519.PublicKey",
};
const GO_ALGORITHMS = { rsa: "RSA", ec: "ECDSA", ed25519: "Ed25519" };

function mismatch(wanted: "rsa" | "ec" | "ed25519", got: string | undefined): string {
  const key = GO_KEYS[got ?? ""] ?? String(got);
  return `x509: signature algorithm specifies an ${GO_ALGORITHMS[wanted]} public key, but have public key of type ${key}`;
}

function isSignature(child: ParsedCertificate, { key }: ParsedCertificate): boolean {
  try {
    return key !== undefined && child.x509.verify(key);
  } catch {
    return false;
  }
}

/** What Go says of an RSA key that is too short. */
export function weakKey(bits: number): string {
  return `crypto/rsa: ${bits}-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)`;
}

/** The length of an RSA key; undefined for others. */
export function rsaBits({ key }: ParsedCertificate): number | undefined {
  return key?.asymmetricKeyType === "rsa" ? key.asymmetricKeyDetails?.modulusLength : undefined;
}

function chainFault(chain: readonly ParsedCertificate[]): Fault | undefined {
  const [leaf] = chain;
  if (leaf === undefined) return undefined;
  const certificate = chain.find(({ extensions: { extendedKeyUsages: usages } }) => {
    return usages.length > 0 && !usages.includes(ANY_USAGE) && !usages.includes(SERVER_AUTHENTICATION);
  });
  if (certificate !== undefined) {
    return { reason: "wrong-usage", error: "x509: certificate specifies an incompatible key usage", certificate };
  }
  for (const [index, authority] of chain.entries()) {
    const { nameConstraints } = authority.extensions;
    if (nameConstraints === undefined) continue;
    for (const below of chain.slice(0, index)) {
      const { dnsNames, ipAddresses } = below.extensions;
      const detail = constraintViolation(nameConstraints, dnsNames, ipAddresses);
      if (detail === undefined) continue;
      const error = `x509: a root or intermediate certificate is not authorized to sign for this name: ${detail}`;
      return { reason: "name-not-permitted", error, certificate: authority };
    }
  }
  return undefined;
}
