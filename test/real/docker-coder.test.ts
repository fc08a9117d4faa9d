import { CaBundle, CoderTemplate, Proxy, Repository } from "cdktf-coder-envbuilder";
import { DockerWorkspace } from "cdktf-coder-envbuilder/docker";

import { behindTheProxy } from "./lab/applied-workspace";
import { CoderServer } from "./lab/coder-server";
import { docker } from "./lab/docker";
import { decryptedHosts } from "./lab/flow-log";
import { ProxyNetwork } from "./lab/proxy-network";
import { synthesized } from "./lab/synthesized";

// From TypeScript to a connected agent: a template as it is synthesized, a real Coder server, and a workspace whose every
// connection passes the proxy.

let lab: ProxyNetwork;
let coder: CoderServer;
let directory: string;
let offered: string;
let other: string;

beforeAll(async () => {
  lab = await ProxyNetwork.start();
  coder = await CoderServer.start();
  const files = { ".devcontainer/devcontainer.json": JSON.stringify({ image: lab.baseImage }) };
  offered = await lab.repository("offered", { ...files, "README.md": "offered\n" });
  other = await lab.repository("other", { ...files, "README.md": "other\n" });
  directory = synthesized((app) => {
    const template = new CoderTemplate(app, "docker-coder", { displayName: "Docker behind a proxy" });
    const workspace = new DockerWorkspace(template, "workspace", {
      repository: Repository.chosenByUser({ options: [{ name: "The offered one", url: offered }] }),
      proxy: Proxy.containerWide({ url: lab.proxy.url() }),
      ca: CaBundle.fromFile(lab.certificates.proxyCa),
      ...behindTheProxy(lab),
    });
    workspace.agent.addApp("web", { displayName: "Web", url: "http://localhost:8080" });
    return template;
  });
  await coder.push("docker-coder", directory);
}, 180_000);

async function objects(): Promise<string[]> {
  const containers = await docker(["ps", "--all", "--format", "{{.Names}}", "--filter", "label=coder.workspace_id"]);
  const volumes = await docker(["volume", "ls", "--format", "{{.Name}}", "--filter", "label=coder.workspace_id"]);
  return `${containers.stdout}${volumes.stdout}`.split("\n").filter(Boolean);
}

describe("a template on a real Coder server", () => {
  test("becomes a workspace behind the proxy, that keeps its files through a stop and leaves nothing when deleted", async () => {
    const mark = lab.proxy.flows.mark();

    const workspace = await coder.create("first", "docker-coder");
    const agents = await workspace.waitForAgent();
    const resources = (await workspace.build()).resources;
    const seen = await workspace.ssh("env; cat /workspaces/offered/README.md; echo mine >/workspaces/notes");
    await workspace.stop();
    const stopped = await objects();
    await workspace.start();
    await workspace.waitForAgent();
    const notes = await workspace.ssh("cat /workspaces/notes");
    await workspace.delete();

    expect(agents).toMatchObject([{ name: "main", apps: [{ slug: "web" }] }]);
    // What users see: the agent at its container, with the metadata that says what it is made of.
    expect(resources.find(({ type }) => type === "docker_container")).toMatchObject({
      name: "workspace",
      agents: [{ name: "main" }],
      metadata: [
        { key: "builder image", value: "ghcr.io/coder/envbuilder:1.3.0" },
        { key: "repository", value: offered },
      ],
    });
    expect(seen).toContain("\noffered\n");
    const names = [...seen.matchAll(/^(\w+)=/gm)].map(([, name]) => name ?? "");
    expect(names).toEqual(
      expect.arrayContaining(["https_proxy", "HTTPS_PROXY", "no_proxy", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"]),
    );
    expect(names.filter((name) => name.startsWith("ENVBUILDER_"))).toEqual([]);
    expect(seen).toMatch(/^GIT_AUTHOR_EMAIL=admin@example\.test$/m);
    expect(decryptedHosts(lab.proxy.flows.since(mark))).toEqual(["git.test", "registry.test"]);
    expect(stopped).toEqual([expect.stringMatching(/^coder-[0-9a-f-]{36}-workspace$/)]);
    expect(notes).toBe("mine\n");
    expect(await objects()).toEqual([]);
  }, 180_000);

  test("asks for the repository, offers what the author offers, and takes another", async () => {
    const parameters = await coder.api(
      "GET",
      `templateversions/${(await coder.push("docker-coder", directory)).id}/rich-parameters`,
    );
    const workspace = await coder.create("second", "docker-coder", {
      parameters: { repo: "custom", custom_repo_url: other },
    });
    await workspace.waitForAgent();
    const read = await workspace.ssh("cat /workspaces/other/README.md");
    await workspace.delete();

    expect(parameters).toMatchObject([
      {
        name: "repo",
        form_type: "dropdown",
        default_value: offered,
        options: [{ value: offered }, { value: "custom" }],
      },
    ]);
    expect(read).toBe("other\n");
  }, 180_000);
});
