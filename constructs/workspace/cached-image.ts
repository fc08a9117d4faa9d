import { Fn, TerraformResource, TerraformStack, Token, conditional } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { cachedImageAttributes, cachedImageWarnings } from "../envbuilder/cached-image-options";
import type { ContainerPlan } from "../envbuilder/container-plan";
import { CachedImage } from "../providers/envbuilder/cached-image";
import type { ImageCache } from "../settings/image-cache";
import { hasReference } from "../settings/text";
import { warn } from "../terraform/annotation";
import { commentOn } from "../terraform/comment";
import { addressOfElement } from "../terraform/element-address";
import { pinLogicalId } from "../terraform/logical-id";
import { asToken } from "../terraform/reference";
import { textExpression } from "../terraform/text-expression";
import { provideEnvbuilder } from "./envbuilder-provider";

/**
 * The `envbuilder_cached_image` of a container, where its cache is to be looked into: the image that Envbuilder has pushed of
 * what the container would build or, where there is none, Envbuilder's own.
 *
 * It knows nothing of the agent: a new token at each start would replace it.
 *
 * @param count - how many there are of the container, where that is counted
 */
export function cachedImage(
  scope: Construct,
  id: string,
  plan: ContainerPlan,
  cache: ImageCache | undefined,
  count?: number,
): CachedImage | undefined {
  if (!cache?.options.probe) return undefined;
  provideEnvbuilder(scope);
  for (const warning of cachedImageWarnings(plan.env)) warn(scope, warning);
  const before = cachedImagesOf(scope).at(-1);
  const image = new CachedImage(scope, "cached-image", {
    count,
    builderImage: plan.image,
    cacheRepo: cache.repository ?? "",
    gitUrl: "",
    // The last commit tells what would be built. With this and a workspace folder, the provisioner would clone into that.
    gitCloneDepth: 1,
    remoteRepoBuildMode: false,
    dependsOn: before && [before],
  });
  for (const { name, value } of cachedImageAttributes(plan.env)) {
    image.addOverride(name, typeof value === "object" ? textExpression(value) : value);
  }
  commentOn(
    image,
    before
      ? "What is in the cache already need not be built. One probe after the other, because two at once disturb each other."
      : "What is in the cache already need not be built. Asked from where Terraform runs, by that machine's proxy and certificates.",
  );
  return pinLogicalId(image, id);
}

/** Two probes at once disturb each other, whoever declared them. */
function cachedImagesOf(scope: Construct): TerraformResource[] {
  const stack = TerraformStack.of(scope);
  return stack.node
    .findAll()
    .filter(isCachedImage)
    .filter((other) => TerraformStack.of(other) === stack);
}

function isCachedImage(construct: IConstruct): construct is TerraformResource {
  return (
    TerraformResource.isTerraformResource(construct) && construct.terraformResourceType === CachedImage.tfResourceType
  );
}

/** The image that a container starts from: a reference where it is looked for in the cache. */
export function startedImage(plan: ContainerPlan, cached: CachedImage | undefined): string {
  if (!cached) return plan.image;
  const index = cached.count === undefined ? "" : "[0]";
  return `\${${addressOfElement(cached)}${index}.image}`;
}

/**
 * What users read of the image that their workspace runs from.
 *
 * @param builderImage - Envbuilder's image
 * @param image - the attribute that has the image of the running container. Coder attaches metadata to the nearest resource
 *   that it refers to, so that nothing here may refer to another one
 */
export function imageItems(
  builderImage: string,
  image: string,
  cache: ImageCache | undefined,
): { key: string; value: string }[] {
  if (!cache?.options.probe) {
    return [{ key: "builder image", value: hasReference(builderImage) ? `\${${image}}` : builderImage }];
  }
  const found = Fn.startswith(asToken(`\${${image}}`), asToken(`${cache.repository}@`));
  return [
    { key: "image", value: `\${${image}}` },
    { key: "cached image", value: Token.asString(conditional(found, "yes", "no")) },
  ];
}
