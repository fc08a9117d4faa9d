import { localValues, referencesThroughLocals } from "../../../../constructs/coder/rules/reading/locals";
import { referencesOf } from "../../../../constructs/coder/rules/reading/references";
import { template } from "../template";

const addresses = (body: Parameters<typeof referencesOf>[0]): string[] =>
  referencesOf(body).map(({ address, path }) => `${path.join(".")}: ${address}`);

describe("referencesOf", () => {
  test("finds elements, variables, locals and modules at any depth", () => {
    expect(
      addresses({
        name: "${docker_volume.home.name}-${data.coder_workspace.me.id}",
        env: ["A=${var.a}", { "${local.key}": "${module.m.out}" }],
        labels: [{ label: "x", value: "${resource.docker_image.base.id}" }],
        count: 2,
        none: null,
      }),
    ).toEqual([
      "name: docker_volume.home",
      "name: data.coder_workspace.me",
      "env: var.a",
      "env: local.key",
      "env.${local.key}: module.m",
      "labels.value: docker_image.base",
    ]);
  });

  test("takes bare addresses only where Terraform takes them", () => {
    expect(
      referencesOf({
        depends_on: ["docker_volume.home", "${docker_volume.old}", "module.m"],
        lifecycle: {
          replace_triggered_by: ["docker_image.base.id"],
          ignore_changes: ["docker_volume.home", "${var.a}"],
        },
        options: { depends_on: ["docker_volume.home"] },
        provider: "docker.other",
        "//": { metadata: "${var.a}" },
        image: "docker_image.base",
      }).map(({ address, ordering }) => [address, ordering]),
    ).toEqual([
      ["docker_volume.home", true],
      ["docker_volume.old", true],
      ["module.m", true],
      ["docker_image.base", true],
    ]);
  });

  test("passes over what is built in", () => {
    expect(addresses({ a: "${each.value.b} ${count.index} ${self.id} ${path.module} ${terraform.workspace}" })).toEqual(
      [],
    );
  });
});

const through = (blocks: Parameters<typeof template>[0], value: string): string[] =>
  referencesThroughLocals(template(blocks), { value }).map(({ text }) => text);

describe("referencesThroughLocals", () => {
  test("follows locals to what they use", () => {
    expect(through({ "local.a": "${local.b}", "local.b": ["${var.c}", "${var.d}"] }, "${local.a}")).toEqual([
      "var.c",
      "var.d",
    ]);
  });

  test("follows only the part of a local object that is used", () => {
    const locals = { "local.o": { a: { b: "${var.b}" }, c: "${var.c}" } };

    expect(through(locals, "${local.o.a.b}")).toEqual(["var.b"]);
    expect(through(locals, "${local.o.a}")).toEqual(["var.b"]);
    expect(through(locals, "${local.o[var.k]}")).toEqual(["var.k", "var.b", "var.c"]);
  });

  test("ends where locals use each other in a circle", () => {
    expect(through({ "local.a": "${local.b}", "local.b": "${local.a}${var.c}" }, "${local.a}")).toEqual(["var.c"]);
  });

  test("takes a template without locals", () => {
    expect(localValues({})).toEqual({});
    expect(through({}, "${local.a}")).toEqual([]);
  });
});
