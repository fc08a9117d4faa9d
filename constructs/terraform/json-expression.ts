import { type IResolvable, type IResolveContext, Token } from "cdktf";
import { isJsonText, type JsonObject, type Text } from "../settings/text";
import { expressionOf, quotedTemplate } from "./hcl/template-expression";

/**
 * A JSON document as a token: Terraform's `jsonencode` of an object. The framework's own function leaves quotes and
 * backslashes in literals as they are.
 *
 * @param write - how a text in it becomes a string with references
 */
export function jsonExpression(json: JsonObject, write: (text: Text) => string): string {
  const resolvable: IResolvable = {
    creationStack: [],
    resolve: (context: IResolveContext) => {
      const { suppressBraces } = context;
      // Within a function, too, texts are wanted as templates.
      context.suppressBraces = false;
      const call = `jsonencode(${object(json, (text) => String(context.resolve(text)), write)})`;
      return suppressBraces ? call : `\${${call}}`;
    },
    toString: () => Token.asString(resolvable),
  };
  return resolvable.toString();
}

function object(json: JsonObject, resolve: (text: string) => string, write: (text: Text) => string): string {
  const entries = Object.entries(json).map(([name, value]) => {
    const inside = isJsonText(value) ? expressionOf(resolve(write(value))) : object(value, resolve, write);
    return `${quotedTemplate(resolve(name))} = ${inside}`;
  });
  return `{${entries.join(", ")}}`;
}
