import { agentEnvExpansion } from "../../../constructs/coder/rules/agent-env-expansion";
import { check } from "./template";

const refused = (address: string, prop: string, name: string): string =>
  `${address}: ${prop} of the variable ${name} must hold a "$" only before a variable of the session such as $PATH, because the ` +
  'agent expands it and cannot escape it; set a literal "$" in the environment of the container instead';

const ofAgent = (value: string): string[] =>
  check(agentEnvExpansion, { "coder_agent.main": { env: { PASSWORD: value } } });

describe("agent-env-expansion", () => {
  test.each([
    "p$ss",
    "$$",
    "$$x",
    "a$1",
    "$${ss}",
    "$${}",
    "$${open",
    "${var.user}:p$ss",
    "$PATH:$OTHER",
    "p$ss${var.a}",
    "$${var.a}",
  ])("warns of %s without showing it", (value) => {
    expect(ofAgent(value)).toEqual([refused("coder_agent.main", "env", "PASSWORD")]);
  });

  test.each([
    "plain",
    "${var.password}",
    '${replace(var.a, "$x", "y")}',
    "/opt/bin:$PATH",
    "$${HOME}/bin",
    "$HOME/$USER",
    "$CODER_WORKSPACE_NAME",
    "$XDG_CACHE_HOME",
    "$PASSWORD:more",
    "100$",
    "$ 5",
    "US$.",
  ])("accepts %s", (value) => {
    expect(ofAgent(value)).toEqual([]);
  });

  test("warns of a coder_env by its name, or its logical id if the name is computed", () => {
    const blocks = {
      "coder_env.a": { name: "TOKEN", value: "a$x" },
      "coder_env.b": { name: "${var.name}", value: "a$x" },
    };

    expect(check(agentEnvExpansion, blocks)).toEqual([
      refused("coder_env.a", "value", "TOKEN"),
      refused("coder_env.b", "value", "b"),
    ]);
  });

  test("accepts variables that the template itself sets", () => {
    const blocks = {
      "coder_agent.main": { env: { BASE: "/opt" } },
      "coder_env.a": { name: "TOOLS", value: "$BASE/tools" },
      "coder_env.b": { name: "BIN", value: "$${TOOLS}/bin" },
    };

    expect(check(agentEnvExpansion, blocks)).toEqual([]);
  });

  test("accepts what it cannot read, and the environment of a container", () => {
    const blocks = {
      "coder_agent.main": { env: "${local.env}" },
      "coder_agent.other": {},
      "coder_env.a": { name: "A", value: 5 },
      "coder_env.b": { name: "B" },
      "docker_container.c": { env: ["A=p$ss"] },
    };

    expect(check(agentEnvExpansion, blocks)).toEqual([]);
  });
});
