import { appAgentReference } from "../../../constructs/coder/rules/app-agent-reference";
import { check } from "./template";

describe("app-agent-reference", () => {
  test.each<[string, string]>([
    ["coder_app", "${local.agent_id}"],
    ["coder_script", "${module.agent.id}"],
    ["coder_env", "${var.agent}"],
    ["coder_devcontainer", "00000000-0000-0000-0000-000000000000"],
    ["coder_devcontainer", "${coder_devcontainer.other.subagent_id}"],
    ["coder_app", "${coder_agent.main.token}"],
    ["coder_app", "${coder_agent.main}"],
    ["coder_app", "${coder_devcontainer.d.id}"],
    ["coder_app", "$${coder_agent.main.id}"],
    ["coder_app", "coder_agent.main.id"],
    ["coder_app", "${data.coder_agent.main.id}"],
    ["coder_app", "${var.a ? coder_agent.main.id : local.other}"],
    ["coder_app", "${docker_container.c.id}"],
  ])("refuses in a %s %s", (type, id) => {
    expect(check(appAgentReference, { [`${type}.x`]: { agent_id: id } })).toEqual([
      `${type}.x: agent_id must be the id of an agent of this template without a local value or a module in between, ` +
        `such as \${coder_agent.main.id}, got "${id}"; refer to the agent directly`,
    ]);
  });

  test.each<[string, string]>([
    ["coder_app", "${coder_agent.main.id}"],
    ["coder_script", "${coder_agent.main[0].id}"],
    ["coder_env", "${coder_agent.main[count.index].id}"],
    ["coder_devcontainer", "${one(coder_agent.main[*].id)}"],
    ["coder_app", "${coder_devcontainer.d.subagent_id}"],
    ["coder_app", '${try(coder_agent.main[0].id, "")}'],
    ["coder_agent_instance", "${local.agent}"],
  ])("accepts in a %s %s", (type, id) => {
    expect(check(appAgentReference, { [`${type}.x`]: { agent_id: id } })).toEqual([]);
  });

  test("leaves a missing agent_id to Terraform", () => {
    expect(check(appAgentReference, { "coder_app.x": {} })).toEqual([]);
  });
});
