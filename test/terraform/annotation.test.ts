import { Construct } from "constructs";
import { inform, warn } from "../../constructs/terraform/annotation";
import { annotations, synthesized, testStack } from "../util";

test("is in the manifest once, without the paths of this machine", () => {
  const stack = testStack();
  const construct = new Construct(stack, "workspace");

  warn(construct, "mind the gap [gap]");
  warn(construct, "mind the gap [gap]");
  inform(construct, "publish with: …");

  expect(annotations(stack)).toEqual(["warn: mind the gap [gap]", "info: publish with: …"]);
  expect(JSON.parse(synthesized(stack)["manifest.json"] ?? "").stacks.stack.annotations).toEqual([
    { constructPath: "stack/workspace", level: "@cdktf/warn", message: "mind the gap [gap]" },
    { constructPath: "stack/workspace", level: "@cdktf/info", message: "publish with: …" },
  ]);
});

test("says the same of two constructs", () => {
  const stack = testStack();

  warn(new Construct(stack, "a"), "x");
  warn(new Construct(stack, "b"), "x");

  expect(annotations(stack)).toEqual(["warn: x", "warn: x"]);
});
