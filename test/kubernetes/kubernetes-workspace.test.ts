import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformVariable } from "cdktf";
import { DEFAULT_BUILDER_IMAGE } from "../../constructs/envbuilder/options";
import { KubernetesWorkspace } from "../../constructs/kubernetes/kubernetes-workspace";
import type { KubernetesWorkspaceProps } from "../../constructs/kubernetes/workspace-options";
import { CoderProvider } from "../../constructs/providers/coder/provider";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Cpu } from "../../constructs/settings/cpu";
import { GitCredentials } from "../../constructs/settings/git-credentials";
import { GitHost } from "../../constructs/settings/git-host";
import { Proxy } from "../../constructs/settings/proxy";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { Size } from "../../constructs/settings/size";
import type { TerraformBody, TerraformTree } from "../../constructs/terraform/tree";
import {
  CORPORATE_ROOT,
  addresses,
  annotations,
  block,
  filesOf,
  local,
  testStack,
  testTemplate,
  token,
  treeOf,
} from "../util";
import { podOf } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const NAME = "coder-${data.coder_workspace.me.id}-workspace";
const SELECTOR = { "app.kubernetes.io/name": "coder-workspace", "app.kubernetes.io/instance": NAME };
const OWNER = {
  ...SELECTOR,
  "app.kubernetes.io/part-of": "coder",
  "com.coder.resource": "true",
  "com.coder.workspace.id": "${data.coder_workspace.me.id}",
  "com.coder.user.id": "${data.coder_workspace_owner.me.id}",
};

/** A template with one workspace, checked and rendered. */
function workspace(props: Partial<KubernetesWorkspaceProps> = {}): TerraformTree {
  const template = testTemplate();
  new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, ...props });
  filesOf(template);
  return treeOf(template);
}

function deployment(tree: TerraformTree): TerraformBody {
  return block(tree, "kubernetes_deployment_v1.workspace");
}

function claim(props: Partial<KubernetesWorkspaceProps> = {}): TerraformBody {
  return block(workspace(props), "kubernetes_persistent_volume_claim_v1.workspace");
}

