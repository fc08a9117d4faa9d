import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";

import { sources } from "./ids";

const root = dirname(__dirname);

interface Package {
  readonly main: string;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

const manifest: Package = JSON.parse(read("package.json"));
const bindings = ["coder", "envbuilder"];

/** The doors of the package with what is behind them; a star stands for each binding. */
const doors = Object.entries(manifest.exports)
  .filter(([door]) => door !== "./package.json")
  .flatMap(([door, target]): [door: string, types: string, file: string][] => {
    const { types, default: file } = typeof target === "string" ? { types: target, default: target } : target;
    if (!door.endsWith("/*")) return [[door, types, file]];
    const folder = join(root, "constructs/providers", door.slice(2, -2));
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => [door.replace("*", name), types.replace("*", name), file.replace("*", name)]);
  });

/** What the build makes a file of dist from. */
function source(built: string): string {
  const path = built.replace("./dist/", "");
  return path.includes("/providers/") ? path : path.replace(/\.d\.ts$|\.js$/, ".ts");
}

test("the package has doors for its parts and for each binding", () => {
  expect(doors.map(([door]) => door)).toEqual(
    expect.arrayContaining([".", "./docker", "./coder", "./coder/agent", "./envbuilder", "./envbuilder/provider"]),
  );
  expect({ main: manifest.main, types: manifest.types }).toEqual({
    main: "./dist/constructs/index.js",
    types: "./dist/constructs/index.d.ts",
  });
});

test.each(doors)("%s leads to what the build makes", (_, types, file) => {
  expect(types).toMatch(/^\.\/dist\/.*\.d\.ts$/);
  expect(file).toBe(types.replace(/\.d\.ts$/, ".js"));
  for (const built of [types, file]) expect(existsSync(join(root, source(built)))).toBe(true);
});

test.each(doors)("%s leads to the same source in the compiler and in the tests", (door, types) => {
  const { compilerOptions }: { compilerOptions: { paths: Record<string, string[]> } } = JSON.parse(
    read("tsconfig.json"),
  );
  const name = `cdktf-coder-envbuilder${door.slice(1)}`;
  const [pattern = "", targets = []] =
    Object.entries(compilerOptions.paths).find(([path]) => path === name) ??
    Object.entries(compilerOptions.paths).find(([path]) => path.endsWith("/*") && name.startsWith(path.slice(0, -1))) ??
    [];
  const compiled = targets[0]?.replace("*", name.slice(pattern.length - 1)).replace(/\.ts$/, "");

  expect(compiled).toBe(`./${source(types).replace(/(\.d)?\.ts$/, "")}`);
  expect(require.resolve(name).replace(/\.(js|ts)$/, "")).toBe(join(root, compiled ?? ""));
});

test("what the constructs import is a dependency, and of the targets' bindings an optional one", () => {
  const files = readdirSync(join(root, "constructs"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.startsWith("providers"),
  );
  const used = new Set(
    files
      .flatMap((file) => [...read(join("constructs", file)).matchAll(/ from "([^".][^"]*)"/g)])
      .map(([, name = ""]) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
      .filter((name) => !name.startsWith("node:")),
  );
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  const optional = Object.keys(manifest.peerDependenciesMeta).filter(
    (name) => manifest.peerDependenciesMeta[name]?.optional,
  );

  expect(Object.keys(declared)).toEqual(expect.arrayContaining([...used]));
  expect([...used].filter((name) => name.startsWith("@cdktf/provider-")).every((name) => optional.includes(name))).toBe(
    true,
  );
});

/** Where links of the archive's pages lead that is not in it, but for what only somebody with a clone does. */
function missingTargets(files: readonly string[]): string[] {
  return files
    .filter((file) => file.endsWith(".md"))
    .flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)].map(([, target = ""]) =>
        join(dirname(page), target),
      ),
    )
    .filter((target) => !target.startsWith("test/real/") && target !== "CONTRIBUTING.md")
    .filter((target) => !files.some((file) => file === target || file.startsWith(`${target}/`)));
}

test("the archive holds what the build makes and what people read, and nothing else", () => {
  const output = execFileSync("npm", ["pack", "--dry-run", "--ignore-scripts", "--json"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [archive]: { files: { path: string }[] }[] = JSON.parse(output);
  const files = archive?.files.map(({ path }) => path) ?? [];

  const readable = files.filter((file) => !/^(?:dist|docs|examples|features)\//.test(file));
  const built = files.filter((file) => file.startsWith("dist/"));

  expect(readable.sort()).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]);
  expect(built.filter((file) => /\.test\.|\.map$|\.tsbuildinfo$|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  expect(files.filter((file) => /^(?:docs|examples)\//.test(file) && !/\.(?:md|ts|pem)$/.test(file))).toEqual([]);
  expect(missingTargets(files)).toEqual([]);
}, 30_000);

test("the build begins with nothing", () => {
  expect(manifest.scripts["build"]?.startsWith("node scripts/clean.js && ")).toBe(true);
  expect(bindings.every((name) => existsSync(join(root, "constructs/providers", name, "index.js")))).toBe(true);
});

test("no name in the source means the module itself in what is built: the compiler writes through it", () => {
  const shadowing = [...sources("constructs"), ...sources("cli")].filter((file) =>
    /\b(?:const|let|var|function|class) (?:exports|module|require|__dirname|__filename)\b/.test(
      read(relative(root, file)),
    ),
  );

  expect(shadowing).toEqual([]);
});
