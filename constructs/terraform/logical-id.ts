import { TerraformElement, TerraformStack } from "cdktf";
import { ValidationError, shown } from "../errors";
import { kindOf } from "./element-address";

/**
 * Gives an element a name of its own in Terraform: readable, and the same wherever the construct stands, because running
 * workspaces and people know the element by it.
 *
 * @throws when the name is none for Terraform, or the stack has such an element of the same kind and name already: one would
 *   replace the other silently. An element that gets the name later is found at synth.
 */
export function pinLogicalId<T extends TerraformElement>(element: T, name: string): T {
  if (!/^[a-z_][a-z0-9_-]*$/i.test(name)) {
    throw new ValidationError(
      "logical-id-malformed",
      `${element.node.path} cannot be named ${shown(name)} in Terraform, where names consist of letters, digits, _ and - and begin with a letter or _; give the construct such an id`,
    );
  }
  const [found] = twins(element, name);
  if (found) throw new ValidationError("logical-id-twice", twinMessage(element, found, name));
  element.overrideLogicalId(name);
  element.node.addValidation({
    validate: () => twins(element, name).map((twin) => `${twinMessage(element, twin, name)} [logical-id-twice]`),
  });
  return element;
}

/**
 * As `pinLogicalId`, for elements that nobody outside of the stack knows.
 *
 * @param names - the first that is free is taken
 */
export function pinFreeLogicalId<T extends TerraformElement>(element: T, names: readonly [string, ...string[]]): T {
  return pinLogicalId(element, names.find((name) => isFree(element, name)) ?? names[0]);
}

/** Whether no other element of the same kind in the stack has the name. */
export function isFree(element: TerraformElement, name: string): boolean {
  return twins(element, name).length === 0;
}

function twins(element: TerraformElement, name: string): TerraformElement[] {
  const stack = TerraformStack.of(element);
  const kind = kindOf(element);
  return stack.node
    .findAll()
    .filter((other): other is TerraformElement => TerraformElement.isTerraformElement(other))
    .filter(
      (other) =>
        other !== element &&
        // The name last: to find out that of an element which has none of its own yet is the most work.
        kindOf(other) === kind &&
        nameOf(other, stack) === name &&
        TerraformStack.of(other) === stack,
    );
}

/** `friendlyUniqueId` without its side effect: once asked for, it stays, and a later `overrideLogicalId` does nothing. */
function nameOf(element: TerraformElement, stack: TerraformStack): string {
  return element["_friendlyUniqueId"] ?? element["_logicalIdOverride"] ?? stack.getLogicalId(element);
}

function twinMessage(element: TerraformElement, twin: TerraformElement, name: string): string {
  return `${element.node.path} and ${twin.node.path} are both ${kindOf(element)}.${name} in Terraform; give one of the constructs another id than ${shown(name)}`;
}
