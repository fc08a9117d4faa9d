import { checkSilencedWarnings } from "../settings/silenced-warnings";
import type { Warning } from "../settings/warning";
import { WorkspaceTrust } from "../settings/workspace-trust";
import { contributeBuildSecrets } from "./build-secrets-contribution";
import { contributeBuilder } from "./builder-contribution";
import { contributeCa } from "./ca-contribution";
import { checkMounts, type ContainerMount } from "./container-mount";
import type { Contribution } from "./contribution";
import { Environment, type EnvironmentVariable } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import { checkOptionVersions, envbuilderVersion } from "./envbuilder-version";
import { contributeGitCredentials } from "./git-credentials-contribution";
import { checkHosts } from "./hosts";
import { contributeImageCache } from "./image-cache-contribution";
import { contributeMounts } from "./mounts-contribution";
import { DEFAULT_BUILDER_IMAGE } from "./options";
import type { PlannedFile, PlannedMount } from "./planned-file";
import { contributeProxy, isAnyDirect, type ProxySurroundings } from "./proxy-contribution";
import { contributeRegistries } from "./registry-contribution";
import { contributeRepository } from "./repository-contribution";
import { contributeSetup } from "./setup-contribution";
import { contributeStart, type StartSurroundings } from "./start-contribution";
import { contributeUserEnvironment } from "./user-contribution";

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
export interface ContainerSurroundings extends ProxySurroundings, StartSurroundings {
  /** What the author mounts. */
  readonly mounts?: readonly ContainerMount[];
  /** The prop that he mounts it with, for messages: `mounts` if none is named. */
  readonly mountsProp?: string;
  /** Whether the container may mount: then read-only mounts can be moved out of the way. */
  readonly sysAdmin?: boolean;
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
  const { repository, proxy, ca, trust = WorkspaceTrust.all() } = settings;
  const mounts = [...(around.mounts ?? [])];
  checkSilencedWarnings(settings.silencedWarnings ?? {});
  checkMounts(around.mountsProp ?? "mounts", mounts);
  checkHosts(settings.hosts ?? {});
  const version = envbuilderVersion(settings);

  const env = new Environment();
  const mountPaths = mounts.map((mount) => mount.path);
  const certificates = ca && contributeCa(ca, trust, isAnyDirect(proxy, around), env);
  const contributions: Contribution[] = [
    contributeProxy(proxy, repository, around, env),
    certificates ?? {},
    contributeRegistries(settings, env, mounts, around.mountsProp),
    contributeRepository(repository, env),
    contributeGitCredentials(settings, mountPaths, env),
    contributeBuilder(settings, env),
    contributeBuildSecrets(settings, env),
    contributeStart(settings, around, env),
    contributeSetup(settings, certificates?.certificates, env),
    contributeImageCache(settings.cache, { ...around, mounts }, env),
  ];
  contributions.push(contributeMounts(settings, mounts, around.sysAdmin ?? false, contributions, env));
  contributions.push(contributeUserEnvironment(settings, mounts, version, env));
  checkOptionVersions(version, env);

  return {
    image: settings.builderImage ?? DEFAULT_BUILDER_IMAGE,
    env: env.sorted(),
    files: contributions.flatMap(({ files = [] }) => files),
    mounts: contributions.flatMap((one) => one.mounts ?? []),
    hosts: { ...settings.hosts },
    warnings: contributions.flatMap(({ warnings = [] }) => warnings),
  };
}
