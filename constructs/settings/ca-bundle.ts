import type { X509Certificate } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ValidationError, shown } from "../errors";
import { certificateWarnings, commonName, nameOf, readCertificates, toPem } from "./certificate";
import { checkHostPath } from "./host-path";
import { markKind } from "./kind";
import { checkPropKinds } from "./prop-kinds";
import { checkObjectKey, checkObjectName } from "./kubernetes-name";
import { publicRoots } from "./public-roots";
import { hasReference } from "./text";
import type { Warning } from "./warning";

/** How the certificates reach Envbuilder. */
export enum CaDelivery {
  /** One file below `/.envbuilder/`, named by `SSL_CERT_FILE`: for all that Envbuilder does, and the workspace. */
  FILE = "file",
  /**
   * As `FILE`, and a file for each certificate as well, in a directory below `/.envbuilder/` that `SSL_CERT_DIR` names. For
   * programs that want a directory; OpenSSL does not find them there, because it goes by hashed names.
   */
  DIRECTORY = "directory",
  /** `ENVBUILDER_SSL_CERT_BASE64`: for Envbuilder's clone alone. Images are then pulled without these certificates. */
  GIT_ONLY = "git-only",
}

/** What all sources of certificates have in common. */
export interface CaBundleOptions {
  /**
   * Whether the public authorities, as Mozilla selects them, are trusted beside these. Without them every host fails that
   * the proxy does not intercept or that `noProxy` names, unless these certificates signed it.
   *
   * @default true
   */
  readonly publicRoots?: boolean;
}

/** What sources that are read when the template is synthesized have in common. */
export interface CarriedCaBundleOptions extends CaBundleOptions {
  /**
   * How the certificates reach Envbuilder.
   *
   * @default CaDelivery.FILE
   */
  readonly delivery?: CaDelivery;
}

/** The part of a `TerraformVariable` that certificates are taken from. */
export interface ICaVariable {
  /** The reference to the variable. */
  readonly stringValue: string;
}

/**
 * Where the private certificates are.
 *
 * @internal
 */
export type CaSource =
  | { readonly kind: "carried"; readonly certificates: readonly CarriedCertificate[] }
  | { readonly kind: "reference"; readonly reference: string }
  | { readonly kind: "host-file"; readonly path: string }
  | { readonly kind: "host-directory"; readonly path: string }
  | { readonly kind: "config-map" | "secret"; readonly name: string; readonly key: string };

/**
 * A certificate that travels with the template.
 *
 * @internal
 */
export interface CarriedCertificate {
  /** A file name that is its own in the bundle, without folder and ending. */
  readonly name: string;
  /** One line that says whose it is. */
  readonly title: string;
  readonly pem: string;
}

/**
 * The certificate authorities that Envbuilder and the workspace trust: the intercepting proxy's, a private one, or both.
 *
 * What can be read at synth is parsed and checked there: a private key, no certificate, or an expired one is refused; one
 * that expires within 30 days, that is no authority, or that Go would not accept is warned of; doubles are dropped.
 */
export class CaBundle {
  /**
   * Certificates in a PEM file of the machine that synthesizes.
   *
   * @param file - path, relative to the working directory
   * @throws when the file cannot be read or a certificate in it is refused
   */
  public static fromFile(file: string, options: CarriedCaBundleOptions = {}): CaBundle {
    return CaBundle.fromFiles([file], options);
  }

  /**
   * Certificates in several PEM files, in the order given.
   *
   * @param files - paths, relative to the working directory
   * @throws when a file cannot be read or a certificate in it is refused
   */
  public static fromFiles(files: string[], options: CarriedCaBundleOptions = {}): CaBundle {
    if (files.length === 0) {
      throw new ValidationError("ca-without-certificate", "ca files [] must name a file; give one, or leave ca out");
    }
    return carried(
      files.map((file) => ({ origin: `ca file ${shown(file)}`, content: readFile(file) })),
      options,
    );
  }

  /**
   * Certificates in all `.pem`, `.crt` and `.cer` files of a directory, in the order of their names.
   *
   * @param directory - path, relative to the working directory
   * @throws when there is no such file or a certificate in one is refused
   */
  public static fromDirectory(directory: string, options: CarriedCaBundleOptions = {}): CaBundle {
    const names = readDirectory(directory).filter((name) => /\.(pem|crt|cer)$/i.test(name));
    if (names.length === 0) {
      throw new ValidationError(
        "ca-without-certificate",
        `ca directory ${shown(directory)} holds no .pem, .crt or .cer file; put the certificates there in PEM`,
      );
    }
    return CaBundle.fromFiles(
      names.sort().map((name) => join(directory, name)),
      options,
    );
  }

  /**
   * Certificates in a PEM text.
   *
   * @throws when a certificate in it is refused
   */
  public static fromPem(pem: string, options: CarriedCaBundleOptions = {}): CaBundle {
    if (hasReference(pem)) {
      throw new ValidationError(
        "ca-without-certificate",
        "ca pem is a reference, which cannot be checked as a PEM text; give it to CaBundle.fromVariable",
      );
    }
    return carried([{ origin: "ca pem", content: Buffer.from(pem) }], options);
  }

  /**
   * Certificates in PEM that are given when the template is pushed. They cannot be checked at synth.
   *
   * @param variable - a variable of type string; give it `CaBundle.pemCondition` as validation
   */
  public static fromVariable(variable: ICaVariable, options: CaBundleOptions = {}): CaBundle {
    return new CaBundle({ kind: "reference", reference: variable.stringValue }, CaDelivery.FILE, options, []);
  }

