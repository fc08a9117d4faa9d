import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { command } from "./command";
import { settings } from "./settings";
import { statePath } from "./state";

/** The one node of the cluster. */
export const nodeName = "node";

export type ClusterUser = "admin" | "controller-manager" | "scheduler" | "kubelet";

/** Who talks to the API server, by the names and groups that its rules know. */
const users: readonly { readonly user: ClusterUser; readonly name: string; readonly group?: string }[] = [
  { user: "admin", name: "admin", group: "system:masters" },
  { user: "controller-manager", name: "system:kube-controller-manager" },
  { user: "scheduler", name: "system:kube-scheduler" },
  { user: "kubelet", name: `system:node:${nodeName}`, group: "system:nodes" },
];

/** A file of the cluster's keys, certificates and tokens. */
export function keyFile(name: string): string {
  return statePath("cluster", "keys", name);
}

/** The configuration by which a client reaches the API server. An administrator's is where Terraform looks for it: in HOME. */
export function kubeconfig(user: ClusterUser): string {
  return user === "admin"
    ? statePath("cluster", "home", ".kube", "config")
    : statePath("cluster", `${user}.kubeconfig`);
}

/** Makes all of them: an authority of the cluster's own, which has nothing to do with those of the network. */
export async function makeClusterKeys(): Promise<void> {
  mkdirSync(keyFile(""), { recursive: true, mode: 0o700 });
  const authority = ["-x509", ...newKey("ca"), "-days", "90", "-subj", "/CN=cluster", "-out", keyFile("ca.crt")];
  await Promise.all([command("openssl", ["req", ...authority]), makeAccountKey()]);
  const names = ["IP:127.0.0.1", "IP:10.96.0.1", "DNS:localhost", "DNS:kubernetes.default.svc"];
  await Promise.all([
    signed("api", "/O=system:masters/CN=kube-apiserver", names),
    signed("kubelet", `/O=system:nodes/CN=system:node:${nodeName}`, [`IP:${settings.isolated.gateway}`]),
  ]);
  writeTokens();
}

function newKey(name: string): string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", keyFile(`${name}.key`)];
}

async function signed(name: string, subject: string, names: readonly string[]): Promise<void> {
  const request = keyFile(`${name}.csr`);
  const extensions = keyFile(`${name}.ext`);
  writeFileSync(extensions, `subjectAltName=${names.join(",")}\nextendedKeyUsage=serverAuth,clientAuth\n`);
  await command("openssl", ["req", ...newKey(name), "-subj", subject, "-out", request]);
  const signer = ["-CA", keyFile("ca.crt"), "-CAkey", keyFile("ca.key"), "-CAserial", keyFile(`${name}.srl`)];
  const what = ["-req", "-in", request, "-days", "90", "-extfile", extensions, "-CAcreateserial"];
  await command("openssl", ["x509", ...what, ...signer, "-out", keyFile(`${name}.crt`)]);
}

/** What the tokens of service accounts are signed with. */
async function makeAccountKey(): Promise<void> {
  await command("openssl", ["genrsa", "-out", keyFile("accounts.key"), "2048"]);
  await command("openssl", ["rsa", "-in", keyFile("accounts.key"), "-pubout", "-out", keyFile("accounts.pub")]);
}

function writeTokens(): void {
  const lines = users.map(({ user, name, group }) => {
    const token = randomBytes(24).toString("hex");
    writeKubeconfig(kubeconfig(user), token);
    return `${token},${name},${user}${group === undefined ? "" : `,"${group}"`}\n`;
  });
  writeFileSync(keyFile("tokens.csv"), lines.join(""), { mode: 0o600 });
}

/** In JSON, which is YAML. */
function writeKubeconfig(file: string, token: string): void {
  const cluster = {
    server: `https://127.0.0.1:${settings.clusterPorts.api}`,
    "certificate-authority": keyFile("ca.crt"),
  };
  const name = "lab";
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name, cluster }],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    "current-context": name,
  };
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
}
