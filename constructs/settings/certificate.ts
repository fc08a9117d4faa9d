import { X509Certificate } from "node:crypto";
import { ValidationError } from "../errors";
import { ipVersion } from "./ip-address";
import type { Warning } from "./warning";
import { UnicodePattern } from "../unicode-pattern";

const DAY = 24 * 60 * 60 * 1000;
const WARN_DAYS = 30;
/** What people hand in instead of a certificate (RFC 7468, OpenSSL). A message shows these labels and no other: any other is the file's content. */
const OTHER_LABELS: ReadonlySet<string> = new Set([
  "X509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "CERTIFICATE REQUEST",
  "NEW CERTIFICATE REQUEST",
  "X509 CRL",
  "PKCS7",
  "CMS",
  "PUBLIC KEY",
  "RSA PUBLIC KEY",
  "DH PARAMETERS",
  "EC PARAMETERS",
]);

/**
 * Reads the certificates of a PEM text, in their order. What stands between them is left out, and so is what indents them.
 *
 * @param origin - where the text comes from, as messages name it: a file name, never the content
 * @param now - the moment that validity is judged by
 * @throws when it holds a private key, no certificate, or one that does not parse or has expired
 * @internal
 */
export function readCertificates(origin: string, content: Buffer, now: Date): X509Certificate[] {
  const text = content.toString("latin1");
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
    throw new ValidationError(
      "ca-private-key",
      `${origin} holds a private key, which would travel with the template; give the certificate alone, and take the key out of the file`,
    );
  }
  // Each reaches to the next beginning, so that one without an end is noticed.
  const blocks = text.split(/(?=-----BEGIN [A-Z0-9 ]+-----)/);
  const certificates = blocks.filter((block) => labelOf(block) === "CERTIFICATE");
  if (certificates.length === 0) {
    const labels = blocks.flatMap((block) => labelOf(block) ?? []).filter((label) => OTHER_LABELS.has(label));
    throw noCertificate(origin, content, labels);
  }
  return certificates.map((block, index) => {
    const certificate = parse(`${origin}, certificate ${index + 1}`, block);
    const expiry = new Date(certificate.validTo);
    if (expiry < now) {
      throw new ValidationError(
        "ca-expired",
        `${origin} holds a certificate that expired on ${day(expiry)}: ${nameOf(certificate)}; remove it, or give the one that replaced it`,
      );
    }
    return certificate;
  });
}

function labelOf(block: string): string | undefined {
  return /^-----BEGIN ([A-Z0-9 ]+)-----/.exec(block)?.[1];
}

function noCertificate(origin: string, content: Buffer, labels: readonly string[]): ValidationError {
  // An ASN.1 sequence: a certificate in DER, as browsers and Windows export it. UTF-16 is what PowerShell's > writes.
  const remedy =
    content[0] === 0x30
      ? "it looks like DER: convert it with openssl x509 -inform der -in FILE -out FILE.pem"
      : content.includes("-\0-\0")
        ? "it is in UTF-16: save it as ASCII or UTF-8"
        : labels.length > 0
          ? `it holds only ${[...new Set(labels)].join(", ")}: export the certificate as X.509 in PEM`
          : "give PEM, which has lines BEGIN CERTIFICATE and END CERTIFICATE";
  return new ValidationError("ca-without-certificate", `${origin} holds no PEM certificate; ${remedy}`);
}

/** By their text: an app with many templates gives all of them the same, and to parse one takes half a millisecond. */
const parsed = new Map<string, X509Certificate>();

function parse(where: string, block: string): X509Certificate {
  const known = parsed.get(block);
  if (known) return known;
  const lines = block.split("\n").map((line) => line.trim());
  try {
    const certificate = new X509Certificate(lines.filter((line) => line !== "").join("\n"));
    parsed.set(block, certificate);
    return certificate;
  } catch (error) {
    throw new ValidationError(
      "ca-certificate-malformed",
      `${where} does not parse (${String(error)}); export it again`,
    );
  }
}

/**
 * What is allowed of a certificate and probably not meant.
 *
 * @internal
 */
export function certificateWarnings(certificate: X509Certificate, now: Date): Warning[] {
  const out: Warning[] = [];
  const expiry = new Date(certificate.validTo);
  if (expiry.getTime() - now.getTime() < WARN_DAYS * DAY) {
    out.push({
      id: "ca-expires-soon",
      message: `the certificate ${nameOf(certificate)} expires on ${day(expiry)}: from then on no workspace can clone; add its successor to the bundle now`,
    });
  }
  if (new Date(certificate.validFrom) > now) {
    out.push({
      id: "ca-not-yet-valid",
      message: `the certificate ${nameOf(certificate)} is valid from ${day(new Date(certificate.validFrom))} on: until then nothing that it signed is trusted`,
    });
  }
  if (!certificate.ca) {
    out.push({
      id: "ca-is-no-authority",
      message: `the certificate ${nameOf(certificate)} is not a CA: it makes the one server that presents it trusted, and nothing that an authority signed; give the certificate of the authority that issued it`,
    });
  }
  // What openssl req -x509 makes for a server says that it is a CA, too.
  if (!certificate.subjectAltName && (!certificate.ca || isHostName(commonName(certificate)))) {
    out.push({
      id: "certificate-without-subject-alt-name",
      message: `the certificate ${nameOf(certificate)} has no subjectAltName: where a server presents it, Go refuses it, because it ignores the common name ("x509: certificate relies on legacy Common Name field, use SANs instead"); issue it again with openssl … -addext "subjectAltName = DNS:HOST"`,
    });
  }
  return out;
}

function isHostName(name: string): boolean {
  return ipVersion(name) !== 0 || /^(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*$/i.test(name);
}

/**
 * The common name of the subject, or nothing.
 *
 * @internal
 */
export function commonName(certificate: X509Certificate): string {
  return /^CN=(.*)$/m.exec(certificate.subject ?? "")?.[1] ?? "";
}

/**
 * The certificate as PEM alone, lines of 64, without what stood around it.
 *
 * @internal
 */
export function toPem(certificate: X509Certificate): string {
  return certificate.toString().replaceAll("\r", "").trim();
}

const CONTROL = new UnicodePattern(String.raw`[\p{C}]`, "g");

/**
 * The subject on one line, fit for a message.
 *
 * @internal
 */
export function nameOf(certificate: X509Certificate): string {
  const name =
    certificate.subject || certificate.subjectAltName || `with the serial number ${certificate.serialNumber}`;
  return JSON.stringify(name.split("\n").join(", ").replaceAll(CONTROL.for(name), "?"));
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
