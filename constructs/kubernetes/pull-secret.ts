import { SecretV1, type SecretV1Metadata } from "@cdktf/provider-kubernetes/lib/secret-v1";
import { Fn, type TerraformMetaArguments } from "cdktf";
import type { Construct } from "constructs";
import { DOCKER_CONFIG_KEY, type RegistryAuth } from "../settings/registry-auth";
import { commentOn } from "../terraform/comment";
import { pinLogicalId } from "../terraform/logical-id";
import { textExpression } from "../terraform/text-expression";

/** The Secrets that the node pulls a pod's images with. */
export interface PullSecret {
  /** The one that Terraform makes, if it makes one. */
  readonly resource?: SecretV1;
  readonly names: readonly string[];
}

/** Envbuilder's credentials for those who pull its image, and one that it built before: they know nothing of its environment. */
export function pullSecretOf(
  scope: Construct,
  id: string,
  auth: RegistryAuth | undefined,
  { metadata, meta }: { metadata: SecretV1Metadata; meta: TerraformMetaArguments | undefined },
): PullSecret {
  if (auth?.source.kind === "secret") {
    // The node takes no other entry.
    return { names: auth.source.key === DOCKER_CONFIG_KEY ? [auth.source.name] : [] };
  }
  if (!auth?.config) return { names: [] };
  const config = textExpression(auth.config);
  const name = `${id}_registries`;
  const secret = new SecretV1(scope, "pull-secret", {
    ...meta,
    metadata: { ...metadata, name: `${metadata.name}-registries` },
    type: "kubernetes.io/dockerconfigjson",
    // The API server takes no text that is empty.
    data: { [DOCKER_CONFIG_KEY]: auth.source.kind === "logins" ? config : Fn.coalesce([config, "{}"]) },
  });
  pinLogicalId(secret, name);
  commentOn(secret, "What the node pulls the builder image with.");
  const index = meta?.count === undefined ? "" : "[0]";
  return { resource: secret, names: [`\${${SecretV1.tfResourceType}.${name}${index}.metadata[0].name}`] };
}
