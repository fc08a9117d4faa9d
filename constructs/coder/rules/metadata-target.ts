import type { TerraformTree } from "../../terraform/tree";
import { isInfrastructure, resources, type Element } from "./reading/elements";
import { graphOf } from "./reading/graph";
import { referencesThroughLocals } from "./reading/locals";
import { isAlwaysThere } from "./reading/presence";
import type { Finding, Rule } from "./rule";

/**
 * Coder does not read `resource_id`: it attaches a metadata block to the nearest infrastructure resource that the block
 * refers to in whatever attribute, and refuses a second block on the same resource.
 */
export const metadataTarget: Rule = {
  id: "metadata-target",
  level: "error",
  check: (tree) => {
    const findings: Finding[] = [];
    const owners = new Map<string, string>();
    for (const metadata of resources(tree, "coder_metadata")) {
      const target = targetOf(tree, metadata);
      if (target === "unknown") continue;
      if ("problem" in target) {
        findings.push({ address: metadata.address, message: target.problem });
        continue;
      }
      // Blocks that a condition switches may exclude each other.
      if (!isAlwaysThere(metadata.body)) continue;
      const owner = owners.get(target.address);
      if (owner === undefined) owners.set(target.address, metadata.address);
      else
        findings.push({
          address: metadata.address,
          message: `resource_id must be of a resource without metadata, got ${target.address}, which ${owner} describes already; merge the two blocks`,
        });
    }
    return findings;
  },
};

function targetOf(
  tree: TerraformTree,
  { address, body }: Element,
): "unknown" | { readonly problem: string } | { readonly address: string } {
  const graph = graphOf(tree);
  // Resources of a module are not to be seen from here, and one of them may be the nearest.
  if ([...graph.dependencies(address)].some((dependency) => dependency.startsWith("module."))) return "unknown";
  const [nearest, ...others] = graph.nearestInfrastructure(address, "dependencies");
  if (nearest === undefined)
    return {
      problem:
        "resource_id must be the id of an infrastructure resource, got none, and Coder shows such metadata nowhere; " +
        "refer to the resource that it describes",
    };
  const named = infrastructureIn(tree, { resource_id: body["resource_id"] });
  if (named.length > 1)
    return {
      problem: `resource_id must be of one infrastructure resource, got ${named.join(" and ")}, of which Coder takes ${nearest.address}; write one block for each`,
    };
  const [only] = named;
  if (only !== undefined && only !== nearest.address)
    return {
      problem:
        `attributes must refer to no infrastructure resource but ${only} of resource_id, because Coder would attach the ` +
        `metadata to ${nearest.address}; leave out what refers to ${nearest.address}`,
    };
  // With an id that leads nowhere it is chance which of several resources is taken.
  const rivals = infrastructureIn(tree, body).filter((one) => others.some((other) => other.address === one));
  if (only === undefined && rivals.some((rival) => !graph.dependencies(nearest.address).has(rival)))
    return {
      problem: `resource_id must be the id of an infrastructure resource, got none, and Coder takes ${nearest.address} out of several; refer to the one that it describes`,
    };
  return nearest;
}

/** The infrastructure that a block refers to itself. */
function infrastructureIn(tree: TerraformTree, body: Element["body"]): readonly string[] {
  const infrastructure = new Set(
    resources(tree)
      .filter(isInfrastructure)
      .map((resource) => resource.address),
  );
  const addresses = referencesThroughLocals(tree, body).map((reference) => reference.address);
  return [...new Set(addresses)].filter((address) => infrastructure.has(address));
}
