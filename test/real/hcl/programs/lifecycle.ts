import { Network } from "@cdktf/provider-docker/lib/network";
import { TerraformVariable } from "cdktf";
import { container, docker, volume } from "./elements";
import { programs } from "./program";

export const lifecycle = programs("lifecycle", {
  "ignoring-all": (stack) => {
    docker(stack);
    volume(stack, "v", { labels: [{ label: "a", value: "b" }], lifecycle: { ignoreChanges: "all" } });
  },
  "ignoring-some": (stack) => {
    container(stack, {
      lifecycle: { ignoreChanges: ["image", "env"], preventDestroy: true, createBeforeDestroy: true },
    });
  },
  "ignoring-paths": (stack) => {
    docker(stack);
    new Network(stack, "n", {
      name: "n",
      labels: [{ label: "a", value: "b" }],
      lifecycle: { ignoreChanges: ['options["a.b"]', "driver"], createBeforeDestroy: true },
    });
  },
  // cdktf writes "${docker_volume.v}", which only counts as a reference where it can be written bare.
  "replaced-with-a-resource": [
    (stack) => {
      container(stack, { lifecycle: { replaceTriggeredBy: [volume(stack, "v")] } });
    },
    { fails: { json: "Invalid expression" } },
  ],
  "replaced-with-an-attribute": (stack) => {
    volume(stack, "v");
    container(stack, { lifecycle: { replaceTriggeredBy: ["docker_volume.v.id"] } });
  },
  conditions: (stack) => {
    new TerraformVariable(stack, "v", { type: "string", default: "a" });
    container(stack, {
      lifecycle: { precondition: [{ condition: '${var.v != ""}', errorMessage: 'bad "v"' }] },
    });
  },
  "condition-on-nothing": [
    (stack) => {
      container(stack, {
        lifecycle: {
          precondition: [{ condition: '${length("x") == 1}', errorMessage: 'bad "x"' }],
          postcondition: [{ condition: '${self.name != ""}', errorMessage: "bad" }],
        },
      });
    },
    { fails: { json: "Invalid precondition expression", hcl: "Invalid precondition expression" } },
  ],
  dependency: (stack) => {
    container(stack, { dependsOn: [volume(stack, "v")] });
  },
});
