import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.startsWith("providers"))
    .map((file) => path.join(root, folder, file));
}

/** The ids of checks, warnings and rules: as the first argument, as the property id, or at the end of a message. */
function idsIn(text: string): string[] {
  const id = "([a-z0-9]+(?:-[a-z0-9]+)+)";
  const places = [`ValidationError\\(\\s*"${id}"`, `\\bid: "${id}"`, ` \\[${id}\\][\`"]`];
  return places.flatMap((place) => [...text.matchAll(new RegExp(place, "g"))].map(([, found]) => found ?? ""));
}

const traps = [...new Set(sources("constructs").flatMap((file) => idsIn(readFileSync(file, "utf8"))))].sort();
const tests = sources("test").filter((file) => file.endsWith(".test.ts") && file !== __filename);
const tested = tests.map((file) => readFileSync(file, "utf8")).join("\n");

test("finds ids in every form", () => {
  expect(
    idsIn('new ValidationError(\n  "one-id",; { id: "two-ids", }; `text [three-ids]`; /[a-z]/; [a-z0-9-]'),
  ).toEqual(["one-id", "two-ids", "three-ids"]);
  expect(traps).toContain("container-not-root");
});

test.each(traps)("%s occurs in a test", (id) => {
  expect(new RegExp(`(?<![a-z0-9-])${id}(?![a-z0-9-])`).test(tested)).toBe(true);
});
