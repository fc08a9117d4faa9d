/** How Envbuilder parses an option's value. @internal */
export type OptionType = "string" | "bool" | "int" | "string-array";

/** One setting that Envbuilder reads from its environment. @internal */
export interface EnvbuilderOption {
  /** The environment variable. */
  readonly name: string;
  readonly type: OptionType;
  /** What Envbuilder assumes without it, where that is a value of its own. */
  readonly default?: string;
  /** Whether the value always is a credential, or may be or hold one. */
  readonly credential?: "always" | "perhaps";
  /** The first version that has it, where that is later than 1.0. */
  readonly since?: string;
  /** The prop of this library that sets it, as messages name it. */
  readonly prop: string;
  /** The attribute of `envbuilder_cached_image` 1.0.0 that carries it, where there is one. */
  readonly attribute?: string;
  /** Whether the attribute decides which image is found: by what is built, or by how Git and the registries are asked. */
  readonly probed?: boolean;
}

const option = (name: string, type: OptionType, rest: Omit<EnvbuilderOption, "name" | "type">): EnvbuilderOption => ({
  name: name.startsWith("CODER_") ? name : `ENVBUILDER_${name}`,
  type,
  ...rest,
});

/** The version of Envbuilder that the table describes and that templates run by default. @internal */
export const ENVBUILDER_VERSION = "1.3.0";

/** The image that templates run by default: of a version whose options are known, never `latest`. */
export const DEFAULT_BUILDER_IMAGE = `ghcr.io/coder/envbuilder:${ENVBUILDER_VERSION}`;

const AGENT = "coderAgent, or by the agent of a workspace";

/**
 * All options of Envbuilder 1.3.0, in the order of its source. An empty value counts as unset for each of them.
 *
 * @internal
 */
