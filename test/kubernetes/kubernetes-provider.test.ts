import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformVariable } from "cdktf";
import { provideKubernetes } from "../../constructs/kubernetes/kubernetes-provider";
import { addresses, block, filesOf, testStack, testTemplate, treeOf } from "../util";

const PATH = '${var.use_kubeconfig ? "~/.kube/config" : null}';

describe("provideKubernetes", () => {
  test("gives a template the provider, which reaches the cluster from within unless an administrator says otherwise", () => {
    const template = testTemplate();

    provideKubernetes(template);
    provideKubernetes(template);

    const tree = treeOf(template);
    expect(tree["provider"]).toEqual({ coder: [{}], kubernetes: [{ config_path: PATH }] });
    expect(tree["terraform"]).toMatchObject({
      required_providers: { kubernetes: { source: "hashicorp/kubernetes", version: ">= 2.38.0, < 4.0.0" } },
    });
    expect(block(tree, "var.use_kubeconfig")).toMatchObject({ type: "bool", default: false });
  });

  test("uses the provider that a template has, but none with an alias, which resources have to name", () => {
    const template = testTemplate();
    new KubernetesProvider(template, "other", { alias: "other" });
    new KubernetesProvider(template, "kubernetes", { host: "https://10.0.0.1:6443" });

    provideKubernetes(template);

    expect(treeOf(template)["provider"]).toMatchObject({
      kubernetes: [{ alias: "other" }, { host: "https://10.0.0.1:6443" }],
    });
    expect(addresses(treeOf(template))).not.toContain("var.use_kubeconfig");
  });

  test.each(["variable", "construct"])("uses the variable of the name that the author declared as a %s", (how) => {
    const template = testTemplate();
    if (how === "variable") template.variable("use_kubeconfig", { description: "Mine.", default: true });
    else new TerraformVariable(template, "use_kubeconfig", { type: "bool", default: true, description: "Mine." });

    provideKubernetes(template);

    expect(block(treeOf(template), "var.use_kubeconfig")).toMatchObject({ description: "Mine.", default: true });
    expect(treeOf(template)["provider"]).toMatchObject({ kubernetes: [{ config_path: PATH }] });
  });

  test("fails at synth where the author adds one later, of which Terraform would take one", () => {
    const template = testTemplate();
    provideKubernetes(template);
    new KubernetesProvider(template, "kubernetes", {});

    expect(() => filesOf(template)).toThrow(
      "the template has two Kubernetes providers without an alias, of which Terraform takes one; declare yours before the workspace, which then adds none [kubernetes-provider-twice]",
    );
  });

  test("leaves other stacks alone", () => {
    const stack = testStack();

    provideKubernetes(stack);

    expect(addresses(treeOf(stack))).toEqual([]);
  });
});
