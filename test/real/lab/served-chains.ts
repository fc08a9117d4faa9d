import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { command } from "./command";
import { stateFolder } from "./state";

/** A certificate to be made. */
export interface IssueOptions {
  readonly subject: string;
  /** As in openssl's files, such as "DNS:git.test". @default - it has no subjectAltName */
  readonly names?: string;
  /** @default - it signs itself */
  readonly issuer?: Issued;
  /** @default - it is a server's */
  readonly extensions?: string;
  /** Whose key it has, too. @default - one of its own */
  readonly keyOf?: Issued;
  /** What `openssl genpkey` is told. @default - ECDSA P-256 */
  readonly key?: readonly string[];
  /** @default "sha256" */
  readonly digest?: string;
  /** What `openssl ca` is told about the signature. @default - nothing */
  readonly signature?: readonly string[];
  /** From now on. @default -1 */
  readonly beginsInDays?: number;
  /** From now on. @default 90 */
  readonly endsInDays?: number;
}

/** A certificate and its key, by their files. */
export interface Issued {
  readonly certificate: string;
  readonly key: string;
  readonly pem: string;
}

export const AUTHORITY =
  "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash";
export const SERVER = "basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth";

export function rsa(bits: number): readonly string[] {
  return ["-algorithm", "RSA", "-pkeyopt", `rsa_keygen_bits:${bits}`];
}

/** Makes certificates of every kind, the wrong ones included, with the real openssl. */
export class CertificateMaker {
  private readonly folder = stateFolder("chains");
  private count = 0;

  public async issue(options: IssueOptions): Promise<Issued> {
    this.count += 1;
    const folder = join(this.folder, String(this.count));
    mkdirSync(join(folder, "new"), { recursive: true });
    const at = (name: string) => join(folder, name);
    const key = options.key ?? ["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"];
    if (options.keyOf === undefined) await command("openssl", ["genpkey", ...key, "-out", at("key.pem")]);
    else copyFileSync(options.keyOf.key, at("key.pem"));
    await command("openssl", [
      "req",
      "-new",
      "-key",
      at("key.pem"),
      "-subj",
      options.subject,
      "-utf8",
      "-out",
      at("csr.pem"),
    ]);
    const names = options.names === undefined ? "" : `\nsubjectAltName=${options.names}`;
    writeFileSync(at("extensions"), `${options.extensions ?? SERVER}${names}\n`);
    writeFileSync(at("index.txt"), "");
    writeFileSync(at("serial"), `01${randomBytes(8).toString("hex")}\n`);
    writeFileSync(at("ca.conf"), configuration(folder));
    const signer =
      options.issuer === undefined
        ? ["-selfsign", "-keyfile", at("key.pem")]
        : ["-cert", options.issuer.certificate, "-keyfile", options.issuer.key];
    const dates = ["-startdate", moment(options.beginsInDays ?? -1), "-enddate", moment(options.endsInDays ?? 90)];
    const what = [
      "-in",
      at("csr.pem"),
      "-extfile",
      at("extensions"),
      "-md",
      options.digest ?? "sha256",
      ...(options.signature ?? []),
    ];
    const quiet = ["-batch", "-notext", "-utf8", "-config", at("ca.conf")];
    await command("openssl", ["ca", ...quiet, ...signer, ...dates, ...what, "-out", at("certificate.pem")]);
    return { certificate: at("certificate.pem"), key: at("key.pem"), pem: readFileSync(at("certificate.pem"), "utf8") };
  }
}

function configuration(folder: string): string {
  const section = [
    "[ca]",
    "default_ca = any",
    "[any]",
    `database = ${join(folder, "index.txt")}`,
    `new_certs_dir = ${join(folder, "new")}`,
    `serial = ${join(folder, "serial")}`,
    "policy = anything",
    "preserve = yes",
    "unique_subject = no",
    "[anything]",
    "organizationName = optional",
    "commonName = optional",
  ];
  return `${section.join("\n")}\n`;
}

/** As openssl reads it. */
function moment(inDays: number): string {
  return new Date(Date.now() + inDays * 24 * 60 * 60 * 1000).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
}
