import { parameterMutability } from "../../../constructs/coder/rules/parameter-mutability";
import { check } from "./template";

const parameter = (body: Parameters<typeof check>[1]): string[] =>
  check(parameterMutability, { "data.coder_parameter.p": { name: "p", ...body } });

describe("parameter-mutability", () => {
  test.each([
    [undefined, "none, which means false"],
    [false, "false"],
    ["false", "false"],
  ])("refuses an ephemeral parameter with mutable %j", (mutable, got) => {
    expect(parameter({ ephemeral: true, mutable, default: "" })).toEqual([
      `data.coder_parameter.p: mutable must be true for an ephemeral parameter, got ${got}; set mutable or leave ephemeral out`,
    ]);
  });

  test.each([undefined, null])("refuses an ephemeral parameter with the default %j", (value) => {
    expect(parameter({ ephemeral: true, mutable: true, default: value })).toEqual([
      "data.coder_parameter.p: default must be set for an ephemeral parameter, got none; say what a build takes that nobody is asked for",
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["an ephemeral parameter that is mutable and has a default", { ephemeral: true, mutable: true, default: "" }],
    ["a computed default", { ephemeral: true, mutable: true, default: "${var.a}" }],
    ["a computed mutable", { ephemeral: true, mutable: "${var.a}", default: "a" }],
    ["a computed ephemeral", { ephemeral: "${var.a}" }],
    ["an immutable parameter", { mutable: false }],
    ["a mutable parameter", { mutable: true, ephemeral: false }],
    ["none of them", {}],
  ])("accepts %s", (_what, body) => {
    expect(parameter(body)).toEqual([]);
  });
});
