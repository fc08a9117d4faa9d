import { resources } from "./reading/elements";
import { graphOf } from "./reading/graph";
import type { Rule } from "./rule";

/** What cannot run an agent. Secrets and config maps are left out: they may carry the token to what runs it. */
const NOT_COMPUTE: readonly string[] = [
  "docker_image",
  "docker_network",
  "docker_volume",
  "kubernetes_namespace",
  "kubernetes_namespace_v1",
  "kubernetes_network_policy",
  "kubernetes_network_policy_v1",
  "kubernetes_persistent_volume",
  "kubernetes_persistent_volume_v1",
  "kubernetes_persistent_volume_claim",
  "kubernetes_persistent_volume_claim_v1",
  "kubernetes_service_account",
  "kubernetes_service_account_v1",
];

/** Coder attaches an agent, its apps and its status to the nearest resource that depends on it. */
export const agentNearestResource: Rule = {
  id: "agent-nearest-resource",
  level: "warning",
  check: (tree) => {
    const graph = graphOf(tree);
    return resources(tree, "coder_agent").flatMap(({ address }) => {
      const [nearest] = graph.nearestInfrastructure(address, "dependents");
      if (nearest === undefined || !NOT_COMPUTE.includes(nearest.address.replace(/\..*/, ""))) return [];
      // A resource inside a module may be nearer than the second step, and a module may lengthen a way of one.
      const modules = [...graph.dependents(address)].filter((dependent) => dependent.startsWith("module."));
      if (
        modules.length > 0 &&
        (nearest.depth > 0 || modules.some((one) => graph.dependencies(nearest.address).has(one)))
      )
        return [];
      return [
        {
          address,
          message:
            `agent must be nearest to the resource that runs it, got ${nearest.address}, beneath which Coder would show it; ` +
            `take the agent's values out of ${nearest.address}`,
        },
      ];
    });
  },
};
