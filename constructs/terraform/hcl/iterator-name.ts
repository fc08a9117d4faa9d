// cdktf calls the iterator of every dynamic block `each`; people leave the name out and write that of the block.
import type { TerraformBody, TerraformValue } from "../tree";
import { joinTokens } from "./expression-spaces";
import { expressionTokens, type ExpressionToken } from "./expression-tokens";
import { hasStripMarker, isText, templateParts } from "./template-string";
import { isList, isObject } from "./value-shapes";

/**
 * The content of a dynamic block with another name for its iterator.
 *
 * The answer is `undefined` where that could mean something else: the name is used already, or cannot be seen for sure.
 */
export function withIteratorName(content: TerraformBody, from: string, to: string): TerraformBody | undefined {
  try {
    const renamed = renamedIn(content, from, to);
    return isObject(renamed) ? renamed : undefined;
  } catch (error) {
    if (error instanceof Unclear) return undefined;
    throw error;
  }
}

class Unclear extends Error {}

function renamedIn(value: TerraformValue, from: string, to: string): TerraformValue {
  if (typeof value === "string") return renamedTemplate(value, from, to);
  if (isList(value)) return value.map((item) => renamedIn(item, from, to));
  if (!isObject(value)) return value;
  // A dynamic block inside has an iterator of its own, which may hide this one.
  if ("dynamic" in value) throw new Unclear();
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [renamedTemplate(name, from, to), renamedIn(item, from, to)]),
  );
}

function renamedTemplate(template: string, from: string, to: string): string {
  if (!template.includes(from) && !template.includes(to)) return template;
  // Without its markers a template may be a lone sequence, which keeps its type.
  if (hasStripMarker(template)) throw new Unclear();
  return templateParts(template)
    .map((part) => (isText(part) ? part.text : `${part.open}${renamedExpression(part.body, from, to)}}`))
    .join("");
}

function renamedExpression(source: string, from: string, to: string): string {
  const tokens = expressionTokens(source);
  if (!tokens) throw new Unclear();
  return joinTokens(
    tokens.map((token, i): ExpressionToken => {
      if (token.type === "string")
        return { type: "string", text: `"${renamedTemplate(token.text.slice(1, -1), from, to)}"` };
      const isRoot = token.type === "name" && tokens[i - 1]?.type !== ".";
      if (!isRoot) return token;
      const isUse = tokens[i + 1]?.type === ".";
      if (token.text === to || (token.text === from && !isUse)) throw new Unclear();
      return token.text === from ? { type: "name", text: to } : token;
    }),
  );
}
