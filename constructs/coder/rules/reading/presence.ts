import type { TerraformBody, TerraformTree } from "../../../terraform/tree";
import { isUnset, literal } from "./literal";
import { throughLocals } from "./locals";
import { referencesIn, referencesOf, type Reference } from "./references";

const WORKSPACE = "data.coder_workspace.me";

/** Is there more or less than one of it, or may there be? */
export function isMultiplied(body: TerraformBody): boolean {
  return !isUnset(body["count"]) || !isUnset(body["for_each"]);
}

/**
 * Is it there in every running workspace, as far as can be told?
 *
 * Two elements that a condition switches may exclude each other, so they do not clash for certain.
 */
export function isAlwaysThere(body: TerraformBody): boolean {
  if (!isUnset(body["for_each"])) return false;
  const count = body["count"];
  return isUnset(count) || Number(literal(count)) >= 1 || count === `\${${WORKSPACE}.start_count}`;
}

/** Does Coder remove it when the workspace stops? */
export function isRemovedOnStop(tree: TerraformTree, body: TerraformBody): boolean {
  return [body["count"], body["for_each"]].some((value) =>
    throughLocals(tree, referencesIn(value)).some(tellsTransition),
  );
}

/** Does anything in it change when the workspace stops: a count, a number of replicas, a desired state? */
export function followsTransition(tree: TerraformTree, body: TerraformBody): boolean {
  return throughLocals(tree, referencesOf(body)).some(tellsTransition);
}

/** Does a reference lead to the workspace's own id, which no other workspace has and which never changes? */
export function isWorkspaceId(reference: Reference): boolean {
  return takes(reference, "id");
}

function tellsTransition(reference: Reference): boolean {
  return takes(reference, "start_count") || takes(reference, "transition");
}

function takes({ address, steps }: Reference, attribute: string): boolean {
  const [step] = steps;
  return address === WORKSPACE && step?.kind === "attribute" && step.name === attribute;
}
