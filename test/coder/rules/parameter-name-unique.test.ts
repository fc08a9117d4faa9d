import { parameterNameUnique } from "../../../constructs/coder/rules/parameter-name-unique";
import { check } from "./template";

describe("parameter-name-unique", () => {
  test("refuses one name for several parameters", () => {
    const blocks = {
      "data.coder_parameter.a": { name: "repo" },
      "data.coder_parameter.b": { name: "branch" },
      "data.coder_parameter.c": { name: "repo" },
    };

    expect(check(parameterNameUnique, blocks)).toEqual([
      'data.coder_parameter.c: name must be unique in the template, got "repo", which data.coder_parameter.a has as well; rename one of them',
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["differ in case", { "data.coder_parameter.a": { name: "repo" }, "data.coder_parameter.b": { name: "Repo" } }],
    [
      "are computed",
      { "data.coder_parameter.a": { name: "${var.n}" }, "data.coder_parameter.b": { name: "${var.n}" } },
    ],
    ["are missing", { "data.coder_parameter.a": {}, "data.coder_parameter.b": {} }],
    [
      "belong to alternatives",
      {
        "data.coder_parameter.a": { name: "a", count: "${var.x}" },
        "data.coder_parameter.b": { name: "a", count: "${1 - var.x}" },
      },
    ],
    [
      "belong to other things",
      { "data.coder_parameter.a": { name: "a" }, "data.coder_workspace_preset.b": { name: "a" } },
    ],
  ])("accepts names that %s", (_how, blocks) => {
    expect(check(parameterNameUnique, blocks)).toEqual([]);
  });
});
