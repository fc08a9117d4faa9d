// Envbuilder alone, in a stack of somebody else's: what `docker run -it -v ./certs:… -e SSL_CERT_FILE=… -e https_proxy=…
// ghcr.io/coder/envbuilder` does, as one construct.
import * as path from "node:path";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack } from "cdktf";
import { CaBundle, Proxy, Repository } from "cdktf-coder-envbuilder";
import { EnvbuilderContainer } from "cdktf-coder-envbuilder/docker";

const app = new App();
const stack = new TerraformStack(app, "envbuilder-without-coder");
new DockerProvider(stack, "docker");
// The Docker bindings ask for exactly the version that they were generated from.
stack.addOverride("terraform.required_providers.docker.version", ">= 3.6.2, < 5.0.0");

new EnvbuilderContainer(stack, "envbuilder", {
  name: "envbuilder",
  repository: Repository.at("https://github.com/coder/envbuilder.git"),
  proxy: Proxy.containerWide({ url: "http://172.17.0.2:8080" }),
  ca: CaBundle.fromFile(path.join(__dirname, "certs/corporate-root.pem")),
  initScript: "exec /bin/sh",
  interactive: true,
});

app.synth();
