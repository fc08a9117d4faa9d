import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

import { command } from "./lab/command";
import { stateFolder } from "./lab/state";

// Does what README says under "In a project of your own", with the registry that npm is set to: the one test that installs.

const root = join(__dirname, "..", "..");
const page = readFileSync(join(root, "README.md"), "utf8");
const [, program = ""] = /^```ts\n([^]*?)^```$/m.exec(page) ?? [];
const blocks = new Map(
  [...page.matchAll(/<!-- own project: (\S+) -->\n\n```\w+\n([^]*?)```/g)].map(([, name = "", text = ""]) => [
    name,
    text,
  ]),
);

let clone: string;
let project: string;

beforeAll(() => {
  const folder = stateFolder("own-project");
  clone = join(folder, "cdktf-coder-envbuilder");
  project = join(folder, "my-templates");
  mkdirSync(clone);
  // As after a fresh clone and `npm ci`. A copy, because packing builds anew.
  const left = new Set([".git", "cdktf.out", "coverage", "dist", "node_modules", "temp", "test"]);
  for (const name of readdirSync(root).filter((entry) => !left.has(entry) && !entry.endsWith(".tgz"))) {
    cpSync(join(root, name), join(clone, name), { recursive: true });
  }
  symlinkSync(join(root, "node_modules"), join(clone, "node_modules"));
});

async function run(name: string, cwd: string): Promise<string> {
  const { text } = await command("bash", ["--norc", "-euo", "pipefail", "-c", blocks.get(name) ?? "false"], {
    cwd,
    env: {
      ...process.env,
      CHECKPOINT_DISABLE: "1",
      npm_config_prefer_offline: "true",
      npm_config_update_notifier: "false",
    },
    timeoutSec: 180,
  });
  return text;
}

test("a folder with nothing in it becomes a project that synthesizes README's template", async () => {
  await run("pack", clone);
  await run("install", clone);
  for (const name of ["cdktf.json", "tsconfig.json"]) writeFileSync(join(project, name), blocks.get(name) ?? "");
  writeFileSync(join(project, "main.ts"), program);
  const text = await run("synth", project);

  const written = join(project, "cdktf.out/stacks/docker-behind-proxy");
  expect(text).toContain("coder templates push docker-behind-proxy --directory cdktf.out/stacks/docker-behind-proxy");
  expect(readFileSync(join(written, "main.tf"), "utf8")).toContain('resource "docker_container" "workspace"');
  expect(existsSync(join(written, "certs/ca.pem"))).toBe(true);
  // What is built from the sources says the same as they do, in what README shows and elsewhere.
  const shown = [...page.matchAll(/^```(?:hcl|terraform)\n([^]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block.split("\n"),
  );
  expect(shown.length).toBeGreaterThan(20);
  const main = readFileSync(join(written, "main.tf"), "utf8");
  expect(shown.filter((line) => !main.includes(line))).toEqual([]);
  expect(main).not.toContain("undefined");

  // The command comes with it, and finds nothing wrong with what was written.
  const bin = join(project, "node_modules/.bin/cdktf-coder-envbuilder");
  const checked = await command(bin, ["check", written], { cwd: project });
  expect(checked.stdout).toMatch(/^\d+ rules, nothing found\n$/);
}, 300_000);

test("the installed package holds the pages that README leads to", () => {
  const installed = join(project, "node_modules/cdktf-coder-envbuilder");
  const targets = [...page.matchAll(/\]\(((?:docs|examples)[^)#]*)/g)].map(([, target = ""]) =>
    join(installed, target),
  );

  expect(targets.length).toBeGreaterThan(5);
  expect(targets.filter((target) => !existsSync(target)).map((target) => relative(installed, target))).toEqual([]);
});
