import { isIPv4 } from "node:net";
import type { Der } from "./der";
import { type NameConstraints, readNameConstraints } from "./name-constraints";

/** What the extensions of a certificate say, as far as Go heeds them. */
export interface CertificateExtensions {
  readonly hasSubjectAltName: boolean;
  readonly dnsNames: readonly string[];
  /** As Go writes them. */
  readonly ipAddresses: readonly string[];
  /** Whether it may sign certificates; undefined without the extension. */
  readonly isAuthority: boolean | undefined;
  /** How many others may stand between this one and the server's. @default - any number */
  readonly maxPathLength: number | undefined;
  /** Whether the key may sign certificates; undefined without the extension. */
  readonly mayCertify: boolean | undefined;
  /** Object identifiers; empty without the extension, which allows all. */
  readonly extendedKeyUsages: readonly string[];
  readonly subjectKeyId: Buffer | undefined;
  readonly authorityKeyId: Buffer | undefined;
  readonly nameConstraints: NameConstraints | undefined;
  /** Where the signer's certificate is to be had. */
  readonly issuerUrls: readonly string[];
  /** Whether it demands what Go does not know. */
  readonly hasUnknownDemand: boolean;
}

type Mutable = { -readonly [name in keyof CertificateExtensions]: CertificateExtensions[name] };

/** Object identifiers that Go knows, beside those that are read below. */
const KNOWN: ReadonlySet<string> = new Set([
  "2.5.29.31", // CRL distribution points
  "2.5.29.32", // certificate policies
  "2.5.29.33", // policy mappings
  "2.5.29.36", // policy constraints
  "2.5.29.54", // inhibit any policy
]);
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";

/** @param list - the sequence of the extensions, where there is one */
export function readExtensions(list: Der | undefined, read: (bytes: Uint8Array) => Der): CertificateExtensions {
  const out: Mutable = {
    hasSubjectAltName: false,
    dnsNames: [],
    ipAddresses: [],
    isAuthority: undefined,
    maxPathLength: undefined,
    mayCertify: undefined,
    extendedKeyUsages: [],
    subjectKeyId: undefined,
    authorityKeyId: undefined,
    nameConstraints: undefined,
    issuerUrls: [],
    hasUnknownDemand: false,
  };
  for (const extension of list?.children ?? []) {
    const [id, ...rest] = extension.children;
    const value = rest.at(-1);
    if (id === undefined || value === undefined) continue;
    const isKnown = readExtension(out, id.text, read(value.content));
    if (!isKnown && rest.length === 2 && rest[0]?.flag === true) out.hasUnknownDemand = true;
  }
  return out;
}

function readExtension(out: Mutable, id: string, value: Der): boolean {
  switch (id) {
    case "2.5.29.14":
      out.subjectKeyId = value.content;
      return true;
    case "2.5.29.15":
      // Bit 5 of a string of bits, whose first byte counts those that are unused.
      out.mayCertify = ((value.content[1] ?? 0) & 0x04) !== 0;
      return true;
    case "2.5.29.17":
      readNames(out, value);
      // Of a name that is neither, and marked critical, Go says that it cannot judge it.
      return value.children.some(({ contextTag }) => [1, 2, 6, 7].includes(contextTag ?? -1));
    case "2.5.29.19": {
      const [first, second] = value.children;
      out.isAuthority = first?.tag === 1 && first.flag;
      out.maxPathLength = (first?.tag === 2 ? first : second)?.number;
      return true;
    }
    case "2.5.29.30":
      out.nameConstraints = readNameConstraints(value);
      return !out.nameConstraints.hasOtherKinds;
    case "2.5.29.35":
      out.authorityKeyId = value.children.find(({ contextTag }) => contextTag === 0)?.content;
      return true;
    case "2.5.29.37":
      out.extendedKeyUsages = value.children.map(({ text }) => text);
      return true;
    case "1.3.6.1.5.5.7.1.1":
      out.issuerUrls = value.children
        .filter(({ children: [method] }) => method?.text === CA_ISSUERS)
        .map(({ children: [, place] }) => place?.content.toString("latin1") ?? "");
      return true;
    default:
      return KNOWN.has(id);
  }
}

function readNames(out: Mutable, value: Der): void {
  out.hasSubjectAltName = true;
  const of = (tag: number) =>
    value.children.filter(({ contextTag }) => contextTag === tag).map(({ content }) => content);
  out.dnsNames = of(2).map((name) => name.toString("latin1"));
  out.ipAddresses = of(7).map(shownAddress);
}

/** An address as Go writes it. */
export function shownAddress(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join(".");
  const words = bytes.toString("hex").match(/.{4}/g) ?? [];
  if (bytes.length !== 16) return bytes.toString("hex");
  const url = `http://[${words.join(":")}]`;
  const short = new URL(url).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short);
  return mapped ? [...bytes.subarray(12)].join(".") : short;
}

/** A literal address in the same form, or undefined for a name. */
export function plainAddress(host: string): string | undefined {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  if (isIPv4(bare)) return bare;
  if (!bare.includes(":") || !URL.canParse(`http://[${bare}]`)) return undefined;
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short);
  if (!mapped) return short;
  const number = Number.parseInt(mapped[1] ?? "", 16) * 65_536 + Number.parseInt(mapped[2] ?? "", 16);
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 0xff).join(".");
}
