import { Container } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { type App, TerraformStack } from "cdktf";
import { Agent } from "cdktf-coder-envbuilder/coder/agent";
import { DataCoderProvisioner } from "cdktf-coder-envbuilder/coder/data-coder-provisioner";
import { DataCoderWorkspace } from "cdktf-coder-envbuilder/coder/data-coder-workspace";
import { DataCoderWorkspaceOwner } from "cdktf-coder-envbuilder/coder/data-coder-workspace-owner";
import { Metadata } from "cdktf-coder-envbuilder/coder/metadata";
import { CoderProvider } from "cdktf-coder-envbuilder/coder/provider";

/** The same workspace as `ourTemplate` makes, by the bindings alone, as one would write it without this library. */
export function rawTemplate(app: App, name: string): void {
  const stack = new TerraformStack(app, name);
  new CoderProvider(stack, "coder");
  new DockerProvider(stack, "docker");
  const workspace = new DataCoderWorkspace(stack, "workspace");
  const owner = new DataCoderWorkspaceOwner(stack, "owner");
  const provisioner = new DataCoderProvisioner(stack, "provisioner");
  const agent = new Agent(stack, "main", {
    os: "linux",
    arch: provisioner.arch,
    env: { GIT_AUTHOR_NAME: owner.fullName, GIT_AUTHOR_EMAIL: owner.email },
    metadata: ["cpu", "mem", "disk", "cpu --host", "mem --host"].map((what, index) => ({
      key: `${index}_${what}`,
      displayName: what,
      script: `coder stat ${what}`,
      interval: 10,
      timeout: 1,
    })),
  });
  const labels = [
    { label: "coder.owner", value: owner.name },
    { label: "coder.owner_id", value: owner.id },
    { label: "coder.workspace_id", value: workspace.id },
  ];
  const volume = new Volume(stack, "volume", {
    name: `coder-${workspace.id}`,
    labels,
    lifecycle: { ignoreChanges: "all" },
  });
  const proxy = "http://proxy.example.com:3128";
  const certificates = "/.envbuilder/certs/ca.pem";
  const container = new Container(stack, "container", {
    count: workspace.startCount,
    name: `coder-${owner.name}-${workspace.name}`,
    image: "ghcr.io/coder/envbuilder:1.3.0",
    hostname: workspace.name,
    env: [
      "ENVBUILDER_GIT_URL=https://git.example.com/team/app.git",
      `ENVBUILDER_INIT_SCRIPT=${agent.initScript}`,
      `CODER_AGENT_TOKEN=${agent.token}`,
      `CODER_AGENT_URL=${workspace.accessUrl}`,
      ...["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"].map((variable) => `${variable}=${proxy}`),
      ...["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE"].map((variable) => `${variable}=${certificates}`),
    ],
    upload: [{ file: certificates, content: '${file("${path.module}/ca.pem")}' }],
    volumes: [{ volumeName: volume.name, containerPath: "/workspaces" }],
    host: [{ host: "host.docker.internal", ip: "host-gateway" }],
    labels,
  });
  new Metadata(stack, "metadata", {
    count: workspace.startCount,
    resourceId: `\${docker_container.${container.friendlyUniqueId}[0].id}`,
    item: [{ key: "image", value: container.image }],
  });
}
