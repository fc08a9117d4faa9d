import { resources } from "./reading/elements";
import { isUnset, quoted } from "./reading/literal";
import { referencesIn, type Reference } from "./reading/references";
import type { Rule } from "./rule";

const TYPES: readonly string[] = ["coder_app", "coder_script", "coder_env", "coder_devcontainer"];

/** While Coder plans, ids are unknown: it finds the agent of an app by a direct edge in Terraform's graph. */
export const appAgentReference: Rule = {
  id: "app-agent-reference",
  level: "error",
  check: (tree) =>
    TYPES.flatMap((type) => resources(tree, type))
      .filter(({ type, body }) => {
        if (isUnset(body["agent_id"])) return false;
        const references = referencesIn(body["agent_id"]);
        // The agent may be counted and the choice of it may be an expression, as long as nothing lies in between.
        return references.length === 0 || !references.every((reference) => isAgent(reference, type));
      })
      .map(({ address, body }) => ({
        address,
        message:
          `agent_id must be the id of an agent of this template without a local value or a module in between, ` +
          `such as \${coder_agent.main.id}, got ${quoted(body["agent_id"])}; refer to the agent directly`,
      })),
};

function isAgent({ kind, address, steps }: Reference, of: string): boolean {
  const attribute = steps.find((step) => step.kind === "attribute");
  if (kind !== "resource") return false;
  if (address.startsWith("coder_agent.")) return attribute?.name === "id";
  // A dev container has an agent of its own, which can have all but further dev containers.
  return of !== "coder_devcontainer" && address.startsWith("coder_devcontainer.") && attribute?.name === "subagent_id";
}
