import { countedReference } from "../../../constructs/coder/rules/counted-reference";
import { check } from "./template";

const counted = { "docker_container.c": { count: "${data.coder_workspace.me.start_count}" } };

const refused = (address: string, path: string, text = "docker_container.c.id"): string =>
  `${address}: ${path} must say which instance it means, because docker_container.c has count, got ${text}; ` +
  "write docker_container.c[0].id if the user has the same count, or one(docker_container.c[*].id)";

describe("counted-reference", () => {
  test.each<[string, string, Parameters<typeof check>[1]]>([
    ["docker_volume.v", "name", { "docker_volume.v": { name: "x-${docker_container.c.id}" } }],
    ["coder_metadata.m", "resource_id", { "coder_metadata.m": { resource_id: "${docker_container.c.id}" } }],
    ["data.external.d", "query.id", { "data.external.d": { query: { id: "${docker_container.c.id}" } } }],
    ["docker_volume.v", "name", { "docker_volume.v": { name: '${try(docker_container.c.id, "")}' } }],
    ["docker_volume.v", "name", { "docker_volume.v": { name: "${one(docker_container.c.id)}" } }],
    [
      "docker_volume.v",
      "lifecycle.precondition.condition",
      { "docker_volume.v": { lifecycle: { precondition: [{ condition: "${docker_container.c.id}" }] } } },
    ],
    ["local.l", "value", { "local.l": "${docker_container.c.id}" }],
    ["output.o", "value", { "output.o": { value: "${docker_container.c.id}" } }],
    ["module.m", "description", { "module.m": { source: "./m", description: "${docker_container.c.id}" } }],
    ["module.m", "id", { "module.m": { source: "./m", id: "${docker_container.c.id}" } }],
    ["provider.p", "host", { "provider.p": [{ host: "${docker_container.c.id}" }] }],
    ["check.c", "assert.condition", { "check.c": { assert: { condition: "${docker_container.c.id}" } } }],
  ])("refuses in %s.%s a reference without an instance", (address, path, blocks) => {
    expect(check(countedReference, { ...counted, ...blocks })).toEqual([refused(address, path)]);
  });

  test("says the same thing once", () => {
    const env = ["A=${docker_container.c.id}", "B=${docker_container.c.id}"];

    expect(check(countedReference, { ...counted, "docker_container.d": { env } })).toEqual([
      refused("docker_container.d", "env"),
    ]);
  });

  test("refuses references to data sources and to what has for_each", () => {
    const blocks = {
      "data.docker_image.i": { for_each: "${var.images}" },
      "docker_container.d": { image: "${data.docker_image.i.id}" },
    };

    expect(check(countedReference, blocks)).toEqual([
      "docker_container.d: image must say which instance it means, because data.docker_image.i has for_each, got " +
        "data.docker_image.i.id; write data.docker_image.i[each.key].id if the user has the same for_each",
    ]);
  });

  test("refuses references to a counted module, which try() alone excuses", () => {
    const blocks = {
      "module.m": { source: "./m", count: 1 },
      "local.a": "${module.m.x}",
      "local.b": '${try(module.m.x, "")}',
      "local.c": "${module.m[0].x}",
    };

    expect(check(countedReference, blocks)).toEqual([
      "local.a: value must say which instance it means, because module.m has count, got module.m.x; write module.m[0].x if the " +
        "user has the same count, or one(module.m[*].x)",
    ]);
  });

  test.each<[string, string]>([
    ["an index", "${docker_container.c[0].id}"],
    ["a computed index", "${docker_container.c[count.index].id}"],
    ["the old spelling of an index", "${docker_container.c.0.id}"],
    ["a splat", "${one(docker_container.c[*].id)}"],
    ["the old splat", "${docker_container.c.*.id}"],
    ["all instances", "${length(docker_container.c)}"],
    ["the only instance", "${one(docker_container.c).id}"],
    ["a for expression", "${[for c in docker_container.c : c.id]}"],
    ["text", "$${docker_container.c.id} docker_container.c.id"],
    ["another resource", "${docker_container.other.id} ${docker_volume.c.id}"],
  ])("accepts %s", (_what, name) => {
    expect(check(countedReference, { ...counted, "docker_container.other": {}, "docker_volume.v": { name } })).toEqual(
      [],
    );
  });

  test("accepts what reads like a reference in the description of an output, which is plain text for Terraform", () => {
    const o = { value: 1, description: "${docker_container.c.id}" };

    expect(check(countedReference, { ...counted, "output.o": o })).toEqual([]);
  });

  test("accepts what only orders", () => {
    const v = { depends_on: ["docker_container.c"], lifecycle: { replace_triggered_by: ["docker_container.c.id"] } };

    expect(check(countedReference, { ...counted, "docker_volume.v": v })).toEqual([]);
  });

  test("accepts the variables of a counted resource itself", () => {
    const c = {
      count: 2,
      name: "${count.index}",
      provisioner: [{ local_exec: { command: "echo ${self.id} ${path.module}" } }],
    };

    expect(check(countedReference, { "docker_container.c": c })).toEqual([]);
  });

  test("accepts all references where nothing is counted", () => {
    expect(
      check(countedReference, { "docker_container.c": { count: null }, "local.l": "${docker_container.c.id}" }),
    ).toEqual([]);
  });
});
