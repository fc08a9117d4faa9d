import type { TerraformBody, TerraformTree, TerraformValue } from "../../terraform/tree";
import { resources } from "./reading/elements";
import { blocks, isUnset, quoted } from "./reading/literal";
import { throughLocals } from "./reading/locals";
import { isRemovedOnStop, isWorkspaceId } from "./reading/presence";
import { referencesIn } from "./reading/references";
import type { Rule } from "./rule";

/** Where the kinds of storage that hold users' work have their names. */
const NAMES: ReadonlyMap<
  string,
  { readonly prop: string; readonly of: (body: TerraformBody) => readonly TerraformValue[] }
> = new Map([
  ["docker_volume", { prop: "name", of: (body: TerraformBody) => [body["name"]] }],
  ["kubernetes_persistent_volume_claim", { prop: "metadata.name", of: inMetadata }],
  ["kubernetes_persistent_volume_claim_v1", { prop: "metadata.name", of: inMetadata }],
]);

/** What outlives a stop must not be replaced because a workspace or its owner is renamed, or the template changes. */
export const persistentResource: Rule = {
  id: "persistent-resource",
  level: "warning",
  check: (tree) =>
    [...NAMES].flatMap(([type, { prop, of }]) =>
      resources(tree, type)
        .filter(({ body }) => !isRemovedOnStop(tree, body))
        .flatMap(({ address, body }) => {
          const messages: string[] = [];
          const names = of(body).filter((name) => !isUnset(name));
          if (!names.some((name) => holdsWorkspaceId(tree, name)))
            messages.push(
              `${prop} must contain \${data.coder_workspace.me.id}, because all else may change or clash, ` +
                `got ${names.length === 0 ? "none" : names.map(quoted).join(", ")}; build the name from the workspace's id`,
            );
          if (!(blocks(body, "lifecycle") ?? []).some((lifecycle) => lifecycle["ignore_changes"] === "all"))
            messages.push(
              "lifecycle.ignore_changes must be all, because a change would replace the users' data; " +
                "set it, or count the resource by data.coder_workspace.me.start_count if it holds nothing to keep",
            );
          return messages.map((message) => ({ address, message }));
        }),
    ),
};

function inMetadata(body: TerraformBody): readonly TerraformValue[] {
  return (blocks(body, "metadata") ?? []).flatMap((metadata) => [metadata["name"], metadata["generate_name"]]);
}

function holdsWorkspaceId(tree: TerraformTree, name: TerraformValue): boolean {
  return throughLocals(tree, referencesIn(name)).some(isWorkspaceId);
}
