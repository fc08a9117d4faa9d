import type { Rule } from "./rule";

/** What every Coder with dynamic parameters knows; `//` is a comment. */
const KNOWN: readonly string[] = [
  "//",
  "check",
  "data",
  "import",
  "locals",
  "module",
  "moved",
  "output",
  "provider",
  "resource",
  "terraform",
  "variable",
];

const REMEDIES: Readonly<Record<string, string>> = {
  removed: "take what must not be destroyed out of each workspace's state by hand",
  ephemeral: "use a data source or a resource",
};

/** Coder's form drops a whole file without a word if it meets a block in it that it does not know. */
export const unknownTopLevelBlock: Rule = {
  id: "unknown-top-level-block",
  level: "error",
  check: (tree) =>
    Object.keys(tree)
      .filter((kind) => !KNOWN.includes(kind) && tree[kind] !== undefined)
      .map((kind) => ({
        address: kind,
        message:
          `top-level block must be one of ${KNOWN.slice(1).join(", ")}, got ${kind}: a Coder that does not know it shows no ` +
          `parameters of the whole file; ${REMEDIES[kind] ?? "leave it out"}`,
      })),
};
