import type { DeploymentV1SpecTemplateSpecContainerEnv } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import type { EnvironmentVariable } from "../envbuilder/environment";
import { optionNamed } from "../envbuilder/options";
import { hasReference } from "../settings/text";
import { textExpression } from "../terraform/text-expression";

/** A pod's environment in two parts: what everybody may read who may read pods, and the rest. */
export interface PodEnvironment {
  readonly env: DeploymentV1SpecTemplateSpecContainerEnv[];
  /** The entries of the Secret that holds the rest. */
  readonly secrets: { [name: string]: string };
}

/** @param secret - the name of that Secret */
export function podEnvironment(variables: readonly EnvironmentVariable[], secret: string): PodEnvironment {
  const confidential = variables.filter(isConfidential);
  return {
    env: variables.map((variable) =>
      confidential.includes(variable)
        ? { name: variable.name, valueFrom: { secretKeyRef: { name: secret, key: variable.name } } }
        : { name: variable.name, value: literalForKubernetes(textExpression(variable.value)) },
    ),
    secrets: Object.fromEntries(confidential.map(({ name, value }) => [name, textExpression(value)])),
  };
}

/** Whether nobody else may read the value. Nobody can see of a reference whether a variable of that name is sensitive. */
function isConfidential({ name, value, secret, origin }: EnvironmentVariable): boolean {
  if (secret) return true;
  const reference = value.some((piece) => typeof piece !== "string" || hasReference(piece));
  if (!reference || /^no_proxy$/i.test(name) || name === "ENVBUILDER_GIT_URL") return false;
  return origin === "proxy" || origin.startsWith("environment.") || optionNamed(name)?.credential !== undefined;
}

/** Kubernetes puts another variable of the pod in place of `$(NAME)`; with the sign doubled it does not. */
function literalForKubernetes(value: string): string {
  return value.replaceAll("$(", "$$$$(");
}
