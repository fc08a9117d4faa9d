import { ValidationError } from "../errors";
import { joinNoProxy } from "../settings/no-proxy";
import type { Proxy } from "../settings/proxy";
import type { Repository } from "../settings/repository";
import { checkSilencedWarnings } from "../settings/silenced-warnings";
import type { Text } from "../settings/text";
import type { Warning } from "../settings/warning";
import { WorkspaceTrust } from "../settings/workspace-trust";
import { contributeBuildSecrets } from "./build-secrets-contribution";
import { contributeBuilder } from "./builder-contribution";
import { contributeCa } from "./ca-contribution";
import { checkMounts, mountWarnings, type ContainerMount } from "./container-mount";
import { Environment, type EnvironmentVariable } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import { checkOptionVersions, envbuilderVersion, isNewerThanKnown, unknownOptionWarnings } from "./envbuilder-version";
import { contributeGitCredentials } from "./git-credentials-contribution";
import { ignorePaths } from "./ignore-paths";
import { checkHosts } from "./hosts";
import { contributeImageCache } from "./image-cache-contribution";
import { checkCombinations, combinationWarnings } from "./option-combinations";
import { builderImageWarnings } from "./builder-image";
import { DEFAULT_BUILDER_IMAGE } from "./options";
import type { PlannedFile, PlannedMount } from "./planned-file";
import { contributeRegistries } from "./registry-contribution";
import { contributeSetup } from "./setup-contribution";
import { contributeStart } from "./start-contribution";
import { checkUserVariable } from "./user-environment";

/**
 * What an Envbuilder container consists of, whatever it runs on.
 *
 * @internal
 */
export interface ContainerPlan {
  readonly image: string;
  readonly env: readonly EnvironmentVariable[];
  readonly files: readonly PlannedFile[];
  /** What is mounted read-only below Envbuilder's directory. */
  readonly mounts: readonly PlannedMount[];
  readonly hosts: { readonly [name: string]: string };
  readonly warnings: readonly Warning[];
}

/** What the surroundings of a container add to its settings. @internal */
export interface ContainerSurroundings {
  /** The script that the finished workspace runs. */
  readonly initScript?: Text;
  /** What its command gets in place of a script. */
  readonly initArguments?: readonly string[];
  /** The Coder agent that runs in the workspace. */
  readonly agent?: { readonly url: string; readonly token: Text | string };
  /** Whether the container may only look for an image and end. */
  readonly mayEnd?: boolean;
  /** Hosts that are known to be reached directly. */
  readonly directHosts?: readonly string[];
  /** What the author mounts. */
  readonly mounts?: readonly ContainerMount[];
  /** The prop that he mounts it with, for messages: `mounts` if none is named. */
  readonly mountsProp?: string;
  /** Whether the container may mount: then read-only mounts can be moved out of the way. */
  readonly sysAdmin?: boolean;
  /** Whether the container is known to have its network for itself: then nothing else listens on its loopback. */
  readonly ownNetwork?: boolean;
  /** Whether a container that starts again leaves its file system as it is. */
  readonly skipRebuild?: boolean;
}

/**
 * Puts the settings together: a pure function, the same for every target.
 *
 * @throws when settings contradict each other or would fail in the container
 * @internal
 */
export function planContainer(settings: EnvbuilderSettings, around: ContainerSurroundings): ContainerPlan {
  const { repository, proxy, ca } = settings;
  const env = new Environment();
  const mounts = [...(around.mounts ?? [])];
  checkMounts(around.mountsProp ?? "mounts", mounts);
  checkTransport(repository, proxy);
  if (around.ownNetwork) proxy?.checkNotOnLoopback();
  checkSilencedWarnings(settings.silencedWarnings ?? {});
  const version = envbuilderVersion(settings);
  checkHosts(settings.hosts ?? {});

  contributeRepository(repository, env);
  if (proxy) contributeProxy(proxy, around.directHosts ?? [], repository, env);
  const direct = !proxy?.url || proxy.noProxy.length > 0 || (around.directHosts ?? []).length > 0;
  const certificates = ca && contributeCa(ca, settings.trust ?? WorkspaceTrust.all(), direct, env);
  const registries = contributeRegistries(settings, env, mounts, around.mountsProp);
  const mountPaths = mounts.map((mount) => mount.path);
  const credentials = contributeGitCredentials(settings, mountPaths, env);
  contributeAgent(around, env);
  contributeBuilder(settings, env);
  contributeBuildSecrets(settings.buildSecrets ?? {}, env);
  contributeStart(settings, around.initArguments, env);
  const scripts = contributeSetup(settings, certificates?.certificates, env);
  const caching = contributeImageCache(settings.cache, { ...around, mounts }, env);
  const readOnly = around.sysAdmin ? [] : mounts.filter((mount) => mount.readOnly).map((mount) => mount.path);
  const ignored = ignorePaths("extraIgnorePaths", settings.extraIgnorePaths ?? [], [...readOnly, ...caching.ignored]);
  if (ignored !== undefined) env.add("extraIgnorePaths", "ENVBUILDER_IGNORE_PATHS", ignored);
  contributeUser(settings, mounts, isNewerThanKnown(version), env);
  if (around.mayEnd) env.add("getCachedImage", "ENVBUILDER_GET_CACHED_IMAGE", "true");
  checkCombinations(env);
  checkOptionVersions(version, env);

  return {
    image: settings.builderImage ?? DEFAULT_BUILDER_IMAGE,
    env: env.sorted(),
    files: [...(certificates?.files ?? []), ...credentials.files, ...scripts],
    mounts: [...(certificates?.mounts ?? []), ...registries.mounts],
    hosts: { ...settings.hosts },
    warnings: [
      ...(proxy?.warnings() ?? []),
      ...(certificates?.warnings ?? []),
      ...registries.warnings,
      ...repository.warnings(),
      ...credentials.warnings,
      ...sshWarnings(repository, proxy),
      ...caching.warnings,
      ...mountWarnings(mounts, settings.workspaceFolder),
      ...combinationWarnings(env),
      ...unknownOptionWarnings(version, env),
      ...builderImageWarnings(settings.builderImage),
    ],
  };
}

