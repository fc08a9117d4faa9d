import { code, codeBlock, escapedText, inlineMarkdown, table } from "../../../constructs/coder/output/markdown";

test.each([
  ["a", "`a`"],
  ["a`b", "``a`b``"],
  ["`a", "`` `a ``"],
  ["a``b", "```a``b```"],
  ["a\n  b", "`a b`"],
  ["a|`b`", "a&#124;\\`b\\`"],
  ["x".repeat(81), `\`${"x".repeat(79)}…\``],
])("code of %j is %j", (value, expected) => {
  expect(code(value)).toBe(expected);
});

test.each([
  ["a_b*c", "a\\_b\\*c"],
  ["<b>x</b> & y", "&lt;b>x&lt;/b> &amp; y"],
  ["a|b\nc\\", "a&#124;b c\\\\"],
  ["[x](y)", "\\[x\\](y)"],
])("text of %j is %j", (value, expected) => {
  expect(escapedText(value)).toBe(expected);
});

test.each([
  ["see [docs](https://example.com) and *this*", "see [docs](https://example.com) and *this*"],
  ["<script>x</script>", "&lt;script>x&lt;/script>"],
  ["use `<name>` for <name>", "use `<name>` for &lt;name>"],
  ["``a`<b>`` <c>", "``a`<b>`` &lt;c>"],
  ["a ` lone <b>", "a ` lone &lt;b>"],
  ["<https://example.com> <mailto:a@example.com>", "<https://example.com> <mailto:a@example.com>"],
  ["two\nlines", "two lines"],
])("Markdown of %j is %j", (value, expected) => {
  expect(inlineMarkdown(value)).toBe(expected);
});

test("a table has rows of one width, whatever is in the cells", () => {
  expect(
    table(
      ["A", "B"],
      [
        ["a|b", "`c|d`"],
        ["e\\|f", "g\\\\|h"],
      ],
    ),
  ).toBe(["| A | B |", "| --- | --- |", "| a\\|b | `c\\|d` |", "| e\\|f | g\\\\\\|h |"].join("\n"));
});

test("a table without rows is none", () => {
  expect(table(["A"], [])).toBeUndefined();
});

test("a block of code holds any fence", () => {
  expect(codeBlock("shell", "echo")).toBe("```shell\necho\n```");
  expect(codeBlock("shell", "echo '````'")).toBe("`````shell\necho '````'\n`````");
});
