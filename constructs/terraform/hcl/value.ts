// Values of attributes: strings, lists, objects and bare references.
import type { TerraformValue } from "../tree";
import { layoutExpression } from "./expression-layout";
import { heredoc, quoteLiteral, quoteTemplate } from "./quoted-string";
import { loneSequence } from "./template-string";

type TerraformObject = { readonly [name: string]: TerraformValue };

/** Whether a value is an object, that is neither a list nor a scalar. */
export function isObject(value: TerraformValue): value is TerraformObject {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: TerraformValue): value is readonly TerraformValue[] {
  return Array.isArray(value);
}

/** How the strings of an attribute are meant. */
export type StringMeaning =
  /** `${…}` is evaluated. */
  | "template"
  /** Terraform's JSON takes the string as it is. */
  | "literal"
  /** A reference, a type or a keyword, which JSON can only spell as a string. */
  | "bare";

const LINE_LIMIT = 80;

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
  if (meaning === "literal") return quoteLiteral(text);
  const expression = loneSequence(text);
  if (expression !== undefined) return layoutExpression(expression);
  return meaning === "bare" ? layoutExpression(text) : (heredoc(text, indent) ?? quoteTemplate(text));
}

function hclKey(name: string, meaning: StringMeaning): string {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !["for", "null", "true", "false"].includes(name)) return name;
  if (meaning === "bare") return layoutExpression(name);
  if (meaning === "literal") return quoteLiteral(name);
  const expression = loneSequence(name);
  return expression === undefined ? quoteTemplate(name) : `(${layoutExpression(expression)})`;
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

/** A name and a value, both as text. */
export type Assignment = readonly [name: string, value: string];

/** Lines of `name = value`; the equals signs of neighbouring lines aligned, lines that open brackets left out. */
export function assignments(items: readonly Assignment[], indent: string): string {
  const single = items.map(([, text]) => !text.includes("\n") || text.startsWith("<<"));
  let width = 0;
  return items
    .map(([name, text], i) => {
      if (!single[i]) return `${indent}${name} = ${text}\n`;
      if (i === 0 || !single[i - 1]) {
        const end = single.indexOf(false, i);
        const run = items.slice(i, end < 0 ? undefined : end);
        width = Math.max(...run.map(([other]) => columns(other)));
      }
      return `${indent}${name}${" ".repeat(width - columns(name))} = ${text}\n`;
    })
    .join("");
}

// As `terraform fmt` counts them.
const columns = (text: string): number => Array.from(text).length;
