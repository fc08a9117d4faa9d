import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { TerraformStack } from "cdktf";
import { DEFAULT_BUILDER_IMAGE } from "../../constructs/envbuilder/options";
import {
  EnvbuilderDeployment,
  type EnvbuilderDeploymentProps,
} from "../../constructs/kubernetes/envbuilder-deployment";
import { KubernetesVolume } from "../../constructs/kubernetes/kubernetes-volume";
import { NodeRequirement } from "../../constructs/kubernetes/node-requirement";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { Size } from "../../constructs/settings/size";
import type { TerraformBody, TerraformTree } from "../../constructs/terraform/tree";
import { CORPORATE_ROOT, addresses, annotations, block, synthesized, testApp, testStack, treeOf } from "../util";
import { podOf, type Pod } from "./pod";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");

function stackWith(props: Partial<EnvbuilderDeploymentProps> = {}): TerraformStack {
  const stack = testStack();
  new KubernetesProvider(stack, "kubernetes");
  new EnvbuilderDeployment(stack, "build", { name: "build-1", repository: REPOSITORY, ...props });
  return stack;
}

function tree(props: Partial<EnvbuilderDeploymentProps> = {}): TerraformTree {
  return treeOf(stackWith(props));
}

function deployment(props: Partial<EnvbuilderDeploymentProps> = {}): TerraformBody {
  return block(tree(props), "kubernetes_deployment_v1.build");
}

function pod(props: Partial<EnvbuilderDeploymentProps> = {}): Pod {
  return podOf(deployment(props));
}

