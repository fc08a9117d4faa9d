import { TerraformDataSource, TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { DataCoderProvisioner } from "../providers/coder/data-coder-provisioner";
import { DataCoderWorkspace } from "../providers/coder/data-coder-workspace";
import { DataCoderWorkspaceOwner } from "../providers/coder/data-coder-workspace-owner";
import { pinLogicalId } from "../terraform/logical-id";

const dataOfStacks = new WeakMap<TerraformStack, CoderData>();

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
    const stack = TerraformStack.of(scope);
    const data = dataOfStacks.get(stack) ?? new CoderData(stack);
    dataOfStacks.set(stack, data);
    return data;
  }

  private readonly stack: TerraformStack;
  private readonly found = new Map<unknown, IConstruct>();

  private constructor(stack: TerraformStack) {
    this.stack = stack;
  }

  /** `data.coder_workspace.me` */
  public get workspace(): DataCoderWorkspace {
    return this.only(isWorkspace) ?? this.me(DataCoderWorkspace, "coder-workspace");
  }

  /** `data.coder_workspace_owner.me` */
  public get owner(): DataCoderWorkspaceOwner {
    return this.only(isOwner) ?? this.me(DataCoderWorkspaceOwner, "coder-workspace-owner");
  }

  /** `data.coder_provisioner.me` */
  public get provisioner(): DataCoderProvisioner {
    return this.only(isProvisioner) ?? this.me(DataCoderProvisioner, "coder-provisioner");
  }

  /** Of what is in the stack itself: stacks may stand in stacks. */
  private only<T extends IConstruct>(isIt: (construct: IConstruct) => construct is T): T | undefined {
    const known = this.found.get(isIt);
    if (known && isIt(known) && isInTree(known)) return known;
    const found = this.stack.node.findAll().find((one) => isIt(one) && TerraformStack.of(one) === this.stack);
    if (!found || !isIt(found)) return undefined;
    this.found.set(isIt, found);
    return found;
  }

  private me<T extends TerraformDataSource>(type: new (scope: Construct, id: string) => T, id: string): T {
    return pinLogicalId(new type(this.stack, id), "me");
  }
}

/** Not taken out of it again. */
function isInTree({ node }: IConstruct): boolean {
  return node.scope?.node.tryFindChild(node.id)?.node === node;
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
