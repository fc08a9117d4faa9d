import { Token } from "cdktf";
import { ValidationError, shown } from "../errors";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { ipVersion } from "../settings/ip-address";
import type { Size } from "../settings/size";
import { hasReference } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { DockerMount } from "./docker-mount";

/** A network that a container is attached to. */
export interface DockerNetwork {
  /** The network's name. */
  readonly name: string;
  /**
   * Further names that the container has in it.
   *
   * @default - only the container's own
   */
  readonly aliases?: string[];
  /**
   * A fixed address in it.
   *
   * @default - Docker chooses one
   */
  readonly ipv4Address?: string;
}

/** What a container gets from Docker. */
export interface DockerContainerOptions {
  /**
   * The container's host name.
   *
   * @default - Docker's; a workspace's is its own name
   */
  readonly hostname?: string;
  /**
   * Networks that the container is attached to.
   *
   * @default - Docker's bridge
   */
  readonly networks?: DockerNetwork[];
  /**
   * Another mode of networking, such as `host`, `none` or `container:NAME`, instead of networks.
   *
   * @default - none
   */
  readonly networkMode?: string;
  /**
   * Addresses of name servers.
   *
   * @default - the Docker daemon's
   */
  readonly dns?: string[];
  /**
   * Domains that short names are looked up in.
   *
   * @default - the Docker daemon's
   */
  readonly dnsSearch?: string[];
  /**
   * What is mounted. Read-only mounts are added to the paths that Envbuilder leaves alone, because moving them out of the
   * way takes a privilege.
   *
   * @default - nothing; a workspace has a volume of its own
   */
  readonly mounts?: DockerMount[];
  /**
   * The most memory that the container may use.
   *
   * @default - no limit
   */
  readonly memory?: Size;
  /**
   * How many CPUs the container may use, fractions included.
   *
   * @default - no limit
   */
  readonly cpus?: number;
  /**
   * The size of /dev/shm.
   *
   * @default - Docker's, 64 MiB
   */
  readonly sharedMemory?: Size;
  /**
   * The container runtime, such as `sysbox-runc`.
   *
   * @default - the Docker daemon's
   */
  readonly runtime?: string;
  /**
   * GPUs of the host: `all`, a number, or `device=…`.
   *
   * @default - none
   */
  readonly gpus?: string;
  /**
   * Whether all capabilities are dropped but the five that a build needs: CHOWN, DAC_OVERRIDE, FOWNER, SETGID, SETUID.
   * The workspace then can do less, too: no ping, no low ports.
   *
   * @default false
   */
  readonly hardened?: boolean;
  /**
   * Capabilities beyond Docker's usual ones, or beyond the five of `hardened`, without `CAP_`. `SYS_ADMIN` lets Envbuilder
   * move read-only mounts, and the workspace everything.
   *
   * @default - none
   */
  readonly addCapabilities?: string[];
  /**
   * Whether the container may do all that the host may. Envbuilder never needs it.
   *
   * @default false
   */
  readonly privileged?: boolean;
  /**
   * When Docker starts the container again by itself: `no`, `on-failure`, `always` or `unless-stopped`. Each start builds
   * again unless Envbuilder finds the image in a cache.
   *
   * @default - Docker's, `no`
   */
  readonly restart?: string;
  /**
   * Whether a container that Docker starts again is left as it was built (`ENVBUILDER_SKIP_REBUILD`), instead of being built
   * again. Envbuilder still asks the registry for the base image. A new container, as after each stop, is built in any case.
   *
   * @default false
   */
  readonly skipRebuild?: boolean;
  /**
   * Labels of the container.
   *
   * @default - none; a workspace's says whose it is
   */
  readonly labels?: { [name: string]: string };
}

/** Whether a container has no network of its own, and so neither host name nor hosts. */
export function sharesNetwork({ networkMode }: DockerContainerOptions): boolean {
  return networkMode?.startsWith("container:") ?? false;
}

/** Whether neither the host nor another container listens on the container's loopback, as far as it is known. */
export function hasOwnNetwork(options: DockerContainerOptions): boolean {
  const { networkMode = "" } = options;
  return networkMode !== "host" && !sharesNetwork(options) && !hasReference(networkMode);
}

/** What is allowed of options and probably not meant. */
export function dockerWarnings({
  restart,
  registryAuth,
}: DockerContainerOptions & Pick<EnvbuilderSettings, "registryAuth">): Warning[] {
  if (restart === undefined || restart === "no" || !registryAuth) return [];
  return [
    {
      id: "restart-after-killed-build",
      message: `restart ${shown(restart)} starts a container again that was killed while it built, as when the host goes down, and with registryAuth Envbuilder then ends each time, because its own copy of the credentials is there already; leave restart out, and start the workspace anew`,
    },
  ];
}

/** @throws when Docker would refuse an option or one contradicts another */
export function checkDockerOptions(options: DockerContainerOptions & Pick<EnvbuilderSettings, "hosts">): void {
  const { cpus, restart, addCapabilities = [], hardened, privileged } = options;
  checkNetworking(options);
  if (cpus !== undefined && !Token.isUnresolved(cpus) && !(cpus > 0 && Number.isFinite(cpus))) {
    throw new ValidationError("cpus-malformed", `cpus ${cpus} must be more than 0; write half a CPU as 0.5`);
  }
  if (
    restart !== undefined &&
    !hasReference(restart) &&
    !["no", "on-failure", "always", "unless-stopped"].includes(restart)
  ) {
    throw new ValidationError(
      "restart-policy-unknown",
      `restart ${shown(restart)} must be one of no, on-failure, always, unless-stopped; choose one of them`,
    );
  }
  const malformed = addCapabilities.find((name) => !/^(?!CAP_)[A-Z_]+$/.test(name));
  if (malformed !== undefined) {
    throw new ValidationError(
      "capability-malformed",
      `addCapabilities has ${shown(malformed)}; write capabilities in capitals and without CAP_, such as "SYS_PTRACE"`,
    );
  }
  if (hardened && privileged) {
    throw new ValidationError(
      "hardened-and-privileged",
      "hardened takes capabilities away and privileged gives all; leave one of them out",
    );
  }
}

function checkNetworking(options: Parameters<typeof checkDockerOptions>[0]): void {
  const { networks = [], networkMode, hostname, dns = [], hosts = {} } = options;
  if (networkMode !== undefined && networks.length > 0) {
    throw new ValidationError(
      "network-mode-and-networks",
      `networkMode ${shown(networkMode)} and networks exclude each other in Docker; leave one of them out`,
    );
  }
  const name = dns.findIndex((address) => ipVersion(address) === 0 && !hasReference(address));
  if (name >= 0) {
    throw new ValidationError(
      "dns-malformed",
      `dns[${name}] ${shown(dns[name])} must be an IP address, because nobody could look its name up; write that`,
    );
  }
  if (sharesNetwork(options) && (hostname !== undefined || dns.length > 0 || Object.keys(hosts).length > 0)) {
    throw new ValidationError(
      "network-of-another-container",
      `networkMode ${shown(networkMode)} takes host name, name servers and hosts from that container; leave out hostname, dns and hosts`,
    );
  }
}
