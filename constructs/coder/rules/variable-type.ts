import { labelled } from "./reading/elements";
import { isUnset } from "./reading/literal";
import type { Rule } from "./rule";

/** Coder passes each variable as `-var`, and Terraform takes that literally where the type is open. */
export const variableType: Rule = {
  id: "variable-type",
  level: "error",
  check: (tree) =>
    labelled(tree, "variable")
      .filter(([, body]) => isUnset(body["type"]))
      .map(([name]) => ({
        address: `var.${name}`,
        message:
          'type must be set, got none: Coder hands over every value as text, and a list such as ["a"] would stay text; ' +
          "set string, number, bool or what it is",
      })),
};
