import { X509Certificate } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../error-code";

/** What a file or a directory of certificates gives to a program that reads it. */
export interface CertificateSource {
  readonly path: string;
  readonly certificates: readonly X509Certificate[];
  /** Why it gives none. @default - it gives some */
  readonly fault?: string;
}

/** A file, as programs read it: what is no certificate is passed over. */
export function readSourceFile(path: string): CertificateSource {
  try {
    if (statSync(path).isDirectory())
      return { path, certificates: [], fault: "it is a directory, where a file is wanted" };
    const certificates = certificatesIn(readFileSync(path));
    return certificates.length === 0
      ? { path, certificates, fault: "it holds no certificate in PEM" }
      : { path, certificates };
  } catch (error) {
    const code = errorCode(error);
    return { path, certificates: [], fault: code === "ENOENT" ? "it does not exist" : `it cannot be read (${code})` };
  }
}

/** The names that `openssl rehash` gives. */
const HASHED = /^[0-9a-f]{8}\.\d+$/;

/** A directory, as OpenSSL reads it: what `openssl rehash` linked. */
export function readHashedDirectory(path: string): CertificateSource {
  return readSourceDirectory(path, (name) => HASHED.test(name));
}

/** A directory, as Go and GnuTLS read it: every file in it. */
export function readSourceDirectory(path: string, isWanted: (name: string) => boolean = () => true): CertificateSource {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    return { path, certificates: [], fault: `it cannot be read as a directory (${errorCode(error)})` };
  }
  const certificates = new Map<string, X509Certificate>();
  for (const name of names.filter(isWanted)) {
    for (const certificate of readSourceFile(join(path, name)).certificates) {
      certificates.set(certificate.fingerprint256, certificate);
    }
  }
  return { path, certificates: [...certificates.values()] };
}

function certificatesIn(content: Buffer): X509Certificate[] {
  const blocks = content.toString("latin1").match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => parsed(block) ?? []);
}

/** A system's store has each certificate in several files, and several programs read it. */
const cache = new Map<string, X509Certificate | undefined>();

function parsed(block: string): X509Certificate | undefined {
  if (!cache.has(block)) {
    try {
      cache.set(block, new X509Certificate(block));
    } catch {
      cache.set(block, undefined);
    }
  }
  return cache.get(block);
}

/** Where distributions keep the file of their store, in the order in which Go looks. */
const SYSTEM_FILES = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/pki/tls/cacert.pem",
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/** The store of the system, as one file. @returns undefined where there is none */
export function systemFile(): CertificateSource | undefined {
  return SYSTEM_FILES.map((path) => readSourceFile(path)).find(({ fault }) => fault === undefined);
}

/** Where Go looks for further certificates. */
export const SYSTEM_DIRECTORIES = ["/etc/ssl/certs", "/etc/pki/tls/certs"];
