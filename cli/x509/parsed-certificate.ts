import { X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { type CertificateExtensions, readExtensions } from "./certificate-extensions";
import { Der } from "./der";
import { type SignatureAlgorithm, signatureAlgorithm } from "./signature-algorithm";

/** A certificate, with all that Go judges it by. Node's own class does not tell how it is signed, before version 24. */
export class ParsedCertificate {
  /** As the certificate names its owner, byte for byte: names are compared so. */
  public readonly rawSubject: string;
  public readonly rawIssuer: string;
  public readonly rawSubjectAltName: string;
  public readonly version: number;
  public readonly hasNegativeSerialNumber: boolean;
  public readonly signature: SignatureAlgorithm;
  public readonly extensions: CertificateExtensions;
  public readonly commonName: string;
  public readonly organization: string;
  public readonly notBefore: Date;
  public readonly notAfter: Date;

  /** @throws when it does not parse */
  public constructor(public readonly x509: X509Certificate) {
    const [content, algorithm] = Der.read(x509.raw).children;
    const fields = [...(content?.children ?? [])];
    const version = fields[0]?.contextTag === 0 ? fields.shift() : undefined;
    const [serial, , issuer, , subject, ...rest] = fields;
    const [oid, parameters] = algorithm?.children ?? [];
    if (serial === undefined || issuer === undefined || subject === undefined || oid === undefined) {
      throw new Error("malformed certificate");
    }
    this.version = (version?.children[0]?.number ?? 0) + 1;
    this.hasNegativeSerialNumber = ((serial.content[0] ?? 0) & 0x80) !== 0;
    this.rawSubject = subject.raw.toString("latin1");
    this.rawIssuer = issuer.raw.toString("latin1");
    const hash = parameters?.children.find(({ contextTag }) => contextTag === 0)?.children[0]?.children[0]?.text;
    this.signature = signatureAlgorithm(oid.text, hash);
    const list = rest.find(({ contextTag }) => contextTag === 3)?.children[0];
    this.extensions = readExtensions(list, (bytes) => Der.read(bytes));
    this.rawSubjectAltName =
      list?.children.find(({ children: [id] }) => id?.text === "2.5.29.17")?.raw.toString("latin1") ?? "";
    this.commonName = attribute(subject, "2.5.4.3").at(-1) ?? "";
    this.organization = attribute(subject, "2.5.4.10")[0] ?? "";
    this.notBefore = new Date(x509.validFrom);
    this.notAfter = new Date(x509.validTo);
    if (Number.isNaN(this.notBefore.getTime()) || Number.isNaN(this.notAfter.getTime())) {
      throw new Error("malformed validity");
    }
  }

  /** @throws when it does not parse */
  public static fromDer(der: Buffer): ParsedCertificate {
    return new ParsedCertificate(new X509Certificate(der));
  }

  /** Undefined where Node does not know the kind of key. */
  public get key(): KeyObject | undefined {
    try {
      return this.x509.publicKey;
    } catch {
      return undefined;
    }
  }

  public get isSelfIssued(): boolean {
    return this.rawSubject === this.rawIssuer;
  }

  public equals(other: ParsedCertificate): boolean {
    return this.x509.fingerprint256 === other.x509.fingerprint256;
  }
}

function attribute(name: Der, oid: string): string[] {
  return name.children
    .flatMap(({ children }) => children)
    .filter(({ children: [type] }) => type?.text === oid)
    .map(({ children: [, value] }) => value?.text ?? "");
}
