import { ValidationError, shown } from "../errors";
import { hasReference } from "./text";

/** What a value has to be: `a string`, what to do about another, and how to tell. @internal */
export interface ValueKind {
  readonly what: string;
  readonly remedy: string;
  readonly is: (value: unknown) => boolean;
  /**
   * Whether messages show a string of the wrong kind, because none of it can be secret.
   *
   * @default false
   */
  readonly shows?: boolean;
}

/** @internal */
export const STRING: ValueKind = {
  what: "a string",
  remedy: "put it into quotes",
  is: (value) => typeof value === "string",
};

/** A string that goes to Terraform as it is. @internal */
export const STRING_OR_TOKEN: ValueKind = { ...STRING, is: (value) => STRING.is(value) || isToken(value) };

/** What decides at synth, where a reference has no value. @internal */
export const BOOLEAN: ValueKind = {
  what: "true or false",
  remedy: "write it without quotes",
  is: (value) => typeof value === "boolean",
};

/** A boolean that goes to Terraform as it is. @internal */
export const BOOLEAN_OR_TOKEN: ValueKind = {
  ...BOOLEAN,
  is: (value) => BOOLEAN.is(value) || isToken(value) || (typeof value === "string" && hasReference(value)),
};

/** @internal */
export const LIST: ValueKind = { what: "a list", remedy: "write it in [ ]", is: (value) => Array.isArray(value) };

/** @internal */
export const STRING_LIST: ValueKind = {
  what: "a list of strings",
  remedy: 'write it as ["…"]',
  is: (value) => Array.isArray(value) && value.every((one) => STRING_OR_TOKEN.is(one)),
};

/** @internal */
export const OBJECT: ValueKind = {
  what: "an object",
  remedy: "write it as { … }",
  is: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};

/**
 * A value of an enumeration.
 *
 * @param name - the enumeration's, as users import it
 * @internal
 */
export function ofEnum(name: string, values: { readonly [key: string]: string }): ValueKind {
  const known: readonly unknown[] = Object.values(values);
  return {
    what: `one of ${known.join(", ")}`,
    remedy: `use a value of ${name}`,
    is: (value) => known.includes(value),
    shows: true,
  };
}

/**
 * Checks for those who write JavaScript, or `any`, that a value is what its type says. Another is not shown: it may be a
 * secret.
 *
 * @param at - the prop
 * @throws when it is something else
 * @internal
 */
export function checkKind(at: string, { what, remedy, is, shows }: ValueKind, value: unknown): void {
  if (is(value)) return;
  const given = shows && typeof value === "string" ? shown(value) : `is ${described(value)} and`;
  throw new ValidationError("prop-of-wrong-kind", `${at} ${given} must be ${what}; ${remedy}`);
}

/** What cdktf resolves, as it tells itself. */
function isToken(value: unknown): boolean {
  return typeof value === "object" && value !== null && "resolve" in value && typeof value.resolve === "function";
}

function described(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "another object" : `a ${typeof value}`;
}
