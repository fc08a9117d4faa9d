import { Fn, TerraformOutput } from "cdktf";
import { asToken } from "../../constructs/terraform/reference";
import { testStack, treeOf } from "../util";

function output(value: string): unknown {
  const stack = testStack();
  new TerraformOutput(stack, "text", { value, staticId: true });
  return Object(treeOf(stack)["output"]).text.value;
}

test.each([
  ["${var.x}", "${upper(var.x)}"],
  ['${join("}", ["a"])}', '${upper(join("}", ["a"]))}'],
  ["a-${var.x}", '${upper("a-${var.x}")}'],
  ["${var.x}${var.y}", '${upper("${var.x}${var.y}")}'],
  ["plain", '${upper("plain")}'],
])("lets %j be an argument", (text, expected) => {
  expect(output(Fn.upper(asToken(text)))).toBe(expected);
});

test("is a part of an argument", () => {
  expect(output(Fn.upper(`//${asToken("${var.x}")}$2`))).toBe('${upper("//${var.x}$2")}');
});

test.each(["${var.x}", "a-${var.x}", "plain"])("leaves %j as it is elsewhere", (text) => {
  expect(output(asToken(text))).toBe(text);
});

test("leaves a token alone", () => {
  const token = asToken("${var.x}");

  expect(asToken(token)).toBe(token);
});
