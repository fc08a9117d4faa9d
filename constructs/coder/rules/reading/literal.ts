import type { TerraformBody, TerraformValue } from "../../../terraform/tree";
import { scanTemplate } from "./template-scanner";

/**
 * The text that a value stands for, when that is certain: an expression is known to Terraform only.
 *
 * Numbers and booleans count as text, because Terraform turns them into text where text is wanted.
 */
export function literal(value: TerraformValue): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return undefined;
  const literals = literalParts(value);
  return literals.length === 1 ? literals[0] : undefined;
}

/** The parts of a template that do not depend on anything. */
export function literalParts(text: string): readonly string[] {
  return mayHoldExpression(text) ? scanTemplate(text).literals : [text];
}

/** Spares the scan of the many strings that are just text. */
export function mayHoldExpression(text: string): boolean {
  return text.includes("${") || text.includes("%{");
}

/** A truth value as Terraform reads it, with what holds when it is left out; undefined for an expression. */
export function literalFlag(value: TerraformValue, unset: boolean): boolean | undefined {
  if (value === undefined || value === null) return unset;
  const text = literal(value);
  return text === "true" ? true : text === "false" ? false : undefined;
}

/** Is it left out, as far as Terraform is concerned? */
export function isUnset(value: TerraformValue): value is undefined | null {
  return value === undefined || value === null;
}

/** A mapping: a block, or an attribute that holds an object. */
export function isBody(value: TerraformValue): value is TerraformBody {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The nested blocks of one name: Terraform's JSON syntax takes one object or a list of them.
 *
 * Undefined if they cannot be told, because a `dynamic` block or an expression makes them.
 */
export function blocks(body: TerraformBody, name: string): readonly TerraformBody[] | undefined {
  const dynamic = body["dynamic"];
  const dynamics: readonly TerraformValue[] = Array.isArray(dynamic) ? dynamic : [dynamic];
  if (dynamics.some((one) => isBody(one) && one[name] !== undefined)) return undefined;
  const value = body[name];
  if (isUnset(value)) return [];
  const list: readonly TerraformValue[] = Array.isArray(value) ? value : [value];
  return list.every(isBody) ? list : undefined;
}

/** For messages: quoted, as it stands in the template. */
export function quoted(value: TerraformValue): string {
  return JSON.stringify(value) ?? "nothing";
}
