import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformProvider, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";

/** What our use of the provider needs; the version that the bindings were generated from is far narrower. */
const VERSIONS = ">= 3.6.2, < 5.0.0";

/**
 * Gives a template the Docker provider, with the daemon's address as a variable, unless it has one. Other stacks bring
 * their own.
 */
export function provideDocker(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack) || stack.node.findAll().some(isDockerProvider)) return;
  const socket = stack.variable("docker_socket", {
    description: "Address of the Docker daemon, such as unix:///var/run/docker.sock or tcp://docker.example.com:2376.",
    default: "",
  });
  // Without an address the provider asks its environment, DOCKER_HOST for one.
  new DockerProvider(stack, "docker", { host: `\${${socket.fqn} != "" ? ${socket.fqn} : null}` });
  stack.addOverride("terraform.required_providers.docker.version", VERSIONS);
}

function isDockerProvider(construct: unknown): boolean {
  return TerraformProvider.isTerraformProvider(construct) && construct.terraformResourceType === "docker";
}
