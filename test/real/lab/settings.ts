import { runNumber } from "./state";

/** One Docker network without a way out of this machine; `gateway` is the machine's own address on it. */
export interface NetworkSettings {
  readonly name: string;
  /** The network device; Linux takes no more than 15 characters. */
  readonly bridge: string;
  readonly subnet: string;
  readonly gateway: string;
  /** The half of the addresses that Docker gives to containers; the other is for the pods of the cluster. */
  readonly containers: string;
  readonly pods: { readonly first: string; readonly last: string };
}

/** Every address, port and name of the lab. Each run at work on this machine has a number, and with it its own. */
class Settings {
  /** The ports that names carry inside of the lab. */
  public readonly ports = {
    dns: 53,
    ssh: 2222,
    git: 443,
    registry: 5000,
    privateRegistry: 5001,
    otherRegistry: 5002,
    proxy: 8080,
    coder: 3900,
  };

  /** Of the names of all Docker objects; their label, too. */
  public get prefix(): string {
    return `real-lab-${runNumber()}`;
  }

  /** Where workspaces live: nothing is to be reached but the proxies, the `-direct` names and Coder. */
  public get isolated(): NetworkSettings {
    return network(this.prefix, "isolated", 2 * runNumber());
  }

  /** The world before the proxy came: git.test and registry.test are to be reached directly. */
  public get open(): NetworkSettings {
    return network(this.prefix, "open", 2 * runNumber() + 1);
  }

  /** On loopback, because a Docker daemon takes any certificate from there: the tests push to it without further ado. */
  public get registryPort(): number {
    return 15_000 + runNumber();
  }

  public get privateRegistryPort(): number {
    return this.registryPort + 100;
  }

  public get otherRegistryPort(): number {
    return this.registryPort + 500;
  }

  /** Of the accounts at git.test, on loopback: Coder asks for their tokens. */
  public get accountsPort(): number {
    return 15_600 + runNumber();
  }

  /** Of the cluster's programs, on loopback: pods have no business with them. */
  public get clusterPorts(): { readonly api: number; readonly etcd: number; readonly etcdPeers: number } {
    return { api: 15_200 + runNumber(), etcd: 15_300 + runNumber(), etcdPeers: 15_400 + runNumber() };
  }

  public get images(): Readonly<Record<"envbuilder" | "base" | "debian" | "java" | "pause", string>> {
    return {
      // As upstream tags it, because that is what templates name unless told otherwise.
      envbuilder: "ghcr.io/coder/envbuilder:1.3.0",
      base: `${this.prefix}/base:latest`,
      debian: `${this.prefix}/debian:latest`,
      java: `${this.prefix}/debian-java:latest`,
      // Kubernetes takes a name without a host for one of Docker's own registry.
      pause: "lab.test/pause:1",
    };
  }
}

export const settings = new Settings();

// 198.18.0.0/15 is set aside for tests of network equipment (RFC 2544), so that it is in nobody's way.
function network(prefix: string, name: string, third: number): NetworkSettings {
  const bridge = prefix + name.slice(0, 1);
  const at = (last: string) => `198.18.${third}.${last}`;
  const pods = { first: at("128"), last: at("254") };
  return { name: `${prefix}-${name}`, bridge, subnet: at("0/24"), gateway: at("1"), containers: at("0/25"), pods };
}
