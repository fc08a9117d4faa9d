import { TerraformDataSource, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { DataCoderProvisioner } from "../providers/coder/data-coder-provisioner";
import { DataCoderWorkspace } from "../providers/coder/data-coder-workspace";
import { DataCoderWorkspaceOwner } from "../providers/coder/data-coder-workspace-owner";
import { pinLogicalId } from "../terraform/logical-id";

/**
 * What Coder tells a template of the workspace, its owner and the machine that runs Terraform. Each data source stands in
 * a stack once and is named `me`, the only name that Coder's dynamic parameters know.
 */
export class CoderData {
  /** The data sources of the stack that a construct is in; those that the stack has already are used. */
  public static of(scope: Construct): CoderData {
    return new CoderData(TerraformStack.of(scope));
  }

  private readonly stack: TerraformStack;

  private constructor(stack: TerraformStack) {
    this.stack = stack;
  }

  /** `data.coder_workspace.me` */
  public get workspace(): DataCoderWorkspace {
    return (
      this.stack.node.findAll().find(isWorkspace) ??
      pinLogicalId(new DataCoderWorkspace(this.stack, "coder-workspace"), "me")
    );
  }

  /** `data.coder_workspace_owner.me` */
  public get owner(): DataCoderWorkspaceOwner {
    return (
      this.stack.node.findAll().find(isOwner) ??
      pinLogicalId(new DataCoderWorkspaceOwner(this.stack, "coder-workspace-owner"), "me")
    );
  }

  /** `data.coder_provisioner.me` */
  public get provisioner(): DataCoderProvisioner {
    return (
      this.stack.node.findAll().find(isProvisioner) ??
      pinLogicalId(new DataCoderProvisioner(this.stack, "coder-provisioner"), "me")
    );
  }
}

function isWorkspace(construct: unknown): construct is DataCoderWorkspace {
  return isOfType(construct, DataCoderWorkspace.tfResourceType);
}

function isOwner(construct: unknown): construct is DataCoderWorkspaceOwner {
  return isOfType(construct, DataCoderWorkspaceOwner.tfResourceType);
}

function isProvisioner(construct: unknown): construct is DataCoderProvisioner {
  return isOfType(construct, DataCoderProvisioner.tfResourceType);
}

function isOfType(construct: unknown, type: string): boolean {
  return TerraformDataSource.isTerraformDataSource(construct) && construct.terraformResourceType === type;
}
