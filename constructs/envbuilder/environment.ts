import { ValidationError, shownUrl } from "../errors";
import { knownPart, literalOf, sameText, type Text } from "../settings/text";

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
    const variable = { name, value: typeof value === "string" ? [value] : value, secret, origin };
    checkValue(variable);
    const other = this.variables.get(name);
    if (other && !sameText(other.value, variable.value)) {
      const concealed = other.secret || secret;
      throw new ValidationError(
        "environment-conflict",
        `${name} is set by ${other.origin} to ${display(other, concealed)} and by ${origin} to ${display(variable, concealed)}; remove one of them`,
      );
    }
    if (!other) this.variables.set(name, variable);
  }

  /**
   * An option of Envbuilder, by its name without the prefix, where there is a value.
   *
   * @throws as `add`
   */
  public addOption(origin: string, option: string, value: string | undefined): void {
    if (value !== undefined) this.add(origin, `ENVBUILDER_${option}`, value);
  }

  public get(name: string): EnvironmentVariable | undefined {
    return this.variables.get(name);
  }

  /** The variables, sorted by name: the same settings give the same bytes. */
  public sorted(): EnvironmentVariable[] {
    return [...this.variables.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }
}

/** @param concealed - whether either value is secret: then the other one may be it, too, in plain */
function display({ value, secret }: EnvironmentVariable, concealed: boolean): string {
  const literal = literalOf(value);
  if (secret) return "a secret";
  return literal === undefined ? "a reference" : concealed ? "another value" : shownUrl(literal);
}

function checkValue({ name, value, origin }: EnvironmentVariable): void {
  const known = knownPart(value);
  if (known.includes("\0")) {
    throw new ValidationError(
      "variable-value-malformed",
      `${name}, set by ${origin}, holds a zero byte, which no environment can; remove it`,
    );
  }
  const length = Buffer.byteLength(`${name}=${known}`) + 1;
  if (length > LONGEST) {
    throw new ValidationError(
      "variable-too-long",
      `${name}, set by ${origin}, has ${length} bytes: over ${LONGEST} Linux starts no program ("argument list too long"), while Terraform reports success; deliver it as a file`,
    );
  }
}
