// Expressions as text. The framework's own are tokens, each of which takes a stack trace, is looked up and resolved twice in
// every synthesis, and stays in memory for good: a quarter of the time of a template. They are for what may come from another
// stack; what our constructs say of their own elements stays in one.
import { call as callOfTokens, type TerraformElement, Token } from "cdktf";
import { addressOfElement } from "./element-address";
import { expressionOf } from "./hcl/template-expression";
import { asToken } from "./reference";

/** A reference to an element, such as `${local.access_url}`. */
export function referenceTo(element: TerraformElement): string {
  return `\${${addressOfElement(element)}}`;
}

/**
 * A reference to an attribute of an element, such as `${data.coder_workspace.me.start_count}`.
 *
 * @param attribute - as the bindings name it
 */
export function attributeOf<E extends TerraformElement>(element: E, attribute: keyof E & string): string {
  return `\${${addressOfElement(element)}.${attribute.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}}`;
}

/**
 * A call of one of Terraform's functions.
 *
 * @param parameters - numbers, and texts that may hold references
 */
export function call(name: string, ...parameters: readonly (string | number)[]): string {
  // What a token becomes, and what has to stand around that, is the framework's to know.
  if (parameters.some((one) => Token.isUnresolved(one)))
    return Token.asString(callOfTokens(name, parameters.map(argument)));
  const all = parameters.map((one) => (typeof one === "number" ? String(one) : expressionOf(one)));
  return `\${${name}(${all.join(", ")})}`;
}

function argument(parameter: string | number): string | number {
  return typeof parameter === "number" ? parameter : asToken(parameter);
}
