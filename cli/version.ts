import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of the package: its manifest is above this file, before and after the build. */
export function packageVersion(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  const manifest: { readonly version: string } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return manifest.version;
}
