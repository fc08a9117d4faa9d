import * as fc from "fast-check";
import { layoutExpression, layoutTemplate } from "../../../constructs/terraform/hcl/expression-layout";

const layout = (source: string): string => layoutExpression(source, "");

describe("layoutExpression", () => {
  test.each([
    ["1+2*-3", "1 + 2 * -3"],
    ["a-1", "a-1"],
    ["a - 1", "a - 1"],
    ["f( a,b )", "f(a, b)"],
    ["a [ 0 ] . b", "a[0].b"],
    ["a.0.b[*].c", "a.0.b[*].c"],
    ["{a=1,b:2}", "{ a = 1, b = 2 }"],
    ["{}", "{}"],
    ["[ ]", "[]"],
    ["[for x in y:x if x!=null]", "[for x in y : x if x != null]"],
    ["{for k,v in m:k=>v...}", "{ for k, v in m : k => v... }"],
    ["!a&&!(b||c)", "!a && !(b || c)"],
    ["max([1,2]...)", "max([1, 2]...)"],
    ["provider::p::f(1)", "provider::p::f(1)"],
    ['x?"a":"b"', 'x ? "a" : "b"'],
    ["x ? -1 : 2", "x ? -1 : 2"],
    ['"${ upper( x ) }-%{ if  y }z%{endif}"', '"${upper(x)}-%{if y}z%{endif}"'],
    ['"${ {a=1}.a }"', '"${ { a = 1 }.a}"'],
    ["1.5e3", "1.5e3"],
    ["é.ü", "é.ü"],
  ])("spaces %s as terraform fmt does", (source, expected) => {
    expect(layout(source)).toBe(expected);
  });

  test.each([
    ["around the whole", "((a + b))", "a + b"],
    ["around a condition", "(a == b) ? 1 : 0", "a == b ? 1 : 0"],
    ["around a condition in brackets", "f((a == b) ? 1 : 0)", "f(a == b ? 1 : 0)"],
  ])("leaves out parentheses %s", (_, source, expected) => {
    expect(layout(source)).toBe(expected);
  });

  test.each(["(a + b) * c", "(a ? b : c) ? 1 : 0", "(a) + (b)", "x == (a == b) ? 1 : 0"])(
    "keeps the parentheses of %s",
    (source) => {
      expect(layout(source)).toBe(source);
    },
  );

  test.each([
    ['{"a"=1, "b_2": 2}', "{ a = 1, b_2 = 2 }"],
    ['{"a b"=1, "for"=2, "1"=3}', '{ "a b" = 1, "for" = 2, "1" = 3 }'],
    ['{(a)=1, "${b}"=2}', '{ (a) = 1, "${b}" = 2 }'],
    ['{a = b ? "c" : "d"}', '{ a = b ? "c" : "d" }'],
    ['{for k in l : "a" => k}', '{ for k in l : "a" => k }'],
  ])("writes the keys of %s without quotes where they need none", (source, expected) => {
    expect(layout(source)).toBe(expected);
  });

  test.each([
    ["comments", "/* one */ 1"],
    ["heredocs", "<<EOT\na\nEOT"],
    ["objects over several lines", "{\n a = 1\n b = 2\n}"],
  ])("leaves %s as they are", (_, source) => {
    expect(layout(source)).toBe(source.includes("\n") ? `(${source})` : source);
  });

  test("puts on one line what is on several without need", () => {
    expect(layout("f(\n  a,\n  b\n)")).toBe("f(a, b)");
  });

  test("leaves strip markers in nested templates, where they act on what the escapes stand for", () => {
    expect(layout('upper("a\\n ${~ b ~} c")')).toBe('upper("a\\n ${~ b ~} c")');
  });

  test.each([
    ['replace(x, "/a\\.b/", "")', "\\. is no escape sequence"],
    ['jsonencode({"a" = "x "y""})', '"x " and y stand side by side'],
    ["a b", "a and b stand side by side"],
    ["f(a", '")" is missing'],
    ["a)", 'unexpected ")"'],
    ["[a}", 'unexpected "}"'],
    ['"a', "a quoted string is not closed"],
    ["a ; b", 'unexpected ";"'],
    ["'a'", 'unexpected "\'"'],
    ['"\\u12"', "\\u is no escape sequence"],
  ])("fails on %s, which no Terraform can read", (source, reason) => {
    expect(() => layout(source)).toThrow(reason);
  });

  test("fails with the way out", () => {
    expect(() => layout('f("\\d")')).toThrow("; cdktf's Fn functions do not escape their strings: write \\\\ for \\");
  });

  test("accepts all escape sequences", () => {
    expect(layout('"\\n\\r\\t\\"\\\\\\u00e9\\U0001F3E1"')).toBe('"\\n\\r\\t\\"\\\\\\u00e9\\U0001F3E1"');
  });
});

