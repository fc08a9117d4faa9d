import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { type TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";
import { declaredVariable, unaliasedProviders } from "../workspace/template-provider";

/** What our use of the provider needs; the version that the bindings were generated from is far narrower. */
const VERSIONS = ">= 3.6.2, < 5.0.0";

const SOCKET = "docker_socket";

/**
 * Gives a template the Docker provider, with the daemon's address as a variable, unless it has one. Other stacks bring
 * their own.
 */
export function provideDocker(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack) || unaliasedProviders(stack, "docker").length > 0) return;
  const socket = declaredVariable(stack, SOCKET) ?? socketVariable(stack);
  // Without an address the provider asks its environment, DOCKER_HOST for one.
  const provider = new DockerProvider(stack, "provider:docker", {
    host: `\${${socket.fqn} != "" ? ${socket.fqn} : null}`,
  });
  stack.addOverride("terraform.required_providers.docker.version", VERSIONS);
  provider.node.addValidation({ validate: () => validateLoneProvider(stack) });
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
