// Expressions as `terraform fmt` lays them out, the long ones over several lines.
import { breakAtBrackets } from "./expression-lines";
import { expressionNodes, flattened } from "./expression-nodes";
import { depthChange, expressionTokens, type ExpressionToken } from "./expression-tokens";
import { joinTokens } from "./expression-spaces";
import { hasStripMarker, isText, type SequencePart, templateParts } from "./template-string";

/** An expression as the value of an attribute that stands on a line of the given indentation. */
export function layoutExpression(source: string, indent: string): string {
  const tokens = expressionTokens(source);
  if (tokens) return breakAtBrackets(expressionNodes(withoutOuterParentheses(laidOut(tokens))), indent);
  return /[\n\r]/.test(source) ? `(${source})` : source.trim();
}

/** A `${…}` or `%{…}` sequence: it stays on its line. */
export function layoutSequence(part: SequencePart): string {
  const tokens = expressionTokens(part.body);
  if (!tokens) return `${part.open}${part.body}}`;
  const inside = flattened(expressionNodes(laidOut(tokens)));
  return joinTokens([{ type: "${", text: part.open }, ...inside, { type: "$}", text: "}" }]);
}

/** A template whose text stays as it is spelled. */
export function layoutTemplate(template: string): string {
  return templateParts(template)
    .map((part) => (isText(part) ? part.text : layoutSequence(part)))
    .join("");
}

// The quoted templates of an expression hold expressions in turn.
function laidOut(tokens: readonly ExpressionToken[]): ExpressionToken[] {
  return tokens.map((token) => {
    // Strip markers in here act on the text as it is once its escapes are resolved, which only Terraform does.
    if (token.type !== "string" || hasStripMarker(token.text)) return token;
    return { type: "string", text: `"${layoutTemplate(token.text.slice(1, -1))}"` };
  });
}

// ((a) == b ? c : d) -> (a) == b ? c : d
function withoutOuterParentheses(tokens: readonly ExpressionToken[]): readonly ExpressionToken[] {
  let depth = 0;
  const closes = tokens.findIndex((token) => (depth += depthChange(token)) === 0);
  const enclosed = tokens.length > 2 && tokens[0]?.type === "(" && closes === tokens.length - 1;
  return enclosed ? withoutOuterParentheses(tokens.slice(1, -1)) : tokens;
}
