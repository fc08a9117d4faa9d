// A workspace on Docker with a private certificate authority and no proxy: the Git server, the registry and Coder itself
// have certificates that the company signed. Only the capabilities that a build needs are left to the container.
import * as path from "node:path";
import { App } from "cdktf";
import { CaBundle, CoderTemplate, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

const app = new App();
const template = new CoderTemplate(app, "docker-private-ca", {
  displayName: "Docker with a private CA",
  description: "A dev container that trusts the company's certificate authority.",
  icon: "/icon/docker.svg",
});

new DockerWorkspace(template, "workspace", {
  repository: Repository.at("https://git.example.com/team/app.git", { branch: "main" }),
  ca: CaBundle.fromDirectory(path.join(__dirname, "certs")),
  hardened: true,
  agent: { startupScript: 'echo "Welcome, ${USER:-developer}"\n' },
});

app.synth();
