import { dataSources } from "./reading/elements";
import { quoted } from "./reading/literal";
import type { Rule } from "./rule";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["coder_workspace_owner", "Coder's form for new workspaces knows the owner by this name only"],
  ["coder_workspace", "Coder's documentation, its modules and these rules know the workspace by this name"],
  ["coder_provisioner", "Coder's documentation and its modules know the provisioner by this name"],
]);

/** Dynamic parameters fill in `data.coder_workspace_owner.me` and no other; its two relatives follow for one convention. */
export const dataSourceNamedMe: Rule = {
  id: "data-source-named-me",
  level: "error",
  check: (tree) =>
    [...REASONS].flatMap(([type, reason]) =>
      dataSources(tree, type)
        .filter(({ name }) => name !== "me")
        .map(({ address, name }) => ({
          address,
          message: `logical id must be "me", because ${reason}, got ${quoted(name)}; override the logical id`,
        })),
    ),
};
