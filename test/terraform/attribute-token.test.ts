import { TerraformOutput } from "cdktf";
import { DataCoderWorkspace } from "../../constructs/providers/coder/data-coder-workspace";
import { attributeToken } from "../../constructs/terraform/attribute-token";
import { teamStack, treeOf } from "../util";

describe("attributeToken", () => {
  test("is one token of each attribute of each element", () => {
    const stack = teamStack();
    const [one, other] = [new DataCoderWorkspace(stack, "one"), new DataCoderWorkspace(stack, "other")];

    expect(attributeToken(one, "name")).toBe(attributeToken(one, "name"));
    expect(attributeToken(one, "startCount")).toBe(attributeToken(one, "startCount"));
    expect(new Set([attributeToken(one, "name"), attributeToken(one, "id"), attributeToken(other, "name")]).size).toBe(
      3,
    );
  });

  test("means what the attribute means", () => {
    const stack = teamStack();
    const workspace = new DataCoderWorkspace(stack, "me");
    const value = [attributeToken(workspace, "name"), attributeToken(workspace, "startCount")];
    new TerraformOutput(stack, "o", { value, staticId: true });

    expect(treeOf(stack)["output"]).toEqual({
      o: { value: ["${data.coder_workspace.me.name}", "${data.coder_workspace.me.start_count}"] },
    });
  });
});
