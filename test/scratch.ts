import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let folder: string | undefined;

afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

/** A folder of the test file's own, removed at its end. */
export function scratchFolder(): string {
  folder ??= mkdtempSync(join(tmpdir(), "cdktf-coder-envbuilder-"));
  return folder;
}
