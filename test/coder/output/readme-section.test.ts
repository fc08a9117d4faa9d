import { Construct } from "constructs";
import { describeInReadme, readmeSections } from "../../../constructs/coder/output/readme-section";
import { filesOf, testStack, testTemplate } from "../../util";

test("stands in the README of the template, between its own sections", () => {
  const template = testTemplate();
  describeInReadme(new Construct(template, "workspace"), { title: "Network", body: "All of it." });

  expect(filesOf(template)["README.md"]).toContain("\n## Network\n\nAll of it.\n\n## Publishing\n");
});

test("is not shown of another stack", () => {
  const stack = testStack();
  describeInReadme(stack, { title: "Network", body: "All of it." });

  expect(Object.keys(filesOf(stack))).toEqual(["cdk.tf.json"]);
});

test("says whose it is where two constructs say different things", () => {
  const stack = testStack();
  describeInReadme(new Construct(stack, "one"), { title: "Network", body: "a" });
  describeInReadme(new Construct(stack, "two"), { title: "Network", body: "b" });
  describeInReadme(new Construct(stack, "three"), { title: "Disk", body: "c" });

  expect(readmeSections(stack)).toEqual([
    { title: "Network of one", body: "a" },
    { title: "Network of two", body: "b" },
    { title: "Disk", body: "c" },
  ]);
});

test("stands once where they say the same", () => {
  const stack = testStack();
  describeInReadme(new Construct(stack, "one"), { title: "Network", body: "a" });
  describeInReadme(new Construct(stack, "two"), { title: "Network", body: "a" });

  expect(readmeSections(stack)).toEqual([{ title: "Network", body: "a" }]);
});
