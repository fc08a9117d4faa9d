import { TerraformVariable, type TerraformStack, type TerraformVariableConfig } from "cdktf";
import { docker, output, volume } from "./elements";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { programs } from "./program";

function variable(stack: TerraformStack, name: string, config: TerraformVariableConfig): TerraformVariable {
  const made = new TerraformVariable(stack, name, config);
  output(stack, `value_of_${name}`, `\${var.${name}}`);
  return made;
}

export const variables = programs("variable", {
  everything: (stack) => {
    docker(stack);
    variable(stack, "v", {
      type: "string",
      default: 'say "x"',
      description: 'a "q"',
      nullable: false,
      validation: [{ condition: "${length(var.v) > 0}", errorMessage: "Empty." }],
    });
  },
  types: (stack) => {
    docker(stack);
    variable(stack, "l", { type: "list(string)", default: ["a", "b"] });
    variable(stack, "m", { type: "map(string)", default: { a: "b" } });
    variable(stack, "b", { type: "bool", default: false });
    variable(stack, "n", { type: "number", default: 0 });
    variable(stack, "e", { type: "string", default: "" });
    variable(stack, "ob", { type: "object({a=string,b=optional(number)})", default: { a: "x" } });
    variable(stack, "any", { type: "any", default: [] });
    variable(stack, "long", {
      type: "object({first=string,second=optional(list(object({name=string,value=any})),[]),third=map(string)})",
      default: { first: "x", third: {} },
    });
  },
  "description-of-lines": (stack) => {
    docker(stack);
    variable(stack, "v", { type: "string", default: "x", description: 'line one\nline "two"\nline three\n' });
  },
  "defaults-like-other-things": (stack) => {
    docker(stack);
    variable(stack, "v", { type: "string", default: "042" });
    variable(stack, "w", { type: "string", default: '{"a":"b"}' });
  },
  // Terraform takes these strings as they are, also in JSON: $${ stands for those four characters.
  "literals-like-templates": (stack) => {
    docker(stack);
    variable(stack, "v", { type: "string", default: 'a $${x} %%{y} "q" \\ z', description: "d $${x} \n e" });
    variable(stack, "m", { type: "any", default: { "k$${z}": ["$${x}", 1], b: "p\nq\n" } });
  },
  sensitive: (stack) => {
    docker(stack);
    new TerraformVariable(stack, "v", { type: "string", default: "x", sensitive: true });
  },
  "in-a-provider": (stack) => {
    new TerraformVariable(stack, "socket", { type: "string", default: "unix:///var/run/docker.sock" });
    new DockerProvider(stack, "docker", { host: '${var.socket != "" ? var.socket : null}' });
    volume(stack, "v");
  },
});
