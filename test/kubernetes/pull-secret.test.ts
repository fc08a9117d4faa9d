import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import {
  EnvbuilderDeployment,
  type EnvbuilderDeploymentProps,
} from "../../constructs/kubernetes/envbuilder-deployment";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import type { TerraformTree } from "../../constructs/terraform/tree";
import { addresses, annotations, block, testStack, testTemplate, treeOf } from "../util";
import { podOf } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const PULL_SECRET = "kubernetes_secret_v1.build_registries";
const password = Secret.fromReference("${var.password}");
const logins = RegistryAuth.logins([{ registry: "docker.io", user: "robot", password }]);

function tree(props: Partial<EnvbuilderDeploymentProps>): TerraformTree {
  const stack = testStack();
  new KubernetesProvider(stack, "kubernetes");
  new EnvbuilderDeployment(stack, "build", { name: "build-1", namespace: "w", repository: REPOSITORY, ...props });
  return treeOf(stack);
}

describe("a pod with logins", () => {
  const made = tree({ registryAuth: logins, imagePullSecrets: ["mine"] });

  test("has them as a Secret that the node pulls with, beside the author's", () => {
    expect(block(made, PULL_SECRET)).toEqual({
      metadata: expect.objectContaining({ name: "build-1-registries", namespace: "w" }),
      type: "kubernetes.io/dockerconfigjson",
      data: {
        ".dockerconfigjson":
          '${jsonencode({"auths" = {"https://index.docker.io/v1/" = {"username" = "robot", "password" = sensitive(var.password)}}})}',
      },
    });
    expect(podOf(block(made, "kubernetes_deployment_v1.build")).pod["image_pull_secrets"]).toEqual([
      { name: "mine" },
      { name: `\${${PULL_SECRET}.metadata[0].name}` },
    ]);
  });

  test("has them in its environment by its own Secret, and mounts nothing", () => {
    const { container } = podOf(block(made, "kubernetes_deployment_v1.build"));

    expect(JSON.stringify(block(made, "kubernetes_deployment_v1.build"))).not.toContain("var.password");
    expect(block(made, "kubernetes_secret_v1.build")["data"]).toMatchObject({
      ENVBUILDER_DOCKER_CONFIG_BASE64: expect.stringMatching(/^\$\{base64encode\(jsonencode\(/),
    });
    expect(container["volume_mount"]).toEqual([]);
  });
});

test("a pod with a config that may be empty has a pull secret that the cluster takes", () => {
  expect(block(tree({ registryAuth: RegistryAuth.fromConfig(password) }), PULL_SECRET)["data"]).toEqual({
    ".dockerconfigjson": '${coalesce(sensitive(var.password), "{}")}',
  });
});

describe("a pod with a Secret that is there", () => {
  test("mounts it as the one file that Envbuilder looks for, and pulls with it", () => {
    const made = tree({ registryAuth: RegistryAuth.fromSecret("registries"), imagePullSecrets: ["registries"] });
    const { pod, container } = podOf(block(made, "kubernetes_deployment_v1.build"));

    expect(addresses(made)).not.toContain(PULL_SECRET);
    expect(pod["image_pull_secrets"]).toEqual([{ name: "registries" }]);
    expect(pod["volume"]).toEqual([
      {
        name: "config-json",
        secret: { secret_name: "registries", items: [{ key: ".dockerconfigjson", path: "config.json" }] },
      },
    ]);
    expect(container["volume_mount"]).toEqual([
      { name: "config-json", mount_path: "/.envbuilder/config.json", sub_path: "config.json", read_only: true },
    ]);
  });

  test("does not pull with an entry that the node does not know", () => {
    const made = tree({ registryAuth: RegistryAuth.fromSecret("registries", "config.json") });

    expect(podOf(block(made, "kubernetes_deployment_v1.build")).pod["image_pull_secrets"]).toEqual([]);
  });
});

test("a pod without credentials has neither", () => {
  const made = tree({});

  expect(addresses(made)).toEqual(["kubernetes_deployment_v1.build", "provider.kubernetes"]);
  expect(podOf(block(made, "kubernetes_deployment_v1.build")).pod["image_pull_secrets"]).toEqual([]);
});

test("fails with host-registry-auth-on-kubernetes on a file of a Docker host", () => {
  expect(() => tree({ registryAuth: RegistryAuth.fromHostFile("/root/.docker/config.json") })).toThrow(
    'registryAuth is "/root/.docker/config.json" of a Docker host, and pods run on nodes that nobody prepared; use RegistryAuth.logins, RegistryAuth.fromConfig, or RegistryAuth.fromSecret [host-registry-auth-on-kubernetes]',
  );
});

describe("a workspace", () => {
  test("has its pull secret only while it runs", () => {
    const template = testTemplate();
    template.variable("password", { description: "The registry's password.", sensitive: true });
    const workspace = new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, registryAuth: logins });

    const made = treeOf(template);
    expect(workspace.pullSecret?.friendlyUniqueId).toBe("workspace_registries");
    expect(block(made, "kubernetes_secret_v1.workspace_registries")).toMatchObject({
      count: "${data.coder_workspace.me.start_count}",
      metadata: { name: "coder-${data.coder_workspace.me.id}-workspace-registries", namespace: "${var.namespace}" },
    });
    expect(podOf(block(made, "kubernetes_deployment_v1.workspace")).pod["image_pull_secrets"]).toEqual([
      { name: "${kubernetes_secret_v1.workspace_registries[0].metadata[0].name}" },
    ]);
  });

  test("warns with registry-auth-in-own-namespace where its namespace would not have the Secret", () => {
    const template = testTemplate();
    const registryAuth = RegistryAuth.fromSecret("registries");
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, registryAuth, ownNamespace: true });

    expect(annotations(template).join()).toContain("[registry-auth-in-own-namespace]");
  });
});
