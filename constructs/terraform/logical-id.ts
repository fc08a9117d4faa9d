import { TerraformDataSource, TerraformElement, TerraformStack } from "cdktf";
import { ValidationError, shown } from "../errors";

/**
 * Gives an element a name of its own in Terraform: readable, and the same wherever the construct stands, because running
 * workspaces and people know the element by it.
 *
 * @throws when the stack has such an element of the same kind and name already: one would replace the other silently
 */
export function pinLogicalId<T extends TerraformElement>(element: T, name: string): T {
  const kind = kindOf(element);
  const twin = TerraformStack.of(element)
    .node.findAll()
    .find((other) => other !== element && isSame(other, kind, name));
  if (twin) {
    throw new ValidationError(
      "logical-id-twice",
      `${element.node.path} and ${twin.node.path} are both ${kind}.${name} in Terraform; give one of the constructs another id than ${shown(name)}`,
    );
  }
  element.overrideLogicalId(name);
  return element;
}

function isSame(other: unknown, kind: string, name: string): boolean {
  return TerraformElement.isTerraformElement(other) && kindOf(other) === kind && other.friendlyUniqueId === name;
}

function kindOf(element: TerraformElement): string {
  if (!("terraformResourceType" in element)) return element.constructor.name;
  return `${TerraformDataSource.isTerraformDataSource(element) ? "data." : ""}${String(element.terraformResourceType)}`;
}