  /**
   * A PEM file of the machine that runs the containers, mounted read-only. It cannot be checked at synth. Docker only.
   *
   * Nor can it be merged with the public authorities: Go adds them up, and so do Node and Envbuilder, but curl, Git, Python
   * and OpenSSL trust the file alone.
   *
   * @param file - absolute path on the Docker host
   * @throws when the path is not absolute and normalized
   */
  public static fromHostFile(file: string, options: CaBundleOptions = {}): CaBundle {
    checkHostPath("ca host file", file);
    return new CaBundle({ kind: "host-file", path: file }, CaDelivery.FILE, options, []);
  }

  /**
   * A directory of PEM files of the machine that runs the containers, mounted read-only and named by `SSL_CERT_DIR`. Go
   * reads all its files; OpenSSL only those that `openssl rehash` linked; Node none. Docker only.
   *
   * @param directory - absolute path on the Docker host
   * @throws when the path is not absolute and normalized
   */
  public static fromHostDirectory(directory: string, options: CaBundleOptions = {}): CaBundle {
    checkHostPath("ca host directory", directory);
    return new CaBundle({ kind: "host-directory", path: directory }, CaDelivery.DIRECTORY, options, []);
  }

  /**
   * A PEM text in a ConfigMap that is in the workspace's namespace already, mounted read-only. It cannot be checked at synth,
   * nor merged with the public authorities, as a host file. Kubernetes only.
   *
   * @param name - the ConfigMap's name; it may be a reference
   * @param key - the entry that holds the certificates
   * @throws when the name or the key is none for Kubernetes
   */
  public static fromConfigMap(name: string, key = "ca.crt", options: CaBundleOptions = {}): CaBundle {
    return clusterObject("config-map", name, key, options);
  }

  /**
   * As `fromConfigMap`, of a Secret.
   *
   * @param name - the Secret's name; it may be a reference
   * @param key - the entry that holds the certificates
   * @throws when the name or the key is none for Kubernetes
   */
  public static fromSecret(name: string, key = "ca.crt", options: CaBundleOptions = {}): CaBundle {
    return clusterObject("secret", name, key, options);
  }

  /**
   * A condition for a variable that holds certificates, for `validation` of the variable.
   *
   * @param variable - the variable's name
   */
  public static pemCondition(variable: string): string {
    return `\${var.${variable} == "" || (can(regex("-----BEGIN CERTIFICATE-----", var.${variable})) && !can(regex("PRIVATE KEY-----", var.${variable})))}`;
  }

  /** @internal */
  public readonly source: CaSource;
  /** @internal */
  public readonly delivery: CaDelivery;
  /** @internal */
  public readonly warnings: readonly Warning[];
  // Private, so that types take nothing else for one.
  private readonly withPublicRoots: boolean;

  /** @internal */
  public constructor(source: CaSource, delivery: CaDelivery, options: CaBundleOptions, warnings: readonly Warning[]) {
    markKind(this, "CaBundle");
    this.source = source;
    this.delivery = delivery;
    checkPropKinds(options, "ca ");
    this.withPublicRoots = options.publicRoots ?? true;
    this.warnings = warnings;
  }

  /** The public authorities in PEM, or undefined where they are left out. @internal */
  public get publicRoots(): string | undefined {
    return this.withPublicRoots ? publicRoots() : undefined;
  }
}

function clusterObject(kind: "config-map" | "secret", name: string, key: string, options: CaBundleOptions): CaBundle {
  const prop = `ca ${kind === "secret" ? "Secret" : "ConfigMap"}`;
  checkObjectName(prop, name);
  checkObjectKey(`${prop} ${shown(name)} key`, key);
  return new CaBundle({ kind, name, key }, CaDelivery.FILE, options, []);
}

function carried(inputs: readonly { origin: string; content: Buffer }[], options: CarriedCaBundleOptions): CaBundle {
  const now = new Date();
  const distinct = new Map<string, X509Certificate>();
  for (const { origin, content } of inputs) {
    for (const certificate of readCertificates(origin, content, now)) {
      if (!distinct.has(certificate.fingerprint256)) distinct.set(certificate.fingerprint256, certificate);
    }
  }
  const certificates = [...distinct.values()];
  return new CaBundle(
    { kind: "carried", certificates: certificates.map(carriedCertificate) },
    options.delivery ?? CaDelivery.FILE,
    options,
    certificates.flatMap((certificate) => certificateWarnings(certificate, now)),
  );
}

function carriedCertificate(certificate: X509Certificate, index: number): CarriedCertificate {
  const slug = commonName(certificate)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replaceAll(/^-|-$/g, "");
  return {
    name: `${String(index + 1).padStart(2, "0")}-${slug || "ca"}`,
    title: nameOf(certificate),
    pem: `${toPem(certificate)}\n`,
  };
}

function readFile(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable("ca file", file, error);
  }
}

function readDirectory(directory: string): string[] {
  try {
    if (statSync(directory).isDirectory()) return readdirSync(directory);
  } catch (error) {
    throw unreadable("ca directory", directory, error);
  }
  throw new ValidationError("ca-file-unreadable", `ca directory ${shown(directory)} is a file; use CaBundle.fromFile`);
}

function unreadable(what: string, name: string, error: unknown): ValidationError {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
  const hint =
    code === "EISDIR"
      ? "use CaBundle.fromDirectory"
      : "give a path relative to the working directory or an absolute one";
  return new ValidationError("ca-file-unreadable", `${what} ${shown(name)} cannot be read (${code}); ${hint}`);
}
