import type { Rule } from "../../../constructs/coder/rules/rule";
import type { TerraformTree, TerraformValue } from "../../../constructs/terraform/tree";

type Branch = { [name: string]: TerraformValue };

/** A tree from addresses: `docker_volume.home`, `data.coder_workspace.me`, `local.name`, `var.x`, `module.m`, `output.o`. */
export function template(blocks: Readonly<Record<string, TerraformValue>>): TerraformTree {
  const tree: Branch = {};
  for (const [address, block] of Object.entries(blocks)) {
    const path = pathOf(address.split("."));
    const last = path.pop() ?? "";
    let branch = tree;
    for (const name of path) branch = (branch[name] ??= {}) as Branch;
    branch[last] = block;
  }
  return tree as TerraformTree;
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
