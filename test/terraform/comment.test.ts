import { TerraformLocal } from "cdktf";
import { commentOn, commentsOn } from "../../constructs/terraform/comment";
import { filesOf, testStack, testTemplate, token } from "../util";

describe("commentOn", () => {
  test("keeps comments in their order, with what they stand above", () => {
    const local = new TerraformLocal(testStack(), "x", "y");

    commentOn(local, "one");
    commentOn(local, "two", "attribute");

    expect(commentsOn(local)).toEqual([{ text: "one" }, { text: "two", attribute: "attribute" }]);
  });

  test("stands above the element in a template", () => {
    const template = testTemplate();
    commentOn(new TerraformLocal(template, "x", "y"), "why\nand how");

    expect(filesOf(template)["main.tf"]).toContain('locals {\n  # why\n  # and how\n  x = "y"\n}');
  });

  test("is nothing in the JSON of other stacks", () => {
    const stack = testStack();
    commentOn(new TerraformLocal(stack, "x", "y"), "why");

    expect(filesOf(stack)["cdk.tf.json"]).not.toContain("why");
  });

  test.each([
    ["line ends of all systems", "a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne"],
    ["tabs", "a\tb", "a  b"],
    ["control characters and marks of direction", "a\u0000b\u202ec\ufeffd", "a b c d"],
    ["what joins letters", "a\u200db", "a\u200db"],
    ["blanks around it", "  a \n", "a"],
  ])("makes lines of plain text: %s", (_, text, expected) => {
    const local = new TerraformLocal(testStack(), "x", "y");

    commentOn(local, text);

    expect(commentsOn(local)).toEqual([{ text: expected }]);
  });

  test("fails on a token, which would be its name in the comment", () => {
    const local = new TerraformLocal(testStack(), "x", "y");

    expect(() => commentOn(local, `see ${token("var.x")}`)).toThrow("the one on stack/x holds a token");
  });
});
