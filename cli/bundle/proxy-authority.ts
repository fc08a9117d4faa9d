import type { Inspection } from "../inspection/inspection";
import { signerOf } from "../inspection/signer";
import { certificateWarnings, nameOf } from "../../constructs/settings/certificate";
import { signerName } from "../inspection/signer";
import { UsageError } from "../usage-error";
import type { Candidate } from "./candidate";

/** A SHA-256 as people write it: with or without colons, in capitals or not. */
export function readFingerprint(text: string): string {
  const digits = text
    .replace(/^sha-?256[:= ]*/i, "")
    .replaceAll(/[\s:]/g, "")
    .toUpperCase();
  if (!/^[0-9A-F]{64}$/.test(digits)) {
    throw new UsageError("--fingerprint must be a SHA-256 of 64 hexadecimal digits, with or without colons");
  }
  return digits.match(/../g)?.join(":") ?? "";
}

/**
 * The authority that signs what a proxy presents, as it is served. It goes into a bundle only when its fingerprint is the one
 * that was published: whoever stands in between serves one, too.
 */
export function proxyAuthority(inspection: Inspection, fingerprint: string | undefined, now: Date): Candidate {
  const { proxied, intercepts } = inspection;
  const origin = "the proxy";
  const refused = (refusal: string): Candidate => ({ origin, warnings: [], refusal });
  const { chain, failure, proxy } = proxied?.attempt ?? {};
  if (chain === undefined || proxy === undefined) {
    const why = `the proxy shows no certificate: ${failure?.goError ?? ""}; ${failure?.explanation ?? ""}`;
    return { ...refused(why), isUnanswered: true };
  }
  const signer = signerOf(chain, inspection.trust);
  if (signer.voucher === "public" || intercepts === false) {
    return refused(
      `the proxy does not intercept ${inspection.target.host}: ${signerName(signer)} signed what it passes; name a host that it intercepts`,
    );
  }
  const { authority } = signer;
  if (authority === undefined || !signer.isServed) {
    return refused(
      `the proxy does not send the certificate of ${JSON.stringify(signerName(signer))}, which signs for it; get it from the proxy's team`,
    );
  }
  const served = authority.x509;
  const facts = `${nameOf(served)} with the SHA-256 fingerprint ${served.fingerprint256}`;
  if (fingerprint === undefined) {
    return refused(
      `the proxy presents ${facts}; compare that with what the proxy's team publishes, and add --fingerprint with theirs`,
    );
  }
  if (fingerprint !== served.fingerprint256) {
    return refused(
      `the proxy presents ${facts}, which is not --fingerprint ${fingerprint}; somebody else may stand in between, so ask the proxy's team`,
    );
  }
  const warnings = certificateWarnings(served, now).map(({ id, message }) => `${message} [${id}]`);
  return { origin, certificate: served, warnings };
}