describe("EnvbuilderDeployment", () => {
  test("is one pod that clones and builds", () => {
    const labels = { "app.kubernetes.io/name": "envbuilder", "app.kubernetes.io/instance": "build-1" };

    expect(addresses(tree())).toEqual(["kubernetes_deployment_v1.build", "provider.kubernetes"]);
    expect(deployment()).toMatchObject({
      wait_for_rollout: false,
      metadata: { name: "build-1", labels },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        selector: { match_labels: labels },
        template: { metadata: { labels } },
      },
    });
    expect(deployment()["metadata"]).not.toHaveProperty("annotations");
    expect(pod().annotations).toBeUndefined();
    expect(pod().container).toMatchObject({
      name: "envbuilder",
      image: DEFAULT_BUILDER_IMAGE,
      env: [{ name: "ENVBUILDER_GIT_URL", value: "https://git.example.com/team/app.git" }],
      resources: { requests: { cpu: "250m", memory: "512Mi" } },
    });
  });

  test("gets from Kubernetes what it is told", () => {
    const built = deployment({
      namespace: "builds",
      labels: { team: "app" },
      annotations: { "example.com/note": "100%{x}" },
      hostname: "box",
      dns: ["10.0.0.1"],
      dnsSearch: ["example.com"],
      dnsPolicy: "None",
      hosts: { "proxy.internal": "10.0.0.3", "git.internal": "10.0.0.3", "other.internal": "10.0.0.4" },
      imagePullSecrets: ["registry"],
      serviceAccount: "builder",
      serviceAccountToken: true,
      priorityClass: "low",
      runtimeClass: "gvisor",
      nodeSelector: { "kubernetes.io/arch": "amd64" },
      tolerations: [{ key: "a", value: "b", effect: "NoExecute", seconds: 60 }, { key: "c" }],
      requiredNodes: [NodeRequirement.exists("gpu"), NodeRequirement.in("zone", ["a"])],
      preferredNodes: [NodeRequirement.notIn("zone", ["b"])],
      spread: false,
    });

    expect(built).toMatchObject({
      metadata: {
        namespace: "builds",
        labels: { team: "app" },
        annotations: { "example.com/note": "100%%{x}" },
      },
    });
    expect(podOf(built)).toMatchObject({
      annotations: { "example.com/note": "100%%{x}" },
      pod: {
        hostname: "box",
        dns_policy: "None",
        dns_config: { nameservers: ["10.0.0.1"], searches: ["example.com"] },
        host_aliases: [
          { ip: "10.0.0.3", hostnames: ["proxy.internal", "git.internal"] },
          { ip: "10.0.0.4", hostnames: ["other.internal"] },
        ],
        image_pull_secrets: [{ name: "registry" }],
        service_account_name: "builder",
        automount_service_account_token: true,
        priority_class_name: "low",
        runtime_class_name: "gvisor",
        node_selector: { "kubernetes.io/arch": "amd64" },
        toleration: [
          { key: "a", operator: "Equal", value: "b", effect: "NoExecute", toleration_seconds: "60" },
          { key: "c", operator: "Exists" },
        ],
        affinity: {
          node_affinity: {
            required_during_scheduling_ignored_during_execution: {
              node_selector_term: [
                {
                  match_expressions: [
                    { key: "gpu", operator: "Exists" },
                    { key: "zone", operator: "In", values: ["a"] },
                  ],
                },
              ],
            },
            preferred_during_scheduling_ignored_during_execution: [
              { weight: 1, preference: { match_expressions: [{ key: "zone", operator: "NotIn", values: ["b"] }] } },
            ],
          },
        },
      },
    });
    expect(podOf(built).pod["affinity"]).not.toHaveProperty("pod_anti_affinity");
  });

  test("is spread over the nodes with its like if possible, and has no affinity without", () => {
    expect(pod().pod["affinity"]).toEqual({
      pod_anti_affinity: {
        preferred_during_scheduling_ignored_during_execution: [
          {
            weight: 1,
            pod_affinity_term: {
              topology_key: "kubernetes.io/hostname",
              label_selector: [{ match_labels: { "app.kubernetes.io/name": "envbuilder" } }],
            },
          },
        ],
      },
    });
    expect(pod({ spread: false }).pod).not.toHaveProperty("affinity");
  });

  test("mounts volumes, and leaves read-only ones where they are", () => {
    const volumes = [
      KubernetesVolume.emptyDir("/scratch"),
      KubernetesVolume.secret("npm", "/run/npm"),
      KubernetesVolume.claim("cache", "/cache", { readOnly: true }),
    ];
    const { container, pod: spec, env } = pod({ volumes });

    expect(container["volume_mount"]).toEqual([
      { name: "volume-1", mount_path: "/scratch" },
      { name: "volume-2", mount_path: "/run/npm", read_only: true },
      { name: "volume-3", mount_path: "/cache", read_only: true },
    ]);
    expect(spec["volume"]).toEqual([
      { name: "volume-1", empty_dir: {} },
      { name: "volume-2", secret: { secret_name: "npm" } },
      { name: "volume-3", persistent_volume_claim: { claim_name: "cache" } },
    ]);
    expect(env["ENVBUILDER_IGNORE_PATHS"]).toBe("/var/run,/product_uuid,/product_name,/cache,/run/npm");
    expect(pod({ volumes, privileged: true }).env).not.toHaveProperty("ENVBUILDER_IGNORE_PATHS");
  });

  test("has containers before and beside Envbuilder's, with the least rights and shared volumes", () => {
    const shared = KubernetesVolume.emptyDir("/shared");
    const { pod: spec } = pod({
      volumes: [shared],
      initContainers: [
        { name: "prepare", image: "busybox:1", command: ["sh", "-c", 'echo "${X}"'], volumes: [shared] },
      ],
      sidecars: [
        {
          name: "db",
          image: "postgres:17",
          args: ["-c", "fsync=off"],
          environment: { A: "b" },
          volumes: [shared.at("/data"), KubernetesVolume.emptyDir("/tmp")],
          user: 999,
          memory: Size.gibibytes(1),
          addCapabilities: ["NET_RAW"],
        },
      ],
    });
    const least = {
      privileged: false,
      allow_privilege_escalation: false,
      capabilities: { drop: ["ALL"] },
      seccomp_profile: { type: "RuntimeDefault" },
    };

    expect(spec["init_container"]).toEqual([
      {
        name: "prepare",
        image: "busybox:1",
        command: ["sh", "-c", 'echo "$${X}"'],
        env: [],
        security_context: least,
        volume_mount: [{ name: "volume-1", mount_path: "/shared" }],
      },
    ]);
    expect(spec["container"]).toMatchObject([
      { name: "envbuilder" },
      {
        name: "db",
        args: ["-c", "fsync=off"],
        env: [{ name: "A", value: "b" }],
        security_context: {
          ...least,
          capabilities: { drop: ["ALL"], add: ["NET_RAW"] },
          run_as_user: "999",
          run_as_non_root: true,
        },
        resources: { limits: { memory: "1Gi" } },
        volume_mount: [
          { name: "volume-1", mount_path: "/data" },
          { name: "volume-2", mount_path: "/tmp" },
        ],
      },
    ]);
    expect(spec["volume"]).toHaveLength(2);
  });

  test("keeps secrets out of the pod, and is replaced where they change", () => {
    const built = tree({
      secretEnvironment: { TOKEN: Secret.fromReference("${data.vault.x.token}") },
      buildSecrets: { npm: Secret.fromReference("${data.vault.x.npm}") },
      ca: CaBundle.fromFile(CORPORATE_ROOT),
    });

    expect(block(built, "kubernetes_secret_v1.build")).toMatchObject({
      metadata: { name: "build-1" },
      data: {
        ENVBUILDER_BUILD_SECRETS: '"npm=${replace(sensitive(data.vault.x.npm), "\\"", "\\"\\"")}"',
        TOKEN: "${sensitive(data.vault.x.token)}",
      },
    });
    expect(block(built, "kubernetes_deployment_v1.build")).toMatchObject({
      lifecycle: { replace_triggered_by: ["kubernetes_secret_v1.build", "kubernetes_config_map_v1.build"] },
    });
    expect(JSON.stringify(block(built, "kubernetes_deployment_v1.build"))).not.toContain("vault");
    expect(deployment()).not.toHaveProperty("lifecycle");
  });

  test("takes a proxy by reference for a secret, because nobody can see whether there is a password in it", () => {
    const built = tree({ proxy: Proxy.containerWide({ url: "${var.proxy}" }) });
    const { env } = podOf(block(built, "kubernetes_deployment_v1.build"));

    expect(block(built, "kubernetes_secret_v1.build")["data"]).toEqual({
      HTTPS_PROXY: "${var.proxy}",
      HTTP_PROXY: "${var.proxy}",
      http_proxy: "${var.proxy}",
      https_proxy: "${var.proxy}",
    });
    expect(env["https_proxy"]).toBeUndefined();
    expect(env["no_proxy"]).toMatch(/^\.svc,\.cluster\.local(,|$)/);
  });

  test("takes a variable by reference for a secret as well, and a plain one not", () => {
    const built = tree({ environment: { REGION: "${var.region}", EDITOR: "vim" } });

    expect(block(built, "kubernetes_secret_v1.build")["data"]).toEqual({ REGION: "${var.region}" });
    expect(podOf(block(built, "kubernetes_deployment_v1.build")).env).toMatchObject({
      EDITOR: "vim",
      REGION: undefined,
    });
  });

  test("tells of no direct hosts where only Git has a proxy", () => {
    expect(pod({ proxy: Proxy.gitOnly({ url: "http://proxy.example.com:3128" }) }).env).toEqual({
      ENVBUILDER_GIT_HTTP_PROXY_URL: "http://proxy.example.com:3128",
      ENVBUILDER_GIT_URL: "https://git.example.com/team/app.git",
    });
  });

  test("writes values in which nothing is meant for Kubernetes or Terraform: kubernetes-expands-values", () => {
    const { env } = pod({ environment: { A: "$(HOSTNAME) %{x}" }, initScript: 'exec "$(command -v bash)" "${X}"' });

    expect(env).toMatchObject({
      A: "$$(HOSTNAME) %%{x}",
      ENVBUILDER_INIT_SCRIPT: 'exec "$$(command -v bash)" "$${X}"',
    });
  });

  test("warns of what is allowed and not meant", () => {
    const stack = stackWith({ builderImage: "ghcr.io/coder/envbuilder:latest" });

    expect(annotations(stack)).toEqual([expect.stringMatching(/^warn: .* \[builder-image-unpinned\]$/)]);
  });

  test.each<[Partial<EnvbuilderDeploymentProps>, string]>([
    [{ name: "Build" }, 'name "Build" must be of up to 63 characters'],
    [{ namespace: "a.b" }, 'namespace "a.b"'],
    [{ memory: Size.chosenByUser({ default: 4 }) }, "[amount-chosen-by-user]"],
    [{ repository: Repository.chosenByUser() }, "[repository-needs-a-template]"],
    [{ environment: { ENVBUILDER_NO_SUCH: "x" } }, "[unknown-option]"],
    [{ volumes: [KubernetesVolume.emptyDir("a")] }, 'volumes[0] "a" must be an absolute'],
  ])("%# fails with %s", (props, message) => {
    expect(() => tree(props)).toThrow(message);
  });

  test("does not keep the author's collections", () => {
    const dns = ["10.0.0.1"];
    const stack = stackWith({ dns });
    dns.push("10.0.0.2");

    expect(podOf(block(treeOf(stack), "kubernetes_deployment_v1.build")).pod).toMatchObject({
      dns_config: { nameservers: ["10.0.0.1"] },
    });
  });

  test("stands in any stack, of which it demands the Kubernetes provider alone", () => {
    const stack = new TerraformStack(testApp(), "bare");
    new EnvbuilderDeployment(stack, "build", { name: "x", repository: REPOSITORY });

    expect(() => synthesized(stack)).toThrow("for the following providers: kubernetes");
  });

  test("fails with proxy-on-loopback unless a sidecar may be the proxy", () => {
    const proxy = Proxy.containerWide({ url: "http://localhost:3128" });

    expect(() => deployment({ proxy })).toThrow("[proxy-on-loopback]");
    expect(() => deployment({ proxy, sidecars: [{ name: "proxy", image: "squid" }] })).not.toThrow();
  });
});
