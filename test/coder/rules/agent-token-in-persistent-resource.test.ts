import { agentTokenInPersistentResource } from "../../../constructs/coder/rules/agent-token-in-persistent-resource";
import { check } from "./template";

const uncounted = (address: string, token = "coder_agent.main.token"): string =>
  `${address}: count must be \${data.coder_workspace.me.start_count} where ${token} is used: the token is new at each build ` +
  "and replaces what outlives a stop; count the resource, or leave the token out";

const START_COUNT = "${data.coder_workspace.me.start_count}";
const TOKEN = "${coder_agent.main.token}";

describe("agent-token-in-persistent-resource", () => {
  test("warns of a resource that ignores all changes", () => {
    const c = { count: START_COUNT, env: [`T=${TOKEN}`], lifecycle: { ignore_changes: "all" } };

    expect(check(agentTokenInPersistentResource, { "docker_container.c": c })).toEqual([
      "docker_container.c: lifecycle.ignore_changes must not be all where coder_agent.main.token is used: the token is new at each " +
        "build, and the resource would keep the first; name the attributes to ignore, or leave the token out",
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["itself", { "docker_container.c": { env: [`T=${TOKEN}`] } }],
    [
      "through locals",
      { "docker_container.c": { env: "${local.env}" }, "local.env": ["${local.t}"], "local.t": TOKEN },
    ],
    [
      "through data sources",
      {
        "docker_container.c": { env: "${data.a.b.out}" },
        "data.a.b": { in: "${data.a.c.out}" },
        "data.a.c": { in: TOKEN },
      },
    ],
    ["with a count of its own", { "docker_container.c": { count: "${var.enabled ? 1 : 0}", env: TOKEN } }],
  ])("warns of an uncounted resource that uses the token %s", (_how, blocks) => {
    expect(check(agentTokenInPersistentResource, blocks)).toEqual([uncounted("docker_container.c")]);
  });

  test("names the token of a counted agent", () => {
    expect(check(agentTokenInPersistentResource, { "docker_volume.v": { x: "${coder_agent.main[0].token}" } })).toEqual(
      [uncounted("docker_volume.v", "coder_agent.main[0].token")],
    );
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["counted by the transition", { "docker_container.c": { count: START_COUNT, env: TOKEN } }],
    ["counted through a local", { "docker_container.c": { count: "${local.n}", env: TOKEN }, "local.n": START_COUNT }],
    ["scaled by the transition", { "kubernetes_deployment.d": { spec: [{ replicas: START_COUNT, x: TOKEN }] } }],
    [
      "stopped by the transition",
      {
        "google_compute_instance.i": {
          desired_status: '${data.coder_workspace.me.transition == "start" ? "RUNNING" : "TERMINATED"}',
          x: TOKEN,
        },
      },
    ],
    [
      "with the init script, which changes with Coder only",
      { "docker_volume.v": { x: "${coder_agent.main.init_script}" } },
    ],
    [
      "with a local of which the token is another part",
      { "docker_volume.v": { x: "${local.a.id}" }, "local.a": { id: "1", token: TOKEN } },
    ],
    ["with the token in text", { "docker_volume.v": { x: "$${coder_agent.main.token}" } }],
    ["of coder", { "coder_script.s": { script: TOKEN } }],
    [
      "behind the one with the token",
      {
        "docker_container.c": { count: START_COUNT, env: TOKEN },
        "docker_volume.v": { x: "${docker_container.c[0].id}" },
      },
    ],
    [
      "ignoring some changes",
      { "docker_container.c": { count: START_COUNT, env: TOKEN, lifecycle: { ignore_changes: ["env"] } } },
    ],
  ])("accepts a resource %s", (_how, blocks) => {
    expect(check(agentTokenInPersistentResource, blocks)).toEqual([]);
  });

  test("ends where data sources use each other in a circle", () => {
    const blocks = {
      "data.a.b": { x: "${data.a.c.x}" },
      "data.a.c": { x: "${data.a.b.x}" },
      "docker_volume.v": { x: "${data.a.b.x}" },
    };

    expect(check(agentTokenInPersistentResource, blocks)).toEqual([]);
  });
});
