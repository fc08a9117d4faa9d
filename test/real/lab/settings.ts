/**
 * Every address, port and name of the lab. Checkouts that test at the same time on one machine give each run a number of
 * its own, `LAB_INSTANCE=1` to 9.
 */
const instance = Number(process.env["LAB_INSTANCE"] ?? "0");
if (!Number.isInteger(instance) || instance < 0 || instance > 9) {
  throw new Error(`LAB_INSTANCE must be 0 to 9, got ${JSON.stringify(process.env["LAB_INSTANCE"])}`);
}

/** One Docker network without a way out of this machine; `gateway` is the machine's own address on it. */
interface NetworkSettings {
  readonly name: string;
  readonly subnet: string;
  readonly gateway: string;
}

// 198.18.0.0/15 is set aside for tests of network equipment (RFC 2544), so that it is in nobody's way.
function network(name: string, third: number): NetworkSettings {
  return { name: `${prefix}-${name}`, subnet: `198.18.${third}.0/24`, gateway: `198.18.${third}.1` };
}

const prefix = `real-lab-${instance}`;

export const settings = {
  /** Of the names of all Docker objects; their label, too. */
  prefix,
  /** Where workspaces live: nothing is to be reached but the proxies, the `-direct` names and Coder. */
  isolated: network("isolated", 2 * instance),
  /** The world before the proxy came: git.test and registry.test are to be reached directly. */
  open: network("open", 2 * instance + 1),
  /** On loopback, because a Docker daemon takes any certificate from there: the tests push to it without further ado. */
  registryPort: 15_000 + instance,
  /** The ports that names carry inside of the lab. */
  ports: { dns: 53, git: 443, registry: 5000, privateRegistry: 5001, proxy: 8080, coder: 3900 },
  images: {
    /** As upstream tags it: what templates name unless told otherwise. */
    envbuilder: "ghcr.io/coder/envbuilder:1.3.0",
    base: `${prefix}/base:latest`,
  },
} as const;
