import {
  Container,
  type ContainerCapabilities,
  type ContainerConfig,
  type ContainerMounts,
} from "@cdktf/provider-docker/lib/container";
import type { Construct } from "constructs";
import { BUILD_CAPABILITIES } from "../envbuilder/build-capabilities";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import type { ContainerPlan } from "../envbuilder/container-plan";
import { DOCKER_CONFIG } from "../envbuilder/registry-contribution";
import type { FilePiece, MountSource } from "../envbuilder/planned-file";
import { ValidationError, shown } from "../errors";
import { warn } from "../terraform/annotation";
import { CarriedFile } from "../terraform/carried-file";
import { textExpression } from "../terraform/text-expression";
import { dockerWarnings, type DockerContainerOptions } from "./docker-options";
import type { DockerMount } from "./docker-mount";
import { validateBuildable } from "./buildable";

/** The `docker_container` of a plan. */
export function containerResource(
  scope: Construct,
  name: string,
  plan: ContainerPlan,
  options: DockerContainerOptions & Pick<EnvbuilderSettings, "registryAuth">,
  more: Partial<ContainerConfig> = {},
): Container {
  for (const warning of [...plan.warnings, ...dockerWarnings(options)]) warn(scope, warning);
  const mounts = options.mounts ?? [];
  const container = new Container(scope, "Resource", {
    name,
    image: plan.image,
    hostname: options.hostname,
    env: plan.env.map((variable) => `${variable.name}=${textExpression(variable.value)}`),
    upload: plan.files.map((file) => ({
      file: file.path,
      content: file.content.map((piece) => content(scope, piece)).join(""),
    })),
    volumes: mounts.filter((mount) => mount.type === "volume").map(volume),
    mounts: [
      ...plan.mounts.map(({ source, path: target }) => ({
        type: "bind",
        source: hostPath(source, target),
        target,
        readOnly: true,
      })),
      ...mounts.filter((mount) => mount.type !== "volume").map(mountBlock),
    ],
    host: Object.entries(plan.hosts).map(([host, ip]) => ({ host, ip })),
    networksAdvanced: (options.networks ?? []).map((network) => ({
      ...network,
      aliases: network.aliases && [...network.aliases],
    })),
    networkMode: options.networkMode,
    dns: options.dns && [...options.dns],
    dnsSearch: options.dnsSearch && [...options.dnsSearch],
    memory: options.memory?.toMebibytes(),
    cpus: options.cpus?.toString(),
    shmSize: options.sharedMemory?.toMebibytes(),
    runtime: options.runtime,
    gpus: options.gpus,
    capabilities: capabilities(options),
    privileged: options.privileged,
    restart: options.restart,
    labels: Object.entries(options.labels ?? {}).map(([label, value]) => ({ label, value })),
    ...more,
  });
  container.node.addValidation({ validate: () => validateBuildable(container) });
  return container;
}

function hostPath(source: MountSource, target: string): string {
  if (source.kind === "host") return source.path;
  if (target === DOCKER_CONFIG) {
    throw new ValidationError(
      "cluster-registry-auth-on-docker",
      `registryAuth is the Secret ${shown(source.name)} of a Kubernetes cluster, which a container on Docker cannot mount; use RegistryAuth.logins, RegistryAuth.fromConfig, or RegistryAuth.fromHostFile`,
    );
  }
  throw new ValidationError(
    "cluster-ca-on-docker",
    `ca is the ${source.kind === "secret" ? "Secret" : "ConfigMap"} ${shown(source.name)} of a Kubernetes cluster, which a container on Docker cannot mount; use CaBundle.fromFile, or CaBundle.fromHostFile`,
  );
}

function content(scope: Construct, piece: FilePiece): string {
  return piece.kind === "carried" ? CarriedFile.of(scope, piece.name, piece.text).content : textExpression(piece.text);
}

function volume(mount: DockerMount): { volumeName?: string; containerPath: string; readOnly?: boolean } {
  return { volumeName: mount.source, containerPath: mount.path, ...(mount.readOnly ? { readOnly: true } : {}) };
}

/** Unlike a volume block, which makes an empty directory of a source that is missing, this fails. */
function mountBlock(mount: DockerMount): ContainerMounts {
  return {
    type: mount.type,
    target: mount.path,
    source: mount.source,
    ...(mount.readOnly ? { readOnly: true } : {}),
    ...(mount.size ? { tmpfsOptions: { sizeBytes: mount.size.toMebibytes() * 1024 * 1024 } } : {}),
  };
}

function capabilities({ hardened, addCapabilities = [] }: DockerContainerOptions): ContainerCapabilities | undefined {
  if (hardened) return { drop: ["ALL"], add: spelledOut([...BUILD_CAPABILITIES, ...addCapabilities]) };
  return addCapabilities.length > 0 ? { add: spelledOut(addCapabilities) } : undefined;
}

/** As Docker reports them, so that no plan sees a difference. */
function spelledOut(names: readonly string[]): string[] {
  return [...new Set(names)].sort().map((name) => `CAP_${name}`);
}
