/** A value as Terraform's JSON syntax has it; strings are templates. */
export type TerraformValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | readonly TerraformValue[]
  | { readonly [name: string]: TerraformValue };

/** The attributes and nested blocks of one block, as Terraform's JSON syntax has them. */
export type TerraformBody = { readonly [name: string]: TerraformValue };

/**
 * A stack as Terraform's JSON syntax has it: tokens resolved, overrides applied.
 *
 * Below `resource` and `data` stand type and name, below the other kinds their own labels or lists.
 */
export interface TerraformTree {
  readonly [kind: string]: TerraformValue;
  readonly resource?: { readonly [type: string]: { readonly [name: string]: TerraformBody } };
  readonly data?: { readonly [type: string]: { readonly [name: string]: TerraformBody } };
  readonly variable?: { readonly [name: string]: TerraformBody };
}
