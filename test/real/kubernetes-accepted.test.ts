import { readdirSync } from "node:fs";
import { join } from "node:path";

import {
  CaBundle,
  CoderTemplate,
  GitCredentials,
  ImageCache,
  Proxy,
  RegistryAuth,
  Repository,
  Secret,
  SetupScript,
  Size,
  WorkspaceTrust,
} from "cdktf-coder-envbuilder";
import {
  EnvbuilderDeployment,
  KubernetesVolume,
  KubernetesWorkspace,
  type KubernetesWorkspaceProps,
} from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { nodeName } from "./lab/cluster-keys";
import { everyPodOption } from "./lab/every-pod-option";
import { synthesizedProgram } from "./lab/program";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";
import { waitFor } from "./lab/wait";

// What the API server says to every option and to every example. A deployment with a fault in its pod may well be
// accepted, and so the pod must have been made, too: that it starts nobody asks of it here, and the node takes none.

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("accepted", "privileged");
  // That of an example.
  await cluster.namespace("workspaces");
  await cluster.apply(
    { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name: "important" }, value: 1000 },
    { apiVersion: "node.k8s.io/v1", kind: "RuntimeClass", metadata: { name: "gvisor" }, handler: "runsc" },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "builder", namespace } },
  );
  await cluster.kubectl(["cordon", nodeName]);
}, 180_000);

afterAll(async () => {
  await cluster.kubectl(["uncordon", nodeName]);
});

/** All settings of a workspace but where it is, which the other tests have. The type says when something is missing. */
function everyOption(
  template: CoderTemplate,
): Required<Omit<KubernetesWorkspaceProps, "privileged" | "namespace" | "ownNamespace" | "workspaceBaseDirectory">> {
  const password = template.variable("password", { description: "A secret.", sensitive: true });
  const secret = Secret.fromVariable(password);
  return {
    ...everyPodOption(),
    repository: Repository.at("https://git.test/none.git", { branch: "main", cloneDepth: 1 }),
    gitCredentials: GitCredentials.fromToken(secret),
    cache: ImageCache.at("registry.test:5000/every-option", { push: true, exitOnPushFailure: true, ttlDays: 3 }),
    builderImage: "ghcr.io/coder/envbuilder:1.3.0",
    envbuilderVersion: "1.3.0",
    fallbackImage: lab.baseImage,
    exitOnBuildFailure: true,
    forceSafe: true,
    binaryPath: "/.envbuilder/bin/envbuilder",
    agentSubsystems: ["exectrace"],
    silencedWarnings: { "ca-expires-soon": "a certificate of the lab" },
    proxy: Proxy.containerWide({ url: lab.proxy.url(), credentials: { user: "coder", password: secret } }),
    ca: CaBundle.fromFile(lab.certificates.proxyCa),
    registryAuth: RegistryAuth.logins([{ registry: "registry.test:5000", user: "puller", password: secret }]),
    insecure: true,
    trust: WorkspaceTrust.all(),
    // Refused beside a password.
    etcEnvironment: false,
    setupScript: SetupScript.required("true"),
    initCommand: "/bin/sh",
    postStartScriptPath: "/etc/post-start.sh",
    exportEnvFile: "/etc/exported",
    workspaceFolder: "/workspaces/here",
    environment: { EDITOR: "vim", PRICE: "$(HOME) costs $$5" },
    secretEnvironment: { NPM_TOKEN: secret },
    buildSecrets: { npm_token: secret },
    extraIgnorePaths: ["/data"],
    hosts: { "proxy.test": lab.gateway, "also.test": lab.gateway, "other.test": "192.0.2.1" },
    verbose: true,
    agent: { environment: { LANG: "C.UTF-8" } },
    coderHost: "coder.test",
    persistentFolder: "/home/dev",
    disk: Size.gibibytes(5),
    storageClass: "standard",
    accessMode: "ReadWriteMany",
  };
}

/** The pods of all namespaces, because examples name their own. */
async function pods(): Promise<string[]> {
  const ours = "app.kubernetes.io/name in (coder-workspace, envbuilder)";
  const all = ["get", "pods", "--all-namespaces", "--selector", ours, "--output", "name"];
  return (await cluster.kubectl(all)).stdout.split("\n").filter(Boolean);
}

async function events(): Promise<string> {
  return (await cluster.kubectl(["get", "events", "--all-namespaces"])).stdout;
}

/** Applies, waits until so many more pods are made, plans again and destroys. Returns the second plan. */
async function planOfApplied(workspace: AppliedPod, count = 1): Promise<string> {
  const before = await pods();
  const made = async () => {
    const names = await pods();
    return names.filter((name) => !before.includes(name)).length;
  };
  try {
    await workspace.start();
    await waitFor(`${count} pods`, async () => (await made()) >= count || undefined, { context: events });
    return await workspace.planText();
  } finally {
    await workspace.destroy();
  }
}

test("the API server accepts every option, and Terraform finds nothing that it wrote differently", async () => {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "every-option");
    new KubernetesWorkspace(template, "workspace", everyOption(template));
    const more = { repository: Repository.at("https://git.test/none.git"), namespace };
    new EnvbuilderDeployment(template, "privileged", {
      ...more,
      name: "privileged",
      privileged: true,
      dnsPolicy: "Default",
      volumes: ["DirectoryOrCreate", "FileOrCreate", "CharDevice"].map((type, index) =>
        KubernetesVolume.hostPath(`/srv/${index}`, `/srv/${index}`, { type }),
      ),
    });
    return template;
  });
  const vars = { password: "any" };

  const workspace = new AppliedPod(cluster, namespace, directory, { name: "every", initScript: "true", vars });

  expect(await planOfApplied(workspace, 2)).toContain("No changes.");
});

const examples = readdirSync(join(__dirname, "../../examples")).filter((name) => name.startsWith("kubernetes-"));

test.each([
  { program: "main.ts", stack: "envbuilder-kubernetes" },
  ...examples.map((name) => ({ program: `examples/${name}/main.ts`, stack: name })),
])("the API server accepts $stack of $program", async ({ program, stack }) => {
  const directory = await synthesizedProgram(lab, program, stack);

  const workspace = new AppliedPod(cluster, namespace, directory, { name: stack, initScript: "true" });

  expect(await planOfApplied(workspace)).toContain("No changes.");
});
