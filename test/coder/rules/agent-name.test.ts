import { agentName } from "../../../constructs/coder/rules/agent-name";
import { check } from "./template";

describe("agent-name", () => {
  test.each(["main", "Main2", "a", "dev-1-b", "0"])("accepts %s", (name) => {
    expect(check(agentName, { [`coder_agent.${name}`]: {} })).toEqual([]);
  });

  test.each([
    ["workspace_agent_1A2B3C4D", ', such as "workspace-agent-1A2B3C4D"'],
    ["a--b", ', such as "a-b"'],
    ["-a", ', such as "a"'],
    ["a-", ', such as "a"'],
    ["_", ""],
  ])("refuses %s", (name, suggestion) => {
    expect(check(agentName, { [`coder_agent.${name}`]: {} })).toEqual([
      `coder_agent.${name}: logical id must be letters and digits with single hyphens in between, because Coder names ` +
        `the agent by it, got "${name}"; override the logical id${suggestion}`,
    ]);
  });

  test("refuses names that differ in upper and lower case only", () => {
    expect(check(agentName, { "coder_agent.main": {}, "coder_agent.other": {}, "coder_agent.Main": {} })).toEqual([
      'coder_agent.Main: logical id must differ from "main" in more than upper and lower case, got "Main"; rename one of the agents',
    ]);
  });

  test("refuses several agents of one name", () => {
    expect(check(agentName, { "coder_agent.main": { count: 2 } })).toEqual([
      "coder_agent.main: count must not make several agents of one name, got 2; declare each agent under its own logical id",
    ]);
  });

  test("accepts a count of one and one that it cannot know", () => {
    const counted = {
      "coder_agent.a": { count: 1 },
      "coder_agent.b": { count: "${data.coder_workspace.me.start_count}" },
    };

    expect(check(agentName, counted)).toEqual([]);
  });

  test("accepts any logical id of other resources", () => {
    expect(check(agentName, { "coder_app.my_app": {}, "docker_volume.a_b": {} })).toEqual([]);
  });
});
