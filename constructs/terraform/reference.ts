import { type IResolvable, Token } from "cdktf";
import { hasReference } from "../settings/text";
import { expressionOf } from "./hcl/template-expression";

/**
 * A text that may hold references, fit for the framework's functions: they take `${…}` for text that is to be escaped, but
 * not a token.
 */
export function asToken(text: string): string {
  // Also of what is in part a token already, of which the framework takes care.
  if (!hasReference(text) || Token.isUnresolved(text)) return text;
  return resolvableOf(text).toString();
}

/** A reference as a token where the bindings take a number. */
export function asNumber(reference: string): number {
  return Token.asNumber(resolvableOf(reference));
}

/** Without a stack trace, which says nothing of what is known to be right. */
function resolvableOf(text: string): IResolvable {
  const expression = expressionOf(text);
  const resolvable: IResolvable = {
    creationStack: [],
    resolve: ({ suppressBraces }) => (suppressBraces ? expression : text),
    toString: () => Token.asString(resolvable),
  };
  return resolvable;
}
