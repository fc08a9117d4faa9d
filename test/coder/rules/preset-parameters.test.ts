import { presetParameters } from "../../../constructs/coder/rules/preset-parameters";
import { check } from "./template";

const blocks = {
  "data.coder_parameter.size": { name: "size", type: "number", validation: { min: 1, max: 8 }, default: 2 },
  "data.coder_parameter.image": {
    name: "image",
    default: "a",
    option: [
      { name: "A", value: "a" },
      { name: "B", value: "b" },
    ],
  },
  "data.coder_parameter.tools": {
    name: "tools",
    type: "list(string)",
    form_type: "multi-select",
    option: [
      { name: "git", value: "git" },
      { name: "go", value: "go" },
    ],
  },
  "data.coder_parameter.token": {
    name: "token",
    default: "",
    styling: '{"mask_input":true}',
    validation: { regex: "^[0-9]*$", error: "no" },
  },
};

const preset = (parameters: Parameters<typeof check>[1] | string, others: Parameters<typeof check>[1] = {}): string[] =>
  check(presetParameters, { ...blocks, "data.coder_workspace_preset.x": { name: "x", parameters }, ...others }).map(
    (line) => line.replace("data.coder_workspace_preset.x: ", ""),
  );

describe("preset-parameters", () => {
  test("refuses a name that no parameter has", () => {
    expect(preset({ Size: "2" })).toEqual([
      'parameters must name parameters of the template ("size", "image", "tools", "token"), got "Size"; correct the name or leave it out',
    ]);
  });

  test("refuses any name in a template without parameters", () => {
    expect(check(presetParameters, { "data.coder_workspace_preset.x": { parameters: { a: "b" } } })).toEqual([
      'data.coder_workspace_preset.x: parameters must name parameters of the template, got "a"; correct the name or leave it out',
    ]);
  });

  test.each([
    ["image", "c", '"c", which is not among the options "a", "b"'],
    ["image", "A", '"A", which is not among the options "a", "b"'],
    ["size", "9", '"9", which is more than the max of 8'],
    ["size", "big", '"big", which is not a number'],
    ["tools", "git", '"git", which is not a JSON list of strings such as ["a", "b"]'],
    ["tools", '["git","vim"]', '"[\\"git\\",\\"vim\\"]", which is not among the options "git", "go"'],
    ["token", "abc", "a value that is not shown, for it may be secret, which does not match the regex ^[0-9]*$"],
  ])("refuses for %s the value %s", (name, value, got) => {
    expect(preset({ [name]: value })).toEqual([
      `parameters["${name}"] must be a valid value of data.coder_parameter.${name}, got ${got}; correct it`,
    ]);
  });

  test.each<[string, Parameters<typeof check>[1] | string]>([
    ["valid values", { size: 8, image: "b", tools: '["go","git"]', token: "123" }],
    ["a computed value", { size: "${var.size}", image: "${var.image}" }],
    ["a computed name", { "${data.coder_parameter.size.name}": "99" }],
    ["a computed whole", "${local.values}"],
    ["none", {}],
  ])("accepts %s", (_what, parameters) => {
    expect(preset(parameters)).toEqual([]);
  });

  test("accepts unknown names where a module may have the parameter", () => {
    expect(preset({ editor: "vim" }, { "module.editor": { source: "./editor" } })).toEqual([]);
  });

  test("accepts unknown names where a parameter's name is computed", () => {
    expect(preset({ editor: "vim" }, { "data.coder_parameter.e": { name: "${var.name}" } })).toEqual([]);
  });

  test("accepts any value where two alternatives share the name", () => {
    const other = { name: "image", count: "${var.a}", option: [{ name: "C", value: "c" }] };

    expect(preset({ image: "c" }, { "data.coder_parameter.other": other })).toEqual([]);
  });

  test("accepts a preset without parameters", () => {
    expect(check(presetParameters, { "data.coder_workspace_preset.x": { name: "x" } })).toEqual([]);
  });
});
