import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { DockerWorkspace, type DockerWorkspaceProps } from "../../constructs/docker/docker-workspace";
import { EnvbuilderContainer } from "../../constructs/docker/envbuilder-container";
import type { CoderTemplate } from "../../constructs/coder/template";
import { CachedImage } from "../../constructs/providers/envbuilder/cached-image";
import { EnvbuilderProvider } from "../../constructs/providers/envbuilder/provider";
import { DockerMount } from "../../constructs/docker/docker-mount";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { ImageCache } from "../../constructs/settings/image-cache";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { addresses, annotations, block, environmentOf, filesOf, teamStack, testTemplate, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const CACHE = ImageCache.at("registry.example.com/cache", { push: true, probe: true });
const INSTANCE = "docker_container.workspace[0]";

function template(props: Partial<DockerWorkspaceProps> = {}): CoderTemplate {
  const made = testTemplate();
  new DockerWorkspace(made, "workspace", { repository: REPOSITORY, cache: CACHE, ...props });
  return made;
}

function containerEnvironment(made: CoderTemplate): Record<string, string> {
  return environmentOf(block(treeOf(made), "docker_container.workspace"));
}

describe("a workspace whose cache is probed", () => {
  test("is written so", () => {
    const main = filesOf(template())["main.tf"] ?? "";

    expect(main).toContain(`    envbuilder = {
      source  = "coder/envbuilder"
      version = ">= 1.0.0, < 2.0.0"
    }
`);
    expect(main).toContain('\nprovider "envbuilder" {}\n');
    expect(main).toContain(`
# What is in the cache already need not be built. Asked from where Terraform runs, by that machine's
# proxy and certificates.
resource "envbuilder_cached_image" "workspace" {
  count = data.coder_workspace.me.start_count

  builder_image          = "ghcr.io/coder/envbuilder:1.3.0"
  cache_repo             = "registry.example.com/cache"
  git_clone_depth        = 1
  git_url                = "https://git.example.com/team/app.git"
  remote_repo_build_mode = false
}
`);
    expect(main).toMatch(/\n {2}image {4}= envbuilder_cached_image\.workspace\[0\]\.image\n/);
    expect(main).toContain(`
  item {
    key   = "image"
    value = docker_container.workspace[0].image
  }
  item {
    key   = "cached image"
    value = startswith(docker_container.workspace[0].image, "registry.example.com/cache@") ? "yes" : "no"
  }
`);
  });

  test("has the environment that it has without the probe, and no rule says a word", () => {
    const probed = template();
    const plain = template({ cache: ImageCache.at("registry.example.com/cache", { push: true }) });
    filesOf(probed);

    expect(containerEnvironment(probed)).toEqual(containerEnvironment(plain));
    expect(annotations(probed).filter((text) => text.startsWith("warn"))).toEqual([]);
    expect(addresses(treeOf(plain))).not.toContain("envbuilder_cached_image.workspace");
  });

  test("tells the probe what the container is told of Git, and nothing of the agent or the proxy", () => {
    const stack = testTemplate();
    const token = Secret.fromVariable(stack.variable("git_token", { description: "…", sensitive: true }));
    new DockerWorkspace(stack, "workspace", {
      cache: CACHE,
      repository: Repository.at("https://git.example.com/app.git", {
        branch: "main",
        buildFromRemote: true,
        cloneDepth: 5,
        dockerfile: "Dockerfile",
        singleBranch: true,
      }),
      insecure: true,
      gitCredentials: GitCredentials.fromPassword({ user: "robot", password: token }),
      workspaceFolder: "/workspaces/app",
      verbose: true,
    });

    expect(block(treeOf(stack), "envbuilder_cached_image.workspace")).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      builder_image: "ghcr.io/coder/envbuilder:1.3.0",
      cache_repo: "registry.example.com/cache",
      dockerfile_path: "Dockerfile",
      git_clone_depth: 1,
      git_clone_single_branch: true,
      git_password: "${var.git_token}",
      git_url: "https://git.example.com/app.git#refs/heads/main",
      git_username: "robot",
      insecure: true,
      remote_repo_build_mode: true,
    });
  });

  test("takes a variable for the repository, and the user's choice", () => {
    const stack = testTemplate();
    const cache = stack.variable("cache_repo", { description: "…", default: "registry.example.com/cache" });
    new DockerWorkspace(stack, "workspace", {
      repository: Repository.chosenByUser(),
      cache: ImageCache.at(cache.stringValue, { push: true, probe: true }),
    });
    const main = filesOf(stack)["main.tf"] ?? "";

    expect(main).toMatch(/cache_repo +=  ?var\.cache_repo\n/);
    expect(main).toMatch(/git_url +=  ?data\.coder_parameter\.repo\.value\n|git_url +=  ?local\.repository_url\n/);
    expect(main).toContain(`startswith(${INSTANCE}.image, "\${var.cache_repo}@")`);
  });

  test("takes a repository whose host is a reference", () => {
    const cache = ImageCache.at("${var.host}/cache", { push: true, probe: true });
    const tree = treeOf(template({ cache }));

    expect(block(tree, "envbuilder_cached_image.workspace")["cache_repo"]).toBe("${var.host}/cache");
    expect(block(tree, "coder_metadata.workspace")["item"]).toContainEqual({
      key: "cached image",
      value: `\${startswith(${INSTANCE}.image, "\${var.host}/cache@") ? "yes" : "no"}`,
    });
  });

  test("probes one after the other, also after one of the author", () => {
    const stack = testTemplate();
    new EnvbuilderProvider(stack, "own");
    new CachedImage(stack, "mine", { builderImage: "a", cacheRepo: "b", gitUrl: "c" }).overrideLogicalId("mine");
    new DockerWorkspace(stack, "workspace", { repository: REPOSITORY, cache: CACHE });
    new DockerWorkspace(stack, "other", { repository: REPOSITORY, cache: CACHE, agent: { name: "other" } });
    const tree = treeOf(stack);

    expect(block(tree, "envbuilder_cached_image.workspace")["depends_on"]).toEqual(["envbuilder_cached_image.mine"]);
    expect(block(tree, "envbuilder_cached_image.other")["depends_on"]).toEqual(["envbuilder_cached_image.workspace"]);
    expect(tree["provider"]).toMatchObject({ envbuilder: [{}] });
  });

  test("does not wait for a probe of another stack", () => {
    const outer = testTemplate();
    const inner = new TerraformStack(new Construct(outer, "scope"), "inner");
    new EnvbuilderProvider(inner, "envbuilder");
    new CachedImage(inner, "theirs", { builderImage: "a", cacheRepo: "b", gitUrl: "c" });
    new DockerWorkspace(outer, "workspace", { repository: REPOSITORY, cache: CACHE });

    expect(block(treeOf(outer), "envbuilder_cached_image.workspace")["depends_on"]).toBeUndefined();
  });

  test("warns of an SSH key, unless silenced", () => {
    const ssh = {
      repository: Repository.at("git@git.example.com:team/app.git"),
      gitCredentials: GitCredentials.fromSshKeyPath("/keys/id"),
      mounts: [DockerMount.bind("/keys", "/keys", { readOnly: true })],
    };
    const warnings = (props: Partial<DockerWorkspaceProps>): string[] =>
      annotations(template({ ...ssh, ...props })).filter((text) => text.includes("[probe-lacks-ssh-key]"));

    expect(warnings({})).toHaveLength(1);
    expect(warnings({ silencedWarnings: { "probe-lacks-ssh-key": "The key is there." } })).toEqual([]);
    expect(warnings({ cache: undefined })).toEqual([]);
  });

  test("gives the probe away, for those who want more of it", () => {
    const workspace = new DockerWorkspace(testTemplate(), "workspace", { repository: REPOSITORY, cache: CACHE });
    const plain = new DockerWorkspace(testTemplate(), "workspace", { repository: REPOSITORY });

    expect(workspace.cachedImage?.friendlyUniqueId).toBe("workspace");
    expect(plain.cachedImage).toBeUndefined();
  });
});

