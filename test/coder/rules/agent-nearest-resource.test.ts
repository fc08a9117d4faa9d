import { agentNearestResource } from "../../../constructs/coder/rules/agent-nearest-resource";
import { check } from "./template";

const refused = (nearest: string): string =>
  `coder_agent.main: agent must be nearest to the resource that runs it, got ${nearest}, beneath which Coder would show it; ` +
  `take the agent's values out of ${nearest}`;

const agent = { "coder_agent.main": {} };
const container = { "docker_container.c": { env: ["A=${coder_agent.main.token}"] } };

describe("agent-nearest-resource", () => {
  test("warns of a volume that the container hangs on, for Terraform drops the container's own edge", () => {
    const blocks = {
      ...agent,
      "docker_volume.home": { labels: [{ label: "agent", value: "${coder_agent.main.id}" }] },
      "docker_container.c": {
        env: ["A=${coder_agent.main.token}"],
        volumes: [{ volume_name: "${docker_volume.home.name}" }],
      },
    };

    expect(check(agentNearestResource, blocks)).toEqual([refused("docker_volume.home")]);
  });

  test("warns of a claim that is nearer than the pod", () => {
    const blocks = {
      ...agent,
      "kubernetes_persistent_volume_claim_v1.home": { metadata: { labels: { agent: "${coder_agent.main.id}" } } },
      "local.env": "${coder_agent.main.token}",
      "kubernetes_pod_v1.p": { env: "${local.env}" },
    };

    expect(check(agentNearestResource, blocks)).toEqual([refused("kubernetes_persistent_volume_claim_v1.home")]);
  });

  test("warns of a network that is equally near and first in the alphabet", () => {
    const blocks = {
      ...agent,
      "docker_network.n": { labels: "${coder_agent.main.id}" },
      "kubernetes_pod.p": { env: "${coder_agent.main.token}" },
    };

    expect(check(agentNearestResource, blocks)).toEqual([refused("docker_network.n")]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["the container alone", { ...container, "docker_volume.home": { name: "x" } }],
    ["the container before the volume", { ...container, "docker_volume.home": { name: "${coder_agent.main.id}" } }],
    ["a volume behind the container", { ...container, "docker_volume.home": { name: "${docker_container.c.id}" } }],
    [
      "a cached image, which has a rule of its own",
      { "envbuilder_cached_image.i": { extra_env: "${coder_agent.main.id}" } },
    ],
    [
      "a secret, which may carry the token",
      {
        "kubernetes_secret_v1.s": { data: "${coder_agent.main.token}" },
        "kubernetes_pod.p": { x: "${kubernetes_secret_v1.s.id}" },
      },
    ],
    ["nothing at all", {}],
    [
      "a volume that a module may be nearer than",
      {
        "local.l": "${coder_agent.main.id}",
        "docker_volume.home": { name: "${local.l}" },
        "module.m": { agent_id: "${coder_agent.main.id}" },
      },
    ],
    [
      "a volume behind a module",
      {
        "docker_volume.home": { name: "${coder_agent.main.id}${module.m.x}" },
        "module.m": { agent_id: "${coder_agent.main.id}" },
      },
    ],
  ])("accepts %s", (_what, blocks) => {
    expect(check(agentNearestResource, { ...agent, ...blocks })).toEqual([]);
  });

  test("warns in spite of a module that uses the agent beside a volume", () => {
    const blocks = {
      ...agent,
      "docker_volume.home": { name: "${coder_agent.main.id}" },
      "module.m": { agent_id: "${coder_agent.main.id}" },
    };

    expect(check(agentNearestResource, blocks)).toEqual([refused("docker_volume.home")]);
  });
});
