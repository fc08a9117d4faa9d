import { ValidationError } from "../errors";
import type { RegistryAuth } from "../settings/registry-auth";
import type { Warning } from "../settings/warning";
import type { ContainerMount } from "./container-mount";
import type { Contribution } from "./contribution";
import type { Environment } from "./environment";
import type { EnvbuilderSettings } from "./envbuilder-settings";
import type { PlannedMount } from "./planned-file";

/** Where Envbuilder looks for a docker config, if nothing tells it of another. @internal */
export const DOCKER_CONFIG = "/.envbuilder/config.json";

const ORIGIN = "registryAuth";

/**
 * Tells Envbuilder who it is to registries, and whether it takes any certificate of theirs.
 *
 * @param mounts - what the author mounts
 * @throws when one of them is where Envbuilder looks for credentials, and registryAuth gives others
 * @internal
 */
export function contributeRegistries(
  { registryAuth, insecure, environment = {} }: EnvbuilderSettings,
  env: Environment,
  mounts: readonly ContainerMount[],
  mountsProp = "mounts",
): Contribution {
  if (insecure) env.add("insecure", "ENVBUILDER_INSECURE", "true");
  const warnings = insecure ? [INSECURE] : [];
  if (!registryAuth) return { warnings };
  const taken = mounts.findIndex(({ path }) => path === DOCKER_CONFIG);
  if (taken >= 0) {
    throw new ValidationError(
      "docker-config-mounted-twice",
      `${mountsProp}[${taken}] is at "${DOCKER_CONFIG}", where Envbuilder looks for the credentials that registryAuth gives already; leave out one of the two`,
    );
  }
  const { configBase64 } = registryAuth;
  if (configBase64) {
    env.add(ORIGIN, "ENVBUILDER_DOCKER_CONFIG_BASE64", configBase64, true);
    return { warnings };
  }
  const hidden = "DOCKER_CONFIG" in environment ? [HIDDEN] : [];
  return { mounts: mountOf(registryAuth), warnings: [...warnings, ...hidden] };
}

const INSECURE: Warning = {
  id: "insecure-is-partial",
  message:
    "insecure makes Envbuilder send passwords and tokens to whoever answers, and is not even enough: features, and the user of a base image in a dev container, need a good certificate all the same; give the registry's authority as ca",
};

const HIDDEN: Warning = {
  id: "docker-config-hides-registry-auth",
  message:
    "environment.DOCKER_CONFIG is where Envbuilder looks first: with a config.json there, as from an earlier start, it ignores what registryAuth mounts; set it as the agent's environment instead",
};

function mountOf({ source }: RegistryAuth): PlannedMount[] {
  switch (source.kind) {
    case "host-file":
      return [{ source: { kind: "host", path: source.path }, path: DOCKER_CONFIG }];
    case "secret":
      return [{ source, path: DOCKER_CONFIG }];
    default:
      return [];
  }
}
