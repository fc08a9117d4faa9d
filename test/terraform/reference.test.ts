import { Fn, TerraformOutput } from "cdktf";
import { asNumber, asToken } from "../../constructs/terraform/reference";
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
  ['a-${join(",", var.x)}', '${upper("a-${join(",", var.x)}")}'],
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

test("stands where a number is wanted, in a function as well", () => {
  const stack = testStack();
  const count = asNumber("${data.coder_workspace.me.start_count}");
  new TerraformOutput(stack, "counts", { value: [count, Fn.max([count, 1])], staticId: true });

  expect(Object(treeOf(stack)["output"]).counts.value).toEqual([
    "${data.coder_workspace.me.start_count}",
    "${max(data.coder_workspace.me.start_count, 1)}",
  ]);
});