describe("a long expression", () => {
  test.each([
    [
      "with its object at the end of the arguments",
      'merge(local.base,{"HTTPS_PROXY"="http://proxy.example:3128","NO_PROXY"="localhost,.example"})',
      `merge(local.base, {
        HTTPS_PROXY = "http://proxy.example:3128"
        NO_PROXY    = "localhost,.example"
      })`,
    ],
    [
      "with an argument per line where the object is not the last",
      'lookup({first="a value that is rather long",second="another value that is long"},"first","none")',
      `lookup(
        { first = "a value that is rather long", second = "another value that is long" },
        "first",
        "none"
      )`,
    ],
    [
      "with an item per line",
      '[{name="first element of the list",value=1},{name="second element of the list",value=2}]',
      `[
        { name = "first element of the list", value = 1 },
        { name = "second element of the list", value = 2 },
      ]`,
    ],
    [
      "with the brackets of a for on lines of their own",
      '[for name, value in merge(local.first, local.second, {HTTPS_PROXY="x"}) : "${name}=${value}"]',
      `[
        for name, value in merge(local.first, local.second, {
          HTTPS_PROXY = "x"
        }) : "\${name}=\${value}"
      ]`,
    ],
    [
      "with its branches in parentheses",
      'length(local.list) > 1 ? merge(local.map, {name="a value that is rather long"}) : {other="value"}',
      `(
        length(local.list) > 1
        ? merge(local.map, { name = "a value that is rather long" })
        : { other = "value" }
      )`,
    ],
    [
      "as it is, where nothing can be broken",
      'local.first == "a rather long text that" && local.second == "cannot be broken" || local.third == "anywhere at all"',
      'local.first == "a rather long text that" && local.second == "cannot be broken" || local.third == "anywhere at all"',
    ],
    [
      "but not inside an index",
      'local.a_rather_long_name_of_a_map["and a rather long key in it"].another_attribute["and another long key"][0]',
      'local.a_rather_long_name_of_a_map["and a rather long key in it"].another_attribute["and another long key"][0]',
    ],
  ])("is written %s", (_, source, expected) => {
    expect(layoutExpression(source, "      ")).toBe(expected);
  });

  test("stays on its line inside a text", () => {
    const text =
      "a ${merge(local.base, {first_name = 1, second_name = 2, third_name = 3, fourth_name = 4, fifth = 5})} b";

    expect(layoutTemplate(text)).not.toContain("\n");
  });
});

// Expressions that mean something, of all the shapes that there are.
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(
      "local.x",
      "1",
      "-2",
      "true",
      "null",
      '"text"',
      '"${local.y}"',
      "var.list[0]",
      "a.b[*].c",
      '"$${z}"',
    ),
    fc.array(tie("expression"), { maxLength: 4 }).map((items) => `[${items.join(",")}]`),
    fc.array(tie("expression"), { maxLength: 3 }).map((args) => `f(${args.join(" , ")})`),
    fc
      .array(fc.tuple(fc.constantFrom("key", '"quoted"', '"with blank"', "(local.k)"), tie("expression")), {
        maxLength: 3,
      })
      .map((items) => `{${items.map(([key, value]) => `${key}=${value}`).join(",")}}`),
    fc
      .tuple(tie("expression"), tie("expression"), tie("expression"))
      .map(([condition, yes, no]) => `(${condition}) ? (${yes}) : (${no})`),
    fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `(${a}==${b})`),
    tie("expression").map((list) => `[for k,v in ${list}:v if v!=null]`),
    tie("expression").map((inner) => `"text \${${inner}} text"`),
  ),
}));

const words = (text: string): string => text.replace(/[\s(),]/g, "").replaceAll('"quoted"', "quoted");

const depthChange = (line: string): number =>
  (line.match(/[([{]/g)?.length ?? 0) - (line.match(/[)\]}]/g)?.length ?? 0);

describe("any expression", () => {
  test("looks the same when it is laid out again", () => {
    fc.assert(
      fc.property(expression, (source) => {
        const once = layout(source);
        // The lines of an object are left as they are.
        fc.pre(!(once.includes("\n") && once.includes("{")));

        expect(layout(once)).toBe(once);
      }),
    );
  });

  test("keeps its words, but for parentheses and the quotes of keys", () => {
    fc.assert(
      fc.property(expression, (source) => {
        expect(words(layout(source))).toBe(words(source));
      }),
    );
  });

  test("ends its lines only inside brackets", () => {
    fc.assert(
      fc.property(expression, (source) => {
        let depth = 0;
        const depths = layout(source)
          .split("\n")
          .map((line) => (depth += depthChange(line)));

        expect(depths.pop()).toBe(0);
        expect(depths.filter((open) => open <= 0)).toEqual([]);
      }),
    );
  });
});
