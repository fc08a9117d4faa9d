import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseJson } from "./json";

/**
 * The folder of everything that one run makes: logs, certificates, repositories, Terraform directories, pids.
 *
 * The environment hands it from jest's set-up to every test file: test files share no memory, even in one process.
 */
const variable = "LAB_STATE";

/** Runs at the same time have different numbers, and so different folders, addresses and ports. */
export const runNumbers = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

export function useRun(number: number): void {
  process.env[variable] = join(tmpdir(), `real-lab-${number}`);
}

export function runNumber(): number {
  return Number(/\d+$/.exec(statePath())?.[0]);
}

/** False when the folder is there already: it is another run's. */
export function makeState(): boolean {
  try {
    // PostgreSQL, which refuses to be root, must get to its files below.
    mkdirSync(statePath(), { mode: 0o711 });
    return true;
  } catch {
    return false;
  }
}

/** Moves all files away from the folder, to be read by a person. Returns where they are. */
export function keepState(): string {
  const kept = mkdtempSync(join(tmpdir(), "real-lab-kept-"));
  renameSync(statePath(), kept);
  return kept;
}

export function removeState(): void {
  rmSync(statePath(), { recursive: true, force: true });
}

export function statePath(...parts: string[]): string {
  const folder = process.env[variable];
  if (folder === undefined) {
    throw new Error("no state folder: the real-program tests run through `npm run test:real`, whose set-up makes it");
  }
  return join(folder, ...parts);
}

/** A new, empty folder below the state folder. */
export function stateFolder(prefix: string): string {
  mkdirSync(statePath("work"), { recursive: true });
  return mkdtempSync(statePath("work", `${prefix}-`));
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as in json.ts
export function readState<T>(name: string): T | undefined {
  const file = statePath(`${name}.json`);
  return existsSync(file) ? parseJson<T>(readFileSync(file, "utf8")) : undefined;
}

export function writeState(name: string, value: unknown): void {
  const file = statePath(`${name}.json`);
  // Renamed into place: whoever reads at this moment sees the old or the new value, never half of it.
  writeFileSync(`${file}.part`, JSON.stringify(value, undefined, 2));
  renameSync(`${file}.part`, file);
}
