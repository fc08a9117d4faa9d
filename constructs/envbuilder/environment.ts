import { ValidationError, shown } from "../errors";
import { literalOf, sameText, type Text } from "../settings/text";

/** One environment variable of the container. @internal */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: Text;
  /** Whether the value is kept out of plans and logs. */
  readonly secret: boolean;
  /** The prop that it stems from. */
  readonly origin: string;
}

/** Linux refuses to start a program with a longer string, `NAME=value` and the zero byte together. */
const LONGEST = 128 * 1024;

/**
 * The container's environment while it is put together: each name once, sorted.
 *
 * @internal
 */
export class Environment {
  private readonly variables = new Map<string, EnvironmentVariable>();

  /**
   * @throws when the name has another value already, naming both origins, or when Linux would refuse the value
   */
  public add(origin: string, name: string, value: Text | string, secret = false): void {
    const text = typeof value === "string" ? [value] : value;
    const variable = { name, value: text, secret, origin };
    checkLength(variable);
    const other = this.variables.get(name);
    if (other && !sameText(other.value, text)) {
      throw new ValidationError(
        "environment-conflict",
        `${name} is set by ${other.origin} to ${display(other)} and by ${origin} to ${display(variable)}; remove one of them`,
      );
    }
    if (!other) this.variables.set(name, variable);
  }

  public has(name: string): boolean {
    return this.variables.has(name);
  }

  /** The variables, sorted by name: the same settings give the same bytes. */
  public sorted(): EnvironmentVariable[] {
    return [...this.variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

function display(variable: EnvironmentVariable): string {
  const literal = literalOf(variable.value);
  return variable.secret ? "a secret" : literal === undefined ? "a reference" : shown(literal);
}

function checkLength({ name, value, origin }: EnvironmentVariable): void {
  const literal = literalOf(value);
  const length = Buffer.byteLength(`${name}=${literal ?? ""}`) + 1;
  if (length > LONGEST) {
    throw new ValidationError(
      "variable-too-long",
      `${name}, set by ${origin}, has ${length} bytes: over 131072 Linux starts no program ("argument list too long"), while Terraform reports success; deliver it as a file`,
    );
  }
}
