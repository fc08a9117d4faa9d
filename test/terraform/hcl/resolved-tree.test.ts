import { LocalBackend, TerraformStack, TerraformOutput, TerraformVariable, Token } from "cdktf";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { prepareStack, resolvedTree } from "../../../constructs/terraform/hcl/resolved-tree";
import { PROGRAMS } from "../../real/hcl/programs";
import { stackOf } from "../../real/hcl/synthesis";
import { scratchFolder } from "../../scratch";
import { testApp, testStack } from "../../util";

/** What either gives, or what it throws; as text, because the order counts. */
function outcome(make: () => unknown): string {
  try {
    return JSON.stringify(make());
  } catch (error) {
    return String(error).split("\n")[0] ?? "";
  }
}

const prepared = (stack: TerraformStack): TerraformStack => {
  stack.prepareStack();
  return stack;
};

describe("resolvedTree", () => {
  test.each(PROGRAMS)("is what cdktf makes of the program $name, in the same order", (program) => {
    const folder = scratchFolder();
    const ours = outcome(() => resolvedTree(prepared(stackOf(program, folder, "json"))));
    const cdktfs = outcome((): unknown => prepared(stackOf(program, folder, "json")).toTerraform());

    expect(ours.replace(/TOKEN\.\d+/g, "")).toBe(cdktfs.replace(/TOKEN\.\d+/g, ""));
  });

  test.each<[string, (stack: TerraformStack) => void]>([
    ["a number that is a token", (stack) => new TerraformOutput(stack, "o", { value: Token.asNumber("${x}") })],
    ["a list that is a token", (stack) => new TerraformOutput(stack, "o", { value: Token.asList("${x}") })],
    [
      "a list of numbers that is one",
      (stack) => new TerraformOutput(stack, "o", { value: Token.asNumberList("${x}") }),
    ],
    ["a map that is a token", (stack) => new TerraformOutput(stack, "o", { value: Token.asStringMap("${x}") })],
    ["a token in a text", (stack) => new TerraformOutput(stack, "o", { value: `a ${Token.asString("${x}")} b` })],
    ["a token in a name", (stack) => new TerraformOutput(stack, "o", { value: { [Token.asString("x")]: 1 } })],
    ["a number in a text", (stack) => new TerraformOutput(stack, "o", { value: `a ${Token.asNumber("${x}")} b` })],
    ["a name that cdktf takes for a method", (stack) => new TerraformOutput(stack, "o", { value: { resolve: "x" } })],
    ["undefined and null", (stack) => new TerraformOutput(stack, "o", { value: [undefined, null, { a: undefined }] })],
    ["a deletion by override", (stack) => stack.addOverride("output.o.value", undefined)],
    ["a token by override", (stack) => stack.addOverride("output.o.value", Token.asString("${x}"))],
    ["a cloud backend", (stack) => new LocalBackend(stack, { path: "x" })],
  ])("is what cdktf makes of %s", (_, build) => {
    const stack = testStack();
    new TerraformVariable(stack, "v", {});
    build(stack);

    expect(outcome(() => resolvedTree(stack))).toBe(outcome((): unknown => stack.toTerraform()));
  });
});

describe("prepareStack", () => {
  test("makes the references between stacks that cdktf makes", () => {
    const trees = [prepareStack, (stack: TerraformStack) => stack.prepareStack()].map((prepare) => {
      const app = testApp();
      const [from, to] = [new TerraformStack(app, "from"), new TerraformStack(app, "to")];
      for (const stack of [from, to]) new DockerProvider(stack, "docker");
      const { name } = new Volume(from, "v", { name: "v" });
      new Volume(to, "w", { name: `${name}-2` });

      for (const stack of [from, to]) prepare(stack);

      return JSON.stringify([resolvedTree(from), resolvedTree(to)]);
    });

    expect(trees[0]).toBe(trees[1]);
    expect(trees[0]).toContain("cross-stack-output");
  });
});
