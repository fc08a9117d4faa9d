/** How a certificate is signed, by the name that Go gives it. */
export interface SignatureAlgorithm {
  readonly name: string;
  /** Of the key that such a signature is made with, as Node names it. @default - unknown to Go */
  readonly key?: "rsa" | "ec" | "ed25519";
  /** Go refuses it, because such a signature can be forged. */
  readonly insecure: boolean;
}

const BY_OID: Readonly<Record<string, SignatureAlgorithm>> = {
  "1.2.840.113549.1.1.2": { name: "MD2-RSA", insecure: true },
  "1.2.840.113549.1.1.4": { name: "MD5-RSA", key: "rsa", insecure: true },
  "1.2.840.113549.1.1.5": { name: "SHA1-RSA", key: "rsa", insecure: true },
  "1.2.840.113549.1.1.11": { name: "SHA256-RSA", key: "rsa", insecure: false },
  "1.2.840.113549.1.1.12": { name: "SHA384-RSA", key: "rsa", insecure: false },
  "1.2.840.113549.1.1.13": { name: "SHA512-RSA", key: "rsa", insecure: false },
  "1.2.840.10045.4.1": { name: "ECDSA-SHA1", key: "ec", insecure: true },
  "1.2.840.10045.4.3.2": { name: "ECDSA-SHA256", key: "ec", insecure: false },
  "1.2.840.10045.4.3.3": { name: "ECDSA-SHA384", key: "ec", insecure: false },
  "1.2.840.10045.4.3.4": { name: "ECDSA-SHA512", key: "ec", insecure: false },
  "1.3.101.112": { name: "Ed25519", key: "ed25519", insecure: false },
};

const PSS = "1.2.840.113549.1.1.10";
const PSS_HASHES: Readonly<Record<string, string>> = {
  "2.16.840.1.101.3.4.2.1": "SHA256-RSAPSS",
  "2.16.840.1.101.3.4.2.2": "SHA384-RSAPSS",
  "2.16.840.1.101.3.4.2.3": "SHA512-RSAPSS",
};

/**
 * @param oid - of the algorithm
 * @param hash - of the hash that RSASSA-PSS is told
 */
export function signatureAlgorithm(oid: string, hash: string | undefined): SignatureAlgorithm {
  const pss = oid === PSS && hash !== undefined ? PSS_HASHES[hash] : undefined;
  if (pss !== undefined) return { name: pss, key: "rsa", insecure: false };
  return BY_OID[oid] ?? { name: oid, insecure: false };
}
