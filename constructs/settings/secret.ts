import { ValidationError } from "../errors";
import { stretches } from "./stretches";
import type { Interpolation } from "./text";
import { checkKind, type ValueKind } from "./value-kinds";

/** The part of a `TerraformVariable` that a secret is made from. */
export interface ISecretVariable {
  /**
   * Has to be `true`, so that Terraform keeps the value out of plans and logs.
   *
   * @default - not sensitive: no secret can be made from it
   */
  readonly sensitive?: unknown;
  /** The reference to the variable. */
  readonly stringValue: string;
}

const SECRET = Symbol.for("cdktf-coder-envbuilder.Secret");

const VARIABLE: ValueKind = {
  what: "a TerraformVariable",
  remedy: "declare one with sensitive: true and give that",
  is: (value) => typeof value === "object" && value !== null && "stringValue" in value,
};

/**
 * A secret by reference: where Terraform finds it, never what it is. Nothing secret is in a synthesized template.
 */
export class Secret {
  /**
   * A value that is given when the template is pushed.
   *
   * @param variable - a variable declared with `sensitive: true`
   * @throws when it is no variable or is not sensitive, or its reference is none
   */
  public static fromVariable(variable: ISecretVariable): Secret {
    checkKind("variable of Secret.fromVariable", VARIABLE, variable);
    if (variable.sensitive !== true) {
      throw new ValidationError(
        "secret-variable-not-sensitive",
        "a secret must come from a variable with sensitive = true, because Terraform shows the others in plans and logs; add sensitive: true to the variable",
      );
    }
    checkReference(variable.stringValue);
    return new Secret(variable.stringValue, false);
  }

  /**
   * A value that another element of the stack has, such as `accessToken` of a `DataCoderExternalAuth`.
   *
   * @param reference - a token or `${…}` and nothing beside it; its value is marked as sensitive where it is used
   * @throws when it is anything but one reference: the value itself has no place in a template
   */
  public static fromReference(reference: string): Secret {
    checkReference(reference);
    return new Secret(reference, true);
  }

  /** Whether a value is a secret of this library, in whichever copy of the package. */
  public static isSecret(value: unknown): value is Secret {
    return typeof value === "object" && value !== null && SECRET in value;
  }

  /** The reference, for use in an attribute that is sensitive itself. */
  public readonly reference: string;

  private readonly markSensitive: boolean;

  private constructor(reference: string, markSensitive: boolean) {
    this.reference = reference;
    this.markSensitive = markSensitive;
    Object.defineProperty(this, SECRET, { value: true });
  }

  /** The secret as a piece of a text. @internal */
  public piece(encoding?: Interpolation["encoding"]): Interpolation {
    return { reference: this.reference, encoding, markSensitive: this.markSensitive };
  }
}

function checkReference(reference: string): void {
  const [only, ...others] = typeof reference === "string" ? stretches(reference) : [];
  if (only?.isReference && /^\$\{[^]*\}$/.test(only.text) && others.length === 0) return;
  throw new ValidationError(
    "secret-in-template",
    "a secret must be given as one reference and nothing beside it, because its value would stand in the synthesized template; use Secret.fromVariable with a sensitive variable",
  );
}
