import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { type TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";
import { addressOfElement } from "../terraform/element-address";
import { addLogins, type PullSettings } from "./registry-logins";
import { declaredVariable, unaliasedProviders } from "../workspace/template-provider";

/** What our use of the provider needs; the version that the bindings were generated from is far narrower. */
const VERSIONS = ">= 3.6.2, < 5.0.0";

const SOCKET = "docker_socket";

const OWN = "provider:docker";

/**
 * Gives a template the Docker provider, with the daemon's address as a variable, unless it has one, and the logins of its
 * workspaces. Other stacks bring their own.
 *
 * @throws when another workspace of the template logs in to the same registry otherwise
 */
export function provideDocker(scope: Construct, pulls: PullSettings): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack)) return;
  const provider = ownProvider(stack) ?? newProvider(stack);
  if (provider) addLogins(provider, pulls);
}

/** The one that an earlier workspace of the template has brought. */
function ownProvider(stack: CoderTemplate): DockerProvider | undefined {
  return unaliasedProviders(stack, "docker").find(
    (provider): provider is DockerProvider => provider.node.id === OWN && provider.node.scope === stack,
  );
}

function newProvider(stack: CoderTemplate): DockerProvider | undefined {
  if (unaliasedProviders(stack, "docker").length > 0) return undefined;
  const socket = declaredVariable(stack, SOCKET) ?? socketVariable(stack);
  // Without an address the provider asks its environment, DOCKER_HOST for one.
  const address = addressOfElement(socket);
  const provider = new DockerProvider(stack, OWN, { host: `\${${address} != "" ? ${address} : null}` });
  stack.addOverride("terraform.required_providers.docker.version", VERSIONS);
  provider.node.addValidation({ validate: () => validateLoneProvider(stack) });
  return provider;
}

function validateLoneProvider(stack: TerraformStack): string[] {
  if (unaliasedProviders(stack, "docker").length === 1) return [];
  return [
    "the template has two Docker providers without an alias, of which Terraform takes one; declare yours before the workspace, which then adds none [docker-provider-twice]",
  ];
}

function socketVariable(stack: CoderTemplate): TerraformElement {
  return stack.variable(SOCKET, {
    description: "Address of the Docker daemon, such as unix:///var/run/docker.sock or tcp://docker.example.com:2376.",
    default: "",
  });
}
