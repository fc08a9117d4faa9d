import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { builtCommand } from "./built-command";

const root = join(__dirname, "..", "..");
let folder: string;

beforeAll(() => {
  folder = builtCommand();
}, 60_000);

function node(...args: string[]): { status: number | null; stdout: string; stderr: string; milliseconds: number } {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr, milliseconds: Number(process.hrtime.bigint() - start) / 1e6 };
}

/** Of several starts the fastest, because other programs slow down some of them. In milliseconds. */
function fastest(...args: string[]): number {
  return Math.min(...[...Array(7).keys()].map(() => node(...args).milliseconds));
}

const manifest: { readonly version: string; readonly bin: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);
const main = manifest.bin["cdktf-coder-envbuilder"] ?? "";

test("the package's command is what the build makes", () => {
  expect(node(main, "--version")).toMatchObject({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  expect(readFileSync(join(folder, main), "utf8").startsWith("#!/usr/bin/env node\n")).toBe(true);
});

test("every command runs without the framework and the provider packages", () => {
  // Only what the package depends on can be found there.
  expect(node("-e", "require('cdktf')").stderr).toContain("Cannot find module 'cdktf'");
  for (const args of [
    ["inspect", "127.0.0.1:1"],
    ["bundle", "nothing.pem"],
    ["check", join(root, "test/real/fixtures")],
    ["doctor", "127.0.0.1:1"],
    ["build-help", "--proxy", "http://proxy.test:3128"],
  ]) {
    const script = `process.argv.splice(1, 1, "main", ...${JSON.stringify(args)});
      process.on("exit", () => console.error(JSON.stringify(Object.keys(require.cache))));
      require(${JSON.stringify(join(folder, main))});`;
    const { stderr } = node("-e", script, "x");
    const loaded: string[] = JSON.parse(stderr.trim().split("\n").at(-1) ?? "[]");

    expect(loaded.some((file) => file.includes(`/commands/${args[0]}.js`))).toBe(true);
    expect(loaded.filter((file) => /node_modules\/(?:cdktf|constructs|@cdktf)\//.test(file))).toEqual([]);
    expect(
      loaded.filter((file) => /dist\/constructs\/(?:docker|kubernetes|workspace|providers|index)/.test(file)),
    ).toEqual([]);
  }
}, 30_000);

test("it starts as fast as Node does, and 0.2 s at most", () => {
  const empty = fastest("-e", "0");
  const help = fastest(main, "--help");

  expect(help - empty).toBeLessThan(200);
}, 30_000);
