import { agentOnCachedImage } from "../../../constructs/coder/rules/agent-on-cached-image";
import { check } from "./template";

const refused = (attribute: string): string =>
  `envbuilder_cached_image.cached: ${attribute} must not use coder_agent.main: Coder would show the agent beneath the cached image ` +
  "instead of the container, and a new token at each build replaces the cached image; give the agent's values to the container alone";

describe("agent-on-cached-image", () => {
  test.each<[string, Parameters<typeof check>[1]]>([
    ["token", { "envbuilder_cached_image.cached": { extra_env: { CODER_AGENT_TOKEN: "${coder_agent.main.token}" } } }],
    [
      "init script",
      { "envbuilder_cached_image.cached": { extra_env: { X: '${replace(coder_agent.main.init_script, "a", "b")}' } } },
    ],
    [
      "local",
      {
        "envbuilder_cached_image.cached": { extra_env: "${local.env}" },
        "local.env": { A: "${coder_agent.main.token}" },
      },
    ],
    [
      "local in a local",
      {
        "envbuilder_cached_image.cached": { extra_env: "${merge(local.a, {})}" },
        "local.a": "${local.b}",
        "local.b": { A: "${coder_agent.main.id}" },
      },
    ],
  ])("warns of a %s in extra_env", (_what, blocks) => {
    expect(check(agentOnCachedImage, blocks)).toEqual([refused("extra_env")]);
  });

  test("warns once for each attribute", () => {
    const cached = {
      extra_env: { A: "${coder_agent.main.token}", B: "${coder_agent.main.id}" },
      depends_on: ["coder_agent.main"],
    };

    expect(check(agentOnCachedImage, { "envbuilder_cached_image.cached": cached })).toEqual([
      refused("extra_env"),
      refused("depends_on"),
    ]);
  });

  test("accepts an agent on the container beside the cached image", () => {
    const blocks = {
      "local.env": { shared: { A: "1" }, agent: { TOKEN: "${coder_agent.main.token}" } },
      "envbuilder_cached_image.cached": {
        extra_env: "${local.env.shared}",
        git_url: "coder_agent.main $${coder_agent.main.id}",
      },
      "docker_container.c": { env: "${envbuilder_cached_image.cached.env}", entrypoint: "${local.env.agent}" },
    };

    expect(check(agentOnCachedImage, blocks)).toEqual([]);
  });
});
