import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CaBundle } from "../../constructs/settings/ca-bundle";
import { Cpu } from "../../constructs/settings/cpu";
import { checkPropKinds } from "../../constructs/settings/prop-kinds";
import { Proxy } from "../../constructs/settings/proxy";
import { RegistryAuth } from "../../constructs/settings/registry-auth";
import { Repository } from "../../constructs/settings/repository";
import { Secret } from "../../constructs/settings/secret";
import { Size } from "../../constructs/settings/size";
import { WorkspaceTrust } from "../../constructs/settings/workspace-trust";
import { refusal, verdict } from "../refusal";

// As cdktf's are.
const token = { resolve: (): string => "${var.a}" };
const repository = Repository.at("https://git.test/a");
const good = {
  repository,
  proxy: Proxy.gitOnly({ url: "http://proxy.test" }),
  ca: CaBundle.fromHostFile("/a.pem"),
  registryAuth: RegistryAuth.fromSecret("registries"),
  trust: WorkspaceTrust.none(),
  memory: Size.gibibytes(1),
  disk: Size.chosenByUser({ default: 1 }),
  cpu: Cpu.cores(1),
  environment: { A: "1", B: "${var.b}" },
  secretEnvironment: { C: Secret.fromReference("${var.c}") },
  buildSecrets: { d: Secret.fromReference("${var.d}") },
};

test("takes what types allow", () => {
  expect(verdict(() => checkPropKinds(good))).toBeUndefined();
  expect(verdict(() => checkPropKinds({ repository, proxy: undefined, environment: undefined }))).toBeUndefined();
  expect(verdict(() => checkPropKinds({ repository, privileged: token, builderImage: token }))).toBeUndefined();
  expect(verdict(() => checkPropKinds({ repository, privileged: "${var.a}", insecure: false }))).toBeUndefined();
  expect(verdict(() => checkPropKinds({ repository, dns: ["${var.a}", token] }))).toBeUndefined();
  expect(verdict(() => checkPropKinds({ environment: { A: "1" } }, "agent."))).toBeUndefined();
});

test.each<[object, string]>([
  [{ repository: undefined }, "repository is undefined and must be a Repository; use Repository.at or"],
  [{ repository: "https://a:hunter2@git.test" }, "repository is a string and must be a Repository; use Repository.at"],
  [{ repository: good.proxy }, "repository is another object and must be a Repository; use Repository.at"],
  [{ proxy: { url: "http://a:hunter2@b" } }, "proxy is another object and must be a Proxy; use Proxy.containerWide"],
  [{ proxy: null }, "proxy is null and must be a Proxy; use"],
  [{ ca: ["hunter2"] }, "ca is a list and must be a CaBundle; use CaBundle.fromFile"],
  [{ registryAuth: "hunter2" }, "registryAuth is a string and must be a RegistryAuth; use RegistryAuth.logins or"],
  [{ setupScript: "ls" }, "setupScript is a string and must be a SetupScript; use SetupScript.required or"],
  [{ trust: true }, "trust is a boolean and must be a WorkspaceTrust; use WorkspaceTrust.of"],
  [{ memory: 4096 }, "memory is a number and must be a Size; use Size.gibibytes"],
  [{ cpu: 2 }, "cpu is a number and must be a Cpu; use Cpu.cores"],
  [{ environment: { PORT: 8080 } }, "environment.PORT is a number and must be a string; put it into quotes"],
  [{ environment: "A=hunter2" }, "environment is a string and must be an object of names and values; write"],
  [{ secretEnvironment: { A: "hunter2" } }, "secretEnvironment.A is a string and must be a Secret; use Secret.from"],
  [{ cache: "r.test/c" }, "cache is a string and must be an ImageCache; use ImageCache.at"],
  [{ etcEnvironment: "no" }, "etcEnvironment is a string and must be true or false; write it without quotes"],
  [{ insecure: "${var.a}" }, "insecure is a string and must be true or false"],
  [{ privileged: "no" }, "privileged is a string and must be true or false"],
  [{ hardened: token }, "hardened is another object and must be true or false"],
  [{ builderImage: 5 }, "builderImage is a number and must be a string; put it into quotes"],
  [{ fallbackImage: true }, "fallbackImage is a boolean and must be a string"],
  [{ storageClass: null }, "storageClass is null and must be a string"],
  [{ dns: "192.0.2.1" }, "dns is a string and must be a list of strings; write it as"],
  [{ extraIgnorePaths: [5] }, "extraIgnorePaths is a list and must be a list of strings"],
])("%# fails with prop-of-wrong-kind", (props, text) => {
  const message = refusal(() => checkPropKinds({ ...good, ...props }));

  expect(message).toContain(text);
  expect(message).toContain("[prop-of-wrong-kind]");
  expect(message).not.toContain("hunter2");
});

test("names the agent's environment", () => {
  expect(refusal(() => checkPropKinds({ environment: { A: 1 } }, "agent."))).toContain(
    "agent.environment.A is a number",
  );
});

const REPORTS = join(__dirname, "../../etc");
const INTERFACES = [
  "EnvbuilderSettings BuilderSettings StandaloneSettings CaBundleOptions ContainerWideProxyProps RepositoryOptions",
  "LayerCacheOptions ImageCacheOptions DockerConfigOptions ExternalAuthOptions GitTokenOptions WorkspaceAgentProps",
  "DockerContainerOptions DockerWorkspaceProps EnvbuilderContainerProps",
  "KubernetesPodOptions KubernetesWorkspaceProps EnvbuilderDeploymentProps PodPlacement ContainerSecurity",
].flatMap((names) => names.split(" "));

/** The plain props of an interface, as the reports of the API have them. */
function plainProps(name: string): string[] {
  const reports = readdirSync(REPORTS).filter((file) => file.endsWith(".api.md"));
  const text = reports.map((file) => readFileSync(join(REPORTS, file), "utf8")).join("\n");
  const body = new RegExp(`^export interface ${name}\\b[^]*?^}`, "m").exec(text)?.[0] ?? "";
  expect(body).not.toBe("");
  return [...body.matchAll(/^ +readonly (\w+)\??: (?:string|boolean|string\[\]);/gm)].map(([, prop = ""]) => prop);
}

test.each(INTERFACES)("knows every plain prop of %s", (name) => {
  for (const prop of plainProps(name)) {
    expect([prop, verdict(() => checkPropKinds({ repository, [prop]: 5 }))]).toEqual([
      prop,
      expect.stringMatching(/ is a number and must be .*\[prop-of-wrong-kind\]$/),
    ]);
  }
});
