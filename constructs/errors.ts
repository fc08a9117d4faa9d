const VALIDATION_ERROR = Symbol.for("cdktf-coder-envbuilder.ValidationError");

/**
 * What every check of this library throws: the message names the prop, the value (never a secret's), the rule and the
 * remedy, and ends with the id of the check in brackets.
 *
 * @internal
 */
export class ValidationError extends Error {
  public readonly id: string;

  public constructor(id: string, message: string) {
    super(`${message} [${id}]`);
    this.name = "ValidationError";
    this.id = id;
    Object.defineProperty(this, VALIDATION_ERROR, { value: true });
  }
}

/** How callers tell this library's refusals from other errors. */
export class Errors {
  /**
   * Whether a check of this library threw the error, in whichever copy of the package.
   *
   * @param error - anything that was caught
   */
  public static isValidationError(error: unknown): boolean {
    return typeof error === "object" && error !== null && VALIDATION_ERROR in error;
  }

  private constructor() {
    // Only a namespace.
  }
}

/**
 * A value as an error shows it: quoted, and cut where it is long.
 *
 * @internal
 */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

/**
 * A URL as an error shows it: whatever may be a user or a password is left out, even where the rest is no URL.
 *
 * @internal
 */
export function shownUrl(url: string): string {
  return shown(url.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*(?:@|%40)/is, "$1…@"));
}
