import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { scratchFolder } from "../scratch";

const root = join(__dirname, "..", "..");

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Builds the command where no package can be loaded but those that it depends on itself. Returns the folder. */
export function builtCommand(): string {
  const folder = join(scratchFolder(), "package");
  mkdirSync(folder);
  const compiler = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
  const config = { extends: join(root, "tsconfig.build.json"), compilerOptions: { outDir: join(folder, "dist") } };
  // Below the project, where the compiler finds the types of its packages.
  mkdirSync(join(root, "temp"), { recursive: true });
  const file = join(root, "temp", `tsconfig.cli-${process.pid}.json`);
  writeFileSync(
    file,
    JSON.stringify({ ...config, include: ["../cli"], compilerOptions: { ...config.compilerOptions, rootDir: ".." } }),
  );
  try {
    execFileSync(process.execPath, [compiler, "-p", file], { cwd: root, stdio: "pipe" });
  } finally {
    rmSync(file);
  }
  const manifest = readFileSync(join(root, "package.json"), "utf8");
  writeFileSync(join(folder, "package.json"), manifest);
  const needed: Manifest = JSON.parse(manifest);
  for (const name of Object.keys(needed.dependencies ?? {})) {
    const link = join(folder, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    // Node resolves what a package needs itself from where it really is.
    symlinkSync(join(root, "node_modules", name), link);
  }
  return folder;
}
