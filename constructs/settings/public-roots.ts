import { rootCertificates } from "node:tls";

let joined: string | undefined;

/**
 * The public certificate authorities as Mozilla selects them and Node carries them, in PEM.
 *
 * Envbuilder's image has no certificate file, and SSL_CERT_FILE replaces the authorities that are compiled in; so a bundle
 * without these would make every host fail that the proxy does not intercept.
 *
 * @internal
 */
export function publicRoots(): string {
  joined ??= `${rootCertificates.join("\n")}\n`;
  return joined;
}
