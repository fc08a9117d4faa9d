import { Pod } from "@cdktf/provider-kubernetes/lib/pod";
import { TerraformIterator, Token } from "cdktf";
import { coder, container, docker, kubernetes, output, volume, workspace } from "./elements";
import { programs } from "./program";

export const repetition = programs("repetition", {
  count: (stack) => {
    coder(stack);
    const { name, startCount } = workspace(stack);
    container(stack, { name: `c-${name}`, count: Token.asNumber(startCount) });
  },
  "count-of-nothing": (stack) => {
    container(stack, { count: 0 });
  },
  "for-each": (stack) => {
    docker(stack);
    const each = TerraformIterator.fromMap({ a: { n: "x" }, b: { n: "y" } });
    volume(stack, "v", { name: each.getString("n"), forEach: each });
  },
  "dynamic-blocks-of-a-list": (stack) => {
    const each = TerraformIterator.fromList(["a", "b"]);
    container(stack, { labels: each.dynamic({ label: each.value, value: "v" }) });
  },
  "dynamic-blocks-of-a-map": (stack) => {
    const each = TerraformIterator.fromMap({ a: 1, b: 2 });
    container(stack, { labels: each.dynamic({ label: each.key, value: each.value }) });
  },
  "dynamic-blocks-in-for-each": (stack) => {
    docker(stack);
    const outer = TerraformIterator.fromMap({ a: { n: "x" } });
    const inner = TerraformIterator.fromList(["l", "m"]);
    const labels = inner.dynamic({ label: inner.value, value: `${inner.key}-"${inner.value}"` });
    volume(stack, "v", { name: outer.getString("n"), forEach: outer, labels });
  },
  "dynamic-blocks-by-override": (stack) => {
    container(stack).addOverride("dynamic.labels", {
      for_each: '${["a"]}',
      content: { label: "${labels.value}", value: "x" },
    });
  },
  "nested-dynamic-blocks-by-override": (stack) => {
    container(stack).addOverride("dynamic.mounts", {
      for_each: ["a"],
      iterator: "m",
      content: {
        type: "volume",
        target: "/${m.value}",
        dynamic: {
          volume_options: { for_each: [1], content: { no_copy: true, labels: [{ label: "x", value: "y" }] } },
        },
      },
    });
  },
  // Where the iterator's name cannot be that of the block, cdktf's stays.
  "iterator-that-keeps-its-name": (stack) => {
    container(stack).addOverride("dynamic.labels", [
      {
        for_each: ["a"],
        iterator: "each",
        content: { label: '${join("", [for labels in ["x"] : "${labels}${each.value}"])}', value: "v" },
      },
      { for_each: ["b"], iterator: "each", content: { label: "${/* each */ each.value}", value: "w" } },
      { for_each: ["c"], iterator: "each", content: { label: "c", value: "x ${~ each.key ~} y" } },
      { for_each: ["d"], iterator: "each", content: { label: '${[for each in ["d"] : each][0]}', value: "z" } },
    ]);
  },
  "static-and-dynamic-blocks": (stack) => {
    const ports = { for_each: [82, 81], content: { internal: "${ports.value}" } };
    container(stack, { ports: [{ internal: 83 }, { internal: 80 }] }).addOverride("dynamic.ports", ports);
  },
  "static-and-dynamic-blocks-before-it": (stack) => {
    kubernetes(stack);
    const containers = { for_each: ["b", "a"], content: { name: "${container.value}", image: "alpine" } };
    new Pod(stack, "pod", {
      metadata: { name: "x" },
      spec: { container: [{ name: "c", image: "alpine" }] },
    }).addOverride("spec.dynamic.container", containers);
  },
  "iterator-without-use": (stack) => {
    container(stack).addOverride("dynamic.labels", {
      for_each: ["a", "b"],
      iterator: "each",
      content: { label: "each.value", value: "$${each.value}" },
    });
  },
  "iterator-in-nested-templates": (stack) => {
    container(stack).addOverride("dynamic.labels", {
      for_each: { a: { each: "q" } },
      iterator: "each",
      content: {
        label: '${upper("x-${each.key}-${each.value["each"]}")}',
        value: '%{ if each.key == "a" }${each.value.each}%{ else }no%{ endif }',
      },
    });
  },
  "references-to-instances": (stack) => {
    docker(stack);
    const each = TerraformIterator.fromMap({ a: { n: "x" } });
    volume(stack, "v", { name: each.key, forEach: each });
    output(stack, "names", "${[for one in docker_volume.v : one.name]}");
  },
  "dynamic-blocks-in-list-items": [
    (stack) => {
      const each = TerraformIterator.fromList(["a", "b"]);
      const labels = each.dynamic({ label: each.value, value: "v" });
      container(stack, { mounts: [{ type: "volume", target: "/x", volumeOptions: { labels } }] });
    },
    {
      fails: {
        json: "We do not support directly resolving a TerraformDynamicBlock",
        hcl: "We do not support directly resolving a TerraformDynamicBlock",
      },
    },
  ],
});
