import { metadataTarget } from "../../../constructs/coder/rules/metadata-target";
import { check } from "./template";

const START_COUNT = "${data.coder_workspace.me.start_count}";
const item = (value: string): { item: { key: string; value: string }[] } => ({ item: [{ key: "k", value }] });
const container = {
  "docker_volume.home": {},
  "docker_container.c": { volumes: "${docker_volume.home.name}", image: "${docker_image.i.id}" },
  "docker_image.i": {},
  "docker_network.n": {},
  "coder_agent.main": {},
};

describe("metadata-target", () => {
  test.each(["${coder_agent.main.id}", "00000000", "${var.id}", "${docker_container.unknown.id}"])(
    "refuses metadata of %s alone, which is shown nowhere",
    (id) => {
      expect(check(metadataTarget, { ...container, "coder_metadata.m": { resource_id: id } })).toEqual([
        "coder_metadata.m: resource_id must be the id of an infrastructure resource, got none, and Coder shows such metadata " +
          "nowhere; refer to the resource that it describes",
      ]);
    },
  );

  test.each<[string, string, string]>([
    ["behind the volume", "docker_volume.home", "docker_container.c"],
    ["first in the alphabet", "docker_network.n", "docker_container.c"],
  ])("refuses a further reference to a resource %s", (_where, of, taken) => {
    const m = { resource_id: `\${${of}.id}`, ...item(`\${${taken}.name}`) };

    expect(check(metadataTarget, { ...container, "coder_metadata.m": m })).toEqual([
      `coder_metadata.m: attributes must refer to no infrastructure resource but ${of} of resource_id, because Coder would attach ` +
        `the metadata to ${taken}; leave out what refers to ${taken}`,
    ]);
  });

  test("refuses a resource_id of two resources", () => {
    const m = { resource_id: "${var.a ? docker_container.c.id : docker_network.n.id}" };

    expect(check(metadataTarget, { ...container, "coder_metadata.m": m })).toEqual([
      "coder_metadata.m: resource_id must be of one infrastructure resource, got docker_container.c and docker_network.n, of which " +
        "Coder takes docker_container.c; write one block for each",
    ]);
  });

  test("refuses several resources behind the id of an agent", () => {
    const m = { resource_id: "${coder_agent.main.id}", ...item("${docker_volume.home.id} ${docker_network.n.id}") };

    expect(check(metadataTarget, { ...container, "coder_metadata.m": m })).toEqual([
      "coder_metadata.m: resource_id must be the id of an infrastructure resource, got none, and Coder takes docker_network.n out " +
        "of several; refer to the one that it describes",
    ]);
  });

  test("refuses two blocks for one resource", () => {
    const blocks = {
      ...container,
      "coder_metadata.a": { resource_id: "${docker_volume.home.id}" },
      "coder_metadata.b": { resource_id: "${docker_container.c.id}" },
      "coder_metadata.c": { resource_id: "${docker_volume.home.name}", count: START_COUNT },
    };

    expect(check(metadataTarget, blocks)).toEqual([
      "coder_metadata.c: resource_id must be of a resource without metadata, got docker_volume.home, which coder_metadata.a " +
        "describes already; merge the two blocks",
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    [
      "a block for each resource",
      {
        "coder_metadata.a": { resource_id: "${docker_container.c.id}" },
        "coder_metadata.b": { resource_id: "${docker_volume.home.id}" },
      },
    ],
    [
      "a resource that the resource itself uses",
      { "coder_metadata.m": { resource_id: "${docker_container.c.id}", ...item("${docker_image.i.id}") } },
    ],
    ["a resource by index", { "coder_metadata.m": { resource_id: "${docker_container.c[0].id}" } }],
    [
      "a resource through a local",
      { "coder_metadata.m": { resource_id: "${local.id}" }, "local.id": "${docker_container.c.id}" },
    ],
    [
      "parameters and the agent beside the resource",
      {
        "coder_metadata.m": {
          resource_id: "${docker_container.c.id}",
          ...item("${coder_agent.main.os}${data.coder_parameter.x.value}"),
        },
      },
    ],
    [
      "one resource behind the id of an agent",
      { "coder_metadata.m": { resource_id: "${coder_agent.main.id}", ...item("${docker_container.c.name}") } },
    ],
    [
      "a resource of a module",
      { "coder_metadata.m": { resource_id: "${module.m.id}" }, "module.m": { source: "./m" } },
    ],
    [
      "blocks that a condition chooses from",
      {
        "coder_metadata.a": { resource_id: "${docker_container.c.id}", count: "${var.a ? 1 : 0}" },
        "coder_metadata.b": { resource_id: "${docker_container.c.id}", count: "${var.a ? 0 : 1}" },
      },
    ],
    [
      "an external agent",
      { "coder_external_agent.e": {}, "coder_metadata.m": { resource_id: "${coder_external_agent.e.id}" } },
    ],
  ])("accepts %s", (_what, blocks) => {
    expect(check(metadataTarget, { ...container, ...blocks })).toEqual([]);
  });
});
