import { resources } from "./reading/elements";
import { graphOf } from "./reading/graph";
import type { Rule } from "./rule";

/** Coder shows an agent beneath the resource that runs it, and silently drops an agent that nothing depends on. */
export const agentWithoutResource: Rule = {
  id: "agent-without-resource",
  level: "error",
  check: (tree) => {
    const graph = graphOf(tree);
    return resources(tree, "coder_agent")
      .filter(({ address }) => {
        if (graph.nearestInfrastructure(address, "dependents").length > 0) return false;
        // What a module makes of the agent is not to be seen from here.
        return ![...graph.dependents(address)].some((dependent) => dependent.startsWith("module."));
      })
      .map(({ address, name }) => ({
        address,
        message:
          `agent must be used by a resource that runs it, got none, and Coder leaves such an agent out; ` +
          `hand \${coder_agent.${name}.token} and \${coder_agent.${name}.init_script} to a container or a machine`,
      }));
  },
};
