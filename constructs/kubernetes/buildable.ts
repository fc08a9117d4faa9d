import type { DeploymentV1 } from "@cdktf/provider-kubernetes/lib/deployment-v1";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { BUILD_CAPABILITIES, capabilityNames } from "../envbuilder/build-capabilities";

/** A block as Terraform's JSON syntax has it. */
type Block = { readonly [name: string]: unknown };

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * What was changed on the resource by hand and keeps Envbuilder from building: it replaces the whole filesystem, as root.
 *
 * @param name - the name of the container that it builds in
 * @returns messages
 */
export function validateBuildable(deployment: DeploymentV1, name: string): string[] {
  const rendered: unknown = Tokenization.resolve(deployment.toTerraform(), {
    scope: deployment,
    resolver,
    preparing: false,
  });
  const [pod] = within(rendered, [
    "resource",
    deployment.terraformResourceType,
    deployment.friendlyUniqueId,
    "spec",
    "template",
    "spec",
  ]);
  if (pod === undefined) return [];
  const container = within(pod, ["container"]).find((one) => one["name"] === name);
  // Of the two, the container's wins.
  const security = { ...within(pod, ["security_context"])[0], ...within(container, ["security_context"])[0] };
  return [...wrongUser(security), ...readOnlyRoot(security), ...lackingCapabilities(security)];
}

function wrongUser({ run_as_non_root: nonRoot, run_as_user: user }: Block): string[] {
  const out: string[] = [];
  if (nonRoot === true) {
    out.push(
      "run_as_non_root true must be false, because Envbuilder replaces the filesystem and changes owners as root; leave it out: the workspace itself runs as the image's user [pod-not-root]",
    );
  }
  if ((typeof user === "string" || typeof user === "number") && /^[1-9]\d*$/.test(String(user))) {
    out.push(
      `run_as_user ${user} must be 0, because Envbuilder replaces the filesystem and changes owners as root; leave it out: the workspace itself runs as the image's user [pod-not-root]`,
    );
  }
  return out;
}

function readOnlyRoot({ read_only_root_filesystem: readOnly }: Block): string[] {
  if (readOnly !== true) return [];
  return [
    "read_only_root_filesystem true must be false, because Envbuilder writes the image to the container's own filesystem; leave it out [pod-read-only]",
  ];
}

function lackingCapabilities(security: Block): string[] {
  if (security["privileged"] === true) return [];
  const [capabilities] = within(security, ["capabilities"]);
  const drop = capabilityNames(capabilities?.["drop"]);
  const add = capabilityNames(capabilities?.["add"]);
  // What is dropped by name is gone, whatever is added.
  const all = drop.includes("ALL") && !add.includes("ALL");
  const missing = BUILD_CAPABILITIES.filter((one) => drop.includes(one) || (all && !add.includes(one)));
  if (missing.length === 0) return [];
  return [
    `capabilities.drop takes ${missing.join(", ")}, which a build needs; leave them to it, as without the change [pod-lacks-capabilities]`,
  ];
}

/** The blocks of a name, and of a name in those: one block or a list of them at each step. */
function within(value: unknown, names: readonly string[]): Block[] {
  const [name, ...rest] = names;
  const blocks: unknown[] = Array.isArray(value) ? value : [value];
  const here = blocks.filter(isBlock);
  return name === undefined ? here : here.flatMap((block) => within(block[name], rest));
}

function isBlock(value: unknown): value is Block {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
