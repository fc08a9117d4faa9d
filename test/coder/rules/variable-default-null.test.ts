import { variableDefaultNull } from "../../../constructs/coder/rules/variable-default-null";
import { check } from "./template";

describe("variable-default-null", () => {
  test("refuses null", () => {
    expect(check(variableDefaultNull, { "var.proxy": { type: "string", default: null } })).toEqual([
      "var.proxy: default must not be null, because Coder takes such a variable for a required one, got null; use an empty value " +
        'such as "" or [], or leave default out if the variable is required',
    ]);
  });

  test.each([
    {},
    { default: undefined },
    { default: "" },
    { default: false },
    { default: 0 },
    { default: [] },
    { default: { a: null } },
  ])("accepts %j", (body) => {
    expect(check(variableDefaultNull, { "var.proxy": { type: "any", ...body } })).toEqual([]);
  });
});
