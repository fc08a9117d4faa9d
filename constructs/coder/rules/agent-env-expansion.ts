import type { TerraformTree, TerraformValue } from "../../terraform/tree";
import { resources } from "./reading/elements";
import { isBody, literal, literalParts } from "./reading/literal";
import type { Finding, Rule } from "./rule";

/** Variables that people mean when they write them: a session has them whatever the template says. */
const USUAL =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|PWD|HOSTNAME|LANG|LANGUAGE|LC_\w+|TERM|TMPDIR|XDG_\w+|LD_LIBRARY_PATH|CODER\w*|GIT_SSH_COMMAND|VSCODE_PROXY_URI)$/;

/** The agent expands `$name` in these values with os.ExpandEnv, and knows no way to escape a dollar sign. */
export const agentEnvExpansion: Rule = {
  id: "agent-env-expansion",
  level: "warning",
  check: (tree) => {
    const variables = environment(tree);
    const known = new Set(variables.map(({ name }) => name));
    return variables
      .filter(({ value }) => expandedNames(value).some((name) => !known.has(name) && !USUAL.test(name)))
      .map(({ address, prop, name }): Finding => ({
        address,
        // The value may be a password: it is not shown, nor is the part that would be lost.
        message:
          `${prop} of the variable ${name} must hold a "$" only before a variable of the session such as $PATH, because the agent ` +
          `expands it and cannot escape it; set a literal "$" in the environment of the container instead`,
      }));
  },
};

interface Variable {
  readonly address: string;
  readonly prop: string;
  readonly name: string;
  readonly value: TerraformValue;
}

function environment(tree: TerraformTree): readonly Variable[] {
  const ofAgents = resources(tree, "coder_agent").flatMap(({ address, body }) =>
    Object.entries(isBody(body["env"]) ? body["env"] : {}).map(([name, value]) => ({
      address,
      prop: "env",
      name,
      value,
    })),
  );
  const single = resources(tree, "coder_env").map(({ address, name, body }) => ({
    address,
    prop: "value",
    name: literal(body["name"]) ?? name,
    value: body["value"],
  }));
  return [...ofAgents, ...single];
}

/** What os.Expand of Go takes for a variable; a lone "$", and one before a blank or a slash, stays as it is. */
const EXPANDED = /\$(?:\{([^}]*)\}|\{|([*#$@!?\-0-9])|(\w+))/g;

function expandedNames(value: TerraformValue): readonly string[] {
  if (typeof value !== "string") return [];
  return literalParts(value).flatMap((part) =>
    [...part.matchAll(EXPANDED)].map(([, braced, special, plain]) => braced ?? special ?? plain ?? ""),
  );
}
