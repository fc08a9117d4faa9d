// In Terraform's JSON syntax every string is a template: text with `${…}` and `%{…}` sequences in it.
import { HclFault } from "./hcl-fault";

/** Text as a template spells it, that is with `$${` and `%%{` for `${` and `%{`. */
export interface TextPart {
  readonly text: string;
}

/** A `${…}` or `%{…}` sequence, its strip markers applied to the text beside it and left out. */
export interface SequencePart {
  readonly open: "${" | "%{";
  readonly body: string;
}

export type TemplatePart = TextPart | SequencePart;

/** Whether a part is text. */
export function isText(part: TemplatePart): part is TextPart {
  return "text" in part;
}

type RawPart = TextPart | { readonly open: string; readonly body: string; readonly close: string };

/** Splits a template into text and sequences. */
export function templateParts(template: string): TemplatePart[] {
  if (!/[$%]\{/.test(template)) return [{ text: template }];
  const raw = scan(template);
  return raw.flatMap((part, i): TemplatePart[] => {
    if (!("text" in part)) return [{ open: part.open.startsWith("$") ? "${" : "%{", body: part.body }];
    const next = raw[i + 1];
    const text = withoutStripped(part.text, raw[i - 1], next);
    // A sign that touches an opening of its kind once the blanks between them are gone would escape it.
    const signs = /(?:\$+|%+)$/.exec(text)?.[0] ?? "";
    const touches = next !== undefined && "open" in next && signs !== "" && signs[0] === next.open[0];
    return touches ? [{ text: text.slice(0, -signs.length) }, { open: "${", body: `"${signs}"` }] : [{ text }];
  });
}

/** The sequence that a template consists of, if that is all there is: such a template keeps the type of its value. */
export function loneSequence(template: string): string | undefined {
  if (!template.startsWith("${")) return undefined;
  const [first, ...rest] = templateParts(template);
  return first && !isText(first) && rest.length === 0 ? first.body : undefined;
}

/** Whether any sequence of a template has a strip marker. */
export function hasStripMarker(template: string): boolean {
  return /[$%]\{~|~\}/.test(template);
}

// What may be skipped at once. Letter by letter took twice the time.
const PLAIN = /[^$%]+/y;
const PLAIN_IN_QUOTES = /[^$%"\\]+/y;
const PLAIN_IN_SEQUENCE = /[^"{}]+/y;

/** The index behind what a pattern finds at an index, which is that index where it finds nothing. */
function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The index of the quote that closes a quoted template whose content starts at `start`, or the length of the source. */
export function quotedEnd(source: string, start: number): number {
  let i = start;
  for (; i < source.length && source[i] !== '"'; i++) {
    i = endOf(PLAIN_IN_QUOTES, source, i);
    if (i === source.length || source[i] === '"') break;
    if (source[i] === "\\") i++;
    else if (source.startsWith("$${", i) || source.startsWith("%%{", i)) i += 2;
    else if (source.startsWith("${", i) || source.startsWith("%{", i)) i = sequenceEnd(source, i + 2);
  }
  return i;
}

function scan(template: string): RawPart[] {
  const out: RawPart[] = [];
  let text = "";
  for (let i = 0; i < template.length;) {
    const plain = endOf(PLAIN, template, i);
    if (plain > i) {
      text += template.slice(i, plain);
      i = plain;
      continue;
    }
    if (template.startsWith("$${", i) || template.startsWith("%%{", i)) {
      text += template.slice(i, i + 3);
      i += 3;
      continue;
    }
    const opening = /\$\{~?|%\{~?/y;
    opening.lastIndex = i;
    const open = opening.exec(template)?.[0];
    if (open === undefined) {
      text += template[i++];
      continue;
    }
    const start = i + open.length;
    const end = sequenceEnd(template, start);
    const strip = template[end - 1] === "~" ? 1 : 0;
    if (text) out.push({ text });
    text = "";
    out.push({ open, body: template.slice(start, end - strip), close: strip ? "~}" : "}" });
    i = end + 1;
  }
  if (text) out.push({ text });
  return out;
}

// The index of the brace that closes a sequence whose body starts at `start`.
function sequenceEnd(source: string, start: number): number {
  let depth = 1;
  for (let i = start; i < source.length; i++) {
    i = endOf(PLAIN_IN_SEQUENCE, source, i);
    if (source[i] === '"') i = quotedEnd(source, i + 1);
    else if (source[i] === "{") depth++;
    else if (source[i] === "}" && --depth === 0) return i;
  }
  throw new HclFault(
    `an interpolation is opened but not closed in ${JSON.stringify(source)}; ` +
      "close it with }, or write $${ (or %%{) where the text itself is meant",
  );
}

// Strip markers (~) take the blanks off the rest of the line next to them, its end included. They are applied here because
// in a quoted string, which is one line to Terraform, they would take more than in JSON.
const BLANKS = "[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*";
const LEADING_BLANKS = new RegExp(`^${BLANKS}`);
const TRAILING_BLANKS = new RegExp(`${BLANKS}$`);

function withoutStripped(text: string, before: RawPart | undefined, after: RawPart | undefined): string {
  const stripsStart = before !== undefined && "close" in before && before.close === "~}";
  const stripsEnd = after !== undefined && "open" in after && after.open.endsWith("~");
  if (!stripsStart && !stripsEnd) return text;
  const lines: string[] = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  if (stripsStart) lines[0] = (lines[0] ?? "").replace(LEADING_BLANKS, "");
  if (stripsEnd) lines.push((lines.pop() ?? "").replace(TRAILING_BLANKS, ""));
  return lines.join("");
}
