import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformElement, TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";

/** What our use of the provider needs; the version that the bindings were generated from is far narrower. */
const VERSIONS = ">= 3.6.2, < 5.0.0";

const SOCKET = "docker_socket";

/**
 * Gives a template the Docker provider, with the daemon's address as a variable, unless it has one. Other stacks bring
 * their own.
 */
export function provideDocker(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack) || dockerProviders(stack).length > 0) return;
  const socket = declaredSocket(stack) ?? socketVariable(stack);
  // Without an address the provider asks its environment, DOCKER_HOST for one.
  const provider = new DockerProvider(stack, "provider:docker", {
    host: `\${${socket.fqn} != "" ? ${socket.fqn} : null}`,
  });
  stack.addOverride("terraform.required_providers.docker.version", VERSIONS);
  provider.node.addValidation({ validate: () => validateLoneProvider(stack) });
}

function validateLoneProvider(stack: TerraformStack): string[] {
  if (dockerProviders(stack).length === 1) return [];
  return [
    "the template has two Docker providers without an alias, of which Terraform takes one; declare yours before the workspace, which then adds none [docker-provider-twice]",
  ];
}

/** Those that resources use which name none. */
function dockerProviders(stack: TerraformStack): TerraformProvider[] {
  return stack.node
    .findAll()
    .filter((construct): construct is TerraformProvider => TerraformProvider.isTerraformProvider(construct))
    .filter((provider) => provider.terraformResourceType === "docker" && provider.alias === undefined);
}

/** The author's own variable of the name. */
function declaredSocket(stack: CoderTemplate): TerraformElement | undefined {
  const found = stack.node.tryFindChild(`variable:${SOCKET}`) ?? stack.node.tryFindChild(SOCKET);
  return TerraformElement.isTerraformElement(found) ? found : undefined;
}

function socketVariable(stack: CoderTemplate): TerraformElement {
  return stack.variable(SOCKET, {
    description: "Address of the Docker daemon, such as unix:///var/run/docker.sock or tcp://docker.example.com:2376.",
    default: "",
  });
}
