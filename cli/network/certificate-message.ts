/** Of a TLS record: handshake. */
const HANDSHAKE = 22;
/** Of a message in it: the server's certificates. */
const CERTIFICATE = 11;

/**
 * The certificates that a server sends in a handshake of TLS 1.2, which is not encrypted (RFC 5246, 7.4.2): all of them, in its
 * order. Node tells of those only that OpenSSL puts into one chain.
 *
 * @param bytes - from the server's first on
 * @returns nothing where the message is not whole
 */
export function certificatesIn(bytes: Buffer): readonly Buffer[] {
  const handshake = handshakeOf(bytes);
  for (let at = 0; at + 4 <= handshake.length;) {
    const length = handshake.readUIntBE(at + 1, 3);
    const body = handshake.subarray(at + 4, at + 4 + length);
    if (body.length < length) return [];
    if (handshake[at] === CERTIFICATE) return listed(body.subarray(3));
    at += 4 + length;
  }
  return [];
}

/** The handshake's messages without the records that they are cut into. */
function handshakeOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at + 5 <= bytes.length && bytes[at] === HANDSHAKE; at += 5 + bytes.readUInt16BE(at + 3)) {
    parts.push(bytes.subarray(at + 5, at + 5 + bytes.readUInt16BE(at + 3)));
  }
  return Buffer.concat(parts);
}

function listed(list: Buffer): readonly Buffer[] {
  const out: Buffer[] = [];
  for (let at = 0; at + 3 <= list.length;) {
    const length = list.readUIntBE(at, 3);
    const certificate = list.subarray(at + 3, at + 3 + length);
    if (certificate.length < length) return [];
    out.push(certificate);
    at += 3 + length;
  }
  return out;
}
