// A workspace on Docker behind a proxy that re-signs TLS, with a cache in the company's registry: whoever starts first builds
// and pushes, the others start what was built. The provisioner looks for it, behind the same proxy: see the template's README.
//
//   npx cdktf synth --app "npx tsx examples/docker-with-image-cache/main.ts"
//   coder templates push docker-with-image-cache --directory cdktf.out/stacks/docker-with-image-cache --yes
import * as path from "node:path";
import { App } from "cdktf";
import { CaBundle, CoderTemplate, ImageCache, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

const app = new App();
const template = new CoderTemplate(app, "docker-with-image-cache", {
  displayName: "Docker with an image cache",
  description: "A dev container that is built once, and started from the cache from then on.",
  icon: "/icon/docker.svg",
  tags: ["docker", "cache"],
});

const cacheRepository = template.variable("cache_repo", {
  description: "Where built images are kept: host and path of a registry that workspaces may push to.",
  default: "registry.example.com/envbuilder-cache",
});

new DockerWorkspace(template, "workspace", {
  repository: Repository.at("https://git.example.com/team/app.git"),
  proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128" }),
  ca: CaBundle.fromFile(path.join(__dirname, "certs/corporate-root.pem")),
  cache: ImageCache.at(cacheRepository.stringValue, { push: true, probe: true }),
});

app.synth();
