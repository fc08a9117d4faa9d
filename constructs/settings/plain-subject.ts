// The names of the public authorities took 22 ms by X509Certificate, which parses all of each certificate: a fifteenth of a
// process that synthesizes one template. Read here, they take 3 ms.

/** Short names of the attributes that authorities have, as OpenSSL writes them, by the last byte of their object identifiers. */
const ATTRIBUTES = new Map([
  [0x03, "CN"],
  [0x05, "serialNumber"],
  [0x06, "C"],
  [0x07, "L"],
  [0x08, "ST"],
  [0x0a, "O"],
  [0x0b, "OU"],
  [0x61, "organizationIdentifier"],
]);
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;
const UTF8_STRING = 0x0c;
const PRINTABLE_STRING = 0x13;
/** Tag, length, and the bytes 2.5.4 that the object identifiers of all these attributes begin with. */
const IDENTIFIER = "\u0006\u0003\u0055\u0004";

/** What OpenSSL writes as it is, wherever it stands, but for commas. */
const PLAIN = /^[A-Za-z0-9.()/-](?:[A-Za-z0-9 .,()/-]*[A-Za-z0-9.()/-])?$/;

/**
 * The subject of a certificate in the words of `X509Certificate.subject`, or undefined where that has to be asked: for rare
 * attributes and whatever would have to be escaped.
 *
 * @param pem - one certificate that parses
 * @internal
 */
export function plainSubject(pem: string): string | undefined {
  const der = Buffer.from(pem.slice(pem.indexOf("\n") + 1, pem.indexOf("-----END")), "base64");
  // Into the certificate, and into what is signed of it.
  let at = contentOf(der, contentOf(der, 0));
  if (der[at] === VERSION) at = endOf(der, at);
  // Behind the serial number, the algorithm, the issuer and the validity.
  for (let field = 0; field < 4; field++) at = endOf(der, at);
  if (der[at] !== SEQUENCE) return undefined;
  const lines: string[] = [];
  const end = endOf(der, at);
  for (let set = contentOf(der, at); set < end; set = endOf(der, set)) {
    const line = attribute(der, set);
    if (line === undefined) return undefined;
    lines.push(line);
  }
  return lines.length === 0 ? undefined : lines.join("\n");
}

/** `O=Example` of a set of one pair. */
function attribute(der: Buffer, set: number): string | undefined {
  const pair = contentOf(der, set);
  const identifier = contentOf(der, pair);
  if (der[set] !== SET || der[pair] !== SEQUENCE || endOf(der, pair) !== endOf(der, set)) return undefined;
  const value = endOf(der, identifier);
  const name = ATTRIBUTES.get(der[value - 1] ?? 0);
  const isText = der[value] === UTF8_STRING || der[value] === PRINTABLE_STRING;
  if (name === undefined || !isText || der.toString("latin1", identifier, value - 1) !== IDENTIFIER) return undefined;
  const text = der.toString("latin1", contentOf(der, value), endOf(der, value));
  return PLAIN.test(text) ? `${name}=${text.replaceAll(",", "\\,")}` : undefined;
}

// In DER (X.690, 8.1) a value is a byte that tells its type, the length of its content, and that. A length above 127 stands in
// as many bytes as its first one tells.

function contentOf(der: Buffer, at: number): number {
  const first = der[at + 1] ?? 0;
  return at + 2 + (first > 0x80 ? first - 0x80 : 0);
}

function endOf(der: Buffer, at: number): number {
  const content = contentOf(der, at);
  let length = content === at + 2 ? (der[at + 1] ?? 0) : 0;
  for (let byte = at + 2; byte < content; byte++) length = length * 256 + (der[byte] ?? 0);
  return content + length;
}
