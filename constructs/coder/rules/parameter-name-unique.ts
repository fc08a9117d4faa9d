import { quoted } from "./reading/literal";
import { parameters } from "./reading/parameters";
import { isAlwaysThere } from "./reading/presence";
import type { Rule } from "./rule";

/** A parameter's identity is its name, not its logical id: Coder refuses a template that uses one twice. */
export const parameterNameUnique: Rule = {
  id: "parameter-name-unique",
  level: "error",
  check: (tree) => {
    const owners = new Map<string, string>();
    return parameters(tree).flatMap(({ element, name }) => {
      if (name === undefined || !isAlwaysThere(element.body)) return [];
      const owner = owners.get(name);
      owners.set(name, owner ?? element.address);
      return owner === undefined
        ? []
        : [
            {
              address: element.address,
              message: `name must be unique in the template, got ${quoted(name)}, which ${owner} has as well; rename one of them`,
            },
          ];
    });
  },
};
