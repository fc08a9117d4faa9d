import { DOCKER_CONFIG_KEY, type RegistryAuth } from "../../settings/registry-auth";
import { hasReference } from "../../settings/text";
import { code } from "./markdown";

/**
 * Which registries get credentials, and whose they are.
 *
 * @param puller - what pulls the builder image, in a sentence
 * @param host - where a path of the host is
 * @param pulled - the registries that the puller is given a docker config for, or undefined where it reads all of it
 */
export function registryNotes(
  auth: RegistryAuth | undefined,
  puller: string,
  host: string,
  pulled?: readonly string[],
): string[] {
  if (!auth) return [];
  const { source } = auth;
  const stays = "It stays in the workspace at `/.envbuilder/config.json`.";
  switch (source.kind) {
    case "logins": {
      const registries = source.logins.map(({ registry, user }) => `- ${named(registry)}, as ${named(user)}`);
      return [`Envbuilder and ${puller} log in to these registries:\n\n${registries.join("\n")}`];
    }
    case "config":
      return [configNote(puller, pulled)];
    case "host-file":
      return [`Envbuilder logs in to the registries that ${named(source.path)} of ${host} names. ${stays}`];
    default:
      return [
        `Envbuilder ${source.key === DOCKER_CONFIG_KEY ? `and ${puller} log` : "logs"} in to the registries that the Secret ${named(source.name)} names. ${stays}`,
      ];
  }
}

function configNote(puller: string, pulled: readonly string[] | undefined): string {
  const origin = "the registries that a docker config names, which Terraform has from a variable or a resource.";
  if (!pulled) return `Envbuilder and ${puller} log in to ${origin}`;
  return pulled.length === 0
    ? `Envbuilder logs in to ${origin}`
    : `Envbuilder logs in to ${origin} With the same config, ${puller} logs in to ${pulled.map(named).join(", ")}.`;
}

function named(value: string): string {
  return hasReference(value) ? "*(a reference)*" : code(value);
}
