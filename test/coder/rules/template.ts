import type { Rule } from "../../../constructs/coder/rules/rule";
import { isBody } from "../../../constructs/coder/rules/reading/literal";
import type { TerraformBody, TerraformTree, TerraformValue } from "../../../constructs/terraform/tree";

/** A tree from addresses: `docker_volume.home`, `data.coder_workspace.me`, `local.name`, `var.x`, `module.m`, `output.o`. */
export function template(blocks: Readonly<Record<string, TerraformValue>>): TerraformTree {
  return Object.entries(blocks).reduce<TerraformTree>((tree, [address, block]) => {
    return { ...tree, ...withBlock(tree, pathOf(address.split(".")), block) };
  }, {});
}

function withBlock(
  tree: TerraformBody,
  [first = "", ...rest]: readonly string[],
  block: TerraformValue,
): TerraformBody {
  const branch = tree[first];
  return { ...tree, [first]: rest.length === 0 ? block : withBlock(isBody(branch) ? branch : {}, rest, block) };
}

const KINDS: Readonly<Record<string, string>> = { local: "locals", var: "variable" };

function pathOf([first = "", ...rest]: string[]): string[] {
  if (["data", "module", "output", "check", "provider", "terraform"].includes(first)) return [first, ...rest];
  const kind = KINDS[first];
  return kind === undefined ? ["resource", first, ...rest] : [kind, ...rest];
}

/** What a rule says about a template, a line for each finding. */
export function check(rule: Rule, blocks: Readonly<Record<string, TerraformValue>>): string[] {
  return rule.check(template(blocks)).map(({ address, message }) => `${address}: ${message}`);
}
