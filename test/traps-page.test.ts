import { readFileSync } from "node:fs";
import * as path from "node:path";

import { TRAPS, WARNINGS } from "./ids";

// Whoever reads an id in a message finds it in docs/traps.md, once.

const page = readFileSync(path.join(__dirname, "../docs/traps.md"), "utf8");
const rows = [...page.matchAll(/^\| `([^`]*)`( \(warning\))? \| (.+) \| (.+) \|$/gm)].map(
  ([, id = "", warning, consequence = "", remedy = ""]) => ({
    id,
    isWarning: warning !== undefined,
    consequence,
    remedy,
  }),
);

test("every id has a row, and every row an id", () => {
  expect(rows.map(({ id }) => id).sort()).toEqual(TRAPS);
});

test("rows of warnings say so", () => {
  const marked = rows.filter(({ isWarning }) => isWarning).map(({ id }) => id);

  expect(marked.sort()).toEqual(WARNINGS);
});

test("every row of the page is read, and ends in sentences", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("|") && !/^\| (?:id|---) \|/.test(line));
  const unfinished = rows.filter(({ consequence, remedy }) => !consequence.endsWith(".") || !remedy.endsWith("."));

  expect(lines).toHaveLength(rows.length);
  expect(unfinished).toEqual([]);
});
