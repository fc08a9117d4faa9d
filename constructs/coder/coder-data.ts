import { TerraformDataSource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { DataCoderProvisioner } from "../providers/coder/data-coder-provisioner";
import { DataCoderWorkspace } from "../providers/coder/data-coder-workspace";
import { DataCoderWorkspaceOwner } from "../providers/coder/data-coder-workspace-owner";
import { pinLogicalId } from "../terraform/logical-id";

/**
 * What Coder tells a template of the workspace, its owner and the machine that runs Terraform. Each data source stands in
 * a stack once and is named `me`, the only name that Coder's dynamic parameters know.
 */
export class CoderData {
  /**
   * The data sources of the stack that a construct is in; those that the stack has already are used.
   *
   * @param scope - anything in the stack
   */
  public static of(scope: Construct): CoderData {
    return new CoderData(TerraformStack.of(scope));
  }

  private readonly stack: TerraformStack;

  private constructor(stack: TerraformStack) {
    this.stack = stack;
  }

  /** `data.coder_workspace.me` */
  public get workspace(): DataCoderWorkspace {
    return this.elements().find(isWorkspace) ?? this.me(DataCoderWorkspace, "coder-workspace");
  }

  /** `data.coder_workspace_owner.me` */
  public get owner(): DataCoderWorkspaceOwner {
    return this.elements().find(isOwner) ?? this.me(DataCoderWorkspaceOwner, "coder-workspace-owner");
  }

  /** `data.coder_provisioner.me` */
  public get provisioner(): DataCoderProvisioner {
    return this.elements().find(isProvisioner) ?? this.me(DataCoderProvisioner, "coder-provisioner");
  }

  /** What is in the stack itself: stacks may stand in stacks. */
  private elements(): IConstruct[] {
    return this.stack.node.findAll().filter((construct) => TerraformStack.of(construct) === this.stack);
  }

  private me<T extends TerraformDataSource>(type: new (scope: Construct, id: string) => T, id: string): T {
    return pinLogicalId(new type(this.stack, id), "me");
  }
}

function isWorkspace(construct: IConstruct): construct is DataCoderWorkspace {
  return isOfType(construct, DataCoderWorkspace.tfResourceType) && "startCount" in construct;
}

function isOwner(construct: IConstruct): construct is DataCoderWorkspaceOwner {
  return isOfType(construct, DataCoderWorkspaceOwner.tfResourceType) && "fullName" in construct;
}

function isProvisioner(construct: IConstruct): construct is DataCoderProvisioner {
  return isOfType(construct, DataCoderProvisioner.tfResourceType) && "arch" in construct;
}

// Of whichever bindings; but a bare TerraformDataSource has no attributes to refer to.
function isOfType(construct: IConstruct, type: string): boolean {
  return TerraformDataSource.isTerraformDataSource(construct) && construct.terraformResourceType === type;
}
