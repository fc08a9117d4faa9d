import { Construct } from "constructs";
import { inform, silence, warn } from "../../constructs/terraform/annotation";
import { annotations, synthesized, testStack } from "../util";

const GAP = { id: "ca-expires-soon", message: "mind the gap" } as const;

test("is in the manifest once, without the paths of this machine", () => {
  const stack = testStack();
  const construct = new Construct(stack, "workspace");

  warn(construct, GAP);
  warn(construct, GAP);
  inform(construct, "publish with: …");

  expect(annotations(stack)).toEqual(["warn: mind the gap [ca-expires-soon]", "info: publish with: …"]);
  expect(JSON.parse(synthesized(stack)["manifest.json"] ?? "").stacks.stack.annotations).toEqual([
    { constructPath: "stack/workspace", level: "@cdktf/warn", message: "mind the gap [ca-expires-soon]" },
    { constructPath: "stack/workspace", level: "@cdktf/info", message: "publish with: …" },
  ]);
});

test("says the same of two constructs", () => {
  const stack = testStack();

  warn(new Construct(stack, "a"), GAP);
  warn(new Construct(stack, "b"), GAP);

  expect(annotations(stack)).toHaveLength(2);
});

describe("silence", () => {
  test("leaves out that warning of the construct and of what is in it, and no other", () => {
    const stack = testStack();
    const quiet = new Construct(stack, "quiet");
    silence(quiet, { "ca-expires-soon": "replaced next week" });

    warn(quiet, GAP);
    warn(new Construct(quiet, "part"), GAP);
    warn(quiet, { id: "ca-not-yet-valid", message: "too early" });
    warn(new Construct(stack, "other"), GAP);

    expect(annotations(stack)).toEqual(["warn: too early [ca-not-yet-valid]", "warn: mind the gap [ca-expires-soon]"]);
  });

  test("adds to what is silenced around the construct", () => {
    const stack = testStack();
    silence(stack, { "ca-expires-soon": "replaced next week" });
    const workspace = new Construct(stack, "workspace");
    silence(workspace, { "ca-not-yet-valid": "valid at the roll-out" });

    warn(workspace, GAP);
    warn(workspace, { id: "ca-not-yet-valid", message: "too early" });

    expect(annotations(stack)).toEqual([]);
  });
});
