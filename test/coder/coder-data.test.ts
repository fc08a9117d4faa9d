import { TerraformDataSource, TerraformOutput, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CoderData } from "../../constructs/coder/coder-data";
import { DataCoderWorkspace } from "../../constructs/providers/coder/data-coder-workspace";
import { addresses, teamStack, treeOf } from "../util";

describe("CoderData", () => {
  test("has each data source once, and only what is asked for", () => {
    const stack = teamStack();

    const { workspace } = CoderData.of(stack);
    expect(addresses(treeOf(stack))).toEqual(["data.coder_workspace.me", "provider.coder", "provider.docker"]);

    const deep = CoderData.of(new Construct(new Construct(stack, "a"), "b"));
    expect(deep.workspace).toBe(workspace);
    expect(deep.owner).toBe(CoderData.of(stack).owner);
    expect(deep.provisioner).toBe(CoderData.of(stack).provisioner);
    expect(Object.keys(treeOf(stack).data ?? {})).toEqual([
      "coder_provisioner",
      "coder_workspace",
      "coder_workspace_owner",
    ]);
  });

  test("makes one anew where somebody took it out of the stack", () => {
    const stack = teamStack();
    const { workspace } = CoderData.of(stack);
    stack.node.tryRemoveChild(workspace.node.id);

    expect(CoderData.of(stack).workspace).not.toBe(workspace);
    expect(CoderData.of(stack).workspace.node.scope).toBe(stack);
  });

  test("uses those that a team has already, wherever they stand", () => {
    const stack = teamStack();
    const own = new DataCoderWorkspace(new Construct(stack, "team"), "workspace");
    own.overrideLogicalId("me");

    expect(CoderData.of(stack).workspace).toBe(own);
    expect(Object.keys(treeOf(stack).data?.["coder_workspace"] ?? {})).toEqual(["me"]);
  });

  test("does not use those of a stack inside", () => {
    const stack = teamStack();
    new DataCoderWorkspace(new TerraformStack(stack, "inside"), "me");

    expect(TerraformStack.of(CoderData.of(stack).workspace)).toBe(stack);
  });

  test("fails on a data source without attributes to refer to, naming it", () => {
    const stack = teamStack();
    new TerraformDataSource(stack, "me", { terraformResourceType: "coder_workspace" });

    expect(() => CoderData.of(stack).workspace).toThrow(
      /stack\/coder-workspace and stack\/me are both data.coder_workspace.me/,
    );
  });

  test("refers to what Coder tells", () => {
    const stack = teamStack();
    const { workspace, owner, provisioner } = CoderData.of(stack);
    new TerraformOutput(stack, "o", { value: [workspace.id, owner.name, provisioner.arch], staticId: true });

    expect(treeOf(stack)["output"]).toEqual({
      o: {
        value: [
          "${data.coder_workspace.me.id}",
          "${data.coder_workspace_owner.me.name}",
          "${data.coder_provisioner.me.arch}",
        ],
      },
    });
  });
});
