import { parameterValidation } from "../../../constructs/coder/rules/parameter-validation";
import { check } from "./template";

const parameter = (body: Parameters<typeof check>[1]): string[] =>
  check(parameterValidation, { "data.coder_parameter.p": { name: "p", ...body } }).map((line) =>
    line.replace("data.coder_parameter.p: ", ""),
  );

const REQUIRED =
  "default must be set where validation refuses the empty value, got none: Coder reads the template without any user's " +
  "values and would refuse it; set a default, or let the validation take the empty value";

const error = "no";

describe("parameter-validation", () => {
  describe("regex", () => {
    test.each(["bool", "list(string)"])("is refused for the type %s", (type) => {
      const value = type === "bool" ? "true" : "[]";

      expect(parameter({ type, default: value, validation: { regex: "a", error } })).toEqual([
        `validation.regex must stand for the type "string" only, got the type "${type}"; leave it out`,
      ]);
    });

    test("is refused for numbers and beside their bounds", () => {
      expect(
        parameter({ type: "number", default: 1, validation: { regex: "1", error, min: 1, monotonic: "increasing" } }),
      ).toEqual([
        'validation.regex must stand for the type "string" only, got the type "number"; leave it out',
        "validation.regex must not stand beside validation.min and validation.monotonic; leave one of them out",
      ]);
    });

    test.each([undefined, ""])("is refused with the error %j", (none) => {
      expect(parameter({ default: "a", validation: { regex: "a", error: none } })).toEqual([
        "validation.error must be set beside validation.regex, got none; say what a valid value looks like",
      ]);
    });

    test.each([
      ["^(?=.*[0-9]).+$", "uses look-around such as (?=…), which Coder does not know"],
      ["a(?!b)", "uses look-around such as (?=…), which Coder does not know"],
      ["(?<=a)b", "uses look-around such as (?=…), which Coder does not know"],
      ["[(]x(?<!a)b", "uses look-around such as (?=…), which Coder does not know"],
      ["(", "is no regular expression"],
      ["a{2,1}", "is no regular expression"],
      ["(a)\\1", "uses back references such as \\1, which Coder does not know"],
    ])("is refused if it is %s", (regex, what) => {
      expect(parameter({ default: "a", validation: { regex, error } })).toEqual([
        `validation.regex must be one that Coder can read, got ${JSON.stringify(regex)}, which ${what}; rewrite it`,
      ]);
    });

    test("is refused if the default does not match", () => {
      expect(parameter({ default: "abc", validation: [{ regex: "^[0-9]{2,}$", error }] })).toEqual([
        'default must be a valid value, got "abc", which does not match the regex ^[0-9]{2,}$; correct it',
      ]);
    });

    test("is read with its escapes undone", () => {
      expect(parameter({ default: "$${a}", validation: { regex: "^.[{]a}$", error } })).toEqual([]);
    });

    test.each([
      ["[(?=]a", "=a"],
      ["\\(?=a", "(=a"],
      ["\\\\1", "\\1"],
      ["(?:a|b)", "b"],
      ["(?i)ABC", "abc"],
      ["^[[:alpha:]]+$", "abc"],
      ["^\\pL+$", "abc"],
      ["\\Aabc\\z", "abc"],
      ["^é$", "é"],
      ["^(?P<x>a)$", "a"],
      ["^[]a]$", "]"],
      ["^\\141$", "a"],
      ["^.$", "😀"],
      ["${var.regex}", "a"],
    ])("%s is accepted with the default %s", (regex, value) => {
      expect(parameter({ default: value, validation: { regex, error } })).toEqual([]);
    });
  });

  describe("min, max and monotonic", () => {
    test.each(["min", "max"])("%s is refused for strings", (name) => {
      expect(parameter({ default: "a", validation: { [name]: 1 } })).toEqual([
        `validation.${name} must stand for the type "number" only, got the type "string"; leave it out or change the type`,
      ]);
    });

    test("monotonic is refused for booleans", () => {
      expect(parameter({ type: "bool", default: true, validation: { monotonic: "increasing" } })).toEqual([
        'validation.monotonic must stand for the type "number" only, got the type "bool"; leave it out or change the type',
      ]);
    });

    test("min above max is refused", () => {
      expect(parameter({ type: "number", default: "${var.a}", validation: { min: 5, max: 4 } })).toEqual([
        "validation.min must not exceed validation.max, got 5 and 4; swap or correct them",
      ]);
    });

    test("fractions are refused", () => {
      expect(parameter({ type: "number", default: 2, validation: { min: 1.5 } })).toEqual([
        "validation.min must be a whole number, got 1.5; round it",
      ]);
    });

    test("an unknown direction is refused", () => {
      expect(parameter({ type: "number", default: 2, validation: { monotonic: "up" } })).toEqual([
        'validation.monotonic must be "increasing" or "decreasing", got "up"; choose one of them',
      ]);
    });

    test.each([
      [0, "is less than the min of 1"],
      [4, "is more than the max of 3"],
      ["1.5", "is not a whole number"],
      ["a", "is not a number"],
    ])("the default %s is refused between 1 and 3", (value, why) => {
      expect(parameter({ type: "number", default: value, validation: { min: 1, max: 3 } })).toEqual([
        `default must be a valid value, got "${value}", which ${why}; correct it`,
      ]);
    });
  });

  test("refuses several blocks", () => {
    expect(
      parameter({
        default: "b",
        validation: [
          { regex: "a", error },
          { regex: "b", error },
        ],
      }),
    ).toEqual(["validation must stand once, got 2; merge the blocks"]);
  });

  test.each([
    ["number", "a", "is not a number"],
    ["bool", "yes", 'is neither "true" nor "false"'],
    ["list(string)", "a", 'is not a JSON list of strings such as ["a", "b"]'],
  ])("refuses a default that is no %s", (type, value, why) => {
    expect(parameter({ type, default: value })).toEqual([
      `default must be a valid value, got "${value}", which ${why}; correct it`,
    ]);
  });

  test('takes of a validated boolean only "true" and "false"', () => {
    expect(parameter({ type: "bool", default: "1" })).toEqual([]);
    expect(parameter({ type: "bool", default: "1", validation: { error } })).toHaveLength(1);
  });

  test("does not show a default that the form masks", () => {
    const body = { default: "hunter2", styling: '{"mask_input":true}', validation: { regex: "^[0-9]+$", error } };

    expect(parameter(body)).toEqual([
      "default must be a valid value, got a value that is not shown, for it may be secret, which does not match the regex ^[0-9]+$; correct it",
    ]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["a regex that refuses the empty text", { validation: { regex: "^a+$", error } }],
    ["bounds", { type: "number", validation: { min: 0 } }],
    ["an error alone, for a number", { type: "number", validation: { error } }],
    ["a list", { type: "list(string)", validation: { error } }],
    ["options", { validation: { regex: ".*", error }, option: [{ name: "a", value: "a" }] }],
  ])("refuses to go without a default beside %s", (_what, body) => {
    expect(parameter(body)).toEqual([REQUIRED]);
  });

  test.each<[string, Parameters<typeof check>[1]]>([
    ["no validation", {}],
    ["no validation of a number", { type: "number" }],
    ["options without validation", { option: [{ name: "a", value: "a" }] }],
    ["a regex that takes the empty text", { validation: { regex: "^a*$", error } }],
    ["a regex that cannot be judged", { validation: { regex: "(?i)a", error } }],
    ["a condition on the parameter", { count: "${var.a}", validation: { regex: "^a+$", error } }],
    [
      "a default within the bounds",
      { type: "number", default: 3, validation: { min: 1, max: 3, monotonic: "increasing" } },
    ],
    ["negative bounds", { type: "number", default: "-2", validation: { min: -3, max: -1 } }],
    ["computed bounds", { type: "number", default: 9, validation: { min: "${var.a}", max: "${var.b}" } }],
    ["a computed default", { type: "number", default: "${var.a}", validation: { min: 1 } }],
    ["a computed type", { type: "${var.t}", default: "a", validation: { min: 1 } }],
    ["a computed validation", { default: "a", validation: "${var.v}" }],
    ["a fraction without validation", { type: "number", default: "1.5" }],
    ["an empty regex, as good as none", { default: "a", validation: { regex: "", error: "" } }],
  ])("accepts %s", (_what, body) => {
    expect(parameter(body)).toEqual([]);
  });
});
