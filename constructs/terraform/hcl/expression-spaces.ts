import type { ExpressionToken } from "./expression-tokens";

/** Tokens on one line, spaced as `terraform fmt` spaces them. */
export function joinTokens(tokens: readonly ExpressionToken[]): string {
  let line = "";
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (before && spaceBetween(before, token, tokens[i - 2])) line += " ";
    line += token.text;
  }
  return line;
}

const BEFORE_NEGATION = new Set("( { [ = : , ? + * / % - == != > >= < <= && || ! ${".split(" "));
const INDEXABLE = new Set(["name", "number", ")", "]", "}", "$}"]);

/** Whether brackets after this token hold an index rather than a list. */
export function isIndexable(token: ExpressionToken): boolean {
  return INDEXABLE.has(token.type) && !(token.type === "name" && ["in", "if", "for"].includes(token.text));
}

// The rules of hclwrite's formatter, in its order.
function spaceBetween(left: ExpressionToken, right: ExpressionToken, before: ExpressionToken | undefined): boolean {
  const [a, b] = [left.type, right.type];
  if (a === "name" && (b === "(" || b === "::")) return false;
  if (a === "::" || a === "." || b === "." || b === "," || b === "...") return false;
  if (a === ",") return true;
  if (left.text === "in" && before?.type === "name") return true;
  if (b === "[" && INDEXABLE.has(a)) return false;
  if (a === "!") return false;
  if (a === "-") return before !== undefined && !BEFORE_NEGATION.has(before.type);
  if (a === "{" || b === "}") return !(a === "{" && b === "}");
  if ((a === "${" && b === "{") || (a === "}" && b === "$}")) return true;
  return !["(", "[", "${"].includes(a) && ![")", "]", "$}"].includes(b);
}
