import { blocks, literal, literalFlag } from "../../../../constructs/coder/rules/reading/literal";

describe("literal", () => {
  test.each([
    ["text", "text"],
    ["", ""],
    [5, "5"],
    [true, "true"],
    ["costs $${5} and 100%%{}", "costs ${5} and 100%{}"],
  ])("is certain of %j", (value, expected) => {
    expect(literal(value)).toBe(expected);
  });

  test.each([["${var.a}"], ["a ${var.a}"], ["%{if true}a%{endif}"], [null], [undefined], [["a"]], [{ a: "b" }]])(
    "leaves %j open",
    (value) => {
      expect(literal(value)).toBeUndefined();
    },
  );
});

describe("literalFlag", () => {
  test.each([
    [true, true],
    ["true", true],
    [false, false],
    [undefined, true],
    [null, true],
    ["${var.a}", undefined],
  ])("reads %j as %j where true is the default", (value, expected) => {
    expect(literalFlag(value, true)).toBe(expected);
  });
});

describe("blocks", () => {
  test("takes one block, several and none", () => {
    expect(blocks({ option: { name: "a" } }, "option")).toEqual([{ name: "a" }]);
    expect(blocks({ option: [{ name: "a" }, { name: "b" }] }, "option")).toHaveLength(2);
    expect(blocks({}, "option")).toEqual([]);
  });

  test("leaves open what is made by an expression", () => {
    expect(blocks({ option: "${local.options}" }, "option")).toBeUndefined();
    expect(blocks({ dynamic: { option: { for_each: [], content: {} } } }, "option")).toBeUndefined();
    expect(blocks({ dynamic: [{ option: { for_each: [], content: {} } }] }, "option")).toBeUndefined();
    expect(blocks({ dynamic: { other: {} }, option: {} }, "option")).toEqual([{}]);
  });
});
