import { expressionOf } from "../../../constructs/terraform/hcl/template-expression";

test.each([
  ["${var.x}", "var.x"],
  ["plain", '"plain"'],
  ["a-${var.x}", '"a-${var.x}"'],
  ['a-${join(",", var.x)}', '"a-${join(",", var.x)}"'],
  ['"quoted"\n', '"\\"quoted\\"\\n"'],
  ["$${text}", '"$${text}"'],
])("%j is %s in an expression", (template, expected) => {
  expect(expressionOf(template)).toBe(expected);
});
