// Strings as quoted templates, quoted literals and heredocs.
import { expressionTokens } from "./expression-tokens";
import { layoutSequence, layoutTemplate } from "./expression-layout";
import { LINE_LIMIT } from "./line-limit";
import { isText, templateParts } from "./template-string";
import { UnicodePattern } from "../../unicode-pattern";

const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};
const NEEDS_NO_ESCAPE = /^[ !#-[\]-~]*$/;
// Quotes, backslashes, control characters, line separators, byte order marks and lone halves of surrogate pairs.
const TO_ESCAPE =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /["\\\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]|[\ud800-\udfff](?<![\ud800-\udbff](?=[\udc00-\udfff])|[\ud800-\udbff][\udc00-\udfff])/g;

/** Text as it stands between quotes. */
export function escaped(text: string): string {
  if (NEEDS_NO_ESCAPE.test(text)) return text;
  return text.replace(TO_ESCAPE, (c) => SHORT_ESCAPES[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A string that Terraform's JSON takes as it is: a description, a default, a module source, a backend setting. */
export function quoteLiteral(text: string): string {
  return `"${withoutSequences(escaped(text))}"`;
}

/** Such a string as a heredoc, if it is one of several whole lines. */
export function literalHeredoc(text: string, indent: string): string | undefined {
  return heredoc(withoutSequences(text), indent);
}

function withoutSequences(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** A template in quotes. */
export function quoteTemplate(template: string): string {
  const parts = templateParts(template);
  const inside = parts.map((part) => (isText(part) ? escaped(part.text) : layoutSequence(part))).join("");
  // Alone in its quotes an interpolation keeps its type; this one had text beside it, which its strip markers took away.
  const left = parts.filter((part) => !isText(part) || part.text !== "");
  const alone = parts.length > 1 && left.length === 1 && left.every((part) => !isText(part));
  return `"${inside}${alone ? '${""}' : ""}"`;
}

const CONTROL = new UnicodePattern(String.raw`[^\n\t\P{C}]|[\u0085\u2028\u2029]`);
/** Its first letter neither joins the one before nor is invisible. */
const STANDS_ALONE = new UnicodePattern(String.raw`^[ \t]*[^\s\p{M}\p{Cf}]`);

/** A text of several whole lines as an indented heredoc, or `undefined` where that would not be exactly the same text. */
export function heredoc(template: string, indent: string): string | undefined {
  if (!/\n[^]*\n$/.test(template)) return undefined;
  // Heredocs know no escapes, so they hold neither a carriage return nor any other control character.
  if (CONTROL.test(template)) return undefined;
  const parts = templateParts(template);
  if (parts.some((part) => !isText(part) && expressionTokens(part.body) === undefined)) return undefined;
  const lines = layoutTemplate(template).split("\n");
  if (lines.length < 3 || lines.pop() !== "") return undefined;
  // Terraform takes the smallest indentation off all lines that are not blank: it must be ours and nothing more.
  const solid = lines.filter((line) => line.trim() !== "");
  if (!solid.some((line) => /^\S/.test(line))) return undefined;
  if (solid.some((line) => !STANDS_ALONE.test(line))) return undefined;
  let mark = "EOT";
  while (lines.some((line) => line.trim() === mark)) mark += "_";
  const text = lines.map((line) => (line.trim() === "" ? line : `${indent}  ${line}`));
  return [`<<-${mark}`, ...text, `${indent}${mark}`].join("\n");
}

/** A text of several lines without an end to the last one, which only a function can take off a heredoc. */
export function chompedHeredoc(template: string, indent: string): string | undefined {
  const isLong = (template.match(/\n/g)?.length ?? 0) > 1 || template.length > LINE_LIMIT;
  if (!isLong || template.endsWith("\n")) return undefined;
  const whole = heredoc(`${template}\n`, indent);
  return whole === undefined ? undefined : `chomp(${whole}\n${indent})`;
}
