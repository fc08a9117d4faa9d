import { readFileSync } from "node:fs";
import * as path from "node:path";

import { TRAPS, WARNINGS, sources } from "./ids";

// Whoever reads an id in a message finds it in docs/traps.md, once; and what has no message has a test of its name.

const page = readFileSync(path.join(__dirname, "../docs/traps.md"), "utf8");
const rows = page.split(/^## /m).flatMap((section) =>
  [...section.matchAll(/^\| `([^`]*)`( \(warning\))? \| (.+) \| (.+) \|$/gm)].map(
    ([, id = "", warning, consequence = "", remedy = ""]) => ({
      id,
      isWarning: warning !== undefined,
      // These two sections are about what is never said.
      isSilent: /^(Taken care of|What shows only)/.test(section),
      consequence,
      remedy,
    }),
  ),
);
const ids = (test: (row: (typeof rows)[number]) => boolean): string[] => rows.filter(test).map(({ id }) => id);
const silent = ids(({ isSilent }) => isSilent);
const tested = sources("test")
  .filter((file) => file.endsWith(".test.ts") && file !== __filename)
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

test("every id has a row, and every row an id", () => {
  expect(ids(({ isSilent }) => !isSilent).sort()).toEqual(TRAPS);
});

test("rows of warnings say so", () => {
  expect(ids(({ isWarning }) => isWarning).sort()).toEqual(WARNINGS);
});

test("no id has two rows", () => {
  expect(new Set(ids(() => true)).size).toBe(rows.length);
});

test.each(silent)("a test has the name of %s", (id) => {
  // At either end of a title, or in its list of ids.
  expect(new RegExp(`[" ]${id}[":,]`).test(tested)).toBe(true);
});

test("every row of the page is read, and ends in sentences", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("|") && !/^\| (?:id|---) \|/.test(line));
  const unfinished = rows.filter(({ consequence, remedy }) => !consequence.endsWith(".") || !remedy.endsWith("."));

  expect(lines).toHaveLength(rows.length);
  expect(unfinished).toEqual([]);
});
