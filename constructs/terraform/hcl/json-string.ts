import type { TerraformValue } from "../tree";
import { isList, isObject } from "./value-shapes";
import { UnicodePattern } from "../../unicode-pattern";

/**
 * Whether Terraform's `jsonencode` gives exactly this string for what it says.
 *
 * People write `jsonencode({ … })` rather than JSON in quotes. Texts that would have to be evaluated first are left alone.
 */
export function isCanonicalJson(text: string): boolean {
  if (!/^(?:\{[^]*\}|\[[^]*\])$/.test(text) || /[$%]\{/.test(text)) return false;
  try {
    const content: TerraformValue = JSON.parse(text);
    return canonical(content) === text;
  } catch {
    return false;
  }
}

// Nothing for what JavaScript and Terraform may spell differently: fractions, control characters, half characters.
function canonical(value: TerraformValue): string | undefined {
  if (typeof value === "string") return canonicalString(value);
  if (typeof value === "number") return Number.isSafeInteger(value) ? String(value) : undefined;
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return String(value);
  const names = Object.keys(value).sort();
  if (!names.every((name) => /^[ -~]*$/.test(name))) return undefined;
  return `{${names.map((name) => `${canonicalString(name)}:${canonical(value[name])}`).join(",")}}`;
}

const CONTROL = new UnicodePattern(String.raw`[^\n\r\t\P{C}]|[\u2028\u2029]`);

function canonicalString(text: string): string | undefined {
  if (CONTROL.test(text)) return undefined;
  const escaped: Readonly<Record<string, string>> = { "<": "\\u003c", ">": "\\u003e", "&": "\\u0026" };
  return JSON.stringify(text).replace(/[<>&]/g, (c) => escaped[c] ?? c);
}
