import type {
  DeploymentV1SpecTemplateSpecContainerVolumeMount,
  DeploymentV1SpecTemplateSpecVolume,
} from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { KubernetesVolume, VolumeSource } from "./kubernetes-volume";

/** The volumes of a pod while it is put together: what several containers mount is in it once. */
export class PodVolumes {
  private readonly volumes = new Map<VolumeSource, string>();
  private extra = 0;

  /** What a container mounts. */
  public mountOf(
    { source, path, readOnly, subPath }: KubernetesVolume,
    name?: string,
  ): DeploymentV1SpecTemplateSpecContainerVolumeMount {
    const known = this.volumes.get(source) ?? name ?? `volume-${++this.extra}`;
    this.volumes.set(source, known);
    return { name: known, mountPath: path, subPath, ...(readOnly ? { readOnly } : {}) };
  }

  /** All that containers mount. */
  public blocks(): DeploymentV1SpecTemplateSpecVolume[] {
    return [...this.volumes].map(([source, name]) => ({ name, ...volumeBlock(source) }));
  }
}

function volumeBlock(source: VolumeSource): Omit<DeploymentV1SpecTemplateSpecVolume, "name"> {
  switch (source.kind) {
    case "empty-dir":
      return {
        emptyDir: {
          ...(source.memory ? { medium: "Memory" } : {}),
          ...(source.size ? { sizeLimit: source.size.toQuantity() } : {}),
        },
      };
    case "config-map":
      return { configMap: { name: source.name, ...items(source.items) } };
    case "secret":
      return { secret: { secretName: source.name, ...items(source.items) } };
    case "claim":
      return { persistentVolumeClaim: { claimName: source.name } };
    default:
      return { hostPath: { path: source.path, type: source.type } };
  }
}

function items(entries: { readonly [key: string]: string } | undefined): { items?: { key: string; path: string }[] } {
  return entries === undefined ? {} : { items: Object.entries(entries).map(([key, path]) => ({ key, path })) };
}
