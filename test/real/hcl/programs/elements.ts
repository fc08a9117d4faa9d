// What most programs are made of, as short as it gets.
import { Container, type ContainerConfig } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Volume, type VolumeConfig } from "@cdktf/provider-docker/lib/volume";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformOutput, TerraformResource, type TerraformStack } from "cdktf";
import { Agent, type AgentConfig } from "../../../../constructs/providers/coder/agent";
import {
  DataCoderParameter,
  type DataCoderParameterConfig,
} from "../../../../constructs/providers/coder/data-coder-parameter";
import { DataCoderWorkspace } from "../../../../constructs/providers/coder/data-coder-workspace";
import { CoderProvider } from "../../../../constructs/providers/coder/provider";

export function coder(stack: TerraformStack): CoderProvider {
  return new CoderProvider(stack, "coder", {});
}

export function docker(stack: TerraformStack): DockerProvider {
  return new DockerProvider(stack, "docker", {});
}

/** Nothing listens there: plans do not ask. */
export function kubernetes(stack: TerraformStack): KubernetesProvider {
  return new KubernetesProvider(stack, "kubernetes", { host: "https://127.0.0.1:1" });
}

/** `data.coder_parameter.p`, with its provider. */
export function parameter(stack: TerraformStack, config: Partial<DataCoderParameterConfig>): DataCoderParameter {
  coder(stack);
  return named(stack, "p", config);
}

/** A parameter of that name, without the provider. */
export function named(
  stack: TerraformStack,
  name: string,
  config: Partial<DataCoderParameterConfig> = {},
): DataCoderParameter {
  return new DataCoderParameter(stack, name, { name, type: "string", default: "x", ...config });
}

/** `data.coder_workspace.me`, without the provider. */
export function workspace(stack: TerraformStack): DataCoderWorkspace {
  return new DataCoderWorkspace(stack, "me", {});
}

/** `coder_agent.main`, with its provider. */
export function agent(stack: TerraformStack, config: Partial<AgentConfig> = {}): Agent {
  coder(stack);
  return new Agent(stack, "main", { os: "linux", arch: "amd64", ...config });
}

/** `docker_container.c`, with its provider. */
export function container(stack: TerraformStack, config: Partial<ContainerConfig> = {}): Container {
  docker(stack);
  return new Container(stack, "c", { name: "c", image: "alpine", ...config });
}

/** A `docker_volume`, without the provider. */
export function volume(stack: TerraformStack, id: string, config: Partial<VolumeConfig> = {}): Volume {
  return new Volume(stack, id, { name: id, ...config });
}

/** An output; its value is not of one type. */
export function output(stack: TerraformStack, name: string, value: unknown): TerraformOutput {
  return new TerraformOutput(stack, name, { value });
}

/** A resource without a class of its own. */
export function raw(
  stack: TerraformStack,
  id: string,
  type: string,
  attributes: Readonly<Record<string, unknown>>,
): TerraformResource {
  const providerName = type.slice(0, type.indexOf("_"));
  const resource = new TerraformResource(stack, id, {
    terraformResourceType: type,
    terraformGeneratorMetadata: { providerName },
  });
  for (const [name, value] of Object.entries(attributes)) resource.addOverride(name, value);
  return resource;
}
