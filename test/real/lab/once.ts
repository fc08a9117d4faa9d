import { existsSync, mkdirSync, rmdirSync } from "node:fs";

import { readState, statePath, writeState } from "./state";
import { waitFor } from "./wait";

/**
 * Does something costly once per run, for all test files: the first that asks does it, the others get its result.
 *
 * A failure is remembered, too: the other files then fail at once, with the same reason, rather than after minutes.
 */
export async function once<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = statePath(`${name}.lock`);
  await waitFor(`whoever does ${name}`, () => tryLock(lock) || undefined, { timeoutSec: 300 });
  try {
    const done = readState<{ readonly value?: T; readonly error?: string }>(name);
    if (done?.error !== undefined) {
      throw new Error(`${name} failed before: ${done.error}`);
    }
    if (done !== undefined) {
      // oxlint-disable-next-line typescript/no-non-null-assertion
      return done.value!;
    }
    const value = await work().catch((error: unknown) => {
      writeState(name, { error: String(error) });
      throw error;
    });
    writeState(name, { value });
    return value;
  } finally {
    rmdirSync(lock);
  }
}

function tryLock(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if (existsSync(lock)) {
      return false;
    }
    // The state folder is gone: the run is over, and somebody went on after the time limit of a test.
    throw error;
  }
}
