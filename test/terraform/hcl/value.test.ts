import * as fc from "fast-check";
import { hclValue } from "../../../constructs/terraform/hcl/value";

describe("a string", () => {
  test.each([
    ["plain", "a", '"a"'],
    ["with quotes and backslashes", 'a "b" \\', '"a \\"b\\" \\\\"'],
    ["with control characters", "a\tb\r\u0001\u007f", '"a\\tb\\r\\u0001\\u007f"'],
    ["with what is hard to see", "a\u2028\ufeff", '"a\\u2028\\ufeff"'],
    ["of letters of all alphabets", "é 🏡", '"é 🏡"'],
    ["with half a character", "a\ud800b", '"a\\ud800b"'],
    ["with escaped interpolations", "$${a} %%{b}", '"$${a} %%{b}"'],
    ["with interpolations", "a ${ b+1 } c", '"a ${b + 1} c"'],
    ["that is one interpolation", "${ b+1 }", "b + 1"],
    ["of two interpolations", "${a}${b}", '"${a}${b}"'],
    ["of two short lines", "a\nb", '"a\\nb"'],
    ["that strip markers leave nothing of but an interpolation", " ${~ a }", '"${a}${""}"'],
    ["that strip markers left alone", "${~ a ~}", "a"],
  ])("%s is written as one", (_, text, expected) => {
    expect(hclValue(text)).toBe(expected);
  });

  test.each([
    ["of whole lines", "a\nb\n", "<<-EOT\n  a\n  b\nEOT"],
    ["with indented and blank lines", "a\n\n  b\n", "<<-EOT\n  a\n\n    b\nEOT"],
    ["with quotes and backslashes", '"a"\n\\b\n', '<<-EOT\n  "a"\n  \\b\nEOT'],
    ["with interpolations", "a\n${ b+1 }\n", "<<-EOT\n  a\n  ${b + 1}\nEOT"],
    ["that holds the mark", "EOT\nb\n", "<<-EOT_\n  EOT\n  b\nEOT_"],
    ["of lines, the last without an end", "a\nb\nc", "chomp(<<-EOT\n  a\n  b\n  c\nEOT\n)"],
  ])("%s is a heredoc", (_, text, expected) => {
    expect(hclValue(text)).toBe(expected);
  });

  test.each([
    ["has no line at the margin", "  a\n  b\n"],
    ["has carriage returns", "a\r\nb\r\n"],
    ["has control characters", "a\nb\u0007\n"],
    ["has line ends only", "\n\n"],
    ["begins a line with a mark that combines with the blank before it", "a\n \u0301b\n"],
    ["has an interpolation that is left as it is", "a\n${/* c */ 1}\n"],
    ["is one line", "a\n"],
  ])("is no heredoc if it %s", (_, text) => {
    expect(hclValue(text)).toMatch(/^".*"$/);
  });

  test("is indented with its surroundings", () => {
    expect(hclValue({ a: ["x\ny\n"] }, "  ")).toBe(
      ["{", "    a = [", "      <<-EOT", "        x", "        y", "      EOT", "    ]", "  }"].join("\n"),
    );
  });

  test.each([
    ["an object", '{"a":1,"b c":[true,null]}', 'jsonencode({ a = 1, "b c" = [true, null] })'],
    ["a list", '["a","b"]', 'jsonencode(["a", "b"])'],
    ["nothing", "{}", "jsonencode({})"],
    ["escaped signs", '{"a":"\\u003c\\"\\n"}', 'jsonencode({ a = "\\u003c\\"\\n" })'],
    [
      "much",
      '{"first":"a value that is rather long","second":"another value that is rather long"}',
      'jsonencode({\n  first  = "a value that is rather long"\n  second = "another value that is rather long"\n})',
    ],
  ])("of JSON that says %s is what jsonencode makes", (_, text, expected) => {
    expect(hclValue(text)).toBe(expected);
  });

  test.each([
    ['{"b":1,"a":2}', "names in another order"],
    ['{"a": 1}', "blanks"],
    ['{"a":"<"}', "signs that jsonencode escapes"],
    ['{"a":1.5}', "fractions"],
    ['{"a":9007199254740993}', "numbers too large for JavaScript"],
    ['{"a":1,"a":1}', "a name twice"],
    ['{"a":"$${b}"}', "a template"],
    ['{"é":1}', "names that may be sorted otherwise"],
    ["[1", "no end"],
    ["[x]", "no JSON"],
  ])("%s stays in quotes: it has %s", (text) => {
    expect(hclValue(text)).toMatch(/^"/);
  });

  test("that is no template has its interpolations escaped", () => {
    expect(hclValue("a ${b} $${c} %{d}\n", "", "literal")).toBe('"a $${b} $$${c} %%{d}\\n"');
    expect(hclValue("a ${b}\n%{c\n", "", "literal")).toBe("<<-EOT\n  a $${b}\n  %%{c\nEOT");
  });

  test("that is no template has no function to take its last line's end away", () => {
    expect(hclValue("a\nb\nc", "", "literal")).toBe('"a\\nb\\nc"');
  });

  test.each([
    ["all", "all"],
    ["docker_volume.v", "docker_volume.v"],
    ["${docker_volume.v}", "docker_volume.v"],
    ["map(object({a=string}))", "map(object({ a = string }))"],
  ])("%s that is a reference or a keyword is bare", (text, expected) => {
    expect(hclValue([text], "", "bare")).toBe(`[${expected}]`);
  });
});

describe("other values", () => {
  test.each([
    ["numbers", [0, -1.5, 1e21], "[0, -1.5, 1e+21]"],
    ["booleans and null", [true, false, null], "[true, false, null]"],
    ["nothing", [[], {}], "[[], {}]"],
  ])("%s are written as they are", (_, value, expected) => {
    expect(hclValue(value)).toBe(expected);
  });

  test("objects have an attribute per line, the equals signs of neighbours aligned", () => {
    const value = { a: 1, long_name: "x", object: { b: [] }, c: 2 };

    expect(hclValue(value)).toBe('{\n  a         = 1\n  long_name = "x"\n  object = {\n    b = []\n  }\n  c = 2\n}');
  });

  test("objects leave out what is undefined", () => {
    expect(hclValue({ a: undefined, b: 1 })).toBe("{\n  b = 1\n}");
  });

  test.each([
    ["a_1", "a_1"],
    ["a-b", '"a-b"'],
    ["for", '"for"'],
    ["null", '"null"'],
    ["", '""'],
    ["${local.k}", "(local.k)"],
    ["x-${local.k}", '"x-${local.k}"'],
  ])("the key %s of an object is written %s", (name, expected) => {
    expect(hclValue({ [name]: 1 })).toBe(`{\n  ${expected} = 1\n}`);
  });

  test("long lists have an item per line", () => {
    const items = Array.from({ length: 3 }, (_, i) => `element ${i} of the list, so that`);

    expect(hclValue(items)).toBe(`[\n${items.map((item) => `  "${item}",\n`).join("")}]`);
  });

  test("a comma after a heredoc stands on its own line, or not at all", () => {
    const mark = "  <<-EOT\n    a\n    b\n  EOT\n";

    expect(hclValue(["a\nb\n", "a\nb\n"])).toBe(`[\n${mark}  ,\n${mark}]`);
  });
});

// Reads back what hclValue wrote of a string without interpolations.
function read(written: string): string {
  const chomped = /^chomp\(([^]*)\n\s*\)$/.exec(written);
  if (chomped) return read(chomped[1] ?? "").replace(/\n+$/, "");
  const heredoc = /^<<-(\w+)\n([^]*\n)\s*\1$/.exec(written);
  if (heredoc) {
    const lines = (heredoc[2] ?? "").split("\n");
    const margin = Math.min(...lines.filter((line) => line.trim()).map((line) => /^ */.exec(line)?.[0].length ?? 0));
    return lines.map((line) => (line.trim() ? line.slice(margin) : line)).join("\n");
  }
  const short: Record<string, string> = { n: "\n", r: "\r", t: "\t" };
  return written
    .slice(1, -1)
    .replace(/\\(?:u(....)|(.))/g, (_, code: string | undefined, sign: string) =>
      code === undefined ? (short[sign] ?? sign) : String.fromCharCode(parseInt(code, 16)),
    );
}

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      "a",
      "b c",
      " ",
      "  ",
      "\n",
      "\n  ",
      "\t",
      '"',
      "\\",
      "\\n",
      "$$",
      "%%",
      "EOT",
      "\r\n",
      "é",
      "🏡",
      "#",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
    fc.constant("\n"),
  ),
  { maxLength: 14 },
);

