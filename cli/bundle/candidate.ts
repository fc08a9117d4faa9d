import { X509Certificate } from "node:crypto";
import { shown } from "../../constructs/errors";
import { certificateWarnings, readCertificates } from "../../constructs/settings/certificate";
import { readInputFile } from "../x509/certificate-file";

/** A certificate that was handed in for a bundle, or what was handed in instead. */
export interface Candidate {
  /** The file, and where in it. */
  readonly origin: string;
  /** @default - it is refused */
  readonly certificate?: X509Certificate;
  /** Why it is refused, with what to do. @default - it is not */
  readonly refusal?: string;
  /** Whether it was never seen, because nobody showed it. @default false */
  readonly isUnanswered?: boolean;
  /** What is allowed and probably not meant. */
  readonly warnings: readonly string[];
}

/** A sequence of ASN.1, which is how a certificate in DER begins. */
const DER = 0x30;

/**
 * What a file holds: PEM with any number of certificates, or one in DER, as browsers and Windows export it.
 *
 * @throws when the file cannot be read
 */
export function readCandidates(file: string, now: Date): readonly Candidate[] {
  const content = readInputFile(file);
  if (content[0] === DER) return [fromDer(shown(file), content, now)];
  const text = content.toString("latin1");
  const blocks = text
    .split(/(?=-----BEGIN CERTIFICATE-----)/)
    .filter((block) => block.includes("BEGIN CERTIFICATE-----"));
  // A private key spoils the file, whatever else is in it.
  if (blocks.length < 2 || /BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return [fromPem(shown(file), content, now)];
  return blocks.map((block, index) =>
    fromPem(`${shown(file)}, number ${index + 1}`, Buffer.from(block, "latin1"), now),
  );
}

function fromPem(origin: string, content: Buffer, now: Date): Candidate {
  try {
    const [certificate] = readCertificates(origin, content, now);
    return certificate === undefined ? { origin, warnings: [] } : accepted(origin, certificate, now);
  } catch (error) {
    return refused(origin, error);
  }
}

function fromDer(origin: string, content: Buffer, now: Date): Candidate {
  let pem: string;
  try {
    pem = new X509Certificate(content).toString();
  } catch {
    return { origin, warnings: [], refusal: `${origin} is neither PEM nor a certificate in DER; export it again` };
  }
  return fromPem(origin, Buffer.from(pem), now);
}

function accepted(origin: string, certificate: X509Certificate, now: Date): Candidate {
  const warnings = certificateWarnings(certificate, now).map(({ id, message }) => `${message} [${id}]`);
  return { origin, certificate, warnings };
}

function refused(origin: string, error: unknown): Candidate {
  if (!(error instanceof Error) || error.name !== "ValidationError") throw error;
  return { origin, warnings: [], refusal: error.message };
}
