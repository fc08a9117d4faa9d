import { TerraformOutput } from "cdktf";
import { docker, output } from "./elements";
import { programs } from "./program";

export const outputs = programs("output", {
  sensitive: (stack) => {
    docker(stack);
    new TerraformOutput(stack, "o", { value: "x", sensitive: true, description: 'd "q"' });
  },
  "description-like-a-template": (stack) => {
    docker(stack);
    new TerraformOutput(stack, "o", { value: "x", description: "about $${x}\nand\nmore\n" });
  },
  map: (stack) => {
    docker(stack);
    output(stack, "o", { a: ["x", '${upper("y")}'], b: { c: true, d: 1 } });
  },
  condition: (stack) => {
    docker(stack);
    new TerraformOutput(stack, "o", {
      value: "x",
      precondition: { condition: "${1 == 1}", errorMessage: "no" },
    });
  },
  "falsy-values": (stack) => {
    docker(stack);
    output(stack, "o", "");
    output(stack, "o2", false);
    output(stack, "o3", 0);
  },
  "strings-like-other-things": (stack) => {
    docker(stack);
    output(stack, "object", '{"a":1}');
    output(stack, "octal", "042");
    output(stack, "number", "42");
  },
});
