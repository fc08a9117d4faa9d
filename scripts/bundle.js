// Compiles the library into as few files as its doors allow, and the command line into another: to find and open a file for
// each of 170 modules took 45 ms, a seventh of a process that synthesizes one template.
const fs = require("node:fs");
const path = require("node:path");
const { buildSync, transformSync } = require("esbuild");

const root = path.dirname(__dirname);
const dist = path.join(root, "dist");
/** What users import. What several of them need is in files of its own, so that there is one copy of it. */
const DOORS = ["constructs/index.ts", "constructs/docker/index.ts", "constructs/kubernetes/index.ts"];

const shared = {
  absWorkingDir: root,
  outdir: dist,
  outbase: root,
  bundle: true,
  platform: "node",
  target: "node20.9",
  packages: "external",
  // Users import them, too, and get the classes that the library has.
  external: ["../providers/*", "../../providers/*"],
  logLevel: "warning",
};

// Only modules in ECMAScript's syntax can be split; the package is in Node's.
const { outputFiles } = buildSync({
  ...shared,
  entryPoints: DOORS,
  format: "esm",
  splitting: true,
  chunkNames: "constructs/shared-[hash]",
  write: false,
});
for (const { path: file, text } of outputFiles) {
  const bindings = path.relative(path.dirname(file), path.join(dist, "constructs"));
  const { code } = transformSync(named(text), { format: "cjs", platform: "node", target: shared.target });
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, code.replaceAll(/"(?:\.\.\/)+providers\//g, `"${bindings || "."}/providers/`));
}
/** With classes as they are named in the source: those that speak of themselves get an underscore, which users would see. */
function named(text) {
  const names = [...text.matchAll(/^var (\w+) = class (_\1) /gm)].map(([, name, underscored]) => [name, underscored]);
  return names.reduce((done, [name, own]) => done.replaceAll(new RegExp(`\\b${own}\\b`, "g"), name), text);
}
buildSync({ ...shared, entryPoints: ["cli/main.ts"], format: "cjs" });
