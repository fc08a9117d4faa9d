import { parameterOptions } from "../../../constructs/coder/rules/parameter-options";
import { check } from "./template";

const parameter = (body: Parameters<typeof check>[1]): string[] =>
  check(parameterOptions, { "data.coder_parameter.p": { name: "p", ...body } });

const options = (...values: (string | number)[]): { name: string; value: string | number }[] =>
  values.map((value) => ({ name: `option ${value}`, value }));

describe("parameter-options", () => {
  test("refuses options of one name", () => {
    const option = [
      { name: "a", value: "1" },
      { name: "a", value: "2" },
      { name: "a", value: "3" },
    ];

    expect(parameter({ option })).toEqual([
      'data.coder_parameter.p: option.name must be unique, got "a" several times; change or remove one',
    ]);
  });

  test("refuses options of one value", () => {
    const option = [
      { name: "a", value: "1" },
      { name: "b", value: 1 },
    ];

    expect(parameter({ option })).toEqual([
      'data.coder_parameter.p: option.value must be unique, got "1" several times; change or remove one',
    ]);
  });

  test.each([
    ["number", "a", '"a", which is not a number'],
    ["bool", "yes", '"yes", which is neither "true" nor "false"'],
    ["list(string)", "a", '"a", which is not a JSON list of strings such as ["a", "b"]'],
    ["list(string)", "[1]", '"[1]", which is not a JSON list of strings such as ["a", "b"]'],
  ])("refuses in a parameter of the type %s the option %s", (type, value, got) => {
    expect(parameter({ type, option: options(value) })).toEqual([
      `data.coder_parameter.p: option.value must be of the type "${type}", got ${got}; correct the value or the type`,
    ]);
  });

  test.each([
    ["string", undefined, "c", ["a", "b"], '"a", "b", got "c"'],
    ["string", undefined, "", ["a", "b"], '"a", "b", got ""'],
    ["number", undefined, 3, [1, 2], '"1", "2", got "3"'],
    ["list(string)", undefined, '["a"]', ['["b"]'], '"[\\"b\\"]", got "[\\"a\\"]"'],
    ["list(string)", "multi-select", '["a", "c"]', ["a", "b"], '"a", "b", got "c"'],
  ])("refuses in a parameter of the type %s (%s) the default %j", (type, form_type, value, values, rest) => {
    expect(parameter({ type, form_type, default: value, option: options(...values) })).toEqual([
      `data.coder_parameter.p: default must be among the options ${rest}; add it as an option or choose another`,
    ]);
  });

  test("does not show a default that the form masks", () => {
    const message = parameter({ default: "hunter2", option: options("a"), styling: '{"mask_input":true}' });

    expect(message).toEqual([
      'data.coder_parameter.p: default must be among the options "a", got a value that is not shown, for it may be secret; ' +
        "add it as an option or choose another",
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["no options", { default: "a" }],
    ["no default", { option: options("a", "b") }],
    ["a default among the options", { default: "b", option: options("a", "b") }],
    ["a single option", { default: "a", option: { name: "a", value: "a" } }],
    [
      "names that differ in case",
      {
        option: [
          { name: "a", value: "a" },
          { name: "A", value: "A" },
        ],
      },
    ],
    ["a computed default", { default: "${var.a}", option: options("a") }],
    [
      "computed options",
      {
        default: "c",
        option: [
          { name: "${var.a}", value: "${var.a}" },
          { name: "${var.a}", value: "${var.a}" },
        ],
      },
    ],
    [
      "options from a dynamic block",
      { default: "c", dynamic: { option: { for_each: "${var.a}" } }, option: options("a") },
    ],
    [
      "a choice of several",
      { type: "list(string)", form_type: "multi-select", default: '["b","a"]', option: options("a", "b") },
    ],
    [
      "an empty choice of several",
      { type: "list(string)", form_type: "multi-select", default: "[]", option: options("a", "b") },
    ],
    [
      "a list that is no list, which another rule reports",
      { type: "list(string)", form_type: "multi-select", default: "b", option: options("a") },
    ],
    [
      "numbers in all their spellings",
      { type: "number", option: options("1", "-1.5", "1e3", ".5", "inf", "0x1p-2", "1_000") },
    ],
    ["booleans as Go spells them", { type: "bool", option: options("true", "F", "1") }],
    ["a computed type", { type: "${var.t}", default: "c", option: options("a") }],
    ["a computed form type", { type: "list(string)", form_type: "${var.t}", default: "c", option: options("a") }],
  ])("accepts %s", (_what, body) => {
    expect(parameter(body)).toEqual([]);
  });
});
