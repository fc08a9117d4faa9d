import { runNumber } from "./state";

/** One Docker network without a way out of this machine; `gateway` is the machine's own address on it. */
export interface NetworkSettings {
  readonly name: string;
  /** The network device; Linux takes no more than 15 characters. */
  readonly bridge: string;
  readonly subnet: string;
  readonly gateway: string;
}

/** Every address, port and name of the lab. Each run at work on this machine has a number, and with it its own. */
class Settings {
  /** The ports that names carry inside of the lab. */
  public readonly ports = { dns: 53, git: 443, registry: 5000, privateRegistry: 5001, proxy: 8080, coder: 3900 };

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

  public get images(): { readonly envbuilder: string; readonly base: string; readonly debian: string } {
    return {
      // As upstream tags it, because that is what templates name unless told otherwise.
      envbuilder: "ghcr.io/coder/envbuilder:1.3.0",
      base: `${this.prefix}/base:latest`,
      debian: `${this.prefix}/debian:latest`,
    };
  }
}

export const settings = new Settings();

// 198.18.0.0/15 is set aside for tests of network equipment (RFC 2544), so that it is in nobody's way.
function network(prefix: string, name: string, third: number): NetworkSettings {
  const bridge = prefix + name.slice(0, 1);
  return { name: `${prefix}-${name}`, bridge, subnet: `198.18.${third}.0/24`, gateway: `198.18.${third}.1` };
}
