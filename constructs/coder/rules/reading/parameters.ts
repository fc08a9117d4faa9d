import type { TerraformBody, TerraformTree, TerraformValue } from "../../../terraform/tree";
import { dataSources, type Element } from "./elements";
import { blocks, isUnset, literal, literalFlag, quoted } from "./literal";

/** An option of a parameter; undefined is what an expression decides. */
export interface ParameterOption {
  readonly name: string | undefined;
  readonly value: string | undefined;
}

/** A `coder_parameter` as far as the template alone tells what it is; undefined is what an expression decides. */
export interface Parameter {
  readonly element: Element;
  readonly name: string | undefined;
  readonly type: string | undefined;
  /** Empty if Coder chooses. */
  readonly formType: string | undefined;
  readonly options: readonly ParameterOption[] | undefined;
  readonly validations: readonly TerraformBody[] | undefined;
  /** `unset` makes the parameter required. */
  readonly default: "unset" | { readonly text: string | undefined };
  readonly mutable: boolean | undefined;
  readonly ephemeral: boolean | undefined;
  /** The form hides what the user types: its values may be secrets. */
  readonly masked: boolean;
}

/** The parameters that the template itself declares; modules may bring more. */
export function parameters(tree: TerraformTree): readonly Parameter[] {
  return dataSources(tree, "coder_parameter").map((element) => {
    const { body } = element;
    return {
      element,
      name: literal(body["name"]),
      type: isUnset(body["type"]) ? "string" : literal(body["type"]),
      formType: isUnset(body["form_type"]) ? "" : literal(body["form_type"]),
      options: blocks(body, "option")?.map((option) => ({
        name: literal(option["name"]),
        value: literal(option["value"]),
      })),
      validations: blocks(body, "validation"),
      default: isUnset(body["default"]) ? "unset" : { text: literal(body["default"]) },
      mutable: literalFlag(body["mutable"], false),
      ephemeral: literalFlag(body["ephemeral"], false),
      masked: mayBeMasked(body["styling"]),
    };
  });
}

/** Only the plain absence of a mask shows that values are no secrets. */
function mayBeMasked(styling: TerraformValue): boolean {
  if (isUnset(styling)) return false;
  const text = literal(styling);
  return text === undefined || text.includes("mask_input");
}

/** A value for a message, unless it may be a secret. */
export function shown(parameter: Parameter, value: string): string {
  return parameter.masked ? "a value that is not shown, for it may be secret" : quoted(value);
}

/** The type that option values have: the choices of a multi-select are strings, the parameter is a list of them. */
export function optionType({ type, formType }: Parameter): string | undefined {
  if (formType === undefined) return undefined;
  return type === "list(string)" && formType === "multi-select" ? "string" : type;
}

/** Why Coder does not take a text for a type, or undefined. Follows strconv and encoding/json of Go. */
export function typeProblem(type: string | undefined, text: string): string | undefined {
  if (type === "number" && !NUMBER.test(text)) return "is not a number";
  if (type === "bool" && !BOOLEAN.test(text)) return 'is neither "true" nor "false"';
  if (type === "list(string)" && listElements(text) === undefined)
    return 'is not a JSON list of strings such as ["a", "b"]';
  return undefined;
}

const NUMBER = /^[+-]?(?:(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:e[+-]?\d+)?|0x[\da-f_.]+p[+-]?\d+|inf(?:inity)?|nan)$/i;
const BOOLEAN = /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;

/** The elements of a list as a parameter of type `list(string)` has it. */
export function listElements(text: string): readonly string[] | undefined {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) && list.every((element) => typeof element === "string") ? list : undefined;
  } catch {
    return undefined;
  }
}

/** The parts of a value that are not among the options; undefined if that cannot be told. */
export function missingOptions(parameter: Parameter, text: string): readonly string[] | undefined {
  const { options = [], type } = parameter;
  const type_ = optionType(parameter);
  if (type === undefined || type_ === undefined || options.some(({ value }) => value === undefined)) return undefined;
  if (options.length === 0) return [];
  const chosen = type === "list(string)" && type_ === "string" ? listElements(text) : [text];
  return chosen?.filter((one) => !options.some(({ value }) => value === one));
}
