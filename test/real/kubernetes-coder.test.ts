import { CaBundle, CoderTemplate, Proxy, Repository, Size } from "cdktf-coder-envbuilder";
import { KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

import { Cluster } from "./lab/cluster";
import { CoderServer } from "./lab/coder-server";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";
import { waitFor } from "./lab/wait";

// From TypeScript to a connected agent in a pod: a template as it is synthesized, a real Coder server, a real cluster.

const kinds = ["deployments", "pods", "secrets", "configmaps", "persistentvolumeclaims"];

let lab: ProxyNetwork;
let cluster: Cluster;
let coder: CoderServer;
let namespace: string;
let repository: string;
let before: readonly string[];

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  coder = await CoderServer.start();
  namespace = await cluster.namespace("coder");
  before = await cluster.names(namespace, ...kinds);
  repository = await lab.repository("offered", {
    ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }),
    "README.md": "offered\n",
  });
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "kubernetes-coder", { displayName: "Pods behind a proxy" });
    const workspace = new KubernetesWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      memory: Size.gibibytes(2),
      hosts: { "proxy.test": lab.gateway },
    });
    workspace.agent.addApp("web", { displayName: "Web", url: "http://localhost:8080" });
    return template;
  });
  await coder.push("kubernetes-coder", directory, { namespace, use_kubeconfig: "true" });
}, 240_000);

/** What the namespace holds beyond what each has; of pods that end, until they did. */
async function objects(): Promise<string[]> {
  return (await cluster.names(namespace, ...kinds)).filter((name) => !before.includes(name));
}

async function objectsWithoutPod(): Promise<string[]> {
  return await waitFor("the end of the pod", async () => {
    const names = await objects();
    return names.some((name) => name.startsWith("pod/")) ? undefined : names;
  });
}

test("a template becomes a pod behind the proxy, that keeps its files through a stop and leaves nothing when deleted", async () => {
  const mark = lab.proxy.flows.mark();

  const workspace = await coder.create("pod", "kubernetes-coder", { parameters: { cpu: "1", disk: "5" } });
  const agents = await workspace.waitForAgent();
  const resources = (await workspace.build()).resources;
  const started = await objects();
  const seen = await workspace.ssh("env; hostname; cat /workspaces/offered/README.md; echo mine >/workspaces/notes");
  await workspace.stop();
  const stopped = await objectsWithoutPod();
  await workspace.start();
  await workspace.waitForAgent();
  const notes = await workspace.ssh("cat /workspaces/notes");
  await workspace.delete();
  const deleted = await objectsWithoutPod();

  expect(agents).toMatchObject([{ name: "main", apps: [{ slug: "web" }] }]);
  // What users see: the agent at its deployment, with the metadata that says what it is made of.
  expect(resources.find(({ type }) => type === "kubernetes_deployment_v1")).toMatchObject({
    name: "workspace",
    agents: [{ name: "main" }],
    metadata: [
      { key: "builder image", value: "ghcr.io/coder/envbuilder:1.3.0" },
      { key: "repository", value: repository },
    ],
  });
  const object = `coder-${workspace.id}-workspace`;
  expect(started).toEqual([
    `configmap/${object}`,
    `deployment.apps/${object}`,
    `persistentvolumeclaim/${object}`,
    expect.stringMatching(/^pod\//),
    `secret/${object}`,
  ]);
  expect(seen).toContain("\npod\noffered\n");
  const names = [...seen.matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? "");
  expect(names).toEqual(
    expect.arrayContaining(["https_proxy", "HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]),
  );
  expect(names.filter((name) => name.startsWith("ENVBUILDER_"))).toEqual([]);
  expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);
  expect(stopped).toEqual([`persistentvolumeclaim/${object}`]);
  expect(notes).toBe("mine\n");
  expect(deleted).toEqual([]);
}, 240_000);
