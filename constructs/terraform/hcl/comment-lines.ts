/** The width that comments are wrapped at, indentation included. */
const COLUMNS = 100;

/** A text as `# …` lines, wrapped; nothing without a text. */
export function commentLines(text: string | undefined, indent = ""): string {
  if (text === undefined) return "";
  const width = Math.max(COLUMNS - indent.length - 2, 20);
  return text
    .split("\n")
    .flatMap((line) => wrapped(line, width))
    .map((line) => `${indent}# ${line}`.trimEnd() + "\n")
    .join("");
}

// Further lines of an indented text or a list item stand below the first one's words.
function wrapped(line: string, width: number): string[] {
  const hang = " ".repeat(/^\s*(?:[-*] )?/.exec(line)?.[0].length ?? 0);
  const lines: string[] = [];
  let current = /^\s*/.exec(line)?.[0] ?? "";
  let empty = true;
  for (const word of line.trim().split(/ +/)) {
    if (!empty && current.length + 1 + word.length > width) {
      lines.push(current);
      current = hang;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, current];
}
