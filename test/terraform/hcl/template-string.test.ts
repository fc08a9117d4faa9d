import { loneSequence, templateParts } from "../../../constructs/terraform/hcl/template-string";

describe("templateParts", () => {
  test.each([
    ["plain text", "a $ b % {c}", [{ text: "a $ b % {c}" }]],
    ["nothing", "", [{ text: "" }]],
    ["an interpolation in text", "a${b}c", [{ text: "a" }, { open: "${", body: "b" }, { text: "c" }]],
    ["a directive", "%{ if x }", [{ open: "%{", body: " if x " }]],
    ["escapes, as they are spelled", "$${a} %%{b}", [{ text: "$${a} %%{b}" }]],
    ["a sign before an escape", "$$${a}", [{ text: "$$${a}" }]],
    ["braces inside", "${ {a={}}.a }", [{ open: "${", body: " {a={}}.a " }]],
    ["braces in a string inside", '${f("}")}', [{ open: "${", body: 'f("}")' }]],
    ["an escaped quote inside", '${f("\\"}")}', [{ open: "${", body: 'f("\\"}")' }]],
    ["templates in templates", '${"${"${a}"}"}!', [{ open: "${", body: '"${"${a}"}"' }, { text: "!" }]],
    ["escapes in strings inside", '${"$${"}', [{ open: "${", body: '"$${"' }]],
  ])("splits %s", (_, template, parts) => {
    expect(templateParts(template)).toEqual(parts);
  });

  test.each([
    ["the blanks before it", "a \t${~ b }c", [{ text: "a" }, { open: "${", body: " b " }, { text: "c" }]],
    ["the blanks after it", "${ b ~} \tc", [{ open: "${", body: " b " }, { text: "c" }]],
    ["the end of its line only", "${ b ~} \n  c", [{ open: "${", body: " b " }, { text: "  c" }]],
    ["only its own line", "a\n  ${~ b }", [{ text: "a\n" }, { open: "${", body: " b " }]],
    ["blanks of all alphabets", "${ b ~}\u00a0\u3000c", [{ open: "${", body: " b " }, { text: "c" }]],
  ])("applies a strip marker to %s", (_, template, parts) => {
    expect(templateParts(template)).toEqual(parts);
  });

  test("keeps a sign apart from an interpolation that it would escape without the blanks between", () => {
    const dollar = { open: "${", body: '"$"' };

    expect(templateParts("a$ ${~ b }")).toEqual([{ text: "a" }, dollar, { open: "${", body: " b " }]);
  });

  test.each(["${a", "x ${f(", '${"a}', "%{ if x"])("fails on %j, which is not closed", (template) => {
    expect(() => templateParts(template)).toThrow(/opened but not closed.*; close it with }, or write \$\${/);
  });
});

describe("loneSequence", () => {
  test.each([
    ["${a}", "a"],
    ["${a}${b}", undefined],
    ["${a} ", undefined],
    ["a", undefined],
    ["$${a}", undefined],
    ["%{ if a }%{ endif }", undefined],
  ])("of %j is %j", (template, body) => {
    expect(loneSequence(template)).toBe(body);
  });
});
