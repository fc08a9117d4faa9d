// A workspace in a stack that a team has already: with its own network, its database beside the workspace, its own names,
// and Terraform in JSON as cdktf writes it. Coder takes such a directory, too; only dropdowns and validations of
// parameters need a CoderTemplate.
import { Container } from "@cdktf/provider-docker/lib/container";
import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { CaBundle, CoderData, Proxy, Repository } from "cdktf-coder-envbuilder";
import { CoderProvider } from "cdktf-coder-envbuilder/coder/provider";
import { DockerMount, DockerWorkspace } from "cdktf-coder-envbuilder/docker";

const app = new App();
const stack = new TerraformStack(app, "inside-a-team-stack");
// Coder keeps the state itself.
stack.addOverride("terraform.backend", undefined);
new DockerProvider(stack, "docker");
// The Docker bindings ask for exactly the version that they were generated from.
stack.addOverride("terraform.required_providers.docker.version", ">= 3.6.2, < 5.0.0");
new CoderProvider(stack, "coder");

const ca = new TerraformVariable(stack, "ca_certificates", {
  type: "string",
  default: "",
  description: "Certificate authorities in PEM.",
  validation: [{ condition: CaBundle.pemCondition("ca_certificates"), errorMessage: "Give certificates in PEM." }],
});

const { workspace } = CoderData.of(stack);
const network = new Network(stack, "network", { name: `team-${workspace.id}` });
new Container(stack, "database", {
  count: workspace.startCount,
  name: `team-database-${workspace.id}`,
  image: "postgres:17",
  env: ["POSTGRES_HOST_AUTH_METHOD=trust"],
  networksAdvanced: [{ name: network.name, aliases: ["database"] }],
});

new DockerWorkspace(stack, "workspace", {
  repository: Repository.at("https://git.example.com/team/app.git"),
  proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128", noProxy: ["database"] }),
  ca: CaBundle.fromVariable(ca),
  networks: [{ name: network.name }],
  mounts: [DockerMount.volume("team-package-cache", "/var/cache/packages")],
  environment: { DATABASE_URL: "postgres://postgres@database/postgres" },
});

app.synth();
