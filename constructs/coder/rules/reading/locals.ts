import type { TerraformBody, TerraformTree, TerraformValue } from "../../../terraform/tree";
import { isBody } from "./literal";
import { referencesIn, referencesOf, type Reference } from "./references";

/** The local values of the template. */
export function localValues(tree: TerraformTree): TerraformBody {
  const locals = tree["locals"];
  return isBody(locals) ? locals : {};
}

/**
 * The references that a value makes itself or through local values.
 *
 * Of a local object only the part that is used counts: `local.images.base` says nothing of `local.images.extra`.
 */
export function throughLocals(tree: TerraformTree, references: readonly Reference[]): readonly Reference[] {
  const found: Reference[] = [];
  const seen = new Set<string>();
  const follow = (reference: Reference): void => {
    if (reference.kind !== "local") {
      found.push(reference);
      return;
    }
    if (seen.has(reference.text)) return;
    seen.add(reference.text);
    referencesIn(usedPart(tree, reference)).forEach(follow);
  };
  references.forEach(follow);
  return found;
}

/** What a block refers to itself or through local values. */
export function referencesThroughLocals(tree: TerraformTree, body: TerraformBody): readonly Reference[] {
  return throughLocals(tree, referencesOf(body));
}

function usedPart(tree: TerraformTree, reference: Reference): TerraformValue {
  let value = localValues(tree)[reference.address.slice("local.".length)];
  for (const step of reference.steps) {
    if (step.kind !== "attribute" || !isBody(value) || !(step.name in value)) return value;
    value = value[step.name];
  }
  return value;
}
