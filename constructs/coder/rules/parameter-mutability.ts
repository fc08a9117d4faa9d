import { parameters } from "./reading/parameters";
import type { Rule } from "./rule";

/** An ephemeral parameter is asked for at each build: it has to be changeable, and to have what unattended builds take. */
export const parameterMutability: Rule = {
  id: "parameter-mutability",
  level: "error",
  check: (tree) =>
    parameters(tree).flatMap(({ element: { address, body }, ephemeral, mutable, ...parameter }) => {
      if (ephemeral !== true) return [];
      const messages: string[] = [];
      if (mutable === false)
        messages.push(
          `mutable must be true for an ephemeral parameter, got ${body["mutable"] === undefined ? "none, which means false" : "false"}; ` +
            `set mutable or leave ephemeral out`,
        );
      if (parameter.default === "unset")
        messages.push(
          "default must be set for an ephemeral parameter, got none; say what a build takes that nobody is asked for",
        );
      return messages.map((message) => ({ address, message }));
    }),
};
