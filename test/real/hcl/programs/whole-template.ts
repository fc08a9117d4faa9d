// A Coder template with something of everything, as its author would write it.
import { Container } from "@cdktf/provider-docker/lib/container";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Deployment } from "@cdktf/provider-kubernetes/lib/deployment";
import { conditional, Fn, Op, TerraformIterator, TerraformLocal, TerraformOutput, type TerraformStack } from "cdktf";
import { TerraformVariable, Token } from "cdktf";
import { App as CoderApp } from "../../../../constructs/providers/coder/app";
import { DataCoderProvisioner } from "../../../../constructs/providers/coder/data-coder-provisioner";
import { DataCoderWorkspaceOwner } from "../../../../constructs/providers/coder/data-coder-workspace-owner";
import { DataCoderWorkspacePreset } from "../../../../constructs/providers/coder/data-coder-workspace-preset";
import { DataCoderWorkspaceTags } from "../../../../constructs/providers/coder/data-coder-workspace-tags";
import { Metadata } from "../../../../constructs/providers/coder/metadata";
import { CachedImage } from "../../../../constructs/providers/envbuilder/cached-image";
import { EnvbuilderProvider } from "../../../../constructs/providers/envbuilder/provider";
import { commentOn } from "../../../../constructs/terraform/comment";
import { agent, docker, kubernetes, named, workspace } from "./elements";
import { programs } from "./program";

const IMAGE = "ghcr.io/coder/envbuilder:latest";

function parameters(stack: TerraformStack): { repo: string; cpu: string } {
  const repo = named(stack, "repo", {
    displayName: "Repository",
    formType: "dropdown",
    mutable: true,
    order: 1,
    default: "https://example.com/a.git",
    description: 'What to "clone":\n\n* `a`\n* `b`',
    option: [
      { name: 'A "first"', value: "https://example.com/a.git", description: "first", icon: "/icon/git.svg" },
      { name: "B", value: "https://example.com/b.git" },
      { name: "Custom", value: "custom" },
    ],
  });
  const cpu = named(stack, "cpu", {
    type: "number",
    formType: "slider",
    default: "2",
    order: 2,
    validation: { min: 1, max: 8, error: "Between {min} and {max}, got {value}" },
  });
  const branch = named(stack, "branch", {
    default: "main",
    order: 3,
    styling: JSON.stringify({ placeholder: "main" }),
    validation: { regex: "^[\\w./-]+$", error: "A branch name" },
  });
  const ides = named(stack, "ides", {
    type: "list(string)",
    formType: "multi-select",
    default: Fn.jsonencode(["code"]),
    option: [
      { name: "VS Code", value: "code" },
      { name: "Zed", value: "zed" },
    ],
  });
  named(stack, "custom", { default: "", count: Token.asNumber(conditional(Op.eq(repo.value, "custom"), 1, 0)) });
  new DataCoderWorkspacePreset(stack, "small", {
    name: "Small",
    default: true,
    parameters: { repo: "https://example.com/a.git", cpu: "1" },
    prebuilds: { instances: 1, expirationPolicy: { ttl: 86400 } },
  });
  new DataCoderWorkspaceTags(stack, "tags", { tags: { cluster: "dev", branch: branch.value } });
  new TerraformOutput(stack, "out", { value: ides.value, sensitive: true });
  return { repo: repo.value, cpu: cpu.value };
}

export const wholeTemplate = programs("whole", {
  template: (stack) => {
    stack.addOverride("terraform.required_version", ">= 1.5");
    docker(stack);
    kubernetes(stack);
    new EnvbuilderProvider(stack, "envbuilder", {});
    const cache = new TerraformVariable(stack, "cache_repo", {
      type: "string",
      default: "",
      description: "Registry for the cache",
    });
    const me = workspace(stack);
    const owner = new DataCoderWorkspaceOwner(stack, "owner", {});
    owner.overrideLogicalId("me");
    const provisioner = new DataCoderProvisioner(stack, "provisioner", {});
    provisioner.overrideLogicalId("me");
    const main = agent(stack, {
      arch: provisioner.arch,
      startupScript: "set -eu\necho \"hi $USER\" $${HOME}\nprintf '%%{x}\\n'\n",
      env: { GIT_AUTHOR_NAME: Fn.coalesce([owner.fullName, owner.name]) },
      metadata: [{ key: "0_cpu", displayName: "CPU", script: "coder stat cpu", interval: 10, timeout: 1 }],
    });
    commentOn(main, "What runs in the workspace and talks to Coder.");
    commentOn(main, "Runs at every start.", "startup_script");
    const { repo, cpu } = parameters(stack);
    new CoderApp(stack, "code", {
      agentId: main.id,
      slug: "code",
      displayName: "code-server",
      url: "http://localhost:13337",
      healthcheck: { url: "http://localhost:13337/healthz", interval: 5, threshold: 6 },
    });
    const init = new TerraformLocal(
      stack,
      "init",
      Fn.replace(main.initScript, "/localhost|127\\\\.0\\\\.0\\\\.1/", "host.docker.internal"),
    );
    const base = new TerraformLocal(stack, "base", {
      ENVBUILDER_GIT_URL: repo,
      ENVBUILDER_CACHE_REPO: cache.value,
      CODER_AGENT_TOKEN: main.token,
      ENVBUILDER_INIT_SCRIPT: init.expression,
    });
    commentOn(base, "Envbuilder's own settings.");
    const proxy = { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "localhost,.example" };
    new TerraformLocal(stack, "envs", Fn.merge([base.expression, proxy]));
    new CachedImage(stack, "cached", {
      builderImage: IMAGE,
      cacheRepo: cache.value,
      gitUrl: repo,
      extraEnv: Token.asStringMap(base.expression),
      count: 0,
    });
    const home = new Volume(stack, "workspaces", {
      name: `coder-${me.id}`,
      labels: [
        { label: "coder.owner", value: owner.name },
        { label: "coder.workspace_id", value: me.id },
      ],
      lifecycle: { ignoreChanges: "all" },
    });
    const each = TerraformIterator.fromList(["a", "b"]);
    const count = Token.asNumber(me.startCount);
    new Container(stack, "workspace", {
      count,
      name: `coder-${owner.name}-${me.name}`,
      image: IMAGE,
      hostname: me.name,
      env: Token.asList('${[for k, v in local.envs : "${k}=${v}"]}'),
      ports: [{ internal: 80, external: 8080 }],
      mounts: [
        { type: "bind", source: "/etc/ssl/certs", target: "/certs", readOnly: true },
        { type: "tmpfs", target: "/t" },
      ],
      volumes: [{ volumeName: home.name, containerPath: "/workspaces", readOnly: false }],
      host: [{ host: "host.docker.internal", ip: "host-gateway" }],
      labels: each.dynamic({ label: each.value, value: "v" }),
    });
    new Metadata(stack, "info", {
      count,
      resourceId: main.id,
      item: [
        { key: "image", value: "x" },
        { key: "git url", value: repo },
      ],
    });
    const labels = { "app.kubernetes.io/name": "coder-workspace" };
    new Deployment(stack, "pod", {
      count: 0,
      waitForRollout: false,
      metadata: { name: `coder-${me.id}`, labels },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            securityContext: {},
            container: [
              {
                name: "dev",
                image: "alpine",
                env: [{ name: "A", value: "b" }],
                resources: { limits: { cpu } },
                volumeMount: [{ mountPath: "/workspaces", name: "w" }],
              },
            ],
            volume: [{ name: "w", persistentVolumeClaim: { claimName: "x" } }],
          },
        },
      },
    });
  },
});