function contributeRepository(repository: Repository, env: Environment): void {
  const { url, options } = repository;
  if (url === undefined) {
    throw new ValidationError(
      "repository-needs-a-template",
      "repository is chosen by the user, which needs a Coder parameter; use a workspace in a CoderTemplate, or Repository.at",
    );
  }
  const add = (name: string, value: string | undefined): void => {
    if (value !== undefined) env.add("repository", `ENVBUILDER_${name}`, value);
  };
  add("GIT_URL", url);
  add("GIT_CLONE_DEPTH", options.cloneDepth?.toString());
  add("GIT_CLONE_SINGLE_BRANCH", options.singleBranch ? "true" : undefined);
  add("GIT_CLONE_THINPACK", options.thinPack === false ? "false" : undefined);
  add("REMOTE_REPO_BUILD_MODE", options.buildFromRemote ? "true" : undefined);
  add("DEVCONTAINER_DIR", options.devcontainerDirectory);
  add("DEVCONTAINER_JSON_PATH", options.devcontainerFile);
  add("DOCKERFILE_PATH", options.dockerfile);
  add("BUILD_CONTEXT_PATH", options.buildContext);
}

/** Go never sends these to a proxy; curl and others do, with what a developer serves in the workspace. */
const LOOPBACK = ["localhost", "127.0.0.1", "::1"];

/** Go prefers the upper spelling and most other programs the lower one: both are set, to the same value. */
function contributeProxy(proxy: Proxy, directHosts: readonly string[], repository: Repository, env: Environment): void {
  const both = (name: string, value: Text | string, secret: boolean): void => {
    env.add("proxy", name, value, secret);
    env.add("proxy", name.toUpperCase(), value, secret);
  };
  if (proxy.url) {
    both("http_proxy", proxy.url, proxy.secret);
    both("https_proxy", proxy.url, proxy.secret);
    // SSH takes no proxy but a SOCKS one, and that from this variable only.
    if (proxy.scheme("all")?.startsWith("socks5") && !repository.transports.every((one) => one === "http")) {
      both("all_proxy", proxy.url, proxy.secret);
    }
    both("no_proxy", joinNoProxy([...proxy.noProxy, ...directHosts, ...LOOPBACK]), false);
    if (proxy.disableHttp2) env.add("proxy.disableHttp2", "GODEBUG", "http2client=0");
  }
  if (proxy.gitUrl) env.add("proxy", "ENVBUILDER_GIT_HTTP_PROXY_URL", proxy.gitUrl, proxy.secret);
}

function contributeAgent({ agent, initScript }: ContainerSurroundings, env: Environment): void {
  // An agent's script is handed out to those who may have its token.
  if (initScript) env.add("initScript", "ENVBUILDER_INIT_SCRIPT", initScript, agent !== undefined);
  if (!agent) return;
  env.add("agent", "CODER_AGENT_URL", agent.url);
  env.add("agent", "CODER_AGENT_TOKEN", agent.token, true);
}

function contributeUser(
  settings: EnvbuilderSettings,
  mounts: readonly ContainerMount[],
  newer: boolean,
  env: Environment,
): void {
  const { environment = {}, secretEnvironment = {} } = settings;
  const context = { env, newer, ca: settings.ca !== undefined, mountPaths: mounts.map((mount) => mount.path) };
  for (const [name, value] of Object.entries(environment)) {
    checkUserVariable({ ...context, prop: "environment" }, name, value);
    env.add(`environment.${name}`, name, value);
  }
  for (const [name, secret] of Object.entries(secretEnvironment)) {
    checkUserVariable({ ...context, prop: "secretEnvironment" }, name, undefined);
    env.add(`secretEnvironment.${name}`, name, [secret.piece()], true);
  }
}

function checkTransport(repository: Repository, proxy: Proxy | undefined): void {
  const scheme = proxy?.scheme("git");
  if (!scheme?.startsWith("http") || !repository.transports.includes("ssh")) return;
  throw new ValidationError(
    "git-proxy-with-ssh",
    `proxy has a ${scheme}:// URL for Git, but the repository is cloned by SSH, which then fails with an unknown scheme; clone by https://, use a socks5:// proxy, or use Proxy.containerWide without gitUrl`,
  );
}

function sshWarnings(repository: Repository, proxy: Proxy | undefined): Warning[] {
  const socks = [proxy?.scheme("all"), proxy?.scheme("git")].some((scheme) => scheme?.startsWith("socks5"));
  if (!proxy?.url || socks || !repository.transports.includes("ssh")) return [];
  return [
    {
      id: "ssh-bypasses-proxy",
      message:
        "the repository is cloned by SSH, which no HTTP proxy serves: the clone goes directly to the host; clone by https://, or give a socks5:// proxy, perhaps as proxy.gitUrl",
    },
  ];
}
