import { type KeyObject, generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** What a certificate says. */
export interface CertificateProps {
  /** @default "Corporate Root CA" */
  readonly commonName?: string;
  /** Names of servers. @default - it has no subjectAltName */
  readonly hosts?: readonly string[];
  /** @default true */
  readonly isAuthority?: boolean;
  /** From today on. @default -1 */
  readonly beginsInDays?: number;
  /** From today on. @default 3650 */
  readonly endsInDays?: number;
  /** @default "ec", which takes a hundredth of the time */
  readonly keyType?: "ec" | "rsa";
  /** Whose key signs it, of the kind "ec". @default - its own */
  readonly issuer?: Certificate;
}

/** A certificate, made without any program but Node. */
export class Certificate {
  public readonly der: Buffer;
  public readonly pem: string;
  public readonly keyPem: string;
  private readonly commonName: string;
  private readonly privateKey: KeyObject;

  public constructor(props: CertificateProps = {}) {
    const { publicKey, privateKey } =
      props.keyType === "rsa"
        ? generateKeyPairSync("rsa", { modulusLength: 2048 })
        : generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.privateKey = privateKey;
    this.commonName = props.commonName ?? "Corporate Root CA";
    const { issuer = this } = props;
    this.der = signed(props, publicKey, this.commonName, issuer.commonName, issuer.privateKey);
    this.pem = pem("CERTIFICATE", this.der);
    this.keyPem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }
}

/** DER as PEM, under whatever name. */
export function pem(label: string, content: Buffer): string {
  const lines = content.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}

/** The day so many days from now, as messages write it. */
export function dayFromNow(days: number): string {
  return fromNow(days).toISOString().slice(0, 10);
}

function fromNow(days: number): Date {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000);
}

// RFC 5280, as far as it is needed here.

function signed(
  props: CertificateProps,
  publicKey: KeyObject,
  commonName: string,
  issuerName: string,
  issuerKey: KeyObject,
): Buffer {
  const { hosts = [], isAuthority = true } = props;
  const algorithm =
    props.keyType === "rsa" ? sequence(oid("2a864886f70d01010b"), der(0x05)) : sequence(oid("2a8648ce3d040302"));
  const name = (text: string) => sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(text)))));
  const extensions = [
    sequence(oid("551d13"), der(0x01, Buffer.from([0xff])), der(0x04, basicConstraints(isAuthority))),
    ...(hosts.length === 0 ? [] : [sequence(oid("551d11"), der(0x04, sequence(...hosts.map(dnsName))))]),
  ];
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    name(issuerName),
    sequence(time(fromNow(props.beginsInDays ?? -1)), time(fromNow(props.endsInDays ?? 3650))),
    name(commonName),
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  return sequence(content, algorithm, der(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", content, issuerKey)])));
}

function basicConstraints(isAuthority: boolean): Buffer {
  return isAuthority ? sequence(der(0x01, Buffer.from([0xff]))) : sequence();
}

function dnsName(host: string): Buffer {
  return der(0x82, Buffer.from(host));
}

function time(date: Date): Buffer {
  return der(0x18, Buffer.from(date.toISOString().replaceAll(/[-:T]|\.\d+/g, "")));
}

function oid(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, "hex"));
}

function sequence(...parts: Buffer[]): Buffer {
  return der(0x30, ...parts);
}

function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
