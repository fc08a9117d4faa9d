import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { EnvbuilderDeployment } from "../../constructs/kubernetes/envbuilder-deployment";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import { EnvbuilderProvider } from "../../constructs/providers/envbuilder/provider";
import { ImageCache } from "../../constructs/settings/image-cache";
import { Repository } from "../../constructs/settings/repository";
import { annotations, block, filesOf, testStack, testTemplate, treeOf } from "../util";
import { podOf } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const CACHE = ImageCache.at("registry.example.com/cache", { push: true, probe: true });
const IMAGE = "kubernetes_deployment_v1.workspace[0].spec[0].template[0].spec[0].container[0].image";

test("a workspace whose cache is probed runs what is found, and says so", () => {
  const template = testTemplate();
  new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, cache: CACHE });
  const files = filesOf(template);
  const tree = treeOf(template);
  const { container, env } = podOf(block(tree, "kubernetes_deployment_v1.workspace"));

  expect(block(tree, "envbuilder_cached_image.workspace")).toEqual({
    count: "${data.coder_workspace.me.start_count}",
    builder_image: "ghcr.io/coder/envbuilder:1.3.0",
    cache_repo: "registry.example.com/cache",
    git_clone_depth: 1,
    git_url: "https://git.example.com/team/app.git",
    remote_repo_build_mode: false,
  });
  expect(container["image"]).toBe("${envbuilder_cached_image.workspace[0].image}");
  expect(env).toMatchObject({ ENVBUILDER_CACHE_REPO: "registry.example.com/cache", ENVBUILDER_PUSH_IMAGE: "true" });
  expect(block(tree, "coder_metadata.workspace")["item"]).toEqual([
    { key: "image", value: `\${${IMAGE}}` },
    { key: "cached image", value: `\${startswith(${IMAGE}, "registry.example.com/cache@") ? "yes" : "no"}` },
    { key: "repository", value: "https://git.example.com/team/app.git" },
  ]);
  expect(annotations(template).filter((text) => text.startsWith("warn"))).toEqual([]);
  expect(files["main.tf"]).toContain('\nprovider "envbuilder" {}\n');
  expect(files["README.md"]).toContain("The node pulls what is found");
});

test("a pod without Coder is probed uncounted", () => {
  const stack = testStack();
  new KubernetesProvider(stack, "kubernetes");
  new EnvbuilderProvider(stack, "envbuilder");
  new EnvbuilderDeployment(stack, "build", { name: "build", repository: REPOSITORY, cache: CACHE });
  const tree = treeOf(stack);

  expect(block(tree, "envbuilder_cached_image.build")["count"]).toBeUndefined();
  expect(podOf(block(tree, "kubernetes_deployment_v1.build")).container["image"]).toBe(
    "${envbuilder_cached_image.build.image}",
  );
});
