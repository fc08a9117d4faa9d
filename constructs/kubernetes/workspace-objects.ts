import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { CoderData } from "../coder/coder-data";
import { CoderTemplate } from "../coder/template";
import { commentOn } from "../terraform/comment";
import { attributeOf, referenceTo } from "../terraform/expression";
import { pinLogicalId } from "../terraform/logical-id";
import { declaredVariable } from "../workspace/template-provider";

const NAMESPACE = "namespace";

/** The labels that pods of workspaces have in common. */
export const WORKSPACE_KIND = { "app.kubernetes.io/name": "coder-workspace" };

/** The name of the objects of a workspace: by its id, because users may rename workspaces. */
export function objectName(scope: Construct, id: string): string {
  return `coder-${attributeOf(CoderData.of(scope).workspace, "id")}-${id.toLowerCase().replaceAll("_", "-")}`;
}

/** The labels of a workspace that never change. */
export function selectorLabels(name: string): { [name: string]: string } {
  return { ...WORKSPACE_KIND, "app.kubernetes.io/instance": name };
}

/** Whose a workspace is, as far as it never changes. */
export function ownerLabels(scope: Construct, name: string): { [name: string]: string } {
  const { workspace, owner } = CoderData.of(scope);
  return {
    ...selectorLabels(name),
    "app.kubernetes.io/part-of": "coder",
    "com.coder.resource": "true",
    "com.coder.workspace.id": attributeOf(workspace, "id"),
    "com.coder.user.id": attributeOf(owner, "id"),
  };
}

/** Whose a workspace is today. */
export function currentLabels(scope: Construct, name: string): { [name: string]: string } {
  const { workspace, owner } = CoderData.of(scope);
  return {
    ...ownerLabels(scope, name),
    "com.coder.workspace.name": attributeOf(workspace, "name"),
    "com.coder.user.username": attributeOf(owner, "name"),
  };
}

/** The namespace that an administrator chooses for the workspaces of a template, or that of the provider in other stacks. */
export function chosenNamespace(scope: Construct): string | undefined {
  const stack = TerraformStack.of(scope);
  if (!CoderTemplate.isCoderTemplate(stack)) return undefined;
  const variable =
    declaredVariable(stack, NAMESPACE) ??
    stack.variable(NAMESPACE, {
      description: "The namespace of the workspaces, which has to be there.",
      default: "default",
    });
  return referenceTo(variable);
}

/** A namespace of the workspace's own, which goes with it. */
export function ownNamespace(scope: Construct, id: string, name: string): NamespaceV1 {
  const namespace = new NamespaceV1(scope, "namespace", {
    metadata: { name, labels: ownerLabels(scope, name) },
    lifecycle: { ignoreChanges: "all" },
  });
  return pinLogicalId(namespace, id);
}

/** What of a claim is the author's choice. */
export interface ClaimOptions {
  readonly namespace?: string;
  readonly storage: string;
  readonly storageClass?: string;
  readonly accessMode: string;
}

/** The claim on the volume that survives stops. */
export function persistentClaim(
  scope: Construct,
  id: string,
  name: string,
  { namespace, storage, storageClass, accessMode }: ClaimOptions,
): PersistentVolumeClaimV1 {
  const claim = new PersistentVolumeClaimV1(scope, "claim", {
    // Many classes make a volume only where a pod wants it.
    waitUntilBound: false,
    metadata: {
      name,
      namespace,
      labels: {
        ...ownerLabels(scope, name),
        // The name may have changed since.
        "com.coder.workspace.name-at-creation": attributeOf(CoderData.of(scope).workspace, "name"),
      },
    },
    spec: { accessModes: [accessMode], storageClassName: storageClass, resources: { requests: { storage } } },
    lifecycle: { ignoreChanges: "all" },
  });
  commentOn(claim, "Survives stops. Never replaced: a change here would throw away what users have in it.");
  return pinLogicalId(claim, id);
}
