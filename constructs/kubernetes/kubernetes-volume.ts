import { posix } from "node:path";
import { ValidationError, shown } from "../errors";
import { checkObjectKey, checkObjectName } from "../settings/kubernetes-name";
import type { Size } from "../settings/size";
import { hasReference } from "../settings/text";

/** How a volume is used. */
export interface KubernetesVolumeOptions {
  /**
   * Whether containers may only read it.
   *
   * @default false
   */
  readonly readOnly?: boolean;
}

/** An empty directory that lives as long as the pod. */
export interface EmptyDirOptions {
  /**
   * The most that may be in it.
   *
   * @default - what the node has, or the memory limit of the pod
   */
  readonly size?: Size;
  /**
   * Whether it is in memory, which then counts as the container's.
   *
   * @default false
   */
  readonly memory?: boolean;
}

/** The files of a ConfigMap or Secret. */
export interface ObjectVolumeOptions {
  /**
   * Entries that become files, each with its path below the mount.
   *
   * @default - all entries, by their names
   */
  readonly items?: { [key: string]: string };
}

/** A path of the node. */
export interface HostPathOptions extends KubernetesVolumeOptions {
  /**
   * What has to be there, or is made: `Directory`, `DirectoryOrCreate`, `File`, `FileOrCreate`, `Socket`, `CharDevice` or
   * `BlockDevice`.
   *
   * @default - whatever is there
   */
  readonly type?: string;
}

/** Where a volume has its content from. @internal */
export type VolumeSource =
  | { readonly kind: "empty-dir"; readonly size?: Size; readonly memory: boolean }
  | {
      readonly kind: "config-map" | "secret";
      readonly name: string;
      readonly items?: { readonly [key: string]: string };
    }
  | { readonly kind: "claim"; readonly name: string }
  | { readonly kind: "host-path"; readonly path: string; readonly type?: string };

const HOST_PATH_TYPES = [
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
  "CharDevice",
  "BlockDevice",
];

/** Something that is mounted into the containers of a pod. */
export class KubernetesVolume {
  /**
   * An empty directory, which lives as long as the pod.
   *
   * @param mountPath - absolute path in the container
   */
  public static emptyDir(mountPath: string, { size, memory = false }: EmptyDirOptions = {}): KubernetesVolume {
    return new KubernetesVolume({ kind: "empty-dir", size, memory }, mountPath, {});
  }

  /**
   * The files of a ConfigMap that is there already. Always read-only.
   *
   * @param mountPath - absolute path in the container
   * @throws when the name or an entry is none for Kubernetes
   */
  public static configMap(name: string, mountPath: string, { items }: ObjectVolumeOptions = {}): KubernetesVolume {
    return objectVolume("config-map", name, mountPath, items);
  }

  /**
   * The files of a Secret that is there already. Always read-only.
   *
   * @param mountPath - absolute path in the container
   * @throws when the name or an entry is none for Kubernetes
   */
  public static secret(name: string, mountPath: string, { items }: ObjectVolumeOptions = {}): KubernetesVolume {
    return objectVolume("secret", name, mountPath, items);
  }

  /**
   * A persistent volume, by the name of a claim that is there already. Workspaces share it only where its access mode lets
   * several nodes mount it.
   *
   * @param mountPath - absolute path in the container
   * @throws when the name is none for Kubernetes
   */
  public static claim(name: string, mountPath: string, options: KubernetesVolumeOptions = {}): KubernetesVolume {
    checkObjectName("volume claim", name);
    return new KubernetesVolume({ kind: "claim", name }, mountPath, options);
  }

  /**
   * A file or directory of the node. Many clusters refuse such pods.
   *
   * @param hostPath - absolute path on the node
   * @param mountPath - absolute path in the container
   * @throws when the node cannot have such a path
   */
  public static hostPath(hostPath: string, mountPath: string, options: HostPathOptions = {}): KubernetesVolume {
    checkHostPath(hostPath, options.type);
    return new KubernetesVolume({ kind: "host-path", path: hostPath, type: options.type }, mountPath, options);
  }

  /** @internal */
  public readonly source: VolumeSource;
  /** Absolute path in the container. @internal */
  public readonly path: string;
  /** @internal */
  public readonly readOnly: boolean;
  /** What of the volume is mounted, where that is not all of it. @internal */
  public readonly subPath: string | undefined;

  /** @internal */
  public constructor(
    source: VolumeSource,
    path: string,
    { readOnly = false }: KubernetesVolumeOptions,
    subPath?: string,
  ) {
    this.source = source;
    this.path = path;
    this.readOnly = readOnly;
    this.subPath = subPath;
  }

  /**
   * The same volume at another place, for another container of the pod.
   *
   * @param mountPath - absolute path in that container
   */
  public at(mountPath: string): KubernetesVolume {
    return new KubernetesVolume(this.source, mountPath, { readOnly: this.readOnly });
  }
}

function objectVolume(
  kind: "config-map" | "secret",
  name: string,
  mountPath: string,
  items: { readonly [key: string]: string } | undefined,
): KubernetesVolume {
  const at = `volume ${kind === "secret" ? "Secret" : "ConfigMap"}`;
  checkObjectName(at, name);
  for (const [key, file] of Object.entries(items ?? {})) {
    checkObjectKey(`${at} ${shown(name)} items`, key);
    if (hasReference(file) || isRelative(file)) continue;
    throw new ValidationError(
      "volume-item-malformed",
      `${at} ${shown(name)} items.${key} ${shown(file)} must be a relative path without ..; write it as "app/settings.json"`,
    );
  }
  return new KubernetesVolume({ kind, name, items: items && { ...items } }, mountPath, { readOnly: true });
}

function isRelative(file: string): boolean {
  return file !== "" && !posix.isAbsolute(file) && !file.split("/").includes("..");
}

function checkHostPath(value: string, type: string | undefined): void {
  if (!hasReference(value) && (!posix.isAbsolute(value) || value.split("/").includes("..") || value === "/")) {
    throw new ValidationError(
      "host-path-impossible",
      `volume host path ${shown(value)} must be an absolute path of the node below / and without .., which Kubernetes refuses; write it from the root`,
    );
  }
  const wantsFile = type !== undefined && /^(File|Socket|CharDevice|BlockDevice)/.test(type);
  if (type !== undefined && !hasReference(type) && !HOST_PATH_TYPES.includes(type)) {
    throw new ValidationError(
      "host-path-type-unknown",
      `volume host path type ${shown(type)} must be one of ${HOST_PATH_TYPES.join(", ")}; choose one of them`,
    );
  }
  if (wantsFile && value.endsWith("/")) {
    throw new ValidationError(
      "host-path-impossible",
      `volume host path ${shown(value)} ends like a directory, and type ${shown(type)} wants none; remove the slash or the type`,
    );
  }
}
