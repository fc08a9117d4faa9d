// Lines of `name = value`.

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
