import type { TerraformBody, TerraformTree } from "../../terraform/tree";
import { resources } from "./reading/elements";
import { blocks } from "./reading/literal";
import { referencesThroughLocals } from "./reading/locals";
import { followsTransition } from "./reading/presence";
import type { Reference } from "./reading/references";
import type { Rule } from "./rule";

/** The token is new at each build: what keeps an old one runs an agent that Coder turns away. */
export const agentTokenInPersistentResource: Rule = {
  id: "agent-token-in-persistent-resource",
  level: "warning",
  check: (tree) =>
    resources(tree)
      .filter(({ type }) => !type.startsWith("coder_"))
      .flatMap(({ address, body }) => {
        const token = tokenIn(tree, body, new Set());
        if (token === undefined) return [];
        if (ignoresAllChanges(body))
          return [
            {
              address,
              message:
                `lifecycle.ignore_changes must not be all where ${token} is used: the token is new at each build, ` +
                `and the resource would keep the first; name the attributes to ignore, or leave the token out`,
            },
          ];
        if (followsTransition(tree, body)) return [];
        return [
          {
            address,
            message:
              `count must be \${data.coder_workspace.me.start_count} where ${token} is used: the token is new at each build ` +
              `and replaces what outlives a stop; count the resource, or leave the token out`,
          },
        ];
      }),
};

/** A token may come through local values and through data sources that render it, such as a cloud-init file. */
function tokenIn(tree: TerraformTree, body: TerraformBody, seen: Set<string>): string | undefined {
  for (const reference of referencesThroughLocals(tree, body)) {
    if (isToken(reference)) return reference.text;
    if (reference.kind !== "data" || seen.has(reference.address)) continue;
    seen.add(reference.address);
    const [, type = "", name = ""] = reference.address.split(".");
    const rendered = tree.data?.[type]?.[name];
    const token = rendered === undefined ? undefined : tokenIn(tree, rendered, seen);
    if (token !== undefined) return token;
  }
  return undefined;
}

function isToken({ address, steps, ordering }: Reference): boolean {
  const attribute = steps.find((step) => step.kind === "attribute");
  return !ordering && address.startsWith("coder_agent.") && attribute?.name === "token";
}

function ignoresAllChanges(body: TerraformBody): boolean {
  return (blocks(body, "lifecycle") ?? []).some((lifecycle) => lifecycle["ignore_changes"] === "all");
}
