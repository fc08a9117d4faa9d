// Templates: what Coder takes.
export { CoderTemplate, type CoderTemplateProps } from "./coder/template";
export type { TemplateVariableProps } from "./coder/template-variable";
export { WorkspaceAgent, type AgentAppProps, type WorkspaceAgentProps } from "./coder/agent";
export { STANDARD_METADATA, type AgentMetadataItem } from "./coder/agent-metadata";
export { CoderData } from "./coder/coder-data";

// Settings: what a workspace is told.
export type { EnvbuilderSettings } from "./envbuilder/envbuilder-settings";
export { BuildHelp, type BuildHelpProps } from "./envbuilder/build-help";
export { Distribution } from "./envbuilder/distribution";
export type { BuilderSettings } from "./envbuilder/builder-settings";
export type { CoderAgentAccess, StandaloneSettings } from "./envbuilder/standalone-settings";
export { DEFAULT_BUILDER_IMAGE } from "./envbuilder/options";
export {
  CaBundle,
  CaDelivery,
  type CaBundleOptions,
  type CarriedCaBundleOptions,
  type ICaVariable,
} from "./settings/ca-bundle";
export {
  GitCredentials,
  type ExternalAuthOptions,
  type GitPasswordProps,
  type GitTokenOptions,
  type SshKeyOptions,
} from "./settings/git-credentials";
export { GitHost } from "./settings/git-host";
export { KnownHosts } from "./settings/known-hosts";
export { ImageCache, type ImageCacheOptions, type LayerCacheOptions } from "./settings/image-cache";
export { Proxy, type ContainerWideProxyProps, type GitOnlyProxyProps, type ProxyCredentials } from "./settings/proxy";
export { RegistryAuth, type DockerConfigOptions, type RegistryLogin } from "./settings/registry-auth";
export {
  Repository,
  type RepositoryChoiceProps,
  type RepositoryOption,
  type RepositoryOptions,
} from "./settings/repository";
export { Secret, type ISecretVariable } from "./settings/secret";
export type { AmountChoiceProps } from "./settings/amount-choice";
export { Cpu } from "./settings/cpu";
export { Size } from "./settings/size";
export { SetupScript } from "./settings/setup-script";
export { TrustingProgram, WorkspaceTrust } from "./settings/workspace-trust";

export { Errors } from "./errors";
