import { readFileSync } from "node:fs";

import {
  BuildHelp,
  CaBundle,
  CaDelivery,
  CoderTemplate,
  Distribution,
  Proxy,
  Repository,
} from "cdktf-coder-envbuilder";
import { KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";

// What a build in a pod sees with the lines of BuildHelp: mounts of the cluster are there while it runs, unprivileged.

const FEATURE = `${__dirname}/../../features/corporate-ca`;
const INIT = `sed 's/^/BUILT /' /built; grep -c BEGIN /etc/ssl/certs/ca-certificates.crt | sed 's/^/TRUSTED /'; echo MARKER
trap 'exit 0' TERM; sleep 3600 & wait`;

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("builds");
  const data = { "ca.crt": readFileSync(lab.certificates.proxyCa, "utf8") };
  await cluster.apply({ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "corporate-ca", namespace }, data });
}, 180_000);

test.each<[string, () => CaBundle]>([
  ["config-map", () => CaBundle.fromConfigMap("corporate-ca")],
  ["directory", () => CaBundle.fromFile(lab.certificates.proxyCa, { delivery: CaDelivery.DIRECTORY })],
])("steps and the feature find the certificates of a %s, and have the proxy", async (name, bundle) => {
  const settings = { proxy: Proxy.containerWide({ url: lab.proxy.url() }), ca: bundle() };
  const help = BuildHelp.of(settings);
  const steps = [
    `FROM ${lab.baseImage}`,
    help.dockerfile(Distribution.OTHER),
    `RUN { env | grep ^https_proxy; grep -c BEGIN /etc/ssl/certs/ca-certificates.crt; } >/built`,
  ];
  const files = ["devcontainer-feature.json", "install.sh", "install-ca.sh"].map((file): [string, string] => [
    `.devcontainer/corporate-ca/${file}`,
    readFileSync(`${FEATURE}/${file}`, "utf8"),
  ]);
  const features = { "./corporate-ca": { required: true } };
  const devcontainer = { build: { dockerfile: "Dockerfile", args: help.buildArguments }, features };
  const repository = await lab.repository(`builds-${name}`, {
    ".devcontainer/devcontainer.json": JSON.stringify(devcontainer),
    ".devcontainer/Dockerfile": steps.join("\n"),
    ...Object.fromEntries(files),
  });
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, name);
    const hosts = { "proxy.test": lab.gateway };
    new KubernetesWorkspace(template, "workspace", { repository: Repository.at(repository), hosts, ...settings });
    return template;
  });
  const workspace = new AppliedPod(cluster, namespace, directory, { name, initScript: INIT });

  await workspace.start();
  const log = await workspace.pod.logWith("MARKER\n");
  await workspace.destroy();

  expect(log).toContain(`BUILT https_proxy=${lab.proxy.url()}\nBUILT 1\nTRUSTED 1\n`);
});
