import { resources } from "./reading/elements";
import { literal, quoted } from "./reading/literal";
import type { Finding, Rule } from "./rule";

/** Coder's own pattern; without underscores since the beginning of 2025, for names become parts of host names. */
const PATTERN = /^[a-z0-9](-?[a-z0-9])*$/i;

/** An agent's name in Coder is its logical id, and Coder refuses a template with a bad or a repeated one. */
export const agentName: Rule = {
  id: "agent-name",
  level: "error",
  check: (tree) => {
    const findings: Finding[] = [];
    const names = new Map<string, string>();
    for (const { address, name, body } of resources(tree, "coder_agent")) {
      const same = names.get(name.toLowerCase());
      if (!PATTERN.test(name))
        findings.push({
          address,
          message:
            `logical id must be letters and digits with single hyphens in between, because Coder names the agent by it, ` +
            `got ${quoted(name)}; override the logical id${suggestion(name)}`,
        });
      if (same !== undefined)
        findings.push({
          address,
          message: `logical id must differ from ${quoted(same)} in more than upper and lower case, got ${quoted(name)}; rename one of the agents`,
        });
      if (Number(literal(body["count"])) > 1)
        findings.push({
          address,
          message: `count must not make several agents of one name, got ${quoted(body["count"])}; declare each agent under its own logical id`,
        });
      names.set(name.toLowerCase(), name);
    }
    return findings;
  },
};

function suggestion(name: string): string {
  const better = name.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "");
  return better === "" ? "" : `, such as ${quoted(better)}`;
}
