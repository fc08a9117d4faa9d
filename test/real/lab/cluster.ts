import { mkdirSync, symlinkSync } from "node:fs";

import { kubeconfig, makeClusterKeys, nodeName } from "./cluster-keys";
import { nodePath, startContainerd, startKubelet } from "./cluster-node";
import { type CommandOptions, type CommandResult, command } from "./command";
import { startControlPlane } from "./control-plane";
import { parseJson } from "./json";
import { once } from "./once";
import { processLog } from "./processes";
import { ProxyNetwork } from "./proxy-network";
import { settings } from "./settings";
import { statePath } from "./state";
import { tool } from "./tools";

/** An object of Kubernetes, as in a manifest. */
export type Manifest = Readonly<Record<string, unknown>>;

/** How many claims a run may make in all. */
const volumes = 40;

/**
 * A real cluster of one node, whose pods stand on the isolated network: the proxy is all that they reach, and Coder.
 * Started by the first test file that asks, for the whole run.
 */
export class Cluster {
  /** A HOME in which Terraform finds the cluster. */
  public readonly home = statePath("cluster", "home");
  public readonly kubeconfig = kubeconfig("admin");
  /** An image that is on the node: BusyBox, which sleeps unless told otherwise. */
  public readonly image = settings.images.pause;

  private constructor() {}

  public static async start(): Promise<Cluster> {
    await ProxyNetwork.start();
    const cluster = new Cluster();
    await once("cluster", async () => {
      if (process.getuid?.() !== 0) throw new Error("a node of Kubernetes takes root");
      await makeClusterKeys();
      await Promise.all([startControlPlane(), startContainerd()]);
      startKubelet();
      await cluster.waitUntilReady();
      await cluster.makeStorage();
      // The home of Coder's server, and so of its Terraform.
      mkdirSync(statePath("coder"), { recursive: true });
      symlinkSync(`${cluster.home}/.kube`, statePath("coder", ".kube"));
      return true;
    });
    return cluster;
  }

  /** The command line, as an administrator. Fails with its own text. */
  public async kubectl(args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    const env = { PATH: process.env["PATH"], HOME: this.home, KUBECONFIG: this.kubeconfig };
    return await command(tool("kubectl"), args, { env, ...options });
  }

  public async apply(...manifests: readonly Manifest[]): Promise<void> {
    await this.kubectl(["apply", "--filename", "-"], { input: list(manifests) });
  }

  /** `kubectl get` of whatever its arguments select. */
  public async get<T>(...args: readonly string[]): Promise<T> {
    return parseJson<T>((await this.kubectl(["get", "--output", "json", ...args])).stdout);
  }

  /** The names of the objects of some kinds, such as "pod/demo", those that are on their way out included. */
  public async names(namespace: string, ...kinds: readonly string[]): Promise<string[]> {
    const { stdout } = await this.kubectl(["get", kinds.join(","), "--namespace", namespace, "--output", "name"]);
    return stdout.split("\n").filter(Boolean).sort();
  }

  /** A namespace whose accounts are there. Unless told otherwise it refuses pods with privileges, as a company's would. */
  public async namespace(name: string, enforce: "baseline" | "privileged" = "baseline"): Promise<string> {
    const labels = { "pod-security.kubernetes.io/enforce": enforce };
    await this.apply({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } });
    await this.kubectl(["wait", "--for=create", "serviceaccount/default", "--namespace", name, "--timeout=60s"]);
    return name;
  }

  private async waitUntilReady(): Promise<void> {
    const waits = [
      [`node/${nodeName}`, "create"],
      [`node/${nodeName}`, "condition=Ready"],
      ["serviceaccount/default", "create"],
    ];
    for (const [what = "", state] of waits) {
      await this.kubectl(["wait", what, `--for=${state}`, "--timeout=60s"]).catch((error: unknown) => {
        const logs = ["kubelet", "kube-controller-manager"].map((name) => processLog(name).slice(-3000));
        throw new Error(`${String(error)}\n${logs.join("\n")}`);
      });
    }
  }

  /** Nothing here makes volumes when they are claimed, so that some lie ready. They go with their claims. */
  private async makeStorage(): Promise<void> {
    const storageClass = {
      apiVersion: "storage.k8s.io/v1",
      kind: "StorageClass",
      metadata: { name: "standard", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "kubernetes.io/no-provisioner",
      volumeBindingMode: "Immediate",
    };
    const made = Array.from({ length: volumes }, (_, index) => ({
      apiVersion: "v1",
      kind: "PersistentVolume",
      metadata: { name: `volume-${index}` },
      spec: {
        capacity: { storage: "100Gi" },
        accessModes: ["ReadWriteOnce", "ReadWriteMany"],
        storageClassName: "standard",
        persistentVolumeReclaimPolicy: "Delete",
        hostPath: { path: nodePath("volumes", String(index)), type: "DirectoryOrCreate" },
      },
    }));
    await this.kubectl(["create", "--filename", "-"], { input: list([storageClass, ...made]) });
  }
}

function list(items: readonly Manifest[]): string {
  return JSON.stringify({ apiVersion: "v1", kind: "List", items });
}
