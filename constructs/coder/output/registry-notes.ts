import type { RegistryAuth } from "../../settings/registry-auth";
import { hasReference } from "../../settings/text";
import { code } from "./markdown";

/**
 * Which registries get credentials, and whose they are.
 *
 * @param puller - what pulls the builder image, in a sentence
 * @param host - where a path of the host is
 */
export function registryNotes(auth: RegistryAuth | undefined, puller: string, host: string): string[] {
  if (!auth) return [];
  const { source } = auth;
  const stays = "It stays in the workspace at `/.envbuilder/config.json`.";
  switch (source.kind) {
    case "logins": {
      const registries = source.logins.map(({ registry, user }) => `- ${named(registry)}, as ${named(user)}`);
      return [`Envbuilder and ${puller} log in to these registries:\n\n${registries.join("\n")}`];
    }
    case "config":
      return [
        "Envbuilder logs in to the registries that a docker config names, which Terraform has from a variable or a resource.",
      ];
    case "host-file":
      return [`Envbuilder logs in to the registries that ${named(source.path)} of ${host} names. ${stays}`];
    default:
      return [`Envbuilder logs in to the registries that the Secret ${named(source.name)} names. ${stays}`];
  }
}

function named(value: string): string {
  return hasReference(value) ? "*(a reference)*" : code(value);
}
