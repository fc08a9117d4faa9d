import { readFileSync } from "node:fs";
import { get } from "node:https";

import { type ClusterUser, keyFile, kubeconfig } from "./cluster-keys";
import { isRunning, processLog, startProcess, waitForPort } from "./processes";
import { settings } from "./settings";
import { statePath } from "./state";
import { tool } from "./tools";
import { waitFor } from "./wait";

/** Starts etcd and the API server; then, without waiting for them, the controllers and the scheduler. */
export async function startControlPlane(): Promise<void> {
  const { etcd } = settings.clusterPorts;
  startEtcd();
  await waitForPort("etcd", "127.0.0.1", etcd);
  startApiServer();
  await waitFor("the API server", () => isReady(), { context: () => processLog("kube-apiserver").slice(-5000) });
  start("kube-controller-manager", [
    ...asClient("controller-manager"),
    "--leader-elect=false",
    "--secure-port=0",
    `--service-account-private-key-file=${keyFile("accounts.key")}`,
    `--root-ca-file=${keyFile("ca.crt")}`,
    "--use-service-account-credentials=true",
  ]);
  start("kube-scheduler", [...asClient("scheduler"), "--leader-elect=false", "--secure-port=0"]);
}

function startEtcd(): void {
  const { etcd, etcdPeers } = settings.clusterPorts;
  const [clients, peers] = [`http://127.0.0.1:${etcd}`, `http://127.0.0.1:${etcdPeers}`];
  start("etcd", [
    `--data-dir=${statePath("cluster", "etcd")}`,
    // The data need not survive the machine.
    "--unsafe-no-fsync",
    "--log-level=warn",
    `--listen-client-urls=${clients}`,
    `--advertise-client-urls=${clients}`,
    `--listen-peer-urls=${peers}`,
    `--initial-advertise-peer-urls=${peers}`,
    `--initial-cluster=default=${peers}`,
  ]);
}

function startApiServer(): void {
  const { api, etcd } = settings.clusterPorts;
  start("kube-apiserver", [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${api}`,
    "--advertise-address=127.0.0.1",
    "--endpoint-reconciler-type=none",
    `--tls-cert-file=${keyFile("api.crt")}`,
    `--tls-private-key-file=${keyFile("api.key")}`,
    `--client-ca-file=${keyFile("ca.crt")}`,
    `--token-auth-file=${keyFile("tokens.csv")}`,
    "--authorization-mode=Node,RBAC",
    "--allow-privileged=true",
    "--service-cluster-ip-range=10.96.0.0/16",
    "--service-account-issuer=https://kubernetes.default.svc",
    `--service-account-key-file=${keyFile("accounts.pub")}`,
    `--service-account-signing-key-file=${keyFile("accounts.key")}`,
    "--kubelet-preferred-address-types=InternalIP",
    `--kubelet-certificate-authority=${keyFile("ca.crt")}`,
    `--kubelet-client-certificate=${keyFile("api.crt")}`,
    `--kubelet-client-key=${keyFile("api.key")}`,
    "--profiling=false",
  ]);
}

function asClient(user: ClusterUser): string[] {
  return ["kubeconfig", "authentication-kubeconfig", "authorization-kubeconfig"].map(
    (option) => `--${option}=${kubeconfig(user)}`,
  );
}

/** Without the proxies of whoever runs the tests. */
function start(name: string, args: readonly string[]): void {
  startProcess(name, tool(name), args, { env: { PATH: process.env["PATH"], HOME: statePath("cluster") } });
}

/** Asked without kubectl, which takes a good part of a second each time. */
function isReady(): Promise<true | undefined> {
  if (!isRunning("kube-apiserver")) {
    throw new Error(`kube-apiserver ended:\n${processLog("kube-apiserver").slice(-5000)}`);
  }
  const where = { host: "127.0.0.1", port: settings.clusterPorts.api, path: "/readyz" };
  return new Promise((resolve) => {
    get({ ...where, ca: readFileSync(keyFile("ca.crt")), agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200 || undefined);
    }).on("error", () => resolve(undefined));
  });
}
