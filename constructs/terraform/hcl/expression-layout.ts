// Expressions as `terraform fmt` lays them out.
import { depthChange, expressionTokens, type ExpressionToken } from "./expression-tokens";
import { hasStripMarker, isText, type SequencePart, templateParts } from "./template-string";

/** An expression as the value of an attribute, on one line unless its layout has to be left alone. */
export function layoutExpression(source: string): string {
  const tokens = expressionTokens(source);
  if (tokens) return join(withoutOuterParentheses(tokens));
  return /[\n\r]/.test(source) ? `(${source})` : source.trim();
}

/** A `${…}` or `%{…}` sequence. */
export function layoutSequence(part: SequencePart): string {
  const tokens = expressionTokens(part.body);
  if (!tokens) return `${part.open}${part.body}}`;
  return join([{ type: "${", text: part.open }, ...tokens, { type: "$}", text: "}" }]);
}

/** A template whose text stays as it is spelled. */
export function layoutTemplate(template: string): string {
  return templateParts(template)
    .map((part) => (isText(part) ? part.text : layoutSequence(part)))
    .join("");
}

/** A quoted template inside an expression. */
function layoutQuoted(quoted: string): string {
  // Markers in here act on the text as it is once its escapes are resolved, which only Terraform knows.
  return hasStripMarker(quoted) ? quoted : `"${layoutTemplate(quoted.slice(1, -1))}"`;
}

/** Tokens on one line. */
export function join(tokens: readonly ExpressionToken[]): string {
  return tokens
    .map((token, i) => {
      const before = tokens[i - 1];
      const space = before && spaceBetween(before, token, tokens[i - 2]) ? " " : "";
      return space + (token.type === "string" ? layoutQuoted(token.text) : token.text);
    })
    .join("");
}

const BEFORE_NEGATION = new Set("( { [ = : , ? + * / % - == != > >= < <= && || ! ${".split(" "));
const INDEXABLE = new Set(["name", "number", ")", "]", "}", "$}"]);

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

// ((a) == b ? c : d) -> (a) == b ? c : d
function withoutOuterParentheses(tokens: readonly ExpressionToken[]): readonly ExpressionToken[] {
  let depth = 0;
  const closes = tokens.findIndex((token) => (depth += depthChange(token)) === 0);
  const enclosed = tokens.length > 2 && tokens[0]?.type === "(" && closes === tokens.length - 1;
  return enclosed ? withoutOuterParentheses(tokens.slice(1, -1)) : tokens;
}
