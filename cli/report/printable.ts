/**
 * A text from elsewhere, fit for a terminal: what would move its cursor, change its colours or turn the direction of writing
 * is shown as a question mark.
 */
export function printable(text: string): string {
  return text.replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, "?");
}

/** JSON that holds no character that a terminal acts upon; what it says is the same. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) =>
    one === "\n"
      ? one
      : [...Array(one.length).keys()].map((at) => `\\u${one.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}
