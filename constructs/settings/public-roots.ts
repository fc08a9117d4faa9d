import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { nameOf, oneLine } from "./certificate";
import { plainSubject } from "./plain-subject";

let joined: string | undefined;

/**
 * The public certificate authorities as Mozilla selects them and Node carries them, in PEM, each below its name, so that
 * people see what changes with another Node.
 *
 * Envbuilder's image has no certificate file, and SSL_CERT_FILE replaces the authorities that are compiled in; so a bundle
 * without these would make every host fail that the proxy does not intercept.
 *
 * @internal
 */
export function publicRoots(): string {
  joined ??= rootCertificates.map((pem) => `# ${titleOf(pem)}\n${pem.trim()}\n`).join("");
  return joined;
}

function titleOf(pem: string): string {
  const subject = plainSubject(pem);
  return subject === undefined ? nameOf(new X509Certificate(pem)) : oneLine(subject);
}
