import type { TerraformElement } from "cdktf";

const tokens = new WeakMap<TerraformElement, Map<PropertyKey, unknown>>();

/**
 * An attribute of an element, as one token however often it is asked for. Where it is asked of the element itself, cdktf makes
 * a new one each time, with a stack trace; a fifth of the tokens of a template were such doubles.
 */
export function attributeToken<E extends TerraformElement, K extends keyof E>(element: E, attribute: K): E[K] {
  const known: Map<PropertyKey, unknown> = tokens.get(element) ?? new Map<PropertyKey, unknown>();
  tokens.set(element, known);
  if (!known.has(attribute)) known.set(attribute, element[attribute]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it was put there under this name
  return known.get(attribute) as E[K];
}