test("a container without Coder is probed uncounted, by the stack's own provider", () => {
  const stack = teamStack();
  new EnvbuilderProvider(stack, "envbuilder");
  new EnvbuilderContainer(stack, "build", { name: "build", repository: REPOSITORY, cache: CACHE });
  const tree = treeOf(stack);

  expect(addresses(tree).filter((address) => address.includes("envbuilder"))).toEqual([
    "envbuilder_cached_image.build",
    "provider.envbuilder",
  ]);
  expect(block(tree, "envbuilder_cached_image.build")["count"]).toBeUndefined();
  expect(block(tree, "docker_container.build")["image"]).toBe("${envbuilder_cached_image.build.image}");
});

test("skipRebuild and a cache without a probe are the container's alone", () => {
  const stack = teamStack();
  new EnvbuilderContainer(stack, "build", {
    name: "build",
    repository: REPOSITORY,
    skipRebuild: true,
    cache: ImageCache.at("registry.example.com/cache"),
  });

  expect(environmentOf(block(treeOf(stack), "docker_container.build"))).toMatchObject({
    ENVBUILDER_CACHE_REPO: "registry.example.com/cache",
    ENVBUILDER_SKIP_REBUILD: "true",
  });
});

test("the README of a template says what the cache takes", () => {
  const readme = filesOf(template())["README.md"] ?? "";

  expect(readme).toContain("\n## Image cache\n");
  expect(readme).toContain("The Docker daemon pulls what is found");
  expect(readme).toContain("| Terraform on the provisioner | providers, the Docker daemon, the Git server, ");
  expect(filesOf(template({ cache: undefined }))["README.md"]).not.toContain("cached");
});
