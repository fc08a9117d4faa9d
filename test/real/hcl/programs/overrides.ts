import { TerraformDataSource } from "cdktf";
import { coder, container, docker, raw } from "./elements";
import { programs } from "./program";

const labels = [{ label: "a", value: "b" }];

export const overrides = programs("override", {
  scalar: (stack) => {
    container(stack).addOverride("hostname", "h");
  },
  list: (stack) => {
    container(stack).addOverride("dns", ["1.1.1.1"]);
  },
  "longer-list": (stack) => {
    container(stack, { env: ["A=b"] }).addOverride("env", ["C=d"]);
  },
  block: (stack) => {
    container(stack).addOverride("labels", labels);
  },
  "block-attribute": (stack) => {
    container(stack, { labels }).addOverride("labels.0.value", "changed");
  },
  "blocks-that-were-not-set": (stack) => {
    const c = container(stack);
    const mount = { type: "volume", target: "/x", volume_options: { labels } };
    c.addOverride("healthcheck", { test: ["CMD", "true"] });
    c.addOverride("mounts", [mount]);
    c.addOverride("capabilities.add", ["NET_ADMIN"]);
  },
  replacement: (stack) => {
    container(stack, { hostname: "a" }).addOverride("hostname", "b");
  },
  deletion: (stack) => {
    container(stack, { hostname: "a" }).addOverride("hostname", undefined);
  },
  lifecycle: (stack) => {
    container(stack).addOverride("lifecycle.ignore_changes", ["image"]);
  },
  "required-version": (stack) => {
    docker(stack);
    stack.addOverride("terraform.required_version", ">= 1.5");
  },
  "resource-by-stack": (stack) => {
    container(stack);
    stack.addOverride("resource.docker_container.c.hostname", "h");
  },
  "new-blocks-by-stack": [
    (stack) => {
      docker(stack);
      stack.addOverride("output.o", { value: "x" });
      stack.addOverride("check.c", { assert: { condition: "${1 == 1}", error_message: "x" } });
    },
    { fails: { json: "Invalid assert expression", hcl: "Invalid assert expression" } },
  ],
  "no-such-block": [
    (stack) => {
      docker(stack);
      stack.addOverride("resources.docker_volume.v.name", "x");
    },
    { fails: { json: "No argument or block type is named", hcl: "no block of this kind can be written" } },
  ],
  "raw-resource-of-a-known-type": (stack) => {
    container(stack);
    raw(stack, "r", "docker_container", { name: "r", image: "alpine", labels, tmpfs: { "/run": "rw" } });
  },
  "raw-resource-with-plain-values": (stack) => {
    docker(stack);
    raw(stack, "r", "docker_volume", { name: "r", driver: "local" });
  },
  "raw-data-source": (stack) => {
    coder(stack);
    const data = new TerraformDataSource(stack, "p", {
      terraformResourceType: "coder_parameter",
      terraformGeneratorMetadata: { providerName: "coder" },
    });
    data.addOverride("name", "p");
    data.addOverride("default", "x");
  },
  "raw-resource-that-nobody-knows": [
    (stack) => {
      docker(stack);
      raw(stack, "r", "docker_volume", { name: "r", driver_opts: { a: "b" }, labels });
      raw(stack, "q", "docker_volume", { name: "q" });
    },
    { fails: { hcl: "docker_volume.r: driver_opts, labels may be nested blocks or objects" } },
  ],
});
