/** A moment as Go prints it in messages about certificates. */
export function goTime(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A text as Go quotes it, what cannot be printed escaped. */
export function goQuoted(text: string): string {
  const escaped = text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll(/\p{C}|\p{Zl}|\p{Zp}/gu, (one) => {
    const code = one.codePointAt(0) ?? 0;
    if (code < 0x80) return SHORT[code] ?? `\\x${code.toString(16).padStart(2, "0")}`;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
  return `"${escaped}"`;
}

const SHORT: Readonly<Record<number, string>> = {
  7: "\\a",
  8: "\\b",
  9: "\\t",
  10: "\\n",
  11: "\\v",
  12: "\\f",
  13: "\\r",
};
