import type { DockerProvider, DockerProviderRegistryAuth } from "@cdktf/provider-docker/lib/provider";
import { DefaultTokenResolver, Fn, StringConcat, Tokenization } from "cdktf";
import type { EnvbuilderSettings } from "../envbuilder/envbuilder-settings";
import { ValidationError, shown } from "../errors";
import type { RegistryAuth } from "../settings/registry-auth";
import { DOCKER_HUB, registryOf } from "../settings/registry-name";
import { textExpression } from "../terraform/text-expression";

/** What of a workspace's settings says who pulls its images from where. */
export type PullSettings = Pick<EnvbuilderSettings, "registryAuth" | "builderImage">;

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * Envbuilder's credentials for the Docker daemon, which pulls its image and knows nothing of its environment.
 *
 * @throws when another workspace of the template logs in to the same registry otherwise
 */
export function addLogins(provider: DockerProvider, { registryAuth, builderImage }: PullSettings): void {
  const { registryAuthInput: known } = provider;
  const blocks = Array.isArray(known) ? [...known] : [];
  for (const block of loginsOf(registryAuth, builderImage)) {
    const twin = blocks.find(({ address }) => address === block.address);
    if (twin && written(provider, twin) !== written(provider, block)) {
      throw new ValidationError(
        "registry-login-conflict",
        `two workspaces of the template log in to ${shown(block.address)} by different credentials, and the Docker daemon gets one for both; give them the same registryAuth, or declare the Docker provider yourself`,
      );
    }
    if (!twin) blocks.push(block);
  }
  if (blocks.length > 0) provider.registryAuth = blocks;
}

/** Tokens of the same expression differ from each other. */
function written(scope: DockerProvider, block: DockerProviderRegistryAuth): string {
  return JSON.stringify(Tokenization.resolve(block, { scope, resolver, preparing: false }));
}

function loginsOf(auth: RegistryAuth | undefined, builderImage: string | undefined): DockerProviderRegistryAuth[] {
  if (!auth?.config) return [];
  if (auth.source.kind === "logins") {
    return auth.source.logins.flatMap(({ registry, user, password }) =>
      addresses(registry).map((address) => ({
        address,
        username: textExpression([user]),
        password: textExpression([password.piece()]),
      })),
    );
  }
  // Without a text the provider looks for a file of the provisioner, and fails if there is none.
  const configFileContent = Fn.coalesce([textExpression(auth.config), "{}"]);
  return configRegistries({ registryAuth: auth, builderImage })
    .flatMap(addresses)
    .map((address) => ({ address, configFileContent }));
}

/** The registries that the Docker daemon gets a docker config for: what is in it is not known at synth. */
export function configRegistries({ registryAuth, builderImage }: PullSettings): string[] {
  const registries = registryAuth?.source.kind === "config" ? registryAuth.source.registries : [];
  const registry = builderImage === undefined ? undefined : registryOf(builderImage);
  return [...new Set([...registries, ...(registry === undefined ? [] : [registry])])];
}

/** The provider knows images without a registry by another name than those of docker.io. */
function addresses(registry: string): string[] {
  return registry === DOCKER_HUB ? [DOCKER_HUB, "registry-1.docker.io"] : [registry];
}
