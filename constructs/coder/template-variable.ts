import { type TerraformStack, TerraformVariable, type TerraformVariableValidationConfig, Token } from "cdktf";
import { ValidationError, shown } from "../errors";
import { warn } from "../terraform/annotation";
import { isFree, pinLogicalId } from "../terraform/logical-id";

/** A value that is given when the template is pushed. */
export interface TemplateVariableProps {
  /** What it is for. */
  readonly description: string;
  /**
   * Its Terraform type.
   *
   * @default - that of `default`, or `string`
   */
  readonly type?: string;
  /**
   * The value unless another is given: a constant, in which nothing is meant for Terraform.
   *
   * @default - none: a push without a value fails
   */
  readonly default?: unknown;
  /**
   * Whether Terraform keeps the value out of plans and logs.
   *
   * @default false
   */
  readonly sensitive?: boolean;
  /**
   * Conditions that a value has to meet.
   *
   * @default - none
   */
  readonly validation?: TerraformVariableValidationConfig[];
}

/** Names that Terraform keeps for arguments of a module's block. */
const RESERVED = ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/** Declares a variable of a template. */
export function declareVariable(stack: TerraformStack, name: string, props: TemplateVariableProps): TerraformVariable {
  checkName(name);
  // Beside constructs of any name: an id of its own.
  const id = `variable:${name}`;
  if (stack.node.tryFindChild(id)) throw taken(name);
  const { default: value, type, validation, ...rest } = props;
  if (value !== undefined) checkDefault(name, value);
  if (rest.sensitive && validation !== undefined && validation.length > 0) {
    throw new ValidationError(
      "sensitive-variable-validation",
      `variable ${name} is sensitive and must have no validation, because Terraform shows the value that one refuses, whatever it is; leave it out, or check the value by a precondition of the resource that uses it`,
    );
  }
  const variable = new TerraformVariable(stack, id, {
    ...rest,
    type: type ?? (value === undefined ? "string" : typeOf(name, value)),
    validation: validation && [...validation],
    ...(value === undefined ? {} : { default: value }),
  });
  if (!isFree(variable, name)) throw taken(name);
  if (rest.sensitive && value !== undefined && value !== "") {
    warn(variable, {
      id: "sensitive-variable-default",
      message: `variable ${name} is sensitive, and its default stands in the template for everybody who may read that; leave default out, or give an empty one`,
    });
  }
  return pinLogicalId(variable, name);
}

function checkName(name: string): void {
  const refuse = (rule: string): never => {
    throw new ValidationError("variable-name-malformed", `variable ${shown(name)} ${rule}; write it as "https_proxy"`);
  };
  if (!/^[a-z_][a-z0-9_]*$/i.test(name)) refuse("must consist of letters, digits and _ and not begin with a digit");
  if (RESERVED.includes(name)) refuse("is a word of Terraform's own");
}

function taken(name: string): ValidationError {
  return new ValidationError(
    "variable-twice",
    `variable ${shown(name)} must be the only one of its name in the template; rename one of them`,
  );
}

function checkDefault(name: string, value: unknown): void {
  if (value === null) {
    throw new ValidationError(
      "variable-default-null",
      `variable ${name} has the default null, which Coder takes for "required"; give an empty value, or leave default out`,
    );
  }
  if (everyPart(value).some((part) => Token.isUnresolved(part))) {
    throw new ValidationError(
      "variable-default-reference",
      `variable ${name} has a reference in its default, where Terraform takes constants only; give a constant, or an empty value that a local replaces`,
    );
  }
}

/** The type of a default; where its parts differ, nobody can tell which is meant. */
function typeOf(name: string, value: unknown): string {
  const scalar = scalarType(value);
  if (scalar !== undefined) return scalar;
  const parts = partsOf(value) ?? [];
  const types = [...new Set(parts.map(scalarType))];
  const [type = "string"] = types;
  if (types.length > 1 || types.includes(undefined)) {
    throw new ValidationError(
      "variable-without-type",
      `variable ${name} has a default of no simple type; give its type, such as list(object({ name = string, port = number }))`,
    );
  }
  return `${Array.isArray(value) ? "list" : "map"}(${type})`;
}

function scalarType(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "bool";
    default:
      return undefined;
  }
}

/** The values in a list or map; undefined of anything else. */
function partsOf(value: unknown): unknown[] | undefined {
  return typeof value === "object" && value !== null ? Object.values(value) : undefined;
}

function everyPart(value: unknown): unknown[] {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return [value, ...keys, ...(partsOf(value) ?? []).flatMap(everyPart)];
}
