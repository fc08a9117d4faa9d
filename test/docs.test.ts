import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";

import { BuildHelp, CaBundle, Distribution, Proxy } from "../constructs";
import { TEMPLATE_RULES } from "../constructs/coder/rules";

// What the documentation shows is what happens: its code compiles and runs, its output is real, its links lead somewhere.
// UPDATE_DOCS=1 writes what is generated into the pages.

const root = path.join(__dirname, "..");
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "features/corporate-ca/README.md",
  ...readdirSync(path.join(root, "docs")).map((name) => `docs/${name}`),
]
  .filter((name) => name.endsWith(".md"))
  .concat(readdirSync(path.join(root, "docs/decisions")).map((name) => `docs/decisions/${name}`));
const read = (page: string): string => readFileSync(path.join(root, page), "utf8");

interface Manifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, unknown>>;
}

interface Program {
  readonly name: string;
  readonly code: string;
}

const programs: Program[] = pages.flatMap((page) =>
  [...read(page).matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""], index) => ({
    name: `${page} ${index + 1}`,
    code,
  })),
);

let folder: string;

beforeAll(() => {
  mkdirSync(path.join(root, "temp"), { recursive: true });
  // Below the project, so that the programs find the package by its name, as its users do.
  folder = mkdtempSync(path.join(root, "temp", "docs-"));
  for (const [index, { code }] of programs.entries()) writeFileSync(path.join(folder, `program-${index}.ts`), code);
  cpSync(path.join(root, "examples/docker-behind-a-proxy/certs"), path.join(folder, "certs"), { recursive: true });
  cpSync(path.join(folder, "certs/corporate-root.pem"), path.join(folder, "mitmproxy/mitmproxy-ca-cert.pem"));
  writeFileSync(
    path.join(folder, "tsconfig.json"),
    JSON.stringify({ extends: "../../tsconfig.json", include: ["*.ts"] }),
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Runs a program of the documentation as its reader would; returns what it synthesized. */
function run(index: number | string): string {
  const out = path.join(folder, `out-${index}`);
  const before = { directory: process.cwd(), outdir: process.env["CDKTF_OUTDIR"] };
  process.chdir(folder);
  process.env["CDKTF_OUTDIR"] = out;
  try {
    jest.isolateModules(() => {
      require(path.join(folder, `program-${index}.ts`));
    });
  } finally {
    process.chdir(before.directory);
    if (before.outdir === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before.outdir;
  }
  const [stack = ""] = readdirSync(path.join(out, "stacks"));
  return path.join(out, "stacks", stack);
}

/** What stands in a page after a marker, replaced by what belongs there when the documentation is updated. */
function generated(page: string, marker: string, pattern: RegExp, wanted: string): string {
  const text = read(page);
  const at = text.indexOf(marker);
  expect(at).toBeGreaterThan(-1);
  const [found = "", head = "", content = "", tail = ""] = pattern.exec(text.slice(at)) ?? [];
  expect(found).not.toBe("");
  if (process.env["UPDATE_DOCS"] !== "1") return content;
  writeFileSync(path.join(root, page), text.slice(0, at) + text.slice(at).replace(found, () => head + wanted + tail));
  return wanted;
}

describe("the code in the documentation", () => {
  test("compiles", () => {
    const compiler = path.join(path.dirname(require.resolve("typescript/package.json")), "bin", "tsc");

    expect(() =>
      execFileSync(process.execPath, [compiler, "-p", folder], { encoding: "utf8", stdio: "pipe" }),
    ).not.toThrow();
  });

  test.each(programs.map(({ name }, index) => ({ name, index })))("runs and synthesizes: $name", ({ index }) => {
    const directory = run(index);

    expect(readdirSync(directory).some((name) => /\.tf(\.json)?$/.test(name))).toBe(true);
  });
});

describe("the output in the documentation", () => {
  test("is that of the README's example", () => {
    const main = readFileSync(path.join(run(0), "main.tf"), "utf8");
    const block = /^# Exists only[^]*?^}\n/m.exec(main)?.[0] ?? "";

    const shown = generated(
      "README.md",
      "<!-- output: docker_container.workspace -->",
      /(```hcl\n)([^]*?)(```)/,
      block,
    );

    expect(block).toContain('resource "docker_container" "workspace"');
    expect(shown).toBe(block);
  });

  test("has what a repository needs as the program of that page makes it", () => {
    const page = "docs/builds.md";
    const readme = readFileSync(
      path.join(run(programs.findIndex(({ name }) => name === `${page} 1`)), "README.md"),
      "utf8",
    );
    const made = BuildHelp.of({
      proxy: Proxy.containerWide({ url: "http://proxy.example.com:3128" }),
      ca: CaBundle.fromFile(path.join(root, "examples/docker-behind-a-proxy/certs/corporate-root.pem")),
    });

    const lines = Object.values(Distribution).map((one): [string, string] => [one, `${made.dockerfile(one) ?? ""}\n`]);
    for (const [name, wanted] of [["devcontainer.json", `${made.devcontainer() ?? ""}\n`] as const, ...lines]) {
      expect(generated(page, `<!-- output: ${name} -->`, /(```\w+\n)([^]*?)(```)/, wanted)).toBe(wanted);
    }
    for (const name of ["debian", "fedora"]) expect(readme).toContain(new Map(lines).get(name));
    expect(readme).toContain(made.devcontainer());
  });

  test("lists every rule with its level", () => {
    const rows = TEMPLATE_RULES.map(({ id, level }) => `| \`${id}\` | ${level} |\n`).join("");

    const shown = generated(
      "docs/template-directory.md",
      "<!-- table: rules -->",
      /(\| -+ +\| -+ +\|\n)((?:\|.*\n)*)()/,
      rows,
    );

    expect(shown).toBe(rows);
  });
});

test("the error for a stack without providers is cdktf's", () => {
  const page = read("docs/own-stack.md");
  const [, shown = ""] = /<!-- error: missing providers -->\n\n```text\n([^]*?)\n```/.exec(page) ?? [];
  const program = programs.findIndex(({ name }) => name === "docs/own-stack.md 1");
  const without = programs[program]?.code.replace(/^(?:new (?:Coder|Docker)Provider|stack\.addOverride)\(.*\n/gm, "");

  writeFileSync(path.join(folder, "program-without.ts"), without ?? "");

  expect(shown).not.toBe("");
  expect(() => run("without")).toThrow(shown);
});

test("a project of one's own installs what the package needs, by the archive's name", () => {
  const { version, peerDependencies, peerDependenciesMeta }: Manifest = JSON.parse(read("package.json"));
  const page = read("README.md");
  const [, archive = "", packages = ""] = /^npm install \.\.\/(\S+\.tgz) (.+)$/m.exec(page) ?? [];
  const targets = Object.keys(peerDependenciesMeta);
  const needed = Object.keys(peerDependencies).filter((name) => !targets.includes(name));

  expect(archive).toBe(`cdktf-coder-envbuilder-${version}.tgz`);
  expect(packages.split(" ").sort()).toEqual([...needed, "@cdktf/provider-docker"].sort());
  expect(targets.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test.each(pages)("links of %s lead to files of the project", (page) => {
  const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)].map(([, target = ""]) => target);

  const missing = targets.filter((target) => !existsSync(path.join(root, path.dirname(page), target)));

  expect(missing).toEqual([]);
});

test("the code in the documentation is in blocks that a test knows", () => {
  const known = new Set(["ts", "hcl", "shell", "sh", "text", "json", "dockerfile", ""]);

  const others = pages.flatMap((page) =>
    [...read(page).matchAll(/^```([a-z]*)\n[^]*?^```$/gm)].map(([, kind = ""]) => kind),
  );

  expect(others.filter((kind) => !known.has(kind))).toEqual([]);
});
