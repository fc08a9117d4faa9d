import { mountWarnings, type ContainerMount } from "./container-mount";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import { ignorePaths } from "./ignore-paths";

/**
 * Tells Envbuilder what to leave alone while it builds: the author's paths, those of read-only mounts, and those that other
 * settings ask for.
 *
 * @param sysAdmin - whether the container may mount: then Envbuilder moves read-only mounts out of the way
 * @throws when a path would not match what it is meant to
 * @internal
 */
export function contributeMounts(
  { extraIgnorePaths = [], workspaceFolder }: EnvbuilderSettings,
  mounts: readonly ContainerMount[],
  sysAdmin: boolean,
  others: readonly Contribution[],
  env: Environment,
): Contribution {
  const readOnly = sysAdmin ? [] : mounts.filter((mount) => mount.readOnly).map((mount) => mount.path);
  const asked = others.flatMap(({ ignored = [] }) => ignored);
  const ignored = ignorePaths("extraIgnorePaths", extraIgnorePaths, [...readOnly, ...asked]);
  if (ignored !== undefined) env.add("extraIgnorePaths", "ENVBUILDER_IGNORE_PATHS", ignored);
  return { warnings: mountWarnings(mounts, workspaceFolder) };
}
