import { shown } from "../../constructs/errors";
import type { Ailment } from "./ailment";
import { type CertificateSource, readSourceDirectory, readSourceFile } from "./certificate-source";

/** The variables that name a file of certificates, and who reads them. */
export const CA_FILE_NAMES: Readonly<Record<string, string>> = {
  SSL_CERT_FILE: "Go programs, Envbuilder among them, curl, OpenSSL and Python",
  NODE_EXTRA_CA_CERTS: "Node.js",
  REQUESTS_CA_BUNDLE: "Python's requests",
  CURL_CA_BUNDLE: "curl",
  GIT_SSL_CAINFO: "Git",
  PIP_CERT: "pip",
  AWS_CA_BUNDLE: "the AWS command line",
};

/** A variable that names certificates, with what is there. */
export interface CaVariable {
  readonly name: string;
  readonly source: CertificateSource;
}

/** Those that are set. */
export function caVariables(environment: NodeJS.ProcessEnv): readonly CaVariable[] {
  const files = Object.keys(CA_FILE_NAMES).flatMap((name) => {
    const path = environment[name] ?? "";
    return path === "" ? [] : [{ name, source: readSourceFile(path) }];
  });
  const directories = (environment["SSL_CERT_DIR"] ?? "")
    .split(":")
    .filter((path) => path !== "")
    .map((path) => ({ name: "SSL_CERT_DIR", source: readSourceDirectory(path) }));
  return [...files, ...directories];
}

/** What is wrong with how the environment names certificates. */
export function caAilments(
  environment: NodeJS.ProcessEnv,
  variables: readonly CaVariable[],
  now: Date,
): readonly Ailment[] {
  return [
    ...variables.flatMap(faults),
    ...variables.flatMap((variable) => expired(variable, now)),
    ...disagreements(variables.filter(({ name, source }) => name !== "SSL_CERT_DIR" && source.fault === undefined)),
    ...switches(environment),
  ];
}

function faults({ name, source: { path, fault } }: CaVariable): readonly Ailment[] {
  if (fault === undefined) return [];
  const readers = CA_FILE_NAMES[name] ?? "Go programs and OpenSSL";
  const message = `${name} names ${shown(path)} to ${readers}, and ${fault}: most pass over that without a word and trust nobody of it; correct the path, or leave the variable out`;
  return [{ code: "ca-file-useless", level: "error", message }];
}

/** Old ones among others, as every store has them, do no harm. */
function expired({ name, source: { path, certificates } }: CaVariable, now: Date): readonly Ailment[] {
  if (certificates.length === 0 || certificates.some(({ validTo }) => new Date(validTo) >= now)) return [];
  const message = `${name} names ${shown(path)}, where every certificate has expired; replace them`;
  return [{ code: "ca-expired", level: "error", message }];
}

/** Programs that go by different certificates trust different servers. NODE_EXTRA_CA_CERTS adds to the public ones. */
function disagreements(variables: readonly CaVariable[]): readonly Ailment[] {
  const [first, ...others] = variables.filter(({ name }) => name !== "NODE_EXTRA_CA_CERTS");
  if (first === undefined) return [];
  const set = ({ source }: CaVariable) =>
    source.certificates
      .map(({ fingerprint256 }) => fingerprint256)
      .sort()
      .join();
  return others
    .filter((other) => set(other) !== set(first))
    .map((other) => ({
      code: "ca-variables-disagree",
      level: "warning",
      message: `${first.name} and ${other.name} name different certificates (${first.source.certificates.length} in ${shown(first.source.path)}, ${other.source.certificates.length} in ${shown(other.source.path)}): what one program trusts another refuses; name one file in both`,
    }));
}

function switches(environment: NodeJS.ProcessEnv): readonly Ailment[] {
  const out: Ailment[] = [];
  for (const name of ["ENVBUILDER_SSL_CERT_FILE", "ENVBUILDER_SSL_CERT_DIR"]) {
    if (environment[name] === undefined) continue;
    const message = `${name} is no option of Envbuilder, which ignores it; set ${name.replace("ENVBUILDER_", "")}, or give the certificates as ca`;
    out.push({ code: "ssl-cert-option-does-not-exist", level: "error", message });
  }
  if (environment["GO_ROOTCERTS_ENABLE"] === "1") {
    const message =
      "GO_ROOTCERTS_ENABLE=1 makes Envbuilder trust what is compiled into it and no SSL_CERT_FILE; leave it out";
    out.push({ code: "embedded-roots-hide-ca", level: "error", message });
  }
  const open = [
    ["NODE_TLS_REJECT_UNAUTHORIZED", "0"],
    ["GIT_SSL_NO_VERIFY", "1"],
    ["GIT_SSL_NO_VERIFY", "true"],
    ["ENVBUILDER_INSECURE", "true"],
  ];
  for (const [name = "", value] of open) {
    if (environment[name] !== value) continue;
    const message = `${name}=${value} switches verification off: anybody in between reads and changes everything; leave it out, and give the certificates`;
    out.push({ code: "verification-off", level: "warning", message });
  }
  return out;
}