describe("any string", () => {
  test("is the same when it is read back", () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (list, ends) => {
        const text = list.join("").replace(/[$%]\{/g, "{") + (ends ? "\n" : "");
        fc.pre(!/^[{[]/.test(text));

        expect(read(hclValue(text, "    "))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  test("is the same when it is read back as a literal", () => {
    fc.assert(
      fc.property(pieces, fc.boolean(), (list, ends) => {
        const text = list.join("") + (ends ? "\n" : "");

        expect(read(hclValue(text, "", "literal")).replace(/([$%])\1\{/g, "$1{")).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test("of canonical JSON is the same when jsonencode has evaluated it", () => {
    const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    const json = fc.dictionary(fc.string(), fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 4 });

    fc.assert(
      fc.property(json, (value) => {
        const sorted = Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
        const text = JSON.stringify(sorted);
        fc.pre(!/[$%]\{/.test(text));
        const written = hclValue(text);
        fc.pre(written.startsWith("jsonencode("));
        const asJson = written
          .slice("jsonencode(".length, -1)
          .replace(/("(?:\\.|[^"\\])*"|[\w-]+) += /g, (_, key: string) => `${key.startsWith('"') ? key : `"${key}"`}: `)
          .replace(/(?<=[^{,\s])\n(?!\}$)/g, ",\n");

        expect(JSON.parse(asJson)).toEqual(value);
      }),
    );
  });
});
