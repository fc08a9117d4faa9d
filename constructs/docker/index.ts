// Workspaces on Docker. Needs @cdktf/provider-docker.
export { DockerMount, type DockerMountOptions } from "./docker-mount";
export type { DockerContainerOptions, DockerNetwork } from "./docker-options";
export { DockerWorkspace, type DockerWorkspaceProps } from "./docker-workspace";
export { EnvbuilderContainer, type EnvbuilderContainerProps } from "./envbuilder-container";
