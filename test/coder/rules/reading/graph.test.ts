import { graphOf } from "../../../../constructs/coder/rules/reading/graph";
import { template } from "../template";

const nearest = (
  blocks: Parameters<typeof template>[0],
  address: string,
  direction: "dependents" | "dependencies",
): string[] =>
  graphOf(template(blocks))
    .nearestInfrastructure(address, direction)
    .map(({ address: found, depth }) => `${depth} ${found}`);

describe("Graph", () => {
  test("counts locals and data sources as steps and sorts by distance, then address", () => {
    const blocks = {
      "coder_agent.main": {},
      "local.env": "${coder_agent.main.token}",
      "data.cloudinit_config.c": { part: "${local.env}" },
      "aws_instance.vm": { user_data: "${data.cloudinit_config.c.rendered}" },
      "docker_container.b": { env: "${local.env}" },
      "docker_container.a": { env: "${local.env}" },
      "coder_env.e": { value: "${coder_agent.main.id}" },
    };

    expect(nearest(blocks, "coder_agent.main", "dependents")).toEqual([
      "1 docker_container.a",
      "1 docker_container.b",
      "2 aws_instance.vm",
    ]);
  });

  test("leaves out a direct edge beside a longer way, as Terraform does", () => {
    const blocks = {
      "coder_agent.main": {},
      "envbuilder_cached_image.cached": { extra_env: "${coder_agent.main.token}" },
      "docker_container.workspace": {
        env: "${coder_agent.main.token}",
        image: "${envbuilder_cached_image.cached.image}",
      },
    };

    expect(nearest(blocks, "coder_agent.main", "dependents")).toEqual([
      "0 envbuilder_cached_image.cached",
      "1 docker_container.workspace",
    ]);
    expect(nearest(blocks, "docker_container.workspace", "dependencies")).toEqual(["0 envbuilder_cached_image.cached"]);
  });

  test("knows that resources depend on what configures their provider", () => {
    const blocks = {
      "provider.kubernetes": [{ host: "${aws_eks_cluster.c.endpoint}" }, { alias: "other" }],
      "aws_eks_cluster.c": {},
      "kubernetes_pod.p": {},
      "kubernetes_pod.q": { provider: "kubernetes.other" },
      "coder_metadata.m": { resource_id: "${kubernetes_pod.p.id}", item: [{ value: "${aws_eks_cluster.c.id}" }] },
    };

    expect(nearest(blocks, "coder_metadata.m", "dependencies")).toEqual(["0 kubernetes_pod.p", "2 aws_eks_cluster.c"]);
    expect([...graphOf(template(blocks)).dependencies("kubernetes_pod.q")]).toContain("aws_eks_cluster.c");
  });

  test("counts coder_external_agent as infrastructure and no other resource of coder", () => {
    const blocks = {
      "coder_agent.main": {},
      "coder_script.s": { agent_id: "${coder_agent.main.id}" },
      "coder_external_agent.e": { agent_id: "${coder_agent.main.id}" },
    };

    expect(nearest(blocks, "coder_agent.main", "dependents")).toEqual(["0 coder_external_agent.e"]);
  });

  test("ends where elements use each other in a circle", () => {
    const blocks = {
      "null_resource.a": { t: "${null_resource.b.id}" },
      "null_resource.b": { t: "${null_resource.a.id}" },
    };

    expect(graphOf(template(blocks)).dependencies("null_resource.a").size).toBe(2);
    expect(nearest(blocks, "null_resource.a", "dependencies")).toBeDefined();
  });
});
