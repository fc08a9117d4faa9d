// The smallest complete app: the templates envbuilder-docker and envbuilder-kubernetes. Without a changed line they are
// configured by cdktf's context, in cdktf.json or as
// CDKTF_CONTEXT_JSON='{"proxyUrl": "http://proxy.example.com:3128", "caFile": "certs/corporate-root.pem"}'.
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";
import { KubernetesWorkspace } from "cdktf-coder-envbuilder/kubernetes";

const SETTINGS = "proxyUrl noProxy caFile repository builderImage coderHost networks dns".split(" ");

const app = new App();
// Beside cdktf's own there is nothing else: a mistyped one would leave the proxy out without a word.
const given = Object.keys(app.node.getAllContext()).filter((name) => !/^cdktf|LogicalIds$/.test(name));
const mistyped = given.filter((name) => !SETTINGS.includes(name));
if (mistyped.length > 0) throw new Error(`context has ${mistyped.join(", ")}; it may have ${SETTINGS.join(", ")}`);

const [proxyUrl, caFile, repository] = ["proxyUrl", "caFile", "repository"].map(setting);
const settings = {
  repository: repository === undefined ? Repository.chosenByUser() : Repository.at(repository),
  proxy: proxyUrl === undefined ? undefined : Proxy.containerWide({ url: proxyUrl, noProxy: list("noProxy") }),
  ca: caFile === undefined ? undefined : CaBundle.fromFile(caFile),
  builderImage: setting("builderImage"),
  coderHost: setting("coderHost"),
  dns: list("dns"),
};

const docker = new CoderTemplate(app, "envbuilder-docker", {
  displayName: "Envbuilder on Docker",
  description: "A workspace from the dev container of a Git repository, in a Docker container.",
  icon: "/icon/docker.svg",
  tags: ["docker", "envbuilder", "devcontainer"],
});
new DockerWorkspace(docker, "workspace", { ...settings, networks: list("networks")?.map((name) => ({ name })) });

const kubernetes = new CoderTemplate(app, "envbuilder-kubernetes", {
  displayName: "Envbuilder on Kubernetes",
  description: "A workspace from the dev container of a Git repository, in an unprivileged pod.",
  icon: "/icon/k8s.svg",
  tags: ["kubernetes", "envbuilder", "devcontainer"],
});
new KubernetesWorkspace(kubernetes, "workspace", settings);
app.synth();

/** A text of the context. */
function setting(name: string): string | undefined {
  const value: unknown = app.node.tryGetContext(name);
  if (value === undefined || typeof value === "string") return value;
  throw new Error(`context ${name} ${JSON.stringify(value)} must be a string; write it in quotes`);
}

/** A list of the context, which may also be a text with commas. */
function list(name: string): string[] | undefined {
  const value: unknown = app.node.tryGetContext(name);
  if (Array.isArray(value)) return value.map(String);
  return setting(name)
    ?.split(",")
    .map((entry) => entry.trim());
}
