import { TerraformOutput } from "cdktf";
import type { Text } from "../../constructs/settings/text";
import { textExpression } from "../../constructs/terraform/text-expression";
import { testStack, token, treeOf } from "../util";

function rendered(text: Text): unknown {
  const stack = testStack();
  new TerraformOutput(stack, "text", { value: textExpression(text), staticId: true });
  return Object(treeOf(stack)["output"]).text.value;
}

test.each<[string, Text, string]>([
  ["plain text as it is", ["http://", "proxy.example.com"], "http://proxy.example.com"],
  ["references as they are", ["http://${var.host}:3128"], "http://${var.host}:3128"],
  ["a value as it is", [{ reference: "${var.token}" }], "${var.token}"],
  ["a value in base64", [{ reference: "${var.x}", encoding: "base64" }], "${base64encode(var.x)}"],
  [
    "a value as a field of CSV",
    ['"a=', { reference: "${var.x}", encoding: "csv" }, '"'],
    '"a=${replace(var.x, "\\"", "\\"\\"")}"',
  ],
  [
    "a value fit for the user information of a URL, with blanks that are none of a query",
    ["http://", { reference: "${var.user}", encoding: "percent" }, "@proxy"],
    'http://${replace(urlencode(var.user), "+", "%20")}@proxy',
  ],
  [
    "a value that Terraform is told to keep",
    [{ reference: "${data.coder_external_auth.git.access_token}", markSensitive: true }],
    "${sensitive(data.coder_external_auth.git.access_token)}",
  ],
  [
    "one that is kept and encoded",
    [{ reference: "${local.x}", encoding: "percent", markSensitive: true }],
    '${replace(urlencode(sensitive(local.x)), "+", "%20")}',
  ],
  ["a value that is base64", [{ reference: "${var.x}", encoding: "base64-decoded" }], "${base64decode(var.x)}"],
  [
    "a document, quotes and what the framework would take for its own included",
    [{ json: { 'a"${var.k}': { b: ['\\"\n$${c}'], d: ["${var.d}"], e: ['x ${f("y")}'] } } }],
    '${jsonencode({"a\\"${var.k}" = {"b" = "\\\\\\"\\n$${c}", "d" = var.d, "e" = "x ${f("y")}"}})}',
  ],
  [
    "a document in base64, with what is kept",
    [{ json: { a: ["b-", { reference: "${local.x}", markSensitive: true }], c: [] }, encoding: "base64" }],
    '${base64encode(jsonencode({"a" = "b-${sensitive(local.x)}", "c" = ""}))}',
  ],
  ["formats that only look like directives", ["%{http_code}"], "%%{http_code}"],
  ["nothing", [], ""],
])("writes %s", (_, text, expected) => {
  expect(rendered(text)).toBe(expected);
});

test("resolves tokens", () => {
  expect(rendered(["a ", { reference: token("var.x"), encoding: "base64" }])).toBe("a ${base64encode(var.x)}");
  expect(rendered([{ json: { a: [token("var.x")], b: [`c${token("var.x")}`] }, encoding: "base64" }])).toBe(
    '${base64encode(jsonencode({"a" = var.x, "b" = "c${var.x}"}))}',
  );
});
