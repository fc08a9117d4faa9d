// Values of attributes: strings, lists, objects and bare references.
import type { TerraformValue } from "../tree";
import { type Assignment, assignments } from "./assignments";
import { layoutExpression } from "./expression-layout";
import { LINE_LIMIT } from "./line-limit";
import { isCanonicalJson } from "./json-string";
import { chompedHeredoc, heredoc, literalHeredoc, quoteLiteral, quoteTemplate } from "./quoted-string";
import { remembered } from "./remembered";
import { loneSequence } from "./template-string";
import { isList, isObject } from "./value-shapes";

/** How the strings of an attribute are meant. */
export type StringMeaning =
  /** `${…}` is evaluated. */
  | "template"
  /** Terraform's JSON takes the string as it is. */
  | "literal"
  /** A reference, a type or a keyword, which JSON can only spell as a string. */
  | "bare";

/** A value that starts on a line of the given indentation. */
export function hclValue(value: TerraformValue, indent = "", meaning: StringMeaning = "template"): string {
  if (typeof value === "string") return hclString(value, indent, meaning);
  if (isList(value)) {
    return hclList(
      value.map((item) => hclValue(item, `${indent}  `, meaning)),
      indent,
    );
  }
  if (!isObject(value)) return String(value);
  const items = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]): Assignment => [hclKey(name, meaning), hclValue(item, `${indent}  `, meaning)]);
  return items.length ? `{\n${assignments(items, `${indent}  `)}${indent}}` : "{}";
}

function hclString(text: string, indent: string, meaning: StringMeaning): string {
  if (meaning === "literal") return literalHeredoc(text, indent) ?? quoteLiteral(text);
  if (meaning === "bare") return layoutExpression(loneSequence(text) ?? text, indent);
  return templateString(`${indent}\0${text}`);
}

const templateString = remembered((indentAndText) => {
  const end = indentAndText.indexOf("\0");
  const [indent, text] = [indentAndText.slice(0, end), indentAndText.slice(end + 1)];
  const expression = loneSequence(text);
  if (expression !== undefined) return layoutExpression(expression, indent);
  if (isCanonicalJson(text)) return layoutExpression(`jsonencode(${text})`, indent);
  return heredoc(text, indent) ?? chompedHeredoc(text, indent) ?? quoteTemplate(text);
});

function hclKey(name: string, meaning: StringMeaning): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !["for", "null", "true", "false"].includes(name)) return name;
  if (meaning === "bare") return layoutExpression(name, "");
  if (meaning === "literal") return quoteLiteral(name);
  const expression = loneSequence(name);
  return expression === undefined ? quoteTemplate(name) : `(${layoutExpression(expression, "")})`;
}

function hclList(items: readonly string[], indent: string): string {
  const line = `[${items.join(", ")}]`;
  if (line.length <= LINE_LIMIT && !line.includes("\n")) return line;
  const inner = `${indent}  `;
  const lines = items.map((item, i) => {
    // A comma cannot follow a heredoc's mark on the same line.
    const comma = !item.startsWith("<<") ? "," : i < items.length - 1 ? `\n${inner},` : "";
    return `${inner}${item}${comma}\n`;
  });
  return `[\n${lines.join("")}${indent}]`;
}
