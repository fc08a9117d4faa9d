import { createHash } from "node:crypto";

import {
  CaBundle,
  CoderTemplate,
  GitCredentials,
  Proxy,
  RegistryAuth,
  Repository,
  Secret,
} from "cdktf-coder-envbuilder";
import { EnvbuilderDeployment, KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

import { AppliedPod } from "./lab/applied-pod";
import { Cluster } from "./lab/cluster";
import { InterceptingProxy } from "./lab/intercepting-proxy";
import { ProxyNetwork } from "./lab/proxy-network";
import { registryCredentials } from "./lab/registry";
import { settings } from "./lab/settings";
import { synthesized } from "./lab/synthesized";
import { agentToken } from "./lab/terraform-workspace";

// A workspace that has every secret there can be, and needs most of them to start: nobody who may read everything in the
// namespace but Secrets reads one, nor does who reads a plan.

const proxyPassword = "p/w d+1";
const gitPassword = "git-p@ss$(HOME)";
const npmToken = 'npm-"token"-${x}';
const scriptSecret = "only-in-the-init-script";
const { username, password } = registryCredentials;
const INIT = `cat /built; printf %s "$NPM_TOKEN" | sha256sum; echo "$https_proxy"; : ${scriptSecret}
echo MARKER; trap 'exit 0' TERM; sleep 3600 & wait`;

let lab: ProxyNetwork;
let cluster: Cluster;
let namespace: string;
let proxy: InterceptingProxy;
let repository: string;
let registryConfig: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  cluster = await Cluster.start();
  namespace = await cluster.namespace("secrets");
  proxy = await InterceptingProxy.start("secrets-proxy", { port: 8087, credentials: `us@er:${proxyPassword}` });
  const registry = `registry-private.test:${settings.ports.privateRegistry}`;
  const image = lab.baseImage.replace(/^[^/]+/, registry);
  const files = {
    ".devcontainer/devcontainer.json": JSON.stringify({ build: { dockerfile: "Dockerfile" } }),
    ".devcontainer/Dockerfile": `FROM ${image}
RUN --mount=type=secret,id=npm_token,env=TOKEN printf %s "$TOKEN" | sha256sum | sed 's/^/built with /' >/built
`,
  };
  repository = await lab.repository("secrets", files, { credentials: `puller:${gitPassword}` });
  const auth = base64(`${username}:${password}`);
  registryConfig = base64(JSON.stringify({ auths: { [registry]: { auth } } }));
}, 180_000);

afterAll(async () => await proxy.stop());

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

/** In each form that it could be found in. */
function forms(secret: string): string[] {
  return [secret, encodeURIComponent(secret), base64(secret), JSON.stringify(secret).slice(1, -1)];
}

function secretsOf(template: CoderTemplate): Readonly<Record<string, Secret>> {
  const names = ["proxy_password", "git_password", "registry_config", "npm_token"];
  return Object.fromEntries(
    names.map((name) => [
      name,
      Secret.fromVariable(template.variable(name, { description: "A secret.", sensitive: true })),
    ]),
  );
}

test("no secret of a workspace stands anywhere but in its Secret, and all of them arrive", async () => {
  const directory = synthesized((app) => {
    const template = new CoderTemplate(app, "secrets");
    const { proxy_password: proxySecret, ...others } = secretsOf(template);
    const common = {
      repository: Repository.at(repository),
      proxy: Proxy.containerWide({
        url: proxy.url(),
        ...(proxySecret === undefined ? {} : { credentials: { user: "us@er", password: proxySecret } }),
      }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...(others["git_password"] && {
        gitCredentials: GitCredentials.fromPassword({ user: "puller", password: others["git_password"] }),
      }),
      ...(others["registry_config"] && {
        registryAuth: RegistryAuth.fromConfig(others["registry_config"], { base64: true }),
      }),
      secretEnvironment: {
        ...(others["npm_token"] && { NPM_TOKEN: others["npm_token"] }),
      },
      buildSecrets: others["npm_token"] && { npm_token: others["npm_token"] },
      hosts: { "proxy.test": lab.gateway },
    };
    new KubernetesWorkspace(template, "workspace", common);
    new EnvbuilderDeployment(template, "beside", { ...common, name: "beside", namespace });
    return template;
  });
  const vars = {
    proxy_password: proxyPassword,
    git_password: gitPassword,
    registry_config: registryConfig,
    npm_token: npmToken,
  };
  const workspace = new AppliedPod(cluster, namespace, directory, { name: "secrets", initScript: INIT, vars });

  await workspace.init();
  const plans = [await workspace.planText()];
  await workspace.start();
  const log = await workspace.pod.logWith("MARKER\n");
  plans.push(await workspace.planText(), await workspace.planText("stop"));
  const kinds = "deployments,replicasets,pods,configmaps,events,persistentvolumeclaims";
  const { stdout: readable } = await cluster.kubectl(["get", kinds, "--namespace", namespace, "--output", "yaml"]);
  const { data } = await cluster.get<{ readonly data: Readonly<Record<string, string>> }>(
    "secret",
    workspace.object,
    "--namespace",
    namespace,
  );
  await workspace.destroy();

  const sum = `${createHash("sha256").update(npmToken).digest("hex")}  -\n`;
  expect(log).toMatch(new RegExp(`^${sum}`, "m"));
  expect(log).toContain(`built with ${sum}`);
  expect(log).toContain("http://us%40er:p%2Fw%20d%2B1@proxy.test:8087\n");
  expect(Object.keys(data)).toEqual(
    expect.arrayContaining([
      "ENVBUILDER_GIT_PASSWORD",
      "ENVBUILDER_BUILD_SECRETS",
      "NPM_TOKEN",
      "CODER_AGENT_TOKEN",
      "https_proxy",
    ]),
  );
  expect(plans[0]).toContain("kubernetes_secret_v1.workspace[0] will be created");
  expect(plans[1]).toContain("No changes.");
  expect(plans[2]).toContain("kubernetes_secret_v1.workspace[0] will be destroyed");
  const secrets = [proxyPassword, gitPassword, registryConfig, npmToken, password, agentToken, scriptSecret];
  const texts = [readable, ...plans];
  expect(secrets.flatMap(forms).filter((form) => texts.some((text) => text.includes(form)))).toEqual([]);
});
