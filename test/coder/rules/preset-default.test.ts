import { presetDefault } from "../../../constructs/coder/rules/preset-default";
import { check } from "./template";

describe("preset-default", () => {
  test("refuses a second default", () => {
    const blocks = {
      "data.coder_workspace_preset.a": { name: "a", default: true },
      "data.coder_workspace_preset.b": { name: "b" },
      "data.coder_workspace_preset.c": { name: "c", default: "true" },
    };

    expect(check(presetDefault, blocks)).toEqual([
      "data.coder_workspace_preset.c: default must be true for one preset at most, got true here and for data.coder_workspace_preset.a; choose one of them",
    ]);
  });

  test("refuses a name twice", () => {
    const blocks = {
      "data.coder_workspace_preset.a": { name: "small" },
      "data.coder_workspace_preset.b": { name: "small" },
    };

    expect(check(presetDefault, blocks)).toEqual([
      'data.coder_workspace_preset.b: name must be unique among the presets, got "small", which data.coder_workspace_preset.a has as well; rename one of them',
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    [
      "one default",
      {
        "data.coder_workspace_preset.a": { name: "a", default: true },
        "data.coder_workspace_preset.b": { name: "b", default: false },
      },
    ],
    ["no default", { "data.coder_workspace_preset.a": { name: "a" }, "data.coder_workspace_preset.b": { name: "b" } }],
    [
      "computed defaults and names",
      {
        "data.coder_workspace_preset.a": { name: "${var.a}", default: "${var.b}" },
        "data.coder_workspace_preset.b": { name: "${var.a}", default: "${!var.b}" },
      },
    ],
    [
      "alternatives",
      {
        "data.coder_workspace_preset.a": { name: "a", default: true, count: "${var.a}" },
        "data.coder_workspace_preset.b": { name: "a", default: true },
      },
    ],
  ])("accepts %s", (_what, blocks) => {
    expect(check(presetDefault, blocks)).toEqual([]);
  });
});
