import type { Cluster, Manifest } from "./cluster";
import { ClusterPod } from "./cluster-pod";
import { settings } from "./settings";

export interface EnvbuilderPodOptions {
  readonly name: string;
  readonly namespace: string;
  readonly env: Readonly<Record<string, string>>;
  /** Where the ConfigMap `ca` is mounted read-only. @default - nowhere */
  readonly caFolder?: string;
  /** All others are dropped. @default - the five that a build needs */
  readonly capabilities?: readonly string[];
}

export interface PodManifest extends Manifest {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: unknown };
}

export const buildCapabilities: readonly string[] = ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"];

/** Envbuilder in an unprivileged pod that is written by hand, without any construct. */
export function envbuilderManifest(options: EnvbuilderPodOptions): PodManifest {
  const { name, namespace, caFolder, capabilities = buildCapabilities } = options;
  const env = { ...options.env, ...(caFolder === undefined ? {} : { SSL_CERT_FILE: `${caFolder}/ca.pem` }) };
  return podManifest(name, namespace, {
    image: settings.images.envbuilder,
    env: Object.entries(env).map(([key, value]) => ({ name: key, value })),
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ["ALL"], add: capabilities },
      seccompProfile: { type: "RuntimeDefault" },
    },
    volumeMounts: caFolder === undefined ? [] : [{ name: "ca", mountPath: caFolder, readOnly: true }],
  });
}

/** A pod of one container, which knows the name of the proxy and runs once. */
export function podManifest(name: string, namespace: string, container: Manifest): PodManifest {
  const spec = {
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 0,
    hostAliases: [{ ip: settings.isolated.gateway, hostnames: ["proxy.test"] }],
    containers: [{ name: "main", ...container }],
    volumes: [{ name: "ca", configMap: { name: "ca", optional: true } }],
  };
  return { apiVersion: "v1", kind: "Pod", metadata: { name, namespace, labels: { pod: name } }, spec };
}

/** What such a pod printed, up to a line MARKER or its end. Removes it. */
export async function logOfPod(cluster: Cluster, manifest: PodManifest, timeoutSec = 90): Promise<string> {
  const { name, namespace } = manifest.metadata;
  await cluster.apply(manifest);
  const log = await new ClusterPod(cluster, namespace, `pod=${name}`, "main").logWith("MARKER\n", timeoutSec);
  await cluster.kubectl(["delete", "pod", name, "--namespace", namespace]);
  return log;
}
