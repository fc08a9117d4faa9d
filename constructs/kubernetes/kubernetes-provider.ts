import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { type TerraformElement, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderTemplate } from "../coder/template";
import { addressOfElement } from "../terraform/element-address";
import { declaredVariable, unaliasedProviders } from "../workspace/template-provider";

/** What our use of the provider needs; the version that the bindings were generated from is far narrower. */
const VERSIONS = ">= 2.38.0, < 4.0.0";

const USE_KUBECONFIG = "use_kubeconfig";

/**
 * Gives a template the Kubernetes provider, with a variable that says how it reaches the cluster, unless it has one. Other
 * stacks bring their own.
 */
export function provideKubernetes(scope: Construct): void {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack) || unaliasedProviders(stack, "kubernetes").length > 0) return;
  const useKubeconfig = declaredVariable(stack, USE_KUBECONFIG) ?? kubeconfigVariable(stack);
  // Without a path the provider takes the service account of the pod that Terraform runs in.
  const provider = new KubernetesProvider(stack, "provider:kubernetes", {
    configPath: `\${${addressOfElement(useKubeconfig)} ? "~/.kube/config" : null}`,
  });
  stack.addOverride("terraform.required_providers.kubernetes", { source: "hashicorp/kubernetes", version: VERSIONS });
  provider.node.addValidation({ validate: () => validateLoneProvider(stack) });
}

function validateLoneProvider(stack: TerraformStack): string[] {
  if (unaliasedProviders(stack, "kubernetes").length === 1) return [];
  return [
    "the template has two Kubernetes providers without an alias, of which Terraform takes one; declare yours before the workspace, which then adds none [kubernetes-provider-twice]",
  ];
}

function kubeconfigVariable(stack: CoderTemplate): TerraformElement {
  return stack.variable(USE_KUBECONFIG, {
    description:
      "Whether the provisioner reaches the cluster by its ~/.kube/config, instead of by the service account of the pod that it runs in.",
    default: false,
  });
}
