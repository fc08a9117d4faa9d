import { readFileSync } from "node:fs";

import { CaBundle, CaDelivery, CoderTemplate, Proxy, Repository, Size } from "cdktf-coder-envbuilder";
import {
  KubernetesVolume,
  KubernetesWorkspace,
  type KubernetesWorkspaceProps,
} from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { decryptedHosts, requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";
import { waitFor } from "./lab/wait";

// The demonstration of Envbuilder behind a TLS-intercepting proxy once more, from synthesized templates, in pods of a
// namespace that refuses every privilege.

const UNKNOWN_AUTHORITY = "tls: failed to verify certificate: x509: certificate signed by unknown authority";
const SYSTEM_BUNDLE = "/etc/ssl/certs/ca-certificates.crt";
// Ends when it is told, unlike a lone sleep: nothing waits then for the end of the pod's grace.
const SLEEP = "trap 'exit 0' TERM; sleep 3600 & wait";
const INIT = `env | sort | sed 's/^/ENV /'; cat /built.txt; echo MARKER; ${SLEEP}`;

type Settings = Partial<KubernetesWorkspaceProps>;
let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;
let repository: string;
let ca: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("by-terraform");
  repository = await lab.repository("kubernetes", {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${lab.baseImage}\nRUN echo built >/built.txt\n`,
  });
  ca = readFileSync(lab.certificates.proxyCa, "utf8");
  const metadata = { name: "corporate-ca", namespace };
  await cluster.apply(
    { apiVersion: "v1", kind: "ConfigMap", metadata, data: { "ca.crt": ca, other: "no certificate" } },
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { "ca.crt": ca } },
  );
}, 180_000);

function applied(
  name: string,
  props: Settings | ((template: CoderTemplate) => Settings),
  vars?: Readonly<Record<string, string>>,
): AppliedPod {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new KubernetesWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      hosts: { "proxy.test": lab.gateway },
      ...(typeof props === "function" ? props(template) : props),
    });
    return template;
  });
  return new AppliedPod(cluster, namespace, directory, { name, initScript: INIT, vars });
}

/** Starts, waits for the script or the end, and removes everything. */
async function logOf(workspace: AppliedPod): Promise<string> {
  try {
    await workspace.start();
    return await workspace.pod.logWith("MARKER\n");
  } finally {
    await workspace.destroy();
  }
}

function throughTheProxy(): Proxy {
  return Proxy.containerWide({ url: lab.proxy.url() });
}

describe("a workspace on Kubernetes", () => {
  test.each<[string, (template: CoderTemplate) => CaBundle]>([
    ["file-carried", () => CaBundle.fromFile(lab.certificates.proxyCa)],
    ["directory", () => CaBundle.fromFile(lab.certificates.proxyCa, { delivery: CaDelivery.DIRECTORY })],
    ["variable", (template) => CaBundle.fromVariable(template.variable("ca_certificates", { description: "PEM" }))],
    ["config-map", () => CaBundle.fromConfigMap("corporate-ca")],
    ["secret", () => CaBundle.fromSecret("corporate-ca")],
  ])("clones and pulls through the proxy, unprivileged, with the certificates from a %s", async (name, bundle) => {
    const mark = lab.proxy.flows.mark();
    const vars = name === "variable" ? { ca_certificates: ca } : undefined;

    const log = await logOf(applied(name, (template) => ({ proxy: throughTheProxy(), ca: bundle(template) }), vars));

    expect(log).toMatch(/\n(?:ENV .*\n)+built\nMARKER\n/);
    // Into the store of the image that was built, without a privilege.
    expect(log).toContain(`trust: ${SYSTEM_BUNDLE} has the certificates\n`);
    expect(log).toContain(`\nENV SSL_CERT_FILE=${SYSTEM_BUNDLE}\n`);
    const flows = lab.proxy.flows.since(mark);
    expect(decryptedHosts(flows)).toEqual(["git.test", "registry.test"]);
    expect(requests(flows)).toEqual(
      expect.arrayContaining([
        "POST git.test/kubernetes.git/git-upload-pack 200",
        "GET registry.test/v2/base/manifests/latest 200",
      ]),
    );
  });

  test("dies of an unknown authority behind the proxy without its certificates", async () => {
    const log = await logOf(applied("no-ca", { proxy: throughTheProxy() }));

    expect(log).toContain(UNKNOWN_AUTHORITY);
    expect(log).not.toContain("MARKER");
  });

  test("does not start with an entry of a ConfigMap that is not there, and says so in its events", async () => {
    const workspace = applied("no-entry", { ca: CaBundle.fromConfigMap("corporate-ca", "missing.pem") });

    await workspace.start();
    const complaint = "references non-existent config key: missing.pem";
    await waitFor("the event", async () => (await workspace.pod.describe()).includes(complaint) || undefined);
    await workspace.destroy();
    expect(await workspace.pod.find()).toBeUndefined();
  });

  test("plans nothing once it runs, keeps its claim and data through a stop, and leaves nothing behind", async () => {
    const workspace = applied("lifecycle", {
      proxy: throughTheProxy(),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
    });
    const kinds = ["deployments", "replicasets", "pods", "secrets", "configmaps", "persistentvolumeclaims"];
    const others = await cluster.names(namespace, ...kinds);
    const own = async () => (await cluster.names(namespace, ...kinds)).filter((name) => !others.includes(name));
    const claim = `persistentvolumeclaim/${workspace.object}`;

    await workspace.start();
    await workspace.pod.logWith("MARKER\n");
    const running = await own();
    const again = await workspace.planText();
    await workspace.pod.exec("ls /workspaces/kubernetes/.devcontainer && echo mine >/workspaces/notes");
    await workspace.stop();
    const stopped = await waitFor("the end of the pod", async () => {
      const names = await own();
      return names.some((name) => name.startsWith("pod/")) ? undefined : names;
    });
    await workspace.start();
    await workspace.pod.logWith("MARKER\n");
    const notes = await workspace.pod.exec("cat /workspaces/notes");
    await workspace.destroy();
    await waitFor("the end of everything", async () => (await own()).length === 0 || undefined);

    expect(again).toContain("No changes.");
    expect(running).toEqual([
      `configmap/${workspace.object}`,
      `deployment.apps/${workspace.object}`,
      claim,
      expect.stringMatching(/^pod\//),
      expect.stringMatching(/^replicaset\.apps\//),
      `secret/${workspace.object}`,
    ]);
    expect(stopped).toEqual([claim]);
    expect(notes).toBe("mine\n");
  });

  test("gets a namespace of its own, which goes with it", async () => {
    const workspace = applied("own", { ownNamespace: true, ca: CaBundle.fromFile(lab.certificates.proxyCa) });

    await workspace.start();
    const made = await cluster.names(workspace.object, "deployments", "persistentvolumeclaims");
    const again = await workspace.planText();
    await workspace.destroy();
    const namespaces = await cluster.kubectl(["get", "namespaces", "--output", "name"]);

    expect(made).toEqual([`deployment.apps/${workspace.object}`, `persistentvolumeclaim/${workspace.object}`]);
    expect(again).toContain("No changes.");
    expect(namespaces.stdout).not.toContain(workspace.object);
  });

  test("has what runs before it and beside it, which share a volume and have the least rights, and keeps its account", async () => {
    const shared = KubernetesVolume.emptyDir("/shared", { size: Size.mebibytes(1) });
    const { image } = cluster;
    const note = "id -u >/shared/user && grep CapEff /proc/self/status >/shared/rights";
    const workspace = applied("beside", {
      proxy: throughTheProxy(),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      volumes: [shared],
      serviceAccountToken: true,
      initContainers: [
        { name: "before", image, command: ["/bin/sh", "-c", note], user: 1000, volumes: [shared.at("/shared")] },
      ],
      sidecars: [{ name: "beside", image, command: ["/bin/sh", "-c", SLEEP] }],
    });

    await workspace.start();
    await workspace.pod.logWith("MARKER\n");
    const noted = await workspace.pod.exec("cat /shared/user /shared/rights; ls /var/run/secrets/*/*");
    const pod = await workspace.pod.find();
    await workspace.destroy();

    expect(noted).toBe("1000\nCapEff:\t0000000000000000\nca.crt\nnamespace\ntoken\n");
    expect(pod?.status.containerStatuses).toMatchObject([
      { name: "beside", restartCount: 0 },
      { name: "workspace", restartCount: 0 },
    ]);
  });
});
