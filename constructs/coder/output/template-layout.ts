import { kindRank, type HclLayout } from "../../terraform/hcl/hcl-layout";
import type { HclBlock } from "../../terraform/hcl/hcl-writer";

/** What users are asked is read most often, so it has a file of its own. */
const PARAMETERS = ["coder_parameter", "coder_workspace_preset", "coder_workspace_tags"];

/** The order in which a workspace comes to be; what is not named stands between the agent's things and the metadata. */
const RESOURCES = ["coder_agent", "coder_app", "coder_script", "coder_env"];
const LAST = ["coder_metadata"];

/** The files of a template's directory and the order in them, as a person would choose them. */
export const TEMPLATE_LAYOUT: Pick<HclLayout, "fileOf" | "rank"> = {
  fileOf(block: HclBlock): string {
    if (block.kind === "variable") return "variables.tf";
    if (block.kind === "output") return "outputs.tf";
    return block.kind === "data" && PARAMETERS.includes(block.type ?? "") ? "parameters.tf" : "main.tf";
  },
  rank(block: HclBlock): number {
    // What Coder tells comes before what is made of it.
    const kind = block.kind === "locals" ? kindRank({ kind: "data" }) + 0.5 : kindRank(block);
    const base = kind * 100;
    if (block.kind !== "resource") return base;
    const first = RESOURCES.indexOf(block.type ?? "");
    return base + (first >= 0 ? first : LAST.includes(block.type ?? "") ? 90 : 50);
  },
};
