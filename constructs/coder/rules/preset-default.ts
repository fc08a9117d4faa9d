import { dataSources } from "./reading/elements";
import { literal, literalFlag, quoted } from "./reading/literal";
import { isAlwaysThere } from "./reading/presence";
import type { Finding, Rule } from "./rule";

/** Coder refuses a template with two presets of one name, or with two that are chosen from the start. */
export const presetDefault: Rule = {
  id: "preset-default",
  level: "error",
  check: (tree) => {
    const findings: Finding[] = [];
    const owners = new Map<string, string>();
    let chosen: string | undefined;
    for (const { address, body } of dataSources(tree, "coder_workspace_preset").filter((one) =>
      isAlwaysThere(one.body),
    )) {
      const name = literal(body["name"]);
      const owner = name === undefined ? undefined : owners.get(name);
      if (owner !== undefined)
        findings.push({
          address,
          message: `name must be unique among the presets, got ${quoted(name)}, which ${owner} has as well; rename one of them`,
        });
      if (name !== undefined) owners.set(name, owner ?? address);
      if (literalFlag(body["default"], false) !== true) continue;
      if (chosen !== undefined)
        findings.push({
          address,
          message: `default must be true for one preset at most, got true here and for ${chosen}; choose one of them`,
        });
      chosen ??= address;
    }
    return findings;
  },
};
