// Long expressions over several lines. Lines end only inside brackets, where Terraform takes line ends for blanks, or between
// the items of an object, where it takes them for commas.
import { type Assignment, assignments } from "./assignments";
import {
  commaSeparated,
  type ExpressionGroup,
  type ExpressionNode,
  flattened,
  isForExpression,
  isGroup,
  isSign,
} from "./expression-nodes";
import { isIndexable, joinTokens } from "./expression-spaces";
import type { ExpressionToken } from "./expression-tokens";
import { LINE_LIMIT } from "./line-limit";

/** A sequence on one line if it is short enough, which objects are sooner not, else its longest brackets over several. */
export function breakAtBrackets(nodes: readonly ExpressionNode[], indent: string): string {
  const line = joinTokens(flattened(nodes));
  if (line.length <= (line.includes("{") ? LINE_LIMIT : LINE_LIMIT + 20)) return line;
  const conditional = branchesOf(nodes);
  if (conditional) return brokenConditional(conditional, indent);
  let longest: { readonly at: number; readonly length: number } | undefined;
  for (const [at, node] of nodes.entries()) {
    if (!isGroup(node) || !isBreakable(node, nodes[at - 1])) continue;
    const { length } = joinTokens(flattened([node]));
    if (longest === undefined || length > longest.length) longest = { at, length };
  }
  if (longest === undefined) return line;
  const { at } = longest;
  return joinTokens(nodes.flatMap((node, i) => (i === at && isGroup(node) ? broken(node, indent) : flattened([node]))));
}

function isBreakable(group: ExpressionGroup, before: ExpressionNode | undefined): boolean {
  if (group.content.length === 0) return false;
  if (group.open.type === "[") return before === undefined || !isIndexable(isGroup(before) ? before.close : before);
  return group.open.type === "(" || isForExpression(group.content) || itemsOf(group.content) !== undefined;
}

// All lines stand at the opening bracket, so that the closing one, which is empty then, still says what may follow it.
function broken(group: ExpressionGroup, indent: string): ExpressionToken[] {
  const { open, close } = group;
  return [
    { type: open.type, text: `${open.text}${inside(group, indent)}${close.text}` },
    { type: close.type, text: "" },
  ];
}

function inside({ open, content }: ExpressionGroup, indent: string): string {
  const inner = `${indent}  `;
  const items = open.type === "{" ? itemsOf(content) : undefined;
  if (items) {
    const lines = items.map(([key, value]): Assignment => [joinTokens(flattened(key)), breakAtBrackets(value, inner)]);
    return `\n${assignments(lines, inner)}${indent}`;
  }
  if (isForExpression(content)) return `\n${inner}${breakAtBrackets(content, inner)}\n${indent}`;
  const parts = commaSeparated(content);
  const oneLine = parts.map((part) => joinTokens(flattened(part)));
  if (open.type === "[")
    return `\n${parts.map((part) => `${inner}${breakAtBrackets(part, inner)},\n`).join("")}${indent}`;
  // merge(local.base, {
  //   …
  // })
  const last = parts.at(-1) ?? [];
  const lead = oneLine
    .slice(0, -1)
    .map((part) => `${part}, `)
    .join("");
  if (last.length === 1 && isGroup(last[0]) && isBreakable(last[0], undefined) && lead.length <= LINE_LIMIT / 2) {
    return lead + joinTokens(broken(last[0], indent));
  }
  return `\n${parts.map((part) => inner + breakAtBrackets(part, inner)).join(",\n")}\n${indent}`;
}

interface Conditional {
  readonly condition: readonly ExpressionNode[];
  readonly yes: readonly ExpressionNode[];
  readonly no: readonly ExpressionNode[];
}

function branchesOf(nodes: readonly ExpressionNode[]): Conditional | undefined {
  const question = nodes.findIndex((node) => isSign(node, "?"));
  if (question < 0 || isForExpression(nodes)) return undefined;
  let depth = 0;
  const colon = nodes.findIndex((node, i) => {
    if (i > question && isSign(node, "?")) depth++;
    return i > question && isSign(node, ":") && depth-- === 0;
  });
  if (colon < 0) return undefined;
  return { condition: nodes.slice(0, question), yes: nodes.slice(question + 1, colon), no: nodes.slice(colon + 1) };
}

// In parentheses, so that its lines may end where they do.
function brokenConditional({ condition, yes, no }: Conditional, indent: string): string {
  const inner = `${indent}  `;
  const lines = [
    breakAtBrackets(condition, inner),
    `? ${breakAtBrackets(yes, inner)}`,
    `: ${breakAtBrackets(no, inner)}`,
  ];
  return `(\n${lines.map((line) => `${inner}${line}\n`).join("")}${indent})`;
}

type Item = readonly [key: readonly ExpressionNode[], value: readonly ExpressionNode[]];

// The items of an object; undefined for what is none.
function itemsOf(content: readonly ExpressionNode[]): readonly Item[] | undefined {
  if (isForExpression(content)) return undefined;
  const items = commaSeparated(content).map((part): Item | undefined => {
    const at = part.findIndex((node) => isSign(node, "=") || isSign(node, ":"));
    return at > 0 && at < part.length - 1 ? [part.slice(0, at), part.slice(at + 1)] : undefined;
  });
  return items.every((item) => item !== undefined) ? items : undefined;
}
