import { agentWithoutResource } from "../../../constructs/coder/rules/agent-without-resource";
import { check } from "./template";

const REFUSED =
  "coder_agent.main: agent must be used by a resource that runs it, got none, and Coder leaves such an agent out; " +
  "hand ${coder_agent.main.token} and ${coder_agent.main.init_script} to a container or a machine";

describe("agent-without-resource", () => {
  test("refuses an agent that nothing uses", () => {
    expect(check(agentWithoutResource, { "coder_agent.main": {}, "docker_container.c": {} })).toEqual([REFUSED]);
  });

  test("refuses an agent that only resources of Coder, locals, outputs and data sources use", () => {
    const blocks = {
      "coder_agent.main": {},
      "coder_app.a": { agent_id: "${coder_agent.main.id}" },
      "coder_metadata.m": { resource_id: "${coder_agent.main.id}" },
      "local.token": "${coder_agent.main.token}",
      "output.token": { value: "${local.token}" },
      "data.cloudinit_config.c": { part: "${local.token}" },
    };

    expect(check(agentWithoutResource, blocks)).toEqual([REFUSED]);
  });

  test("refuses an agent whose name only stands in text", () => {
    const env = ["$${coder_agent.main.token}", "coder_agent.main.token"];

    expect(check(agentWithoutResource, { "coder_agent.main": {}, "docker_container.c": { env } })).toEqual([REFUSED]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["directly", { "docker_container.c": { env: ["A=${coder_agent.main.token}"] } }],
    ["by an index", { "docker_container.c": { env: ["A=${coder_agent.main[0].token}"] } }],
    ["inside a function", { "docker_container.c": { cmd: '${split(" ", coder_agent.main.init_script)}' } }],
    ["by depends_on", { "docker_container.c": { depends_on: ["coder_agent.main"] } }],
    [
      "through locals",
      { "local.a": "${local.b}", "local.b": ["${coder_agent.main.token}"], "aws_instance.c": { x: "${local.a}" } },
    ],
    [
      "through a data source",
      {
        "data.cloudinit_config.c": { x: "${coder_agent.main.token}" },
        "aws_instance.c": { x: "${data.cloudinit_config.c.rendered}" },
      },
    ],
    [
      "through a resource of coder",
      { "coder_app.a": { agent_id: "${coder_agent.main.id}" }, "docker_container.c": { x: "${coder_app.a.id}" } },
    ],
    ["as an external agent", { "coder_external_agent.e": { agent_id: "${coder_agent.main.id}" } }],
    ["in a module, which may hold anything", { "module.m": { source: "./m", agent: "${coder_agent.main.id}" } }],
  ])("accepts an agent that is used %s", (_how, blocks) => {
    expect(check(agentWithoutResource, { "coder_agent.main": {}, ...blocks })).toEqual([]);
  });
});
