// The brackets of an expression as a tree, and what a person would leave out of it.
import { depthChange, type ExpressionToken } from "./expression-tokens";

/** What stands between two brackets. */
export interface ExpressionGroup {
  readonly open: ExpressionToken;
  readonly content: readonly ExpressionNode[];
  readonly close: ExpressionToken;
}

export type ExpressionNode = ExpressionToken | ExpressionGroup;

/** Whether a node is a pair of brackets with what is between them. */
export function isGroup(node: ExpressionNode | undefined): node is ExpressionGroup {
  return node !== undefined && "content" in node;
}

/** Whether a node is a sign or word, by its text. */
export function isSign(node: ExpressionNode | undefined, text: string): node is ExpressionToken {
  return node !== undefined && !isGroup(node) && node.type !== "string" && node.text === text;
}

/** The tree of balanced tokens, without parentheses and quotes that change nothing. */
export function expressionNodes(tokens: readonly ExpressionToken[]): readonly ExpressionNode[] {
  const stack: ExpressionNode[][] = [[]];
  const opened: ExpressionToken[] = [];
  for (const token of tokens) {
    if (depthChange(token) > 0) {
      opened.push(token);
      stack.push([]);
    } else if (depthChange(token) < 0) {
      const content = simplified(stack.pop() ?? []);
      const open = opened.pop() ?? token;
      stack.at(-1)?.push({ open, content: open.type === "{" ? withBareKeys(content) : content, close: token });
    } else stack.at(-1)?.push(token);
  }
  return simplified(stack[0] ?? []);
}

/** The tokens of a tree. */
export function flattened(nodes: readonly ExpressionNode[]): ExpressionToken[] {
  return nodes.flatMap((node) => (isGroup(node) ? [node.open, ...flattened(node.content), node.close] : [node]));
}

/** The parts between the commas of a sequence; a comma at its end is followed by nothing. */
export function commaSeparated(nodes: readonly ExpressionNode[]): ExpressionNode[][] {
  const parts: ExpressionNode[][] = [[]];
  for (const node of nodes) {
    if (isSign(node, ",")) parts.push([]);
    else parts.at(-1)?.push(node);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}

/** Whether the content of brackets is a `for` expression. */
export function isForExpression(content: readonly ExpressionNode[]): boolean {
  return isSign(content[0], "for") && !isSign(content[1], "=") && !isSign(content[1], ":");
}

// cdktf puts every comparison in parentheses. A conditional binds looser than all else, so its condition needs none.
function simplified(nodes: readonly ExpressionNode[]): ExpressionNode[] {
  const [first, second] = nodes;
  if (!isGroup(first) || first.open.type !== "(" || !isSign(second, "?")) return [...nodes];
  return first.content.some((node) => isSign(node, "?"))
    ? [...nodes]
    : simplified([...first.content, ...nodes.slice(1)]);
}

const KEYWORDS = new Set(["for", "null", "true", "false"]);

// { "a": 1 } -> { a = 1 }
function withBareKeys(content: readonly ExpressionNode[]): readonly ExpressionNode[] {
  if (isForExpression(content)) return content;
  let inKey = true;
  return content.map((node, i): ExpressionNode => {
    if (isSign(node, ",")) inKey = true;
    if (!inKey || isGroup(node)) return node;
    if (node.type === "=" || node.type === ":") {
      inKey = false;
      return { type: "=", text: "=" };
    }
    const next = content[i + 1];
    if (node.type !== "string" || !(isSign(next, "=") || isSign(next, ":"))) return node;
    const name = node.text.slice(1, -1);
    return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !KEYWORDS.has(name) ? { type: "name", text: name } : node;
  });
}
