import { Image } from "@cdktf/provider-docker/lib/image";
import { DockerMount } from "../../constructs/docker/docker-mount";
import { DockerWorkspace, type DockerWorkspaceProps } from "../../constructs/docker/docker-workspace";
import { DEFAULT_BUILDER_IMAGE } from "../../constructs/envbuilder/options";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { Size } from "../../constructs/settings/size";
import type { TerraformBody, TerraformTree } from "../../constructs/terraform/tree";
import { addresses, annotations, block, environmentOf, filesOf, local, testTemplate, token, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const PROXY = Proxy.containerWide({ url: "http://proxy.example.com:3128", noProxy: ["git.internal"] });

const LABELS = [
  { label: "coder.owner", value: "${data.coder_workspace_owner.me.name}" },
  { label: "coder.owner_id", value: "${data.coder_workspace_owner.me.id}" },
  { label: "coder.workspace_id", value: "${data.coder_workspace.me.id}" },
];
const WORKSPACE_NAME = { label: "coder.workspace_name", value: "${data.coder_workspace.me.name}" };
const REWRITTEN =
  '${replace(coder_agent.main.init_script, "/://(localhost|127[.]0[.]0[.]1|[[]::1[]])([:/]|$)/", "://host.docker.internal$2")}';

/** A template with one workspace, checked and rendered. */
function workspace(props: Partial<DockerWorkspaceProps> = {}): TerraformTree {
  const template = testTemplate();
  new DockerWorkspace(template, "workspace", { repository: REPOSITORY, ...props });
  filesOf(template);
  return treeOf(template);
}

function container(props: Partial<DockerWorkspaceProps> = {}): TerraformBody {
  return block(workspace(props), "docker_container.workspace");
}

describe("DockerWorkspace", () => {
  test("is a template that Coder takes, with nothing to say about it", () => {
    const template = testTemplate();
    new DockerWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(Object.keys(filesOf(template))).toEqual(["README.md", "main.tf", "variables.tf"]);
    expect(annotations(template)).toEqual([expect.stringMatching(/^info: publish with: /)]);
    expect(addresses(treeOf(template))).toEqual([
      "coder_agent.main",
      "coder_metadata.workspace",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "docker_container.workspace",
      "docker_volume.workspace",
      "local.access_url",
      "provider.coder",
      "provider.docker",
      "var.docker_socket",
    ]);
  });

  test("has a container only while it runs", () => {
    expect(container()).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      name: "coder-${data.coder_workspace_owner.me.name}-${lower(data.coder_workspace.me.name)}",
      hostname: "${data.coder_workspace.me.name}",
      image: DEFAULT_BUILDER_IMAGE,
      env: [
        "CODER_AGENT_TOKEN=${coder_agent.main.token}",
        "CODER_AGENT_URL=${local.access_url}",
        "ENVBUILDER_GIT_URL=https://git.example.com/team/app.git",
        `ENVBUILDER_INIT_SCRIPT=${REWRITTEN}`,
      ],
      host: [{ host: "host.docker.internal", ip: "host-gateway" }],
      volumes: [{ volume_name: "${docker_volume.workspace.name}", container_path: "/workspaces" }],
      labels: [...LABELS, { label: "coder.workspace_name", value: "${data.coder_workspace.me.name}" }],
      mounts: [],
      networks_advanced: [],
      upload: [],
    });
  });

  test("has a volume that nothing replaces, not even a new name of the workspace: volume-replaced", () => {
    expect(block(workspace(), "docker_volume.workspace")).toEqual({
      name: "coder-${data.coder_workspace.me.id}-workspace",
      labels: [...LABELS, { label: "coder.workspace_name_at_creation", value: "${data.coder_workspace.me.name}" }],
      lifecycle: { ignore_changes: "all" },
    });
  });

  test("describes its container, and that alone: metadata-twice", () => {
    expect(block(workspace(), "coder_metadata.workspace")).toEqual({
      count: "${data.coder_workspace.me.start_count}",
      resource_id: "${docker_container.workspace[0].id}",
      item: [
        { key: "builder image", value: DEFAULT_BUILDER_IMAGE },
        { key: "repository", value: "https://git.example.com/team/app.git" },
      ],
    });
  });

  test("describes its container also where the image is a resource, which Coder would attach the description to", () => {
    const template = testTemplate();
    const image = new Image(template, "envbuilder", { name: "registry.example.com/envbuilder:1.3.0" });
    new DockerWorkspace(template, "workspace", { repository: REPOSITORY, builderImage: image.imageId });

    expect(() => filesOf(template)).not.toThrow();
    expect(block(treeOf(template), "coder_metadata.workspace")).toMatchObject({
      item: [{ key: "builder image", value: "${docker_container.workspace[0].image}" }, {}],
    });
    expect(block(treeOf(template), "docker_container.workspace")).toMatchObject({
      image: "${docker_image.envbuilder.image_id}",
    });
  });

  test("tells the container of the proxy, and what is direct", () => {
    const tree = workspace({ proxy: PROXY });
    const direct = "git.internal,${local.access_host},host.docker.internal,localhost,127.0.0.1,::1";

    expect(environmentOf(block(tree, "docker_container.workspace"))).toMatchObject({
      https_proxy: "http://proxy.example.com:3128",
      HTTPS_PROXY: "http://proxy.example.com:3128",
      no_proxy: direct,
      NO_PROXY: direct,
      ENVBUILDER_INIT_SCRIPT: "${local.init_script}",
    });
    expect(local(tree, "init_script")).toContain(`\n${REWRITTEN}\n`);
  });

  test("tells of no direct hosts where only Git has a proxy", () => {
    const tree = workspace({ proxy: Proxy.gitOnly({ url: "http://proxy.example.com:3128" }) });

    expect(environmentOf(block(tree, "docker_container.workspace"))).toMatchObject({
      ENVBUILDER_GIT_HTTP_PROXY_URL: "http://proxy.example.com:3128",
      ENVBUILDER_INIT_SCRIPT: REWRITTEN,
    });
    expect(addresses(tree)).not.toContain("local.access_host");
  });

  test("reaches a Coder server on localhost by another host", () => {
    const tree = workspace({ coderHost: "coder.internal" });

    expect(local(tree, "access_url")).toContain('"://coder.internal$2"');
    expect(environmentOf(block(tree, "docker_container.workspace"))["ENVBUILDER_INIT_SCRIPT"]).toContain(
      "://coder.internal$2",
    );
  });

  test("keeps another folder, whose disk the dashboard shows", () => {
    const tree = workspace({ persistentFolder: "/home/dev" });

    expect(block(tree, "docker_container.workspace")).toMatchObject({ volumes: [{ container_path: "/home/dev" }] });
    expect(block(tree, "coder_agent.main")).toMatchObject({
      metadata: [{}, {}, { script: "coder stat disk --path /home/dev" }, {}, {}],
    });
  });

  test("has the agent that it is told, with its applications: agent-beneath-another-resource", () => {
    const template = testTemplate();
    const built = new DockerWorkspace(template, "workspace", {
      repository: REPOSITORY,
      agent: { name: "dev", environment: { EDITOR: "vim" }, startupScript: "true", metadata: [] },
    });
    built.agent.addApp("preview", { displayName: "Preview", url: "http://localhost:8080" });

    filesOf(template);
    const tree = treeOf(template);
    expect(block(tree, "coder_agent.dev")).toMatchObject({
      env: { EDITOR: "vim" },
      startup_script: "true",
      metadata: [],
    });
    expect(block(tree, "coder_app.preview")).toMatchObject({ agent_id: "${coder_agent.dev.id}" });
    expect(environmentOf(block(tree, "docker_container.workspace"))["CODER_AGENT_TOKEN"]).toBe(
      "${coder_agent.dev.token}",
    );
  });

  test("gets from Docker what it is told, beside its own", () => {
    const built = container({
      hostname: "box",
      hosts: { "proxy.internal": "10.0.0.3", "host.docker.internal": "10.0.0.4" },
      labels: { team: "app" },
      mounts: [DockerMount.volume("cache", "/var/cache")],
      memory: Size.gibibytes(8),
      hardened: true,
      networks: [{ name: "internal" }],
    });

    expect(built).toMatchObject({
      hostname: "box",
      host: [
        { host: "host.docker.internal", ip: "10.0.0.4" },
        { host: "proxy.internal", ip: "10.0.0.3" },
      ],
      labels: [...LABELS, WORKSPACE_NAME, { label: "team", value: "app" }],
      volumes: [{ container_path: "/workspaces" }, { volume_name: "cache", container_path: "/var/cache" }],
      memory: 8192,
      networks_advanced: [{ name: "internal" }],
    });
  });

  test("takes undefined for what is left out", () => {
    const undefinedProps: Partial<DockerWorkspaceProps> = {
      hostname: undefined,
      hosts: undefined,
      labels: undefined,
      mounts: undefined,
      coderHost: undefined,
      persistentFolder: undefined,
      agent: undefined,
      builderImage: undefined,
    };

    expect(workspace(undefinedProps)).toEqual(workspace());
  });

  test("has neither host name nor hosts in the network of another container", () => {
    const built = container({ networkMode: "container:vpn" });

    expect(built).toMatchObject({ network_mode: "container:vpn", host: [] });
    expect(built).not.toHaveProperty("hostname");
  });

  test("asks for the repository where it is the user's choice, with what the proxy allows", () => {
    const template = testTemplate();
    new DockerWorkspace(template, "workspace", { repository: Repository.chosenByUser(), proxy: PROXY });

    const files = filesOf(template);

    // Without gitUrl Git uses the container-wide proxy, for which SSH is no obstacle: it goes around it.
    expect(files["parameters.tf"]).toContain("|ssh://");
    expect(block(treeOf(template), "coder_metadata.workspace")).toMatchObject({
      item: [{}, { key: "repository", value: "${data.coder_parameter.repo.value}" }],
    });
    const gitOnly = testTemplate();
    const proxy = Proxy.gitOnly({ url: "http://proxy.example.com:3128" });
    new DockerWorkspace(gitOnly, "workspace", { repository: Repository.chosenByUser(), proxy });
    expect(filesOf(gitOnly)["parameters.tf"]).not.toContain("|ssh://");
  });

  test.each(["workspaces", "/", "/a/", "/a/../b", ""])("fails on the persistent folder %j", (persistentFolder) => {
    expect(() => workspace({ persistentFolder })).toThrow(
      `persistentFolder ${JSON.stringify(persistentFolder)} must be an absolute, normalized path below / in the container; write it as "/workspaces" [persistent-folder-malformed]`,
    );
  });

  test("takes a reference for it", () => {
    expect(container({ persistentFolder: token("var.folder") })).toMatchObject({
      volumes: [{ container_path: "${var.folder}" }],
    });
  });

  test("fails on a mount in its place, and counts the author's mounts as he does", () => {
    const mounts = [DockerMount.volume("a", "/a"), DockerMount.volume("b", "/workspaces")];

    expect(() => workspace({ mounts })).toThrow(
      'mounts[1] and persistentFolder are both at "/workspaces"; move one of them [mount-path-twice]',
    );
    expect(() => workspace({ mounts: [DockerMount.volume("a", "a")] })).toThrow(/mounts\[0\] "a"/);
  });

  test("fails where a folder would break the build", () => {
    expect(() => workspace({ persistentFolder: "/etc/ssl" })).toThrow(
      /persistentFolder.*\[mount-over-certificate-store\]/,
    );
  });

  test("fails on what Docker, Envbuilder or Coder would refuse", () => {
    expect(() => workspace({ cpus: 0 })).toThrow("[cpus-malformed]");
    expect(() => workspace({ environment: { ENVBUILDER_NO_SUCH: "x" } })).toThrow("[unknown-option]");
    expect(() => workspace({ coderHost: "http://x" })).toThrow("[coder-host-malformed]");
    expect(() => workspace({ agent: { name: "a_b" } })).toThrow("[agent-name]");
    expect(() => new DockerWorkspace(testTemplate(), "a b", { repository: REPOSITORY })).toThrow(
      "[logical-id-malformed]",
    );
  });

  test("may have any name, also one that other constructs are named after", () => {
    for (const id of ["docker", "coder", "access_url", "main", "repo", "docker_socket"]) {
      const template = testTemplate();
      new DockerWorkspace(template, id, { repository: Repository.chosenByUser(), proxy: PROXY });

      expect(() => filesOf(template)).not.toThrow();
    }
  });

  test.each(["owner", "owner_id", "workspace_id", "workspace_name"])(
    "fails with label-reserved on coder.%s",
    (name) => {
      expect(() => container({ labels: { team: "a", [`coder.${name}`]: "b" } })).toThrow(
        `labels has "coder.${name}", which says whose workspace this is and is set already; leave it out [label-reserved]`,
      );
    },
  );

  test("fails with proxy-on-loopback unless the host's network is the container's", () => {
    const proxy = Proxy.containerWide({ url: "http://localhost:3128" });

    expect(() => container({ proxy })).toThrow("[proxy-on-loopback]");
    expect(container({ proxy, networkMode: "host" })["network_mode"]).toBe("host");
  });
});

describe("what an author changes on the resources", () => {
  test("arrives in the template", () => {
    const template = testTemplate();
    const built = new DockerWorkspace(template, "workspace", { repository: REPOSITORY });
    built.container.stopTimeout = 30;
    built.volume.driver = "local";
    built.metadata.icon = "/icon/docker.svg";
    built.agent.resource.connectionTimeout = 300;
    built.container.addOverride("log_driver", "journald");

    filesOf(template);
    const tree = treeOf(template);
    expect(block(tree, "docker_container.workspace")).toMatchObject({ stop_timeout: 30, log_driver: "journald" });
    expect(block(tree, "docker_volume.workspace")).toMatchObject({ driver: "local" });
    expect(block(tree, "coder_metadata.workspace")).toMatchObject({ icon: "/icon/docker.svg" });
    expect(block(tree, "coder_agent.main")).toMatchObject({ connection_timeout: 300 });
  });

  test("fails at synth where no build would succeed with it", () => {
    const template = testTemplate();
    new DockerWorkspace(template, "workspace", { repository: REPOSITORY }).container.user = "node";

    expect(() => filesOf(template)).toThrow("[container-not-root]");
  });
});
