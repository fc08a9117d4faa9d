import { join } from "node:path";
import { App } from "cdktf";
import {
  CaBundle,
  CoderTemplate,
  GitCredentials,
  ImageCache,
  Proxy,
  RegistryAuth,
  Repository,
  Secret,
  Size,
  WorkspaceTrust,
} from "../constructs";
import { DockerMount, DockerWorkspace } from "../constructs/docker";

const CORPORATE_ROOT = join(__dirname, "../examples/docker-private-ca/certs/corporate-root.pem");

/**
 * A template in which everything is used that gives something in it a name, and everything that takes a secret: what
 * workspaces that run already depend on.
 */
export function maximalTemplate(app: App): CoderTemplate {
  const template = new CoderTemplate(app, "maximal", {
    displayName: "Everything",
    description: "All that there is.",
    icon: "/icon/docker.svg",
    tags: ["docker"],
  });
  const password = template.variable("proxy_password", { description: "The proxy's password.", sensitive: true });
  const token = template.variable("npm_token", { description: "A token.", sensitive: true });
  const image = template.variable("builder_image", {
    description: "Envbuilder.",
    default: "ghcr.io/coder/envbuilder:1.3.0",
  });
  const ca = template.variable("ca_certificates", { description: "In PEM.", default: "" });
  const options = [
    { name: "Shop", url: "https://git.example.com/shop/web.git", description: "Node.js", icon: "/icon/nodejs.svg" },
  ];
  const workspace = new DockerWorkspace(template, "workspace", {
    repository: Repository.chosenByUser({ options, branch: "main", cloneDepth: 1 }),
    proxy: Proxy.containerWide({
      url: "http://proxy.example.com:3128",
      credentials: { user: "coder", password: Secret.fromVariable(password) },
      noProxy: ["git.internal"],
      disableHttp2: true,
    }),
    ca: CaBundle.fromFile(CORPORATE_ROOT),
    trust: WorkspaceTrust.all(),
    registryAuth: RegistryAuth.logins([
      { registry: "registry.example.com", user: "robot", password: Secret.fromVariable(token) },
    ]),
    cache: ImageCache.at("registry.example.com/cache", { push: true, probe: true }),
    builderImage: image.stringValue,
    environment: { EDITOR: "vim" },
    secretEnvironment: { NPM_TOKEN: Secret.fromVariable(token) },
    buildSecrets: { npm_token: Secret.fromVariable(token) },
    extraIgnorePaths: ["/data"],
    hosts: { "proxy.internal": "10.0.0.3" },
    verbose: true,
    coderHost: "coder.internal",
    mounts: [DockerMount.volume("cache", "/var/cache")],
    memory: Size.gibibytes(8),
    agent: { environment: { LANG: "C.UTF-8" }, startupScript: "true\n" },
  });
  workspace.agent.addApp("preview", { displayName: "Preview", url: "http://localhost:8080" });
  const database = new DockerWorkspace(template, "database", {
    repository: Repository.chosenByUser({ options }),
    proxy: Proxy.gitOnly({
      url: "http://proxy.example.com:3128",
      credentials: { user: "coder", password: Secret.fromReference(password.stringValue) },
    }),
    ca: CaBundle.fromVariable(ca),
    gitCredentials: GitCredentials.fromExternalAuth("primary-gitlab"),
    agent: { name: "database" },
  });
  database.agent.addApp("5432", { displayName: "Database", url: "http://localhost:5432" });
  return template;
}

if (require.main === module) {
  const app = new App();
  maximalTemplate(app);
  app.synth();
}
