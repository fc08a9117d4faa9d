// The smallest complete app: the template envbuilder-docker. Without a changed line it is configured by cdktf's context, in
// cdktf.json or as CDKTF_CONTEXT_JSON='{"proxyUrl": "http://proxy.example.com:3128", "caFile": "corporate-root.pem"}'.
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

const app = new App();
const setting = (name: string): string | undefined => app.node.tryGetContext(name);
const proxyUrl = setting("proxyUrl");
const caFile = setting("caFile");
const repository = setting("repository");

const template = new CoderTemplate(app, "envbuilder-docker", {
  displayName: "Envbuilder on Docker",
  description: "A workspace from the dev container of a Git repository, in a Docker container.",
  icon: "/icon/docker.svg",
  tags: ["docker", "envbuilder", "devcontainer"],
});
new DockerWorkspace(template, "workspace", {
  repository: repository === undefined ? Repository.chosenByUser() : Repository.at(repository),
  proxy: proxyUrl === undefined ? undefined : Proxy.containerWide({ url: proxyUrl, noProxy: list("noProxy") }),
  ca: caFile === undefined ? undefined : CaBundle.fromFile(caFile),
  builderImage: setting("builderImage"),
  coderHost: setting("coderHost"),
});
app.synth();

/** A list of the context, which may also be written with commas. */
function list(name: string): string[] {
  const value: string | string[] = app.node.tryGetContext(name) ?? [];
  return Array.isArray(value) ? value : value.split(",").map((entry) => entry.trim());
}
