// The words and signs of a Terraform expression.
import { HclFault } from "./hcl-fault";
import { quotedEnd } from "./template-string";
import { UnicodePattern } from "../../unicode-pattern";

/** A word, a number, a quoted template or a sign; signs and brackets are their own type. */
export interface ExpressionToken {
  readonly type: string;
  readonly text: string;
}

const TOKEN = new UnicodePattern(
  String.raw`(\s*)(?:([\p{ID_Start}_][\p{ID_Continue}-]*)|(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(")|(//|/\*|#|<<)|(\.\.\.|::|=>|==|!=|<=|>=|&&|\|\||[-+*/%!<>=?:.,()[\]{}]))`,
  "y",
);

/**
 * Splits an expression into tokens.
 *
 * The answer is `undefined` where the layout is left alone: comments, heredocs, objects over several lines.
 *
 * @throws HclFault if no Terraform expression can look like this.
 */
export function expressionTokens(source: string): ExpressionToken[] | undefined {
  const out: ExpressionToken[] = [];
  const trimmed = source.trim();
  let severalLines = false;
  const pattern = TOKEN.for(trimmed);
  for (pattern.lastIndex = 0; pattern.lastIndex < trimmed.length;) {
    const start = pattern.lastIndex;
    const found = pattern.exec(trimmed);
    if (!found) throw fault(trimmed, `unexpected ${JSON.stringify(trimmed.slice(start).trimStart()[0])}`);
    const [, blanks = "", name, number, quote, keep, sign] = found;
    severalLines ||= blanks.includes("\n");
    if (keep !== undefined) return undefined;
    if (quote !== undefined) {
      const from = pattern.lastIndex;
      const end = quotedEnd(trimmed, from);
      if (end >= trimmed.length) throw fault(trimmed, "a quoted string is not closed");
      pattern.lastIndex = end + 1;
      out.push({ type: "string", text: trimmed.slice(from - 1, end + 1) });
    } else if (name !== undefined) out.push({ type: "name", text: name });
    else if (number !== undefined) out.push({ type: "number", text: number });
    else if (sign !== undefined) out.push({ type: sign, text: sign });
  }
  // Line ends separate the items of an object; elsewhere they are blanks, as the expression stands in brackets.
  const linesMatter = severalLines && out.some((token) => token.type === "{");
  checkNeighbours(out, trimmed, linesMatter);
  return linesMatter ? undefined : out;
}

/** How deep in brackets the token after this one is, seen from this one. */
export function depthChange(token: ExpressionToken): number {
  return "([{".includes(token.type) ? 1 : ")]}".includes(token.type) ? -1 : 0;
}

const OPERAND = new Set(["name", "number", "string"]);
const CONNECTING_NAMES = new Set(["for", "in", "if"]);
const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

// Catches what cdktf's functions make of unescaped strings: a broken file would make Coder show no parameter and no reason.
function checkNeighbours(tokens: readonly ExpressionToken[], source: string, linesMatter: boolean): void {
  const open: string[] = [];
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    if (token.type === "string") checkEscapes(token.text, source);
    if (!linesMatter && before && OPERAND.has(token.type) && OPERAND.has(before.type)) {
      const connected = [before, token].some((t) => t.type === "name" && CONNECTING_NAMES.has(t.text));
      if (!connected) throw fault(source, `${before.text} and ${token.text} stand side by side`);
    }
    const closing = CLOSING[token.type];
    if (closing !== undefined) open.push(closing);
    else if (depthChange(token) < 0 && open.pop() !== token.type) throw fault(source, `unexpected "${token.text}"`);
  }
  const missing = open.pop();
  if (missing !== undefined) throw fault(source, `"${missing}" is missing`);
}

function checkEscapes(quoted: string, source: string): void {
  const escapes = quoted.match(/\\(?:[nrt"\\]|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[^]?)/g) ?? [];
  const wrong = escapes.find((escape) => escape.length < 5 && !/^\\[nrt"\\]$/.test(escape));
  if (wrong !== undefined) throw fault(source, `${wrong} is no escape sequence`);
}

function fault(source: string, what: string): HclFault {
  return new HclFault(
    `${JSON.stringify(source)} is no Terraform expression (${what}); ` +
      'cdktf\'s Fn functions do not escape their strings: write \\\\ for \\ and \\" for ", or use JSON.stringify for fixed JSON',
  );
}
