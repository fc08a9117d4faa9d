import { resources } from "./reading/elements";
import { referencesThroughLocals } from "./reading/locals";
import type { Rule } from "./rule";

/** Agent and cached image must not meet: Coder would attach the agent to the image, and each new token replaces it. */
export const agentOnCachedImage: Rule = {
  id: "agent-on-cached-image",
  level: "warning",
  check: (tree) =>
    resources(tree, "envbuilder_cached_image").flatMap(({ address, body }) => {
      const paths = new Map<string, string>();
      for (const [attribute, value] of Object.entries(body)) {
        const agents = referencesThroughLocals(tree, { [attribute]: value });
        for (const agent of agents) if (agent.address.startsWith("coder_agent.")) paths.set(attribute, agent.address);
      }
      return [...paths].map(([attribute, agent]) => ({
        address,
        message:
          `${attribute} must not use ${agent}: Coder would show the agent beneath the cached image instead of the container, ` +
          `and a new token at each build replaces the cached image; give the agent's values to the container alone`,
      }));
    }),
};
