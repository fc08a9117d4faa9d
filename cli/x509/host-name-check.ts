import { plainAddress } from "./certificate-extensions";
import type { ParsedCertificate } from "./parsed-certificate";

/** Go lists so many names in a message and no more. */
const SHOWN_NAMES = 100;

/** What Go says of a certificate that is not for a host, or nothing. */
export function hostNameError(certificate: ParsedCertificate, host: string): string | undefined {
  const { dnsNames, ipAddresses, hasSubjectAltName } = certificate.extensions;
  const address = plainAddress(host);
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (address === undefined ? dnsNames.some((name) => matches(name, host)) : ipAddresses.includes(address)) {
    return undefined;
  }
  if (!hasSubjectAltName && matchesPattern(certificate.commonName, labels(bare))) {
    return "x509: certificate relies on legacy Common Name field, use SANs instead";
  }
  if (address !== undefined && ipAddresses.length === 0) {
    return `x509: cannot validate certificate for ${bare} because it doesn't contain any IP SANs`;
  }
  const [names, kind] = address === undefined ? [dnsNames, "names"] : [ipAddresses, "IP SANs"];
  if (names.length >= SHOWN_NAMES) {
    return `x509: certificate is valid for ${names.length} ${kind}, but none matched ${bare}`;
  }
  const valid = names.join(", ");
  return valid === ""
    ? `x509: certificate is not valid for any names, but wanted to match ${bare}`
    : `x509: certificate is valid for ${valid}, not ${bare}`;
}

function matches(name: string, host: string): boolean {
  if (isHostName(host.replace(/\.$/, ""), false) && isHostName(name, true)) return matchesPattern(name, labels(host));
  return name !== "" && name !== "." && lower(name) === lower(host);
}

function labels(host: string): string[] {
  return lower(host.replace(/\.$/, "")).split(".");
}

function matchesPattern(pattern: string, host: readonly string[]): boolean {
  const parts = lower(pattern).split(".");
  return (
    pattern !== "" &&
    parts.length === host.length &&
    parts.every((part, index) => (index === 0 && part === "*") || part === host[index])
  );
}

/** A wildcard stands for the whole first label only. */
function isHostName(host: string, isPattern: boolean): boolean {
  if (host === "" || host === "*") return false;
  return host
    .split(".")
    .every((label, index) => (isPattern && index === 0 && label === "*") || /^[a-z0-9_][a-z0-9_-]*$/i.test(label));
}

function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
