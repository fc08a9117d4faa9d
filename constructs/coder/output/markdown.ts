/**
 * A value as code in a line of Markdown, whatever is in it: on one line, cut where it is long.
 *
 * In a table nothing can escape a pipe in code for certain, so that a value with one is text.
 */
export function code(value: string): string {
  const line = oneLine(value);
  const short = line.length > 80 ? `${line.slice(0, 79)}…` : line;
  if (short.includes("|")) return escapedText(short);
  const fence = "`".repeat(longestRun(short) + 1);
  const pad = /^`|`$/.test(short) ? " " : "";
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** Text that nothing in it is Markdown of. */
export function escapedText(value: string): string {
  return oneLine(value)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("|", "&#124;")
    .replaceAll(/[\\`*_[\]~]/g, "\\$&");
}

/** Markdown of an author, on one line, in which no HTML is: readers would not see what looks like a tag. */
export function inlineMarkdown(value: string): string {
  const parts = oneLine(value).split(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/);
  // The pattern gives triples: what is no code, the backticks, the code between them.
  return parts
    .map((part, index) => {
      if (index % 3 === 0) return part.replaceAll(/<(?!(?:https?:\/\/|mailto:)[^\s<>]*>)/g, "&lt;");
      return index % 3 === 1 ? `${part}${parts[index + 1] ?? ""}${part}` : "";
    })
    .join("");
}

/** A table, or undefined without rows. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string | undefined {
  if (rows.length === 0) return undefined;
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** A block of code. */
export function codeBlock(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function row(cells: readonly string[]): string {
  // Of backslashes before a pipe each pair is one that is meant.
  return `| ${cells.map((cell) => cell.replaceAll(/(?<!\\)((?:\\\\)*)\|/g, "$1\\|")).join(" | ")} |`;
}

function oneLine(value: string): string {
  return value.replaceAll(/\s+/g, " ").trim();
}

function longestRun(value: string): number {
  return Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
}
