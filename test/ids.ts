import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");
const ID = "([a-z0-9]+(?:-[a-z0-9]+)+)";

/** The TypeScript files of a folder of the project, without generated ones. */
export function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("providers"))
    .map((file) => path.join(root, folder, file));
}

/**
 * The ids of checks, warnings and rules: as the first argument, as the property id, or at the end of a message. Where a
 * function is told the id, every text of its form in the file is one.
 */
export function idsIn(text: string): string[] {
  const told = /ValidationError\(\s*id\b/.test(text) ? [`"${ID}"`] : [];
  return found(text, [`ValidationError\\(\\s*"${ID}"`, `\\bid: "${ID}"`, ` \\[${ID}\\][\`"]`, ...told]);
}

/** The ids of what is shown and ends nothing: of a warning, of a rule of that level, or at the end of a text for warn. */
export function warningsIn(text: string): string[] {
  return found(text, [
    `\\bid: "${ID}",\\s*(?:message|level: "warning")`,
    `\\bwarn\\(\\s*\\w+,\\s*\`[^\`]* \\[${ID}\\]\``,
  ]);
}

function found(text: string, places: readonly string[]): string[] {
  return places.flatMap((place) => [...text.matchAll(new RegExp(place, "g"))].map(([, id]) => id ?? ""));
}

function ofConstructs(idsOf: (text: string) => string[]): string[] {
  return [...new Set(sources("constructs").flatMap((file) => idsOf(readFileSync(file, "utf8"))))].sort();
}

/** Every id that the package has. */
export const TRAPS: readonly string[] = ofConstructs(idsIn);

/** Those of warnings. */
export const WARNINGS: readonly string[] = ofConstructs(warningsIn);
