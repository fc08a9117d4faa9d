import { variableType } from "../../../constructs/coder/rules/variable-type";
import { check } from "./template";

describe("variable-type", () => {
  test.each([{}, { default: "a" }, { type: null }])("refuses %j", (body) => {
    expect(check(variableType, { "var.proxy": body })).toEqual([
      'var.proxy: type must be set, got none: Coder hands over every value as text, and a list such as ["a"] would stay text; ' +
        "set string, number, bool or what it is",
    ]);
  });

  test.each(["string", "any", "list(string)", "${list(string)}"])("accepts %s", (type) => {
    expect(check(variableType, { "var.proxy": { type } })).toEqual([]);
  });
});