export const ENVBUILDER_OPTIONS: readonly EnvbuilderOption[] = [
  option("SETUP_SCRIPT", "string", { credential: "perhaps", prop: "setupScript" }),
  option("INIT_SCRIPT", "string", {
    default: "sleep infinity",
    credential: "perhaps",
    prop: "initScript, or by the agent of a workspace",
  }),
  option("INIT_COMMAND", "string", { default: "/bin/sh", prop: "initCommand" }),
  option("INIT_ARGS", "string", { credential: "perhaps", prop: "initArguments, of containers without an agent" }),
  option("CACHE_REPO", "string", { prop: "cache", attribute: "cache_repo", probed: true }),
  option("BASE_IMAGE_CACHE_DIR", "string", { prop: "cache.baseImageDirectory", attribute: "base_image_cache_dir" }),
  option("LAYER_CACHE_DIR", "string", { prop: "cache" }),
  option("DEVCONTAINER_DIR", "string", {
    prop: "repository.devcontainerDirectory",
    attribute: "devcontainer_dir",
    probed: true,
  }),
  option("DEVCONTAINER_JSON_PATH", "string", {
    prop: "repository.devcontainerFile",
    attribute: "devcontainer_json_path",
    probed: true,
  }),
  option("DOCKERFILE_PATH", "string", { prop: "repository.dockerfile", attribute: "dockerfile_path", probed: true }),
  option("BUILD_CONTEXT_PATH", "string", {
    prop: "repository.buildContext",
    attribute: "build_context_path",
    probed: true,
  }),
  option("CACHE_TTL_DAYS", "int", { prop: "cache.ttlDays", attribute: "cache_ttl_days", probed: true }),
  option("DOCKER_CONFIG_BASE64", "string", {
    credential: "always",
    prop: "registryAuth",
    attribute: "docker_config_base64",
    probed: true,
  }),
  option("FALLBACK_IMAGE", "string", { prop: "fallbackImage", attribute: "fallback_image", probed: true }),
  option("EXIT_ON_BUILD_FAILURE", "bool", { prop: "exitOnBuildFailure", attribute: "exit_on_build_failure" }),
  option("EXIT_ON_PUSH_FAILURE", "bool", { since: "1.1.0", prop: "cache.exitOnPushFailure" }),
  option("FORCE_SAFE", "bool", { prop: "forceSafe" }),
  option("INSECURE", "bool", { prop: "insecure", attribute: "insecure", probed: true }),
  option("IGNORE_PATHS", "string-array", {
    default: "/var/run,/product_uuid,/product_name",
    prop: "extraIgnorePaths",
    attribute: "ignore_paths",
  }),
  option("BUILD_SECRETS", "string-array", { credential: "always", since: "1.1.0", prop: "buildSecrets" }),
  option("SKIP_REBUILD", "bool", { prop: "skipRebuild of a container on Docker" }),
  option("GIT_URL", "string", { credential: "perhaps", prop: "repository", attribute: "git_url", probed: true }),
  option("GIT_CLONE_DEPTH", "int", { prop: "repository.cloneDepth", attribute: "git_clone_depth" }),
  option("GIT_CLONE_SINGLE_BRANCH", "bool", {
    prop: "repository.singleBranch",
    attribute: "git_clone_single_branch",
    probed: true,
  }),
  option("GIT_CLONE_THINPACK", "bool", { default: "true", since: "1.2.0", prop: "repository.thinPack" }),
  option("GIT_USERNAME", "string", {
    credential: "perhaps",
    prop: "gitCredentials",
    attribute: "git_username",
    probed: true,
  }),
  option("GIT_PASSWORD", "string", {
    credential: "always",
    prop: "gitCredentials",
    attribute: "git_password",
    probed: true,
  }),
  option("GIT_SSH_PRIVATE_KEY_PATH", "string", {
    prop: "gitCredentials",
    attribute: "git_ssh_private_key_path",
    probed: true,
  }),
  option("GIT_SSH_PRIVATE_KEY_BASE64", "string", { credential: "always", since: "1.1.0", prop: "gitCredentials" }),
  option("GIT_HTTP_PROXY_URL", "string", { credential: "perhaps", prop: "proxy", attribute: "git_http_proxy_url" }),
  option("WORKSPACE_BASE_DIR", "string", { default: "/workspaces", since: "1.1.0", prop: "workspaceBaseDirectory" }),
  option("WORKSPACE_FOLDER", "string", { prop: "workspaceFolder", attribute: "workspace_folder" }),
  option("SSL_CERT_BASE64", "string", { prop: "ca", attribute: "ssl_cert_base64" }),
  option("EXPORT_ENV_FILE", "string", { prop: "exportEnvFile" }),
  option("POST_START_SCRIPT_PATH", "string", { prop: "postStartScriptPath" }),
  option("CODER_AGENT_URL", "string", { prop: AGENT }),
  option("CODER_AGENT_TOKEN", "string", { credential: "always", prop: AGENT }),
  option("CODER_AGENT_SUBSYSTEM", "string-array", { prop: "agentSubsystems" }),
  option("PUSH_IMAGE", "bool", { prop: "cache.push" }),
  option("GET_CACHED_IMAGE", "bool", { prop: "getCachedImage of an EnvbuilderContainer" }),
  option("BINARY_PATH", "string", { default: "/.envbuilder/bin/envbuilder", prop: "binaryPath" }),
  option("REMOTE_REPO_BUILD_MODE", "bool", {
    prop: "repository.buildFromRemote",
    attribute: "remote_repo_build_mode",
    probed: true,
  }),
  option("VERBOSE", "bool", { prop: "verbose", attribute: "verbose" }),
];

/** The option that Envbuilder reads from a variable. @internal */
export function optionNamed(name: string): EnvbuilderOption | undefined {
  return ENVBUILDER_OPTIONS.find((one) => one.name === name);
}

/**
 * The option that Envbuilder takes a name without prefix for. It wins over the prefixed one and is removed from the
 * workspace.
 *
 * @internal
 */
export function optionWithBareName(name: string): EnvbuilderOption | undefined {
  return optionNamed(`ENVBUILDER_${name.toUpperCase()}`);
}
