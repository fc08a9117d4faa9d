import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformHclModule, TerraformIterator, type TerraformStack, Token } from "cdktf";
import { docker, output, volume } from "./elements";
import { programs } from "./program";

const declared = ["agent_id", "list", "map", "num", "b", "ml"];

/** A module that takes everything and gives it back. */
const passThrough = {
  "mod/main.tf": [
    "terraform {",
    "  required_providers {",
    '    docker = { source = "kreuzwerker/docker", configuration_aliases = [docker.other] }',
    "  }",
    "}",
    ...declared.map((name) => `variable "${name}" {\n  default = null\n}`),
    `output "all" {\n  value = [${declared.map((name) => `jsonencode(var.${name})`).join(", ")}]\n}`,
    "",
  ].join("\n"),
};

const call = (stack: TerraformStack): ConstructorParameters<typeof TerraformHclModule>[2] => ({
  source: "registry.example/x/y/coder",
  variables: {
    agent_id: "a",
    list: ["x", "y", "long".repeat(30)],
    map: { k: 'v "q"', "a b": { c: [{ d: 1 }, {}] } },
    num: 1,
    b: false,
    ml: "a\nb\n",
  },
  providers: [
    { provider: new DockerProvider(stack, "other", { alias: "other" }), moduleAlias: "other" },
    docker(stack),
  ],
});

export const modules = programs("module", {
  once: [
    (stack) => {
      const made = new TerraformHclModule(stack, "m", call(stack));
      made.addOverride("source", "./mod");
      made.addOverride("count", 1);
      output(stack, "o", Token.asAny("${module.m[0].all}"));
    },
    { files: passThrough, ownInit: true },
  ],
  "for-each": [
    (stack) => {
      const each = TerraformIterator.fromList(["p", "q"]);
      const config = { ...call(stack), dependsOn: [volume(stack, "v")], forEach: each };
      new TerraformHclModule(stack, "m", config).addOverride("source", "./mod");
      output(stack, "o", Token.asAny("${module.m}"));
    },
    { files: passThrough, ownInit: true },
  ],
  "registry-source-and-version": [
    (stack) => {
      docker(stack);
      new TerraformHclModule(stack, "m", { source: "registry.example/x/y/coder", version: "~> 1.0" });
    },
    // Nothing is at that address; both forms say so of that module and version.
    { fails: { json: "Module not installed", hcl: "Module not installed" } },
  ],
});
