import type { TerraformValue } from "../tree";

type TerraformObject = { readonly [name: string]: TerraformValue };

/** Whether a value is an object, that is neither a list nor a scalar. */
export function isObject(value: TerraformValue): value is TerraformObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: TerraformValue): value is readonly TerraformValue[] {
  return Array.isArray(value);
}

/** A value that may also be one of a list. */
export function asList(value: TerraformValue): readonly TerraformValue[] {
  return isList(value) ? value : [value];
}
