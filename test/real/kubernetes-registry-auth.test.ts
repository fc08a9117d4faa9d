import { CaBundle, CoderTemplate, Proxy, RegistryAuth, Repository, Secret } from "cdktf-coder-envbuilder";
import { KubernetesWorkspace, type KubernetesWorkspaceProps } from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { pushFeature } from "./lab/feature";
import { requests } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { otherRegistryCredentials, pushImage, registryCredentials } from "./lab/registry";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";
import { waitFor } from "./lab/wait";

// A builder image and a base image in one private registry, and a feature in another, in pods behind the intercepting proxy.
// The node pulls the builder image.

const INIT = "env | sort | sed 's/^/ENV /'; cat /feature.txt; echo MARKER; trap 'exit 0' TERM; sleep 3600 & wait";
const PRIVATE = `registry-private.test:${settings.ports.privateRegistry}`;
const OTHER = `registry-other.test:${settings.ports.otherRegistry}`;
const { username, password } = registryCredentials;
const { username: otherUser, password: otherPassword } = otherRegistryCredentials;
const CONFIG = JSON.stringify({
  auths: {
    [PRIVATE]: { auth: base64(`${username}:${password}`) },
    [OTHER]: { username: otherUser, password: otherPassword },
  },
});

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;
let repository: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("registries");
  const feature = await pushFeature("of-the-other-pod", "echo feature >/feature.txt");
  repository = await lab.repository("pod-registries", {
    ".devcontainer/devcontainer.json": JSON.stringify({
      image: lab.baseImage.replace(/^[^/]+/, PRIVATE),
      features: { [feature.replace(/^[^/]+/, OTHER)]: {} },
    }),
  });
  await cluster.apply({
    apiVersion: "v1",
    kind: "Secret",
    type: "kubernetes.io/dockerconfigjson",
    metadata: { name: "registries", namespace },
    stringData: { ".dockerconfigjson": CONFIG },
  });
}, 180_000);

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function secret(template: CoderTemplate, name: string): Secret {
  return Secret.fromVariable(template.variable(name, { description: "A secret.", sensitive: true }));
}

type Settings = Partial<KubernetesWorkspaceProps>;

/** With a builder image of its own, because a node may use what it has pulled before. */
async function applied(
  name: string,
  props: (template: CoderTemplate) => Settings,
  vars: Readonly<Record<string, string>> = {},
): Promise<AppliedPod> {
  await pushImage(settings.images.envbuilder, `${name}/envbuilder:1.3.0`);
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    new KubernetesWorkspace(template, "workspace", {
      repository: Repository.at(repository),
      builderImage: `${PRIVATE}/${name}/envbuilder:1.3.0`,
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      hosts: { "proxy.test": lab.gateway },
      ...props(template),
    });
    return template;
  });
  return new AppliedPod(cluster, namespace, directory, { name, initScript: INIT, vars });
}

test("without credentials the node does not get the builder image", async () => {
  const workspace = await applied("pod-without", () => ({}));

  await workspace.start();
  const events = await waitFor(
    "a refusal",
    async () => {
      const said = await workspace.pod.describe();
      return said.includes("Failed to pull image") ? said : undefined;
    },
    { timeoutSec: 60, context: () => workspace.pod.describe() },
  );
  await workspace.destroy();

  expect(events).toMatch(/Failed to pull image[^\n]*(unauthorized|authorization failed|no basic auth)/i);
});

test.each<[string, (template: CoderTemplate) => RegistryAuth, Readonly<Record<string, string>>, string]>([
  [
    "pod-logins",
    (template) =>
      RegistryAuth.logins([
        { registry: PRIVATE, user: username, password: secret(template, "registry_password") },
        { registry: OTHER, user: otherUser, password: secret(template, "other_password") },
      ]),
    { registry_password: password, other_password: otherPassword },
    "",
  ],
  [
    "pod-config",
    (template) => RegistryAuth.fromConfig(secret(template, "docker_config")),
    { docker_config: CONFIG },
    "",
  ],
  ["pod-secret", () => RegistryAuth.fromSecret("registries"), {}, "/.envbuilder/config.json\n"],
])(
  "the node and Envbuilder pull with %s, again after a crash, and the file that stays is known",
  async (name, auth, vars, left) => {
    const mark = lab.proxy.flows.mark();
    const workspace = await applied(name, (template) => ({ registryAuth: auth(template) }), vars);
    const forms = [password, otherPassword, CONFIG, `${username}:${password}`].flatMap((one) => [one, base64(one)]);
    const patterns = forms.map((form) => `-e '${form}'`).join(" ");

    await workspace.start();
    const log = await workspace.pod.logWith("MARKER\n");
    const files = await workspace.pod.exec(
      `grep -rlF ${patterns} /.envbuilder /etc /home /root /tmp /var /workspaces; true`,
    );
    const mode = await workspace.pod.exec("stat -L -c %a /.envbuilder/config.json 2>/dev/null; true");
    const texts = [await workspace.planText(), await workspace.stateText()];
    const kinds = "deployments,replicasets,pods,configmaps,events";
    const { stdout: readable } = await cluster.kubectl(["get", kinds, "--namespace", namespace, "--output", "yaml"]);
    // Whoever is told to end, ends: the kubelet then makes the container anew.
    await workspace.pod.exec("(sleep 1; kill -TERM 1) >/dev/null 2>&1 &");
    await waitFor(
      "the second start",
      async () => {
        const status = (await workspace.pod.find())?.status.containerStatuses?.[0];
        if (status?.restartCount !== 1) return undefined;
        const now = await cluster.kubectl(
          [
            "logs",
            "--namespace",
            namespace,
            "--selector",
            `app.kubernetes.io/instance=${workspace.object}`,
            "--tail=-1",
          ],
          { statuses: [0, 1] },
        );
        return now.stdout.includes("MARKER\n") || undefined;
      },
      { timeoutSec: 90, context: () => workspace.pod.describe() },
    );
    await workspace.destroy();

    expect(log).toContain("feature\nMARKER\n");
    expect(requests(lab.proxy.flows.since(mark))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          new RegExp(`^(?:GET|HEAD) registry-private\\.test/v2/${name}/envbuilder/manifests/1\\.3\\.0 200$`),
        ),
        "GET registry-private.test/v2/base/manifests/latest 200",
        "GET registry-other.test/v2/features/of-the-other-pod/manifests/1 200",
      ]),
    );
    expect(log).not.toMatch(/^ENV (?:ENVBUILDER_|DOCKER_)/m);
    expect(files).toBe(left);
    expect(mode).toBe(left === "" ? "" : "644\n");
    expect(texts[0]).toContain("No changes.");
    expect(forms.filter((form) => [log, readable, ...texts].some((text) => text.includes(form)))).toEqual([]);
  },
);
