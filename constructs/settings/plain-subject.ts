// The names of the 144 public authorities cost 22 ms by X509Certificate, a fifteenth of the whole process that synthesizes a
// template, because it parses all of each certificate. Read by hand they cost 2 ms.

/** Short names of the attributes that authorities have, as OpenSSL writes them, by the bytes of their object identifiers. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  "550403": "CN",
  "550405": "serialNumber",
  "550406": "C",
  "550407": "L",
  "550408": "ST",
  "55040a": "O",
  "55040b": "OU",
  "550461": "organizationIdentifier",
};
const SEQUENCE = 0x30;
const SET = 0x31;
const VERSION = 0xa0;
const OBJECT_IDENTIFIER = 0x06;
const UTF8_STRING = 0x0c;
const PRINTABLE_STRING = 0x13;

/** What OpenSSL writes as it is, wherever it stands, but for commas. */
const PLAIN = /^[A-Za-z0-9.()/-](?:[A-Za-z0-9 .,()/-]*[A-Za-z0-9.()/-])?$/;

/**
 * The subject of a certificate in the words of `X509Certificate.subject`, or undefined where that has to be asked: for rare
 * attributes and whatever would have to be escaped.
 *
 * @param pem - one certificate
 * @internal
 */
export function plainSubject(pem: string): string | undefined {
  const der = Buffer.from(pem.replaceAll(/-----[A-Z ]+-----/g, ""), "base64");
  const [certificate] = values(der);
  const [signed] = values(certificate?.content);
  const fields = values(signed?.content).filter(({ tag }) => tag !== VERSION);
  // Behind the serial number, the algorithm, the issuer and the validity.
  const subject = fields[4];
  if (subject?.tag !== SEQUENCE) return undefined;
  const lines = values(subject.content).map(attribute);
  return lines.length === 0 || lines.includes(undefined) ? undefined : lines.join("\n");
}

function attribute({ tag, content }: DerValue): string | undefined {
  const [pair, ...others] = values(content);
  const [type, value] = values(pair?.content);
  if (tag !== SET || others.length > 0 || type?.tag !== OBJECT_IDENTIFIER || value === undefined) return undefined;
  const name = ATTRIBUTES[type.content.toString("hex")];
  const isText = value.tag === UTF8_STRING || value.tag === PRINTABLE_STRING;
  const text = value.content.toString("latin1");
  return name !== undefined && isText && PLAIN.test(text) ? `${name}=${text.replaceAll(",", "\\,")}` : undefined;
}

interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
}

/** The values that stand one behind the other in DER (X.690, 8.1). */
function values(content: Buffer | undefined): DerValue[] {
  const out: DerValue[] = [];
  for (let at = 0; content !== undefined && at + 1 < content.length;) {
    const tag = content[at] ?? 0;
    const first = content[at + 1] ?? 0;
    // Above 127 it says how many bytes the length has.
    const lengthBytes = first > 0x80 ? first - 0x80 : 0;
    const start = at + 2 + lengthBytes;
    const length = lengthBytes > 0 ? content.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0) : first;
    const end = start + length;
    out.push({ tag, content: content.subarray(start, end) });
    at = end;
  }
  return out;
}
