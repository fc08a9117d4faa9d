import { templateReadme } from "../../../constructs/coder/output/readme";
import type { TerraformTree } from "../../../constructs/terraform/tree";

function readme(tree: TerraformTree, template: Partial<Parameters<typeof templateReadme>[0]> = {}): string {
  return templateReadme({ name: "docker", tags: [], ...template }, [], tree);
}

/** The cells of the row that begins with a text. */
function row(text: string, start: string): string {
  return text.split("\n").find((line) => line.startsWith(`| ${start}`)) ?? "";
}

test("has front matter of any text", () => {
  const text = readme({}, { displayName: 'A "B": #c', description: "two\nlines", tags: ["a: b", "- c"] });

  expect(text.split("\n").slice(0, 6)).toEqual([
    "---",
    'display_name: "A \\"B\\": #c"',
    'description: "two\\nlines"',
    'tags: ["a: b","- c"]',
    "---",
    "",
  ]);
});

test("falls back to the name, and has no empty sections", () => {
  expect(readme({})).toBe(`---
display_name: "docker"
---

# docker

## Publishing

From the directory of this file:

\`\`\`shell
coder templates push docker --directory . --yes
\`\`\`
`);
});

test("makes one line of the title, without HTML", () => {
  expect(readme({}, { displayName: "A <b>\nB" })).toContain("\n# A &lt;b> B\n");
});

test("ends the block of commands where it ends, whatever the description says", () => {
  const text = readme({}, { description: "```\n# not a title" });

  expect(text).toContain("````shell\ncoder templates push docker --directory . --yes\ncoder templates edit");
  expect(text.endsWith("'\n````\n")).toBe(true);
});

describe("parameters", () => {
  const tree: TerraformTree = {
    data: {
      coder_parameter: {
        late: { name: "late", order: 9, default: "x" },
        size: { name: "size", display_name: "Size <GB>", description: "a|b\nand `c|d`", order: 2, default: "4" },
        required: { name: "required", order: 3 },
        computed: { name: "computed", order: 4, default: "${local.x}" },
        literal: { name: "literal", order: 5, default: "$${HOME} %%{x}" },
        empty: { name: "empty", order: 6, default: "" },
        chosen: {
          name: "chosen",
          order: 7,
          default: "eu",
          option: [
            { name: "US | East", value: "us" },
            { name: "Europe", value: "eu" },
          ],
        },
        lone: { name: "lone", order: 8, default: "a", option: { name: "Only", value: "a" } },
        no_order: { name: "no_order", default: "[]" },
      },
    },
  };
  const text = readme(tree);

  test("stand in the order of the form", () => {
    const names = text.split("\n").flatMap((line) => /^\| ([\w\\]+)/.exec(line)?.[1] ?? []);

    expect(names).toEqual([
      "Parameter",
      "no\\_order",
      "Size",
      "required",
      "computed",
      "literal",
      "empty",
      "chosen",
      "lone",
      "late",
    ]);
  });

  test.each([
    ["Size", "| Size &lt;GB> | a\\|b and `c\\|d` | `4` |"],
    ["required", "| required |  | *required* |"],
    ["computed", "| computed |  | *computed* |"],
    ["literal", "| literal |  | `${HOME} %{x}` |"],
    ["empty", "| empty |  | *empty* |"],
    ["chosen", "| chosen |  | Europe |"],
    ["lone", "| lone |  | Only |"],
  ])("show %s", (start, expected) => {
    expect(row(text, start)).toBe(expected);
  });
});

describe("variables", () => {
  const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
  const text = readme({
    variable: {
      required: { type: "string", description: "Give <it>." },
      secret: { type: "string", sensitive: true, default: "hunter2" },
      asked_secret: { type: "string", sensitive: true },
      flag: { type: "bool", default: false },
      list: { type: "list(string)", default: ["a", "b"] },
      map: { type: "map(string)", default: { a: "`" } },
      pem: { type: "string", default: pem },
      script: { type: "string", default: "echo ${HOME}" },
      piped: { type: "string", default: "a|b" },
    },
  });

  test.each([
    ["`required`", "| `required` | Give &lt;it>. | *required* |"],
    ["`secret`", "| `secret` |  | *sensitive* |"],
    ["`asked_secret`", "| `asked_secret` |  | *required* |"],
    ["`flag`", "| `flag` |  | `false` |"],
    ["`list`", '| `list` |  | `["a","b"]` |'],
    ["`map`", '| `map` |  | ``{"a":"`"}`` |'],
    ["`pem`", "| `pem` |  | `-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----` |"],
    // Defaults of variables are constants, unlike those of parameters.
    ["`script`", "| `script` |  | `echo ${HOME}` |"],
    ["`piped`", "| `piped` |  | a&#124;b |"],
  ])("show %s", (start, expected) => {
    expect(row(text, start)).toBe(expected);
  });

  test("never show a secret", () => {
    expect(text).not.toContain("hunter2");
  });
});
