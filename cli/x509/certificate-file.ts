import type { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { shown } from "../../constructs/errors";
import { readCertificates } from "../../constructs/settings/certificate";
import { errorCode } from "../error-code";
import { UsageError } from "../usage-error";

/**
 * The certificates of a PEM file, refused for what `CaBundle` refuses.
 *
 * @throws when the file cannot be read, or holds a private key, no certificate, or one that is malformed or has expired
 */
export function readCertificateFile(file: string, now: Date): X509Certificate[] {
  return readCertificates(shown(file), readInputFile(file), now);
}

/** @throws when the file cannot be read */
export function readInputFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UsageError(`${shown(file)} cannot be read (${errorCode(error)}); give the path of a file in PEM`);
  }
}
