import { ValidationError, shown } from "../errors";
import { hasReference } from "../settings/text";
import type { EnvbuilderOption, OptionType } from "./options";

/** One record of CSV: quotes around a whole value only, and no second line. */
const CSV = /^(?:[^",\r\n]*|"(?:[^"]|"")*")(?:,(?:[^",\r\n]*|"(?:[^"]|"")*"))*$/;

const FORMS: Readonly<
  Record<OptionType, { readonly pattern: RegExp; readonly rule: string; readonly remedy: string }>
> = {
  string: { pattern: /^/, rule: "may be anything", remedy: "" },
  bool: {
    pattern: /^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/,
    rule: "must be true or false",
    remedy: 'write "true" or "false"',
  },
  int: { pattern: /^[+-]?\d{1,18}$/, rule: "must be a whole number", remedy: "write it in digits" },
  "string-array": {
    pattern: CSV,
    rule: "must be a list with commas on one line",
    remedy: "put a value that holds a comma or a quote in quotes, and double those in it",
  },
};

/**
 * Checks an option of Envbuilder that the author of a template sets by hand.
 *
 * @param value - undefined for a secret, whose value nobody knows
 * @throws when a prop sets it, when it is a credential in plain, or when Envbuilder would end at such a value
 * @internal
 */
export function checkOptionValue(at: string, option: EnvbuilderOption, value: string | undefined): void {
  if (option.prop !== undefined) {
    throw new ValidationError(
      "option-has-prop",
      `${at} must be given by the prop ${option.prop}, which checks it and what belongs to it; use that instead`,
    );
  }
  // An empty value is none for Envbuilder, whatever the type.
  if (value === undefined || value === "" || hasReference(value)) return;
  if (option.credential === "always") {
    throw new ValidationError(
      "secret-in-template",
      `${at} must be given by reference, because its value would stand in the synthesized template; move it to secretEnvironment`,
    );
  }
  const { pattern, rule, remedy } = FORMS[option.type];
  if (pattern.test(value)) return;
  throw new ValidationError(
    "option-value-type",
    `${at} ${option.credential ? "" : `${shown(value)} `}${rule}, because Envbuilder ends at anything else; ${remedy}`,
  );
}
