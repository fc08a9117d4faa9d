import { blocks } from "./reading/literal";
import { isBody } from "./reading/literal";
import type { Rule } from "./rule";

/** Coder keeps the state itself, as a file in the folder that it runs Terraform in, and does not find any other. */
export const backendInTemplate: Rule = {
  id: "backend-in-template",
  level: "error",
  check: (tree) =>
    (blocks(tree, "terraform") ?? []).flatMap((terraform) =>
      ["backend", "cloud"]
        .filter((name) => terraform[name] !== undefined)
        .map((name) => {
          const backend = terraform[name];
          const type = name === "backend" && isBody(backend) ? `.${Object.keys(backend).join(".")}` : "";
          return {
            address: `terraform.${name}${type}`,
            message: `terraform.${name} must not be set in a template, because Coder keeps the state of each workspace itself, got ${name}${type}; leave it out`,
          };
        }),
    ),
};
