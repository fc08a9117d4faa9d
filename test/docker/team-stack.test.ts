import { Container } from "@cdktf/provider-docker/lib/container";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { DockerWorkspace } from "../../constructs/docker/docker-workspace";
import { DataCoderWorkspace } from "../../constructs/providers/coder/data-coder-workspace";
import { Proxy } from "../../constructs/settings/proxy";
import { Repository } from "../../constructs/settings/repository";
import { addresses, block, environmentOf, synthesized, teamStack, treeOf } from "../util";

const REPOSITORY = Repository.at("https://git.example.com/team/app.git");
const PROXY = Proxy.containerWide({ url: "http://proxy.example.com:3128", noProxy: ["git.internal"] });

describe("a workspace in a team's stack", () => {
  test("uses what the team has and adds what it needs", () => {
    const stack = teamStack();
    const me = new DataCoderWorkspace(stack, "me");
    new Volume(stack, "shared", { name: `team-${me.id}` });
    new Container(stack, "database", { name: "database", image: "postgres:17", count: me.startCount });
    new TerraformLocal(stack, "init_script", "team's");
    new TerraformLocal(stack, "access_url", "team's");

    new DockerWorkspace(stack, "workspace", { repository: Repository.chosenByUser(), proxy: PROXY });

    const tree = treeOf(stack);
    expect(addresses(tree)).toEqual([
      "coder_agent.main",
      "coder_metadata.workspace",
      "data.coder_parameter.repo",
      "data.coder_provisioner.me",
      "data.coder_workspace.me",
      "data.coder_workspace_owner.me",
      "docker_container.database",
      "docker_container.workspace",
      "docker_volume.shared",
      "docker_volume.workspace",
      "local.access_host",
      "local.access_url",
      "local.init_script",
      "local.main_init_script",
      "local.workspace_access_url",
      "provider.coder",
      "provider.docker",
    ]);
    expect(tree["locals"]).toMatchObject({ access_url: "team's", init_script: "team's" });
    expect(environmentOf(block(tree, "docker_container.workspace"))).toMatchObject({
      CODER_AGENT_URL: "${local.workspace_access_url}",
      ENVBUILDER_INIT_SCRIPT: "${local.main_init_script}",
    });
  });

  test("leaves the team its own names, also those that it gives afterwards", () => {
    const stack = teamStack();
    const own = new Volume(new Construct(stack, "team"), "volume", { name: "x" });
    new DockerWorkspace(stack, "workspace", { repository: REPOSITORY });
    own.overrideLogicalId("shared");

    expect(Object.keys(treeOf(stack).resource?.["docker_volume"] ?? {})).toEqual(["shared", "workspace"]);
  });

  test("is JSON as the team's framework writes it", () => {
    const stack = teamStack();
    new DockerWorkspace(stack, "workspace", { repository: REPOSITORY });

    expect(Object.keys(synthesized(stack))).toEqual(["manifest.json", "stacks/stack/cdk.tf.json"]);
  });

  test("fails on a team's resource of its name", () => {
    const stack = teamStack();
    new Volume(new Construct(stack, "team"), "volume", { name: "x" }).overrideLogicalId("workspace");

    expect(() => new DockerWorkspace(stack, "workspace", { repository: REPOSITORY })).toThrow("[logical-id-twice]");
  });
});
