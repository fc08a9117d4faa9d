import type { ParsedCertificate } from "../x509/parsed-certificate";
import { type Trust, type Voucher, isSignedBy } from "../x509/trust";

/** Who stands at the end of a served chain. */
export interface Signer {
  /** The served certificates in the order in which they signed each other, the server's own first. */
  readonly chain: readonly ParsedCertificate[];
  /** The authority that signed the last of them, or the last itself, where it signed itself. @default - it is not known here */
  readonly authority?: ParsedCertificate;
  readonly voucher: Voucher;
  /** Whether the server sent it itself. */
  readonly isServed: boolean;
}

/** Follows the signatures as far as they lead. */
export function signerOf(served: readonly ParsedCertificate[], trust: Trust): Signer {
  const [leaf, ...others] = served;
  if (leaf === undefined) return { chain: [], voucher: "unknown", isServed: false };
  const chain = [leaf];
  for (;;) {
    const last = chain.at(-1) ?? leaf;
    const own = trust.voucherOf(last);
    if (own !== "unknown") return { chain, authority: last, voucher: own, isServed: true };
    const known = trust.authorityOf(last);
    if (known !== undefined && !known.authority.equals(last)) {
      return {
        chain,
        authority: known.authority,
        voucher: known.voucher,
        isServed: others.some((one) => one.equals(known.authority)),
      };
    }
    if (last.isSelfIssued && isSignedBy(last, last))
      return { chain, authority: last, voucher: "unknown", isServed: true };
    const next = others.find((one) => !chain.some((before) => before.equals(one)) && isSignedBy(last, one));
    if (next === undefined) return { chain, voucher: "unknown", isServed: false };
    chain.push(next);
  }
}

/** The name of who signed a chain, also where the certificate is not to be had. */
export function signerName({ authority, chain }: Signer): string {
  const name = authority === undefined ? chain.at(-1)?.x509.issuer : authority.x509.subject;
  return (name ?? "").split("\n").join(", ");
}
