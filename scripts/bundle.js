// Puts the compiled modules of the library into as few files as its doors allow: to find and open a file for each of 170 took
// 40 ms, a seventh of a process that synthesizes one template. The command line stays as it is, because each command loads little.
//
//   node scripts/bundle.js [FOLDER]   default: dist
const fs = require("node:fs");
const path = require("node:path");
const { buildSync, transformSync } = require("esbuild");

const root = path.dirname(__dirname);
const dist = path.resolve(root, process.argv[2] ?? "dist");
/** What users import. What several of them need is in files of its own, so that there is one copy of it. */
const DOORS = ["constructs/index.ts", "constructs/docker/index.ts", "constructs/kubernetes/index.ts"];
const BINDINGS = path.join("constructs", "providers");

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
  write: false,
};

/** With classes as they are named in the source: those that speak of themselves get an underscore, which users would see. */
function named(text) {
  const classes = [...text.matchAll(/^var (\w+?)\d* = class _\1 /gm)].map(([, name]) => name);
  return classes.reduce((done, name) => done.replaceAll(new RegExp(`\\b_${name}\\b`, "g"), name), text);
}

/** With exports that are not copied once more: a millisecond for the hundreds there are. */
function exported(text) {
  const copied = "module.exports = __toCommonJS(stdin_exports);";
  const same = '__defProp(stdin_exports, "__esModule", { value: true });\nmodule.exports = stdin_exports;';
  return text.replace(copied, same);
}

/** What a plain template has no use for, each a millisecond to load. */
const SELDOM = ["coder/app", "coder/data-coder-parameter", "coder/data-coder-external-auth", "envbuilder/[\\w-]+"];

/** With what is seldom used loaded where it is used. */
function lazy(text) {
  const load = `require\\("(?:[./]+/providers/(?:${SELDOM.join("|")})|fastest-levenshtein)"\\)`;
  const imports = [...text.matchAll(new RegExp(`^var (import_\\w+) = (${load});\n`, "gm"))];
  return imports.reduce(
    (done, [line, name, module]) =>
      done.replace(line, "").replaceAll(new RegExp(`(?:\\(0, )?\\b${name}\\.(\\w+)\\)?`, "g"), `(${module}.$1)`),
    text,
  );
}

/** The modules of the library that the command line imports one by one, as the compiler writes them. */
function usedByCommandLine() {
  const entryPoints = ["cli/main.ts"];
  const { metafile } = buildSync({ ...shared, entryPoints, format: "cjs", metafile: true });
  return new Set(Object.keys(metafile.inputs).map((file) => path.join(dist, file.replace(/\.ts$/, ".js"))));
}

// Only modules in ECMAScript's syntax can be split; the package is in Node's.
const chunkNames = "constructs/shared-[hash]";
const { outputFiles } = buildSync({ ...shared, entryPoints: DOORS, format: "esm", splitting: true, chunkNames });

const kept = usedByCommandLine();
for (const file of fs.readdirSync(path.join(dist, "constructs"), { recursive: true })) {
  const module = path.join(dist, "constructs", file);
  const isBinding = module.startsWith(path.join(dist, BINDINGS));
  if (file.endsWith(".js") && !isBinding && !kept.has(module)) fs.rmSync(module);
}
for (const { path: file, text } of outputFiles) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  // Comments go, and with them the signs for which V8 would hold and read all of the text in two bytes a letter: 4 ms.
  const bare = transformSync(text, { minifyWhitespace: true, target: shared.target }).code;
  const { code } = transformSync(bare, { format: "cjs", platform: "node", target: shared.target });
  const bindings = path.relative(path.dirname(file), path.join(dist, BINDINGS));
  const prefix = bindings.startsWith(".") ? bindings : `./${bindings}`;
  fs.writeFileSync(file, lazy(exported(named(code))).replaceAll(/"(?:\.\.\/)+providers\//g, `"${prefix}/`));
}
