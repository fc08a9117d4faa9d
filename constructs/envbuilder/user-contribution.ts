import type { Warning } from "../settings/warning";
import type { ContainerMount } from "./container-mount";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import { isNewerThanKnown, unknownOptionWarnings, type EnvbuilderVersion } from "./envbuilder-version";
import { checkUserVariable } from "./user-environment";

/**
 * Sets the variables that the author gives by hand, once all others are known.
 *
 * @throws when Envbuilder would ignore one, take it for something else or die of it
 * @internal
 */
export function contributeUserEnvironment(
  settings: EnvbuilderSettings,
  mounts: readonly ContainerMount[],
  version: EnvbuilderVersion,
  env: Environment,
): Contribution {
  const { environment = {}, secretEnvironment = {} } = settings;
  const context = {
    env,
    newer: isNewerThanKnown(version),
    ca: settings.ca !== undefined,
    mountPaths: mounts.map((mount) => mount.path),
  };
  for (const [name, value] of Object.entries(environment)) {
    checkUserVariable({ ...context, prop: "environment" }, name, value);
    env.add(`environment.${name}`, name, value);
  }
  for (const [name, secret] of Object.entries(secretEnvironment)) {
    checkUserVariable({ ...context, prop: "secretEnvironment" }, name, undefined);
    env.add(`secretEnvironment.${name}`, name, [secret.piece()], true);
  }
  return { warnings: [...mirrorWarnings(env), ...unknownOptionWarnings(version, env)] };
}

function mirrorWarnings(env: Environment): Warning[] {
  if (!env.get("KANIKO_REGISTRY_MIRROR")) return [];
  return [
    {
      id: "registry-mirror-without-effect",
      message:
        "KANIKO_REGISTRY_MIRROR is read and then used for nothing in Envbuilder; name the mirror in the image references, or let the proxy map it",
    },
  ];
}
