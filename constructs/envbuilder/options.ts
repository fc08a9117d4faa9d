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
  /** The prop of this library that sets it, where there is one. */
  readonly prop?: string | undefined;
}

const option = (
  name: string,
  type: OptionType,
  rest: Omit<EnvbuilderOption, "name" | "type"> = {},
): EnvbuilderOption => ({
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
  option("CACHE_REPO", "string"),
  option("BASE_IMAGE_CACHE_DIR", "string"),
  option("LAYER_CACHE_DIR", "string"),
  option("DEVCONTAINER_DIR", "string", { prop: "repository.devcontainerDirectory" }),
  option("DEVCONTAINER_JSON_PATH", "string", { prop: "repository.devcontainerFile" }),
  option("DOCKERFILE_PATH", "string", { prop: "repository.dockerfile" }),
  option("BUILD_CONTEXT_PATH", "string", { prop: "repository.buildContext" }),
  option("CACHE_TTL_DAYS", "int"),
  option("DOCKER_CONFIG_BASE64", "string", { credential: "always", prop: "registryAuth" }),
  option("FALLBACK_IMAGE", "string", { prop: "fallbackImage" }),
  option("EXIT_ON_BUILD_FAILURE", "bool", { prop: "exitOnBuildFailure" }),
  option("EXIT_ON_PUSH_FAILURE", "bool", { since: "1.1.0" }),
  option("FORCE_SAFE", "bool", { prop: "forceSafe" }),
  option("INSECURE", "bool", { prop: "insecure" }),
  option("IGNORE_PATHS", "string-array", { default: "/var/run,/product_uuid,/product_name", prop: "extraIgnorePaths" }),
  option("BUILD_SECRETS", "string-array", { credential: "always", since: "1.1.0", prop: "buildSecrets" }),
  option("SKIP_REBUILD", "bool"),
  option("GIT_URL", "string", { credential: "perhaps", prop: "repository" }),
  option("GIT_CLONE_DEPTH", "int", { prop: "repository.cloneDepth" }),
  option("GIT_CLONE_SINGLE_BRANCH", "bool", { prop: "repository.singleBranch" }),
  option("GIT_CLONE_THINPACK", "bool", { default: "true", since: "1.2.0", prop: "repository.thinPack" }),
  option("GIT_USERNAME", "string", { credential: "perhaps", prop: "gitCredentials" }),
  option("GIT_PASSWORD", "string", { credential: "always", prop: "gitCredentials" }),
  option("GIT_SSH_PRIVATE_KEY_PATH", "string", { prop: "gitCredentials" }),
  option("GIT_SSH_PRIVATE_KEY_BASE64", "string", { credential: "always", since: "1.1.0", prop: "gitCredentials" }),
  option("GIT_HTTP_PROXY_URL", "string", { credential: "perhaps", prop: "proxy" }),
  option("WORKSPACE_BASE_DIR", "string", { default: "/workspaces", since: "1.1.0", prop: "workspaceBaseDirectory" }),
  option("WORKSPACE_FOLDER", "string", { prop: "workspaceFolder" }),
  option("SSL_CERT_BASE64", "string", { prop: "ca" }),
  option("EXPORT_ENV_FILE", "string", { prop: "exportEnvFile" }),
  option("POST_START_SCRIPT_PATH", "string", { prop: "postStartScriptPath" }),
  option("CODER_AGENT_URL", "string", { prop: AGENT }),
  option("CODER_AGENT_TOKEN", "string", { credential: "always", prop: AGENT }),
  option("CODER_AGENT_SUBSYSTEM", "string-array", { prop: "agentSubsystems" }),
  option("PUSH_IMAGE", "bool"),
  option("GET_CACHED_IMAGE", "bool", { prop: "getCachedImage of an EnvbuilderContainer" }),
  option("BINARY_PATH", "string", { default: "/.envbuilder/bin/envbuilder", prop: "binaryPath" }),
  option("REMOTE_REPO_BUILD_MODE", "bool"),
  option("VERBOSE", "bool", { prop: "verbose" }),
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
