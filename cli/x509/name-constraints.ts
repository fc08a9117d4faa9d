import type { Der } from "./der";

/** The names that an authority may sign for. */
export interface NameConstraints {
  readonly permitted: NameRanges;
  readonly excluded: NameRanges;
  /** Whether it also limits kinds of names that Go does not know. */
  readonly hasOtherKinds: boolean;
}

interface NameRanges {
  readonly domains: readonly string[];
  readonly networks: readonly Network[];
}

interface Network {
  readonly address: Buffer;
  readonly mask: Buffer;
}

/** Domain, address, mail address and place, as RFC 5280 numbers them. */
const KNOWN_KINDS = [1, 2, 6, 7];

export function readNameConstraints(value: Der): NameConstraints {
  const trees = (tag: number) => value.children.find(({ contextTag }) => contextTag === tag)?.children ?? [];
  const bases = (tag: number) => trees(tag).flatMap(({ children: [base] }) => (base === undefined ? [] : [base]));
  const all = [...bases(0), ...bases(1)];
  return {
    permitted: ranges(bases(0)),
    excluded: ranges(bases(1)),
    hasOtherKinds: all.some(({ contextTag }) => !KNOWN_KINDS.includes(contextTag ?? -1)),
  };
}

function ranges(bases: readonly Der[]): NameRanges {
  const contents = (tag: number) => bases.filter(({ contextTag }) => contextTag === tag).map(({ content }) => content);
  return {
    domains: contents(2).map((content) => content.toString("latin1")),
    networks: contents(7).map((content) => ({
      address: content.subarray(0, content.length / 2),
      mask: content.subarray(content.length / 2),
    })),
  };
}

/** What Go says against a server's names, or nothing. */
export function constraintViolation(
  constraints: NameConstraints,
  dnsNames: readonly string[],
  ipAddresses: readonly string[],
): string | undefined {
  for (const address of ipAddresses) {
    const bytes = addressBytes(address);
    const within = (network: Network) => contains(network, bytes);
    const { permitted, excluded } = constraints;
    if (permitted.networks.length > 0 && !permitted.networks.some(within)) {
      return `IP address "${address}" is not permitted by any constraint`;
    }
    const hit = excluded.networks.find(within);
    if (hit !== undefined) return `IP address "${address}" is excluded by constraint "${shownNetwork(hit)}"`;
  }
  for (const name of dnsNames) {
    const { permitted, excluded } = constraints;
    if (permitted.domains.length > 0 && !permitted.domains.some((domain) => isWithin(domain, name))) {
      return `DNS name "${name}" is not permitted by any constraint`;
    }
    const hit = excluded.domains.find((domain) => isWithin(domain, name) || coversWildcard(domain, name));
    if (hit !== undefined) return `DNS name "${name}" is excluded by constraint "${hit}"`;
  }
  return undefined;
}

function isWithin(domain: string, name: string): boolean {
  const [suffix, whole] = [domain.toLowerCase(), name.toLowerCase()];
  if (suffix === "" || suffix === whole) return true;
  return suffix.startsWith(".") ? whole.endsWith(suffix) : whole.endsWith(`.${suffix}`);
}

/** `*.example.com` would also be good for `secret.example.com`. */
function coversWildcard(domain: string, name: string): boolean {
  const parent = domain.indexOf(".");
  return name.startsWith("*") && parent >= 0 && domain.slice(parent).toLowerCase() === name.slice(1).toLowerCase();
}

function contains({ address, mask }: Network, bytes: Buffer): boolean {
  return (
    address.length === bytes.length &&
    bytes.every((byte, index) => (byte & (mask[index] ?? 0)) === ((address[index] ?? 0) & (mask[index] ?? 0)))
  );
}

function shownNetwork({ address, mask }: Network): string {
  const bits = [...mask].map((byte) => byte.toString(2).replaceAll("0", "").length).reduce((sum, one) => sum + one, 0);
  const shown = address.length === 4 ? address.join(".") : new URL(`http://[${words(address)}]`).hostname.slice(1, -1);
  return `${shown}/${bits}`;
}

function words(address: Buffer): string {
  return (address.toString("hex").match(/.{4}/g) ?? []).join(":");
}

function addressBytes(address: string): Buffer {
  if (address.includes(".") && !address.includes(":")) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const middle = Array.from({ length: tail === undefined ? 0 : 8 - left.length - right.length }, () => "0");
  return Buffer.from([...left, ...middle, ...right].map((word) => word.padStart(4, "0")).join(""), "hex");
}
