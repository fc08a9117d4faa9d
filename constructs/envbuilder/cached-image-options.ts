import { literalOf, type Text } from "../settings/text";
import type { Warning } from "../settings/warning";
import type { EnvironmentVariable } from "./environment";
import { ENVBUILDER_OPTIONS } from "./options";

/** An attribute of `envbuilder_cached_image`, as the container's environment decides it. @internal */
export interface CachedImageAttribute {
  readonly name: string;
  readonly value: Text | boolean | number;
}

/**
 * The attributes of `envbuilder_cached_image` by which it finds what the container would build. What does not decide that is
 * left out: each change of an attribute replaces the resource, and with it the container.
 *
 * @param env - the container's environment
 * @internal
 */
export function cachedImageAttributes(env: readonly EnvironmentVariable[]): CachedImageAttribute[] {
  return ENVBUILDER_OPTIONS.flatMap(({ name, type, attribute, probed }): CachedImageAttribute[] => {
    const variable = env.find((one) => one.name === name);
    if (attribute === undefined || !probed || !variable) return [];
    const literal = literalOf(variable.value);
    if (literal === "") return [];
    if (literal === undefined || type === "string") return [{ name: attribute, value: variable.value }];
    return [{ name: attribute, value: type === "int" ? Number(literal) : /^(1|t|true)$/i.test(literal) }];
  });
}

/** What keeps the provisioner from cloning what the container clones. @internal */
export function cachedImageWarnings(env: readonly EnvironmentVariable[]): Warning[] {
  const key = env.find(({ name }) => name.startsWith("ENVBUILDER_GIT_SSH_PRIVATE_KEY_"));
  if (!key) return [];
  const path = key.name.endsWith("_PATH");
  return [
    {
      id: "probe-lacks-ssh-key",
      message: path
        ? `cache.probe clones on the provisioner, and finds the key of ${key.name} only if it is there, too, at the same path; put it there, or clone by https://`
        : `cache.probe clones on the provisioner, which has no attribute for ${key.name}: without an SSH agent there, it never finds an image; clone by https://, or leave cache.probe out`,
    },
  ];
}