describe("KubernetesWorkspace", () => {
  test("is a template that Coder takes, with nothing to say about it", () => {
    const template = testTemplate();
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(Object.keys(filesOf(template))).toEqual(["README.md", "main.tf", "parameters.tf", "variables.tf"]);
    expect(annotations(template)).toEqual([expect.stringMatching(/^info: publish with: /)]);
    expect(addresses(treeOf(template))).toEqual([
      "coder_agent.main",
      "coder_metadata.workspace",
      "data.coder_parameter.cpu",
      "data.coder_parameter.disk",
      "data.coder_parameter.memory",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "kubernetes_deployment_v1.workspace",
      "kubernetes_persistent_volume_claim_v1.workspace",
      "kubernetes_secret_v1.workspace",
      "local.labels",
      "provider.coder",
      "provider.kubernetes",
      "var.namespace",
      "var.use_kubeconfig",
    ]);
  });

  test("has a deployment only while it runs, of one pod that is replaced, never doubled: two-pods-on-one-volume", () => {
    const tree = workspace();

    expect(deployment(tree)).toMatchObject({
      count: "${data.coder_workspace.me.start_count}",
      wait_for_rollout: false,
      metadata: {
        name: NAME,
        namespace: "${var.namespace}",
        labels: "${local.labels}",
        annotations: { "com.coder.user.email": "${data.coder_workspace_owner.me.email}" },
      },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        selector: { match_labels: SELECTOR },
        template: { metadata: { labels: "${local.labels}" } },
      },
    });
    expect(local(tree, "labels")).toEqual({
      ...OWNER,
      "com.coder.workspace.name": "${data.coder_workspace.me.name}",
      "com.coder.user.username": "${data.coder_workspace_owner.me.name}",
    });
  });

  test("has a pod without privilege, and without rights in the cluster", () => {
    const { pod, container } = podOf(deployment(workspace()));

    expect(pod).toMatchObject({
      hostname: "${lower(data.coder_workspace.me.name)}",
      automount_service_account_token: false,
      enable_service_links: false,
      volume: [
        {
          name: "workspaces",
          persistent_volume_claim: {
            claim_name: "${kubernetes_persistent_volume_claim_v1.workspace.metadata[0].name}",
          },
        },
      ],
    });
    expect(container).toEqual({
      name: "workspace",
      image: DEFAULT_BUILDER_IMAGE,
      image_pull_policy: "IfNotPresent",
      security_context: {
        privileged: false,
        allow_privilege_escalation: false,
        capabilities: { drop: ["ALL"], add: ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"] },
        seccomp_profile: { type: "RuntimeDefault" },
      },
      env: [
        { name: "CODER_AGENT_TOKEN", value_from: { secret_key_ref: { name: NAME, key: "CODER_AGENT_TOKEN" } } },
        { name: "CODER_AGENT_URL", value: "${data.coder_workspace.me.access_url}" },
        { name: "ENVBUILDER_GIT_URL", value: "https://git.example.com/team/app.git" },
        {
          name: "ENVBUILDER_INIT_SCRIPT",
          value_from: { secret_key_ref: { name: NAME, key: "ENVBUILDER_INIT_SCRIPT" } },
        },
      ],
      resources: {
        requests: { cpu: "250m", memory: "512Mi" },
        limits: { cpu: "${data.coder_parameter.cpu.value}", memory: "${data.coder_parameter.memory.value}Gi" },
      },
      volume_mount: [{ name: "workspaces", mount_path: "/workspaces" }],
    });
  });

  test("has a secret only while it runs, of whose changes the pod learns: agent-token-unnoticed", () => {
    const tree = workspace();

    expect(block(tree, "kubernetes_secret_v1.workspace")).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      metadata: { name: NAME, namespace: "${var.namespace}", labels: "${local.labels}" },
      data: {
        CODER_AGENT_TOKEN: "${coder_agent.main.token}",
        ENVBUILDER_INIT_SCRIPT: "${coder_agent.main.init_script}",
      },
    });
    expect(podOf(deployment(tree)).annotations).toEqual({
      "com.coder.user.email": "${data.coder_workspace_owner.me.email}",
      "checksum/agent-token": "${nonsensitive(sha256(coder_agent.main.token))}",
    });
  });

  test("has a claim that nothing replaces, not even a new name of the workspace", () => {
    expect(claim()).toEqual({
      wait_until_bound: false,
      metadata: {
        name: NAME,
        namespace: "${var.namespace}",
        labels: { ...OWNER, "com.coder.workspace.name-at-creation": "${data.coder_workspace.me.name}" },
      },
      spec: {
        access_modes: ["ReadWriteOnce"],
        resources: { requests: { storage: "${data.coder_parameter.disk.value}Gi" } },
      },
      lifecycle: { ignore_changes: "all" },
    });
    expect(
      claim({ disk: Size.gibibytes(50), storageClass: "fast", accessMode: "ReadWriteMany", namespace: "dev" }),
    ).toMatchObject({
      metadata: { namespace: "dev" },
      spec: {
        access_modes: ["ReadWriteMany"],
        storage_class_name: "fast",
        resources: { requests: { storage: "50Gi" } },
      },
    });
  });

  test("asks for amounts within bounds, and for the disk once and for all", () => {
    const tree = workspace({ memory: Size.chosenByUser({ default: 8, min: 4, max: 16 }) });

    expect(block(tree, "data.coder_parameter.memory")).toEqual({
      name: "memory",
      display_name: "Memory",
      description: "How many GiB of memory the workspace may use.",
      icon: "/icon/memory.svg",
      type: "number",
      form_type: "input",
      mutable: true,
      order: 102,
      default: "8",
      validation: { min: 4, max: 16 },
    });
    expect(block(tree, "data.coder_parameter.cpu")).toMatchObject({ default: "2", mutable: true });
    expect(block(tree, "data.coder_parameter.disk")).toMatchObject({ default: "10", mutable: false });
  });

  test("asks for nothing that the author settles", () => {
    const tree = workspace({ cpu: Cpu.millis(1500), memory: Size.mebibytes(3000), disk: Size.gibibytes(5) });

    expect(tree.data).not.toHaveProperty("coder_parameter");
    expect(podOf(deployment(tree)).container["resources"]).toMatchObject({
      limits: { cpu: "1500m", memory: "3000Mi" },
    });
  });

  test("describes its deployment, and that alone", () => {
    expect(block(workspace(), "coder_metadata.workspace")).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      resource_id: "${kubernetes_deployment_v1.workspace[0].id}",
      item: [
        { key: "builder image", value: DEFAULT_BUILDER_IMAGE },
        { key: "repository", value: "https://git.example.com/team/app.git" },
      ],
    });
    expect(block(workspace({ builderImage: token("var.image") }), "coder_metadata.workspace")).toMatchObject({
      item: [{ value: "${kubernetes_deployment_v1.workspace[0].spec[0].template[0].spec[0].container[0].image}" }, {}],
    });
  });

  test("brings certificates as a ConfigMap, read-only below Envbuilder's directory", () => {
    const tree = workspace({ ca: CaBundle.fromFile(CORPORATE_ROOT) });
    const { pod, container, env } = podOf(deployment(tree));

    expect(block(tree, "kubernetes_config_map_v1.workspace")).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      metadata: { name: NAME, namespace: "${var.namespace}", labels: "${local.labels}" },
      data: {
        "ca.pem": '${file("${path.module}/certs/ca.pem")}${file("${path.module}/certs/public-roots.pem")}',
        "private-ca.pem": '${file("${path.module}/certs/ca.pem")}',
        "install-ca.sh": '${file("${path.module}/scripts/install-ca.sh")}',
      },
    });
    expect(pod["volume"]).toContainEqual({
      name: "certs",
      config_map: {
        name: "${kubernetes_config_map_v1.workspace[0].metadata[0].name}",
        items: ["ca.pem", "private-ca.pem"].map((name) => ({ key: name, path: name })),
      },
    });
    for (const name of ["certs", "scripts"]) {
      expect(container["volume_mount"]).toContainEqual({ name, mount_path: `/.envbuilder/${name}`, read_only: true });
    }
    expect(env["SSL_CERT_FILE"]).toBe("/.envbuilder/certs/ca.pem");
    expect(env).not.toHaveProperty("ENVBUILDER_IGNORE_PATHS");
  });

  test("tells the pod of the proxy, and what is direct", () => {
    const tree = workspace({ proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128", noProxy: ["a"] }) });
    const { env } = podOf(deployment(tree));

    expect(env).toMatchObject({
      https_proxy: "http://proxy.example.com:3128",
      no_proxy: "a,${local.access_host},.svc,.cluster.local,localhost,127.0.0.1,::1",
      NO_PROXY: "a,${local.access_host},.svc,.cluster.local,localhost,127.0.0.1,::1",
    });
    expect(block(tree, "kubernetes_secret_v1.workspace")).toMatchObject({
      data: { ENVBUILDER_INIT_SCRIPT: "${local.init_script}" },
    });
    expect(local(tree, "init_script")).toContain("\n${coder_agent.main.init_script}\n");
  });

  test("reaches a Coder server on localhost by another host, where it is asked to", () => {
    const tree = workspace({ coderHost: "coder.internal" });

    expect(podOf(deployment(tree)).env["CODER_AGENT_URL"]).toBe("${local.access_url}");
    expect(local(tree, "access_url")).toContain('"://coder.internal$2"');
  });

  test("has no secret in its deployment, whatever is secret: secret-in-pod-specification", () => {
    const template = testTemplate();
    const variable = (name: string): TerraformVariable =>
      template.variable(name, { description: "Secret.", sensitive: true });
    new KubernetesWorkspace(template, "workspace", {
      repository: REPOSITORY,
      proxy: Proxy.containerWide({
        url: "http://proxy.example.com:3128",
        credentials: { user: "u", password: Secret.fromVariable(variable("password")) },
        gitUrl: variable("git_proxy").stringValue,
      }),
      registryAuth: RegistryAuth.fromConfig(Secret.fromVariable(variable("registry"))),
      gitCredentials: GitCredentials.fromToken(Secret.fromVariable(variable("git_token")), { host: GitHost.GITHUB }),
      secretEnvironment: {
        NPM_TOKEN: Secret.fromReference("${data.coder_external_auth.npm.access_token}"),
      },
    });

    const text = JSON.stringify(deployment(treeOf(template)));
    expect(text).not.toMatch(/var\.(?!namespace)|access_token|init_script/);
    expect(text.match(/coder_agent\.main\.\w+/g)).toEqual(["coder_agent.main.token"]);
    expect(block(treeOf(template), "kubernetes_secret_v1.workspace")["data"]).toMatchObject({
      ENVBUILDER_DOCKER_CONFIG_BASE64: "${base64encode(var.registry)}",
      ENVBUILDER_GIT_HTTP_PROXY_URL: "${var.git_proxy}",
      ENVBUILDER_GIT_USERNAME: "${var.git_token}",
      NPM_TOKEN: "${sensitive(data.coder_external_auth.npm.access_token)}",
      https_proxy: 'http://u:${replace(urlencode(var.password), "+", "%20")}@proxy.example.com:3128',
    });
  });

  test("has a namespace of its own where the author wants one", () => {
    const tree = workspace({ ownNamespace: true });
    const namespace = "${kubernetes_namespace_v1.workspace.metadata[0].name}";

    expect(block(tree, "kubernetes_namespace_v1.workspace")).toEqual({
      metadata: { name: NAME, labels: OWNER },
      lifecycle: { ignore_changes: "all" },
    });
    expect(addresses(tree)).not.toContain("var.namespace");
    expect(deployment(tree)).toMatchObject({ metadata: { namespace } });
    expect(block(tree, "kubernetes_persistent_volume_claim_v1.workspace")).toMatchObject({ metadata: { namespace } });
  });

  test("takes the author's variable of the namespace for its own", () => {
    const template = testTemplate();
    template.variable("namespace", { description: "Mine." });
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(block(treeOf(template), "var.namespace")).toMatchObject({ description: "Mine." });
  });

  test("takes nothing else of that name for it", () => {
    const template = testTemplate();
    new NamespaceV1(template, "namespace", { metadata: { name: "dev" } });
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(addresses(treeOf(template))).toContain("var.namespace");
  });

  test("gives all that it has the author's labels", () => {
    expect(local(workspace({ labels: { team: "app" } }), "labels")).toMatchObject({ team: "app", ...SELECTOR });
  });

  test("takes undefined for what is left out", () => {
    const names: (keyof KubernetesWorkspaceProps)[] = [
      "cpu",
      "memory",
      "disk",
      "namespace",
      "labels",
      "hosts",
      "agent",
    ];
    const left = Object.fromEntries(names.map((name) => [name, undefined]));

    expect(workspace(left)).toEqual(workspace());
  });

  test("stands in a stack that a team has already, in the provider's namespace", () => {
    const stack = testStack();
    new CoderProvider(stack, "coder");
    new KubernetesProvider(stack, "kubernetes");
    new KubernetesWorkspace(stack, "workspace", { repository: REPOSITORY });

    const tree = treeOf(stack);
    expect(tree).not.toHaveProperty("variable");
    expect(block(tree, "kubernetes_deployment_v1.workspace")["metadata"]).not.toHaveProperty("namespace");
  });

  test("says in the README who talks to whom", () => {
    const template = testTemplate();
    const proxy = Proxy.containerWide({ url: "http://proxy.example.com:3128" });
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, proxy, ca: CaBundle.fromSecret("corp") });

    const readme = filesOf(template)["README.md"];
    expect(readme).toContain("| Terraform on the provisioner | providers, the cluster's API |");
    expect(readme).toContain("| The node | the builder image's registry |");
    expect(readme).toContain(
      "Reached without the proxy: the cluster's services (`.svc`, `.cluster.local`) and the Coder server.",
    );
    expect(readme).toContain("those of the Secret `corp`.");
  });

  test("warns where its own namespace would not have the certificates", () => {
    const template = testTemplate();
    const ca = CaBundle.fromConfigMap("corp");
    new KubernetesWorkspace(template, "workspace", { repository: REPOSITORY, ca, ownNamespace: true });

    expect(annotations(template).join()).toContain("[ca-in-own-namespace]");
  });
});
