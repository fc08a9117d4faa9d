import type { BlockNames } from "../../../constructs/terraform/hcl/block-grammar";
import { type HclComments, writeBlocks } from "../../../constructs/terraform/hcl/hcl-writer";
import type { TerraformBody, TerraformTree } from "../../../constructs/terraform/tree";

function written(tree: TerraformTree, comments?: HclComments): string {
  const names: BlockNames = { tag: {}, rule: {} };
  return writeBlocks(tree, () => names, comments)
    .map(({ text }) => text)
    .join("\n");
}

const resource = (body: TerraformBody): TerraformTree => ({ resource: { thing: { a: body } } });

const on = (address: string, texts: Record<string, string>): HclComments =>
  new Map([[address, new Map(Object.entries(texts))]]);

describe("comments", () => {
  test("stand above the block, its attributes and its nested blocks", () => {
    const body = { a: 1, b: 2, c: 3, tag: [{ x: 1 }], dynamic: { rule: { for_each: [], content: {} } } };
    const texts = { "": "The thing.\n\nMore.", b: "Why two.", tag: "Why a tag.", rule: "Why rules." };

    expect(written(resource(body), on("thing.a", texts))).toBe(
      `# The thing.
#
# More.
resource "thing" "a" {
  a = 1

  # Why two.
  b = 2
  c = 3

  # Why a tag.
  tag {
    x = 1
  }

  # Why rules.
  dynamic "rule" {
    for_each = []

    content {}
  }
}
`,
    );
  });

  test("are wrapped, list items below their own words", () => {
    const word = "x".repeat(30);
    const text = `${[word, word, word, word].join(" ")}\n- ${[word, word, word, word].join(" ")}`;

    expect(
      written(resource({}), on("thing.a", { "": text }))
        .split("\n")
        .slice(0, 4),
    ).toEqual([`# ${word} ${word} ${word}`, `# ${word}`, `# - ${word} ${word} ${word}`, `#   ${word}`]);
  });

  test("fail on what the block does not have", () => {
    expect(() => written(resource({ a: 1 }), on("thing.a", { tags: "x" }))).toThrow(
      "thing.a: there is a comment on tags, which it does not have; comment on what it has",
    );
  });
});
