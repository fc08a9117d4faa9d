import { mkdirSync, writeFileSync } from "node:fs";

import { certificates } from "./certificates";
import { keyFile, kubeconfig, nodeName } from "./cluster-keys";
import { command, type CommandResult } from "./command";
import { docker } from "./docker";
import { makePauseImage } from "./images";
import { isRunning, processLog, startProcess } from "./processes";
import { settings } from "./settings";
import { stateFolder, statePath } from "./state";
import { tool } from "./tools";
import { waitFor } from "./wait";

/** Where all is that the node makes, mounts included. */
export function nodePath(...parts: string[]): string {
  return statePath("cluster", "node", ...parts);
}

const socket = (): string => nodePath("containerd.sock");

/** A client of the node's containerd. */
export function ctr(...args: readonly string[]): Promise<CommandResult> {
  return command("ctr", ["--address", socket(), "--namespace", "k8s.io", ...args]);
}

/** A containerd of the cluster's own, with the images that nobody could pull here. */
export async function startContainerd(): Promise<void> {
  mkdirSync(nodePath("cni"), { recursive: true });
  writeFileSync(nodePath("containerd.toml"), containerdConfig());
  writeFileSync(nodePath("cni", "10-pods.conflist"), JSON.stringify(podNetwork()));
  const pause = await makePauseImage();
  startProcess("containerd", "containerd", ["--config", nodePath("containerd.toml")], {
    env: { ...environment(), ...behindTheProxy() },
  });
  await waitFor(
    "containerd",
    async () => {
      if (!isRunning("containerd")) throw new Error(`containerd ended:\n${processLog("containerd").slice(-5000)}`);
      return (await ctr("version").catch(() => undefined)) && true;
    },
    { context: () => processLog("containerd").slice(-5000) },
  );
  await importImages([pause, settings.images.envbuilder]);
}

/** Copies images from the run's Docker daemon to the node. */
export async function importImages(names: readonly string[]): Promise<void> {
  const archive = `${stateFolder("images")}/images.tar`;
  await docker(["save", "--output", archive, ...names]);
  await ctr("images", "import", archive);
}

export function startKubelet(): void {
  writeFileSync(nodePath("kubelet.json"), JSON.stringify(kubeletConfig()));
  startProcess(
    "kubelet",
    tool("kubelet"),
    [
      `--config=${nodePath("kubelet.json")}`,
      `--kubeconfig=${kubeconfig("kubelet")}`,
      `--hostname-override=${nodeName}`,
      // The machine's own address among the pods: kubelet takes none of loopback.
      `--node-ip=${settings.isolated.gateway}`,
      `--root-dir=${nodePath("kubelet")}`,
      `--cert-dir=${nodePath("kubelet", "pki")}`,
    ],
    { env: environment() },
  );
}

/** As the nodes of a company would be, for what they pull. */
function behindTheProxy(): NodeJS.ProcessEnv {
  return {
    HTTPS_PROXY: `http://${settings.isolated.gateway}:${settings.ports.proxy}`,
    SSL_CERT_FILE: certificates().bundle,
  };
}

/** Without the proxies of whoever runs the tests. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: `${process.env["PATH"]}:/usr/sbin:/sbin`, HOME: statePath("cluster") };
}

/** Everything below the state folder, so that two clusters do not meet, and the end of the run finds all. */
function containerdConfig(): string {
  const quoted = JSON.stringify;
  return `version = 2
root = ${quoted(nodePath("containerd"))}
state = ${quoted(nodePath("run"))}
[grpc]
  address = ${quoted(socket())}
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = ${quoted(settings.images.pause)}
  stream_server_address = "127.0.0.1"
  netns_mounts_under_state_dir = true
  # In a container itself, containerd must not lower what the kernel kills last.
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      Root = ${quoted(nodePath("runc"))}
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = ${quoted(nodePath("cni"))}
`;
}

/** Pods stand on the isolated network beside its containers, and like them have no route beyond it. */
function podNetwork(): unknown {
  const { bridge, subnet, pods } = settings.isolated;
  const ranges = [[{ subnet, rangeStart: pods.first, rangeEnd: pods.last }]];
  const ipam = { type: "host-local", dataDir: nodePath("addresses"), ranges };
  return { cniVersion: "0.4.0", name: settings.prefix, plugins: [{ type: "bridge", bridge, isGateway: false, ipam }] };
}

function kubeletConfig(): unknown {
  const { gateway } = settings.isolated;
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: gateway,
    port: 10_250,
    readOnlyPort: 0,
    healthzPort: 0,
    tlsCertFile: keyFile("kubelet.crt"),
    tlsPrivateKeyFile: keyFile("kubelet.key"),
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: keyFile("ca.crt") },
    },
    authorization: { mode: "Webhook" },
    containerRuntimeEndpoint: `unix://${socket()}`,
    // The lab's own, which knows no name, instead of servers of this machine's that pods could not reach.
    clusterDNS: [gateway],
    clusterDomain: "cluster.local",
    cgroupDriver: "cgroupfs",
    failCgroupV1: false,
    failSwapOn: false,
    // No groups of pods: the kubelet of another run would take them for its own leftovers, and kill what is in them.
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    evictionHard: { "memory.available": "50Mi", "nodefs.available": "1%", "imagefs.available": "1%" },
    imageGCHighThresholdPercent: 100,
    imageGCLowThresholdPercent: 99,
    podLogsDir: nodePath("pod-logs"),
    volumePluginDir: nodePath("kubelet", "volume-plugins"),
    syncFrequency: "5s",
  };
}
