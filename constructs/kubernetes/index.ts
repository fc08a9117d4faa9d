// Workspaces on Kubernetes. Needs @cdktf/provider-kubernetes.
export type { ContainerResources } from "./container-resources";
export type { ContainerSecurity } from "./container-security";
export { EnvbuilderDeployment, type EnvbuilderDeploymentProps } from "./envbuilder-deployment";
export type { ExtraContainer } from "./extra-container";
export {
  KubernetesVolume,
  type EmptyDirOptions,
  type HostPathOptions,
  type KubernetesVolumeOptions,
  type ObjectVolumeOptions,
} from "./kubernetes-volume";
export { KubernetesWorkspace } from "./kubernetes-workspace";
export { NodeRequirement } from "./node-requirement";
export type { KubernetesPodOptions } from "./pod-options";
export type { PodPlacement, Toleration } from "./pod-placement";
export type { KubernetesWorkspaceProps } from "./workspace-options";
