import { readFileSync } from "node:fs";

import { TRAPS, idsIn, sources, warningsIn } from "./ids";

const tests = sources("test").filter((file) => file.endsWith(".test.ts") && file !== __filename);
const tested = tests.map((file) => readFileSync(file, "utf8")).join("\n");

test("finds ids in every form", () => {
  expect(
    idsIn('new ValidationError(\n  "one-id",; { id: "two-ids", }; `text [three-ids]`; /[a-z]/; [a-z0-9-]; "no-id"'),
  ).toEqual(["one-id", "two-ids", "three-ids"]);
  expect(idsIn('check(at, name, "one-id", "a rule"); throw new ValidationError(\n  id,')).toEqual(["one-id"]);
  expect(TRAPS).toContain("container-not-root");
});

test("tells warnings from errors", () => {
  const warnings = [
    'push({\n  id: "one-id",\n  message:',
    '{ id: "two-ids", level: "warning" }',
    "warn(\n  it,\n  `a; ${b} [three-ids]`",
  ];
  const errors = ['new ValidationError("one-id", `message`)', '{ id: "two-ids", level: "error" }', "`a [three-ids]`"];

  expect(warningsIn(warnings.join("\n"))).toEqual(["one-id", "two-ids", "three-ids"]);
  expect(warningsIn(errors.join("\n"))).toEqual([]);
});

test.each(TRAPS)("%s occurs in a test", (id) => {
  expect(new RegExp(`(?<![a-z0-9-])${id}(?![a-z0-9-])`).test(tested)).toBe(true);
});
