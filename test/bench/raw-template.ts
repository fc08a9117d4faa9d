import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { rootCertificates } from "node:tls";
import { Container } from "@cdktf/provider-docker/lib/container";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { type App, AssetType, Fn, TerraformAsset, TerraformLocal, TerraformStack, TerraformVariable } from "cdktf";
import { Agent } from "cdktf-coder-envbuilder/coder/agent";
import { DataCoderProvisioner } from "cdktf-coder-envbuilder/coder/data-coder-provisioner";
import { DataCoderWorkspace } from "cdktf-coder-envbuilder/coder/data-coder-workspace";
import { DataCoderWorkspaceOwner } from "cdktf-coder-envbuilder/coder/data-coder-workspace-owner";
import { Metadata } from "cdktf-coder-envbuilder/coder/metadata";
import { CoderProvider } from "cdktf-coder-envbuilder/coder/provider";
import { CERTIFICATES } from "./certificates";

const PUBLIC_ROOTS = path.join(mkdtempSync(path.join(tmpdir(), "bench-")), "public-roots.pem");
writeFileSync(PUBLIC_ROOTS, rootCertificates.join("\n"));

const PROXY = "http://proxy.example.com:3128";
const BUNDLE = "/.envbuilder/certs/ca.pem";
const BUNDLE_VARIABLES = [
  "SSL_CERT_FILE",
  "NODE_EXTRA_CA_CERTS",
  "CURL_CA_BUNDLE",
  "REQUESTS_CA_BUNDLE",
  "PIP_CERT",
  "GIT_SSL_CAINFO",
  "AWS_CA_BUNDLE",
];
const INSTALL = "constructs/envbuilder/scripts/install-ca.sh";
const WITHOUT_PROXY = "env -u http_proxy -u https_proxy -u HTTP_PROXY -u HTTPS_PROXY";
const PREPARATION = `ca_bundle=$(cat /.envbuilder/system-bundle 2>/dev/null) && export ${BUNDLE_VARIABLES.map((name) => `${name}="$ca_bundle"`).join(" ")}
if ! command -v curl >/dev/null && { wget --help || busybox wget --help; } 2>&1 | grep -q BusyBox; then
  wget() { ${WITHOUT_PROXY} wget "$@"; }
  busybox() { ${WITHOUT_PROXY} busybox "$@"; }
fi
`;
const LOOPBACK = "/://(localhost|127[.]0[.]0[.]1|[[]::1[]])([:/]|$)/";
const FIGURES = [
  ["0_cpu_usage", "CPU Usage", "coder stat cpu"],
  ["1_ram_usage", "RAM Usage", "coder stat mem"],
  ["2_disk_usage", "Disk Usage", "coder stat disk --path /workspaces"],
  ["3_host_cpu_usage", "CPU Usage (Host)", "coder stat cpu --host"],
  ["4_host_ram_usage", "RAM Usage (Host)", "coder stat mem --host"],
] as const;

/** The workspace of `our-template` with the same resources and files, by the bindings and cdktf alone. */
export function template(app: App, name: string): void {
  const stack = new TerraformStack(app, name);
  const socket = new TerraformVariable(stack, "docker_socket", {
    type: "string",
    description: "Address of the Docker daemon.",
    default: "",
  });
  new CoderProvider(stack, "coder");
  new DockerProvider(stack, "docker", { host: `\${${socket.fqn} != "" ? ${socket.fqn} : null}` });
  stack.addOverride("terraform.required_providers.docker.version", ">= 3.6.2, < 5.0.0");
  const workspace = new DataCoderWorkspace(stack, "me");
  const owner = new DataCoderWorkspaceOwner(stack, "owner");
  const provisioner = new DataCoderProvisioner(stack, "provisioner");
  const agent = new Agent(stack, "main", {
    os: "linux",
    arch: provisioner.arch,
    env: {
      GIT_AUTHOR_NAME: Fn.coalesce([owner.fullName, owner.name]),
      GIT_AUTHOR_EMAIL: owner.email,
      GIT_COMMITTER_NAME: Fn.coalesce([owner.fullName, owner.name]),
      GIT_COMMITTER_EMAIL: owner.email,
    },
    metadata: FIGURES.map(([key, displayName, script]) => ({ key, displayName, script, interval: 10, timeout: 1 })),
  });
  const url = new TerraformLocal(
    stack,
    "access_url",
    Fn.replace(workspace.accessUrl, LOOPBACK, "://host.docker.internal$2"),
  );
  const host = new TerraformLocal(
    stack,
    "access_host",
    `\${trim(element(regex("://([[][^]]+[]]|[^/:]+)", ${url.fqn}), 0), "[]")}`,
  );
  const script = new TerraformLocal(
    stack,
    "init_script",
    `${PREPARATION}${Fn.replace(agent.initScript, LOOPBACK, "://host.docker.internal$2")}\n`,
  );
  const direct = `${host.asString},host.docker.internal,localhost,127.0.0.1,::1`;
  const labels = [
    { label: "coder.owner", value: owner.name },
    { label: "coder.owner_id", value: owner.id },
    { label: "coder.workspace_id", value: workspace.id },
  ];
  const volume = new Volume(stack, "volume", {
    name: `coder-${workspace.id}-workspace`,
    labels: [...labels, { label: "coder.workspace_name_at_creation", value: workspace.name }],
    lifecycle: { ignoreChanges: "all" },
  });
  const [own = "", publicRoots = "", install = ""] = [CERTIFICATES, PUBLIC_ROOTS, INSTALL].map((file, index) =>
    Fn.file(new TerraformAsset(stack, `file-${index}`, { path: path.resolve(file), type: AssetType.FILE }).path),
  );
  const container = new Container(stack, "container", {
    count: workspace.startCount,
    name: `coder-${owner.name}-${Fn.lower(workspace.name)}`,
    image: "ghcr.io/coder/envbuilder:1.3.0",
    hostname: workspace.name,
    env: [
      "ENVBUILDER_GIT_URL=https://git.example.com/team/app.git",
      `ENVBUILDER_INIT_SCRIPT=${script.asString}`,
      `CODER_AGENT_TOKEN=${agent.token}`,
      `CODER_AGENT_URL=${url.asString}`,
      ...["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"].map((variable) => `${variable}=${PROXY}`),
      ...["no_proxy", "NO_PROXY"].map((variable) => `${variable}=${direct}`),
      "ENVBUILDER_SETUP_SCRIPT=sh /.envbuilder/scripts/install-ca.sh /.envbuilder/certs/private-ca.pem system java",
      ...BUNDLE_VARIABLES.map((variable) => `${variable}=${BUNDLE}`),
    ],
    upload: [
      { file: BUNDLE, content: own + publicRoots },
      { file: "/.envbuilder/certs/private-ca.pem", content: own },
      { file: "/.envbuilder/scripts/install-ca.sh", content: install },
    ],
    volumes: [{ volumeName: volume.name, containerPath: "/workspaces" }],
    host: [{ host: "host.docker.internal", ip: "host-gateway" }],
    labels: [...labels, { label: "coder.workspace_name", value: workspace.name }],
  });
  new Metadata(stack, "metadata", {
    count: workspace.startCount,
    resourceId: `\${docker_container.${container.friendlyUniqueId}[0].id}`,
    item: [
      { key: "builder image", value: "ghcr.io/coder/envbuilder:1.3.0" },
      { key: "repository", value: "https://git.example.com/team/app.git" },
    ],
  });
}
