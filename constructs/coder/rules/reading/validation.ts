import type { TerraformBody } from "../../../terraform/tree";
import { literal } from "./literal";
import type { Parameter } from "./parameters";

/** A bound of a number: undefined if there is none or an expression decides, NaN if it is not a whole number. */
export function bound(validation: TerraformBody, name: "min" | "max"): number | undefined {
  const text = literal(validation[name]);
  return text === undefined ? undefined : (wholeNumber(text) ?? Number.NaN);
}

/** Coder takes only whole numbers as soon as there is a validation. */
function wholeNumber(text: string): number | undefined {
  return /^[+-]?\d+$/.test(text) ? Number(text) : undefined;
}

/** Why a validation refuses a value; undefined if it does not, and where an expression decides. */
export function validationProblem({ type, validations }: Parameter, text: string): string | undefined {
  const [validation, ...others] = validations ?? [];
  if (validation === undefined || others.length > 0) return undefined;
  if (type === "bool" && text !== "true" && text !== "false") return 'is neither "true" nor "false"';
  if (type === "number") return rangeProblem(validation, text);
  const regex = literal(validation["regex"]);
  if (type !== "string" || regex === undefined || regex === "") return undefined;
  return matches(regex, text) === false ? `does not match the regex ${regex}` : undefined;
}

function rangeProblem(validation: TerraformBody, text: string): string | undefined {
  const number = wholeNumber(text);
  const [min, max] = [bound(validation, "min"), bound(validation, "max")];
  if (number === undefined) return "is not a whole number";
  if (min !== undefined && number < min) return `is less than the min of ${min}`;
  if (max !== undefined && number > max) return `is more than the max of ${max}`;
  return undefined;
}

/** What JavaScript takes and RE2, the regular expressions of Go, does not; each behind anything but a bracket. */
const UNKNOWN_TO_GO: readonly (readonly [RegExp, string])[] = [
  [/^(?:[^\\[]|\\.|\[(?:[^\\\]]|\\.)*\])*?\(\?<?[=!]/s, "look-around such as (?=…)"],
  [/^(?:[^\\[]|\\.|\[(?:[^\\\]]|\\.)*\])*?\\(?:[1-7](?![0-7])|[89]|k<)/s, "back references such as \\1"],
];

/** What the two read differently: flags, classes by name or with a leading `]`, most escaped letters, other alphabets. */
const READ_DIFFERENTLY = /\(\?[a-zA-Z-]|\[\[|\[:|\[\^?\]|\\(?![dDwWsSbBtnrfv])[a-zA-Z0-9]|[^\x20-\x7e]/;

/** Why Coder, which is written in Go, does not take a regex; undefined if it does, or that cannot be told. */
export function regexProblem(regex: string): string | undefined {
  const unknown = UNKNOWN_TO_GO.find(([pattern]) => pattern.test(regex))?.[1];
  if (unknown !== undefined) return `uses ${unknown}, which Coder does not know`;
  return READ_DIFFERENTLY.test(regex) || compiled(regex) !== undefined ? undefined : "is no regular expression";
}

/** Does a text match as Coder sees it? Undefined where JavaScript's regular expressions cannot tell. */
function matches(regex: string, text: string): boolean | undefined {
  const tells = !READ_DIFFERENTLY.test(regex) && regexProblem(regex) === undefined && /^[\x20-\x7e]*$/.test(text);
  return tells ? compiled(regex)?.test(text) : undefined;
}

function compiled(regex: string): RegExp | undefined {
  try {
    return new RegExp(regex);
  } catch {
    return undefined;
  }
}
