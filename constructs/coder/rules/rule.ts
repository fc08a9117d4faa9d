import type { WarningId } from "../../settings/warning";
import type { TerraformTree } from "../../terraform/tree";

/** What a rule has to say about a template. */
export interface Finding {
  /** Where it is, as a Terraform address such as `data.coder_parameter.repo`. */
  readonly address: string;
  /** What is wrong, the value, the rule and the remedy: lower case, no full stop. */
  readonly message: string;
}

/** A property that Coder demands of a template and that can be checked without Coder. */
export type Rule = RuleLevel & {
  /** A pure function of the rendered template. */
  check(tree: TerraformTree): Finding[];
};

/** `error` ends the synthesis, `warning` is shown. The id is stable and speaking, such as `agent-name`: shown with every finding. */
type RuleLevel =
  { readonly level: "error"; readonly id: string } | { readonly level: "warning"; readonly id: WarningId };
