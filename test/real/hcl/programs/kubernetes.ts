import { ConfigMap } from "@cdktf/provider-kubernetes/lib/config-map";
import { Deployment, type DeploymentConfig } from "@cdktf/provider-kubernetes/lib/deployment";
import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { PersistentVolumeClaimV1 } from "@cdktf/provider-kubernetes/lib/persistent-volume-claim-v1";
import { Secret } from "@cdktf/provider-kubernetes/lib/secret";
import { TerraformIterator, type TerraformStack, Token } from "cdktf";
import { coder, kubernetes as provider, workspace } from "./elements";
import { programs } from "./program";

const labels = { "app.kubernetes.io/name": "coder-workspace" };

function deployment(stack: TerraformStack, config: Partial<DeploymentConfig> = {}): Deployment {
  provider(stack);
  return new Deployment(stack, "d", {
    waitForRollout: false,
    metadata: { name: "x" },
    spec: {
      selector: { matchLabels: { a: "b" } },
      template: { metadata: { labels: { a: "b" } }, spec: { container: [{ name: "dev", image: "alpine" }] } },
    },
    ...config,
  });
}

export const kubernetes = programs("kubernetes", {
  deployment: (stack) => {
    coder(stack);
    const me = workspace(stack);
    deployment(stack, {
      count: Token.asNumber(me.startCount),
      metadata: {
        name: `coder-${me.id}`,
        namespace: "x",
        labels: { ...labels, "com.coder.workspace.id": me.id },
        annotations: { "a/b": "c" },
      },
      spec: {
        replicas: "1",
        strategy: { type: "Recreate" },
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            hostname: me.name,
            securityContext: {},
            container: [
              {
                name: "dev",
                image: "alpine",
                imagePullPolicy: "IfNotPresent",
                command: ["sh", "-c", 'echo "x"'],
                securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } },
                env: [
                  { name: "A", value: "b" },
                  { name: "S", valueFrom: { secretKeyRef: { name: "s", key: "k", optional: true } } },
                ],
                resources: {
                  requests: { cpu: "250m", memory: "512Mi" },
                  limits: { cpu: `${me.startCount}`, memory: "1Gi" },
                },
                volumeMount: [{ mountPath: "/workspaces", name: "w", readOnly: false }],
              },
            ],
            volume: [
              { name: "w", persistentVolumeClaim: { claimName: "c", readOnly: false } },
              { name: "e", emptyDir: {} },
            ],
            toleration: [{ key: "a", operator: "Exists", effect: "NoSchedule" }],
            nodeSelector: { "kubernetes.io/os": "linux" },
            affinity: {
              podAntiAffinity: {
                preferredDuringSchedulingIgnoredDuringExecution: [
                  {
                    weight: 1,
                    podAffinityTerm: {
                      topologyKey: "kubernetes.io/hostname",
                      labelSelector: [
                        {
                          matchExpressions: [
                            { key: "app.kubernetes.io/name", operator: "In", values: ["coder-workspace"] },
                          ],
                        },
                      ],
                    },
                  },
                ],
              },
            },
          },
        },
      },
    });
  },
  "secret-and-claim": (stack) => {
    provider(stack);
    new Secret(stack, "s", {
      metadata: { name: "s" },
      data: { "a.pem": "-----BEGIN\nx\n-----END\n", b: 'q"q' },
    });
    new PersistentVolumeClaimV1(stack, "claim", {
      waitUntilBound: false,
      metadata: { name: "p" },
      spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "${10}Gi" } } },
      lifecycle: { ignoreChanges: "all" },
    });
  },
  "config-map": (stack) => {
    provider(stack);
    new ConfigMap(stack, "m", { metadata: { name: "m" }, data: { "bundle.pem": "a\nb\nc\n", x: "y" } });
  },
  timeouts: (stack) => {
    deployment(stack, { timeouts: { create: "5m" } });
  },
  "deep-overrides": (stack) => {
    const d = deployment(stack);
    const hook = { post_start: { exec: { command: ["a"] } } };
    const field = { field_ref: { field_path: "metadata.name" } };
    d.addOverride("spec.template.spec.init_container", [{ name: "i", image: "x", lifecycle: hook }]);
    d.addOverride("spec.template.spec.container.0.env", [{ name: "E", value_from: field }]);
    d.addOverride("spec.template.spec.affinity", { node_affinity: {} });
  },
  "dynamic-containers": (stack) => {
    const each = TerraformIterator.fromMap({ a: { n: "x" } });
    deployment(stack, {
      spec: {
        selector: { matchLabels: { a: "b" } },
        template: {
          metadata: { labels: { a: "b" } },
          spec: {
            container: each.dynamic({
              name: each.key,
              image: each.getString("n"),
              env: [{ name: "A", value: each.key }],
            }),
          },
        },
      },
    });
  },
  // An attribute that is an object, where all other objects of the provider's classes are blocks.
  manifest: [
    (stack) => {
      provider(stack);
      new Manifest(stack, "m", {
        manifest: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "m", namespace: "x" } },
        waitFor: { fields: { "metadata.name": "m" } },
      });
    },
    // The provider asks the cluster, of which there is none: both forms got that far.
    { fails: { json: "Invalid configuration for API client", hcl: "Invalid configuration for API client" } },
  ],
});
