import { Construct } from "constructs";
import { DockerWorkspace, type DockerWorkspaceProps } from "../../constructs/docker/docker-workspace";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import type { TerraformTree } from "../../constructs/terraform/tree";
import { addresses, block, environmentOf, filesOf, local, testTemplate, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const PROXY = Proxy.containerWide({ url: "http://proxy.example.com:3128", noProxy: ["git.internal"] });

function two(second: Partial<DockerWorkspaceProps>, first: Partial<DockerWorkspaceProps> = {}): TerraformTree {
  const template = testTemplate();
  new DockerWorkspace(template, "workspace", { repository: REPOSITORY, ...first });
  new DockerWorkspace(template, "database", { repository: REPOSITORY, agent: { name: "database" }, ...second });
  filesOf(template);
  return treeOf(template);
}

describe("two workspaces in a template", () => {
  test("have names of their own, and share what Coder and Docker have once", () => {
    const tree = two({ proxy: PROXY }, { proxy: PROXY });

    expect(addresses(tree)).toEqual([
      "coder_agent.database",
      "coder_agent.main",
      "coder_metadata.database",
      "coder_metadata.workspace",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "docker_container.database",
      "docker_container.workspace",
      "docker_volume.database",
      "docker_volume.workspace",
      "local.access_host",
      "local.access_url",
      "local.database_init_script",
      "local.init_script",
      "provider.coder",
      "provider.docker",
      "var.docker_socket",
    ]);
    expect(block(tree, "docker_container.database")).toMatchObject({
      name: "coder-${data.coder_workspace_owner.me.name}-${lower(data.coder_workspace.me.name)}.database",
      volumes: [{ volume_name: "${docker_volume.database.name}" }],
    });
    expect(block(tree, "docker_volume.database")["name"]).toBe("coder-${data.coder_workspace.me.id}-database");
    expect(block(tree, "coder_metadata.database")["resource_id"]).toBe("${docker_container.database[0].id}");
  });

  test("reach the Coder server each in its way", () => {
    const tree = two({ coderHost: "coder.internal" });

    expect(environmentOf(block(tree, "docker_container.workspace"))["CODER_AGENT_URL"]).toBe("${local.access_url}");
    expect(environmentOf(block(tree, "docker_container.database"))["CODER_AGENT_URL"]).toBe(
      "${local.database_access_url}",
    );
    expect(local(tree, "database_access_url")).toContain("://coder.internal$2");
  });

  test("are told apart in the README", () => {
    const template = testTemplate();
    new DockerWorkspace(template, "workspace", { repository: REPOSITORY });
    new DockerWorkspace(template, "database", { repository: REPOSITORY, agent: { name: "database" }, proxy: PROXY });

    const titles = filesOf(template)["README.md"]?.match(/^## .*/gm);

    expect(titles).toEqual([
      "## Variables",
      "## Network of workspace",
      "## Network of database",
      "## In the repository",
      "## Publishing",
    ]);
  });

  test("fail where both agents have one name, and say how to name one", () => {
    expect(() => two({ agent: undefined })).toThrow(
      /agent name "main" must be the only one .* as agent.name \[agent-name-twice\]/,
    );
  });

  test("fail where both have one name, wherever they stand", () => {
    const template = testTemplate();
    new DockerWorkspace(template, "workspace", { repository: REPOSITORY });

    expect(
      () =>
        new DockerWorkspace(new Construct(template, "deep"), "workspace", {
          repository: REPOSITORY,
          agent: { name: "other" },
        }),
    ).toThrow(
      "template/deep/workspace/volume and template/workspace/volume are both docker_volume.workspace in Terraform",
    );
  });
});
