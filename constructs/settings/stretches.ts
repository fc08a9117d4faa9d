/** A part of a string: what stands there, and whether it is a `${…}` or `%{…}`. */
export interface Stretch {
  readonly text: string;
  readonly isReference: boolean;
}

/**
 * The literal parts of a string and the references between them, in their order. A reference that does not end reaches to
 * the end of the string.
 */
export function stretches(value: string): Stretch[] {
  // Most strings hold none, and this is asked of every one.
  if (!value.includes("{")) return value === "" ? [] : [{ text: value, isReference: false }];
  const out: Stretch[] = [];
  let start = 0;
  const take = (end: number, isReference: boolean): void => {
    if (end > start) out.push({ text: value.slice(start, end), isReference });
    start = end;
  };
  for (let at = 0; at < value.length;) {
    if (isEscaped(value, at)) at += 3;
    else if (isOpening(value, at)) {
      take(at, false);
      at = endOfReference(value, at + 2);
      take(at, true);
    } else at++;
  }
  take(value.length, false);
  return out;
}

/** The string with something in place of each reference, for checks of what stands around them. */
export function withStandIns(value: string, standIn: string): string {
  return stretches(value)
    .map(({ text, isReference }) => (isReference ? standIn : text))
    .join("");
}

/** With its sign doubled an opening means nothing. */
function isEscaped(value: string, at: number): boolean {
  return value.startsWith("$${", at) || value.startsWith("%%{", at);
}

/** `%{` is an opening only before a directive; the formats of curl and others have it, too. */
function isOpening(value: string, at: number): boolean {
  return value.startsWith("${", at) || /^%\{~?\s*(?:if|else|endif|for|endfor)\b/.test(value.slice(at, at + 32));
}

/** The index behind the closing brace of a reference, in which there may be braces, quotes and references in quotes. */
function endOfReference(value: string, from: number): number {
  const open = ["{"];
  let at = from;
  for (; at < value.length && open.length > 0; at++) {
    const char = value[at] ?? "";
    if (open.at(-1) === '"') {
      if (char === "\\") at++;
      else if (char === '"') open.pop();
      else if (isEscaped(value, at)) at += 2;
      else if (isOpening(value, at)) {
        open.push("{");
        at++;
      }
    } else if (char === '"' || char === "{") open.push(char);
    else if (char === "}") open.pop();
  }
  return Math.min(at, value.length);
}
