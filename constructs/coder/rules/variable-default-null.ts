import { labelled } from "./reading/elements";
import type { Rule } from "./rule";

/** For Coder a default of null is no default: it asks for the variable at the next push and fails without a value. */
export const variableDefaultNull: Rule = {
  id: "variable-default-null",
  level: "error",
  check: (tree) =>
    labelled(tree, "variable")
      .filter(([, body]) => body["default"] === null)
      .map(([name]) => ({
        address: `var.${name}`,
        message:
          "default must not be null, because Coder takes such a variable for a required one, got null; " +
          'use an empty value such as "" or [], or leave default out if the variable is required',
      })),
};
