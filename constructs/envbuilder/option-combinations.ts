import { ValidationError } from "../errors";
import { literalOf } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { Environment } from "./environment";

/**
 * Checks options of Envbuilder against each other, wherever they come from.
 *
 * @throws when one makes another useless or Envbuilder would end at both
 * @internal
 */
export function checkCombinations(env: Environment): void {
  const has = (name: string): boolean => isSet(env, name);
  if (has("ENVBUILDER_INIT_ARGS") && has("ENVBUILDER_INIT_SCRIPT")) {
    throw new ValidationError(
      "init-args-hide-init-script",
      "initArguments make Envbuilder ignore initScript; leave out one of them",
    );
  }
  if (has("ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH") && has("ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64")) {
    throw new ValidationError(
      "ssh-key-twice",
      "ENVBUILDER_GIT_SSH_PRIVATE_KEY_PATH and ENVBUILDER_GIT_SSH_PRIVATE_KEY_BASE64 must not both be set, because Envbuilder ends then; leave one of them out",
    );
  }
  if (isOn(env, "ENVBUILDER_GET_CACHED_IMAGE") && !has("ENVBUILDER_CACHE_REPO")) {
    throw new ValidationError(
      "get-cached-image-without-cache-repo",
      "getCachedImage needs a cache in a registry, because Envbuilder ends without a place to look in; give cache as ImageCache.at",
    );
  }
}

/** What is allowed of options and probably not meant. @internal */
export function combinationWarnings(env: Environment): Warning[] {
  const out: Warning[] = [];
  if (isSet(env, "KANIKO_REGISTRY_MIRROR")) {
    out.push({
      id: "registry-mirror-without-effect",
      message:
        "KANIKO_REGISTRY_MIRROR is read and then used for nothing in Envbuilder; name the mirror in the image references, or let the proxy map it",
    });
  }
  return out;
}

/** Whether it is there and not known to be empty, which is the same as not there. */
function isSet(env: Environment, name: string): boolean {
  const variable = env.get(name);
  return variable !== undefined && literalOf(variable.value) !== "";
}

function isOn(env: Environment, name: string): boolean {
  return /^(1|t|true)$/i.test(literalOf(env.get(name)?.value ?? []) ?? "");
}
